/* The views: pure functions from (state, source, area) to draw commands. No SDL, no Lua, no clock.
 *
 * `source` may be NULL (nothing has run yet) and may still be growing (layers_done below n_layers). `text`
 * only measures and may be NULL. A view fills its area's background, clips to it and gives its elements the
 * ids of frame.h.
 *
 * Under a filter the numbers of query.I, key.J, cell.Q.K, panel.L.H.query.I, strip.… and expand.I count from 0
 * inside the block that is shown, as state.token and state.hover_token do; the tooltip says the position in the
 * whole sequence. A view brings scroll_x and scroll_y into its extent itself; the model view always fits, its
 * scroll_y moves the rows of a detail panel that is higher than the area. */
#ifndef RENDER_VIEW_H
#define RENDER_VIEW_H

#include "render/frame.h"
#include "render/state.h"
#include "render/text.h"

typedef struct RenView {
  /* Draws into `area`. */
  void (*draw)(const RenState *state, const EngSource *source, RenText *text, RenRect area, RenFrame *frame);
  /* Makes the area's width and height those of everything it could show of a block: what exceeds the area scrolls.
   */
  void (*extent)(const RenState *state, const EngBlock *block, RenRect area, float *width, float *height);
} RenView;

extern const RenView ren_view_model, ren_view_head, ren_view_neuron, ren_view_matrix;

const RenView *ren_view_of(RenViewKind view);

/* Its extent; the area's where nothing is shown. */
void ren_view_extent(const RenView *view, const RenState *state, const EngSource *source, RenRect area,
                     float *width, float *height);

/* What the tooltip over the hovered element says, in the frame's arena; NULL for nothing:
 * 2.5  q8 "·She" → k1 "·doctor"  0.4132 */
const char *ren_view_tooltip(const RenState *state, const EngSource *source, RenFrame *frame);

/* A larger picture of the hovered thumbnail over `tip`, what its tooltip says: beside it, inside of `area`. False
 * where there is nothing to show or no room, or where a panel shows that head: the tooltip then stands alone. */
bool ren_view_preview(const RenState *state, const EngSource *source, RenText *text, RenRect area, const char *tip,
                      RenFrame *frame);

/* The dimension that the mouse is on in the frame as it was drawn last, or -1. */
int ren_view_dimension(const RenState *state, const EngSource *source, RenFrame *frame);

#endif
