/* How views show what is edited: heads whose tiles and thumbnails are marked, cells with an outline. */
#ifndef RENDER_VIEW_EDITS_H
#define RENDER_VIEW_EDITS_H

#include "render/view_matrix_layout.h"

/* Of a head that shows by itself: nothing where heads are put together. Struck where it adds nothing any more, else
 * a corner. */
void ren_edits_mark_head(const RenState *state, RenPanel head, RenRect rect, RenFrame *frame);

/* The cells, rows and columns of a head, at `rect`, that are edited, or that a stroke has been over. */
void ren_edits_mark_cells(const RenScene *scene, const RenMatrixLayout *layout, RenRect rect, RenPanel head);

/* What a click on the hovered element does in edit mode, for its tooltip; NULL outside of it. */
const char *ren_edits_hint(const RenState *state, RenFrame *frame);

#endif
