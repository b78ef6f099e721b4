/* The views: pure functions from (state, source, area) to draw commands. No SDL, no Lua, no clock.
 *
 * `source` may be NULL (nothing has run yet) and may still be growing (layers_done below n_layers). `text`
 * only measures. A view fills its area's background, clips to it and gives its elements the ids of
 * frame.h. */
#ifndef RENDER_VIEW_H
#define RENDER_VIEW_H

#include "render/frame.h"
#include "render/state.h"
#include "render/text.h"

typedef struct RenView {
  /* Draws into `area`. */
  void (*draw)(const RenState *state, const EngSource *source, RenText *text, RenRect area, RenFrame *frame);
  /* The size of everything it could show: what exceeds the area scrolls. */
  void (*extent)(const RenState *state, const EngSource *source, RenText *text, RenRect area, float *width,
                 float *height);
} RenView;

extern const RenView ren_view_model, ren_view_head, ren_view_neuron;

const RenView *ren_view_of(RenViewKind view);

/* What the tooltip over the hovered element says, in the frame's arena; NULL for nothing:
 * 2.5  q8 "·She" → k1 "·doctor"  0.4132 */
const char *ren_view_tooltip(const RenState *state, const EngSource *source, RenFrame *frame);

#endif
