/* Rows of tokens, of the head and the neuron view, that are enlarged and made smaller together. */
#ifndef RENDER_VIEW_ROWS_H
#define RENDER_VIEW_ROWS_H

#include "render/state.h"

/* What a view's rows are at first, and as low as they get: of that. */
typedef struct RenRows {
  int n;
  float first, least;
} RenRows;

/* Down to the whole text in so high a room, and no lower than at first where that fits. */
RenRows ren_rows_whole(int n, float first, float room);
/* How far the state has them enlarged, and from row to row: rows with room for a text each stand on whole pixels.
 */
float ren_rows_now(const RenRows *rows, const RenState *state);
float ren_rows_pitch(const RenRows *rows, const RenState *state);
/* Once they show the whole text they do so in every room. */
void ren_rows_zoom(const RenRows *rows, RenState *state, float factor);
/* How large a text is that is `size` at first: smaller with its rows as long as it can be read. */
int ren_rows_text(float size, float share);
/* How thick lines between such rows are. */
float ren_rows_line(float pitch);

#endif
