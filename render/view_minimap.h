/* All of a view that scrolls, small, with the part that shows: of the head and neuron views a strip at the right
 * with what each key receives, what is pinned and what is selected; of the enlarged matrix the corner between its
 * axes. */
#ifndef RENDER_VIEW_MINIMAP_H
#define RENDER_VIEW_MINIMAP_H

#include "render/view_scene.h"

/* Of what scrolls, in the view's pixels. */
typedef struct RenMinimap {
  RenRect rect;
  RenPoint all, at, shown; /* the size of everything; place and size of the part that shows */
  float pitch;             /* from token to token */
} RenMinimap;

/* False where everything shows, and of the model view. */
bool ren_minimap_place(const RenState *state, const EngBlock *block, RenRect area, RenMinimap *out);

/* Of the scene's view; nothing where it has none. */
void ren_minimap_draw(const RenScene *scene);

/* How far to scroll for what is pointed at to be in the middle. */
RenPoint ren_minimap_scroll(const RenMinimap *map, RenPoint at);

/* Of the token under the mouse, k12 "·doctor"  receives 0.3456; in the frame's arena, or NULL. */
const char *ren_minimap_tip(const RenState *state, const EngSource *source, RenRect area, RenFrame *frame);

#endif
