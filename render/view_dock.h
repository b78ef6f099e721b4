/* The dock as it is drawn: the list of probes, and below it what the active one says, each scrolled. */
#ifndef RENDER_VIEW_DOCK_H
#define RENDER_VIEW_DOCK_H

#include "render/dock.h"
#include "render/state.h"
#include "render/widget.h"

typedef struct RenDockScene {
  const RenDock *dock;
  const RenState *state;
  RenId focus;
  RenPlace place; /* what is selected */
  RenPaint paint;
  RenRect panel;
  RenField *where;  /* the filter's */
  RenField *value;  /* the focused parameter's, where it has the keys */
  const char *note; /* what there is to say of the filter while nothing is known to pass; NULL: nothing */
  bool old;         /* the answer is about what was shown before */
} RenDockScene;

/* Where its parts are. */
typedef struct RenDockParts {
  RenRect heading, list, answer, where;
  float list_height, answer_height; /* of all there is in them */
} RenDockParts;

/* The filter's field, at the bottom of the panel. */
RenRect ren_dock_where(RenRect panel);

RenDockParts ren_dock_lay(const RenDockScene *scene);
void ren_dock_draw(const RenDockScene *scene);

/* view_dock_answer.c: draws what the active probe says from y on, or only measures; its height. */
float ren_dock_answer(const RenDockScene *scene, RenRect area, float y, bool draws);

/* view_dock_look.c: how an element looks now. */
RenLook ren_dock_look(const RenDockScene *scene, RenId id);
RenId ren_dock_probe_id(const RenProbe *probe);

/* ".737", "1.25", "31": as many digits as say something. */
const char *ren_dock_number(RenFrame *frame, float value);

#endif
