/* How views show what is edited: heads whose tiles and thumbnails are marked, cells with an outline. */
#ifndef RENDER_VIEW_EDITS_H
#define RENDER_VIEW_EDITS_H

#include "render/view_matrix_layout.h"

/* Those of what is shown; an empty list where heads are put together. */
const RenEditList *ren_edits_shown(const RenState *state);

/* Of a head that shows by itself: nothing where heads are put together. Struck where it adds nothing any more, else
 * a corner. */
void ren_edits_mark_head(const RenState *state, RenPanel head, RenRect rect, RenFrame *frame);

/* The cells, rows and columns of a head, at `rect`, that are edited, or that a stroke has been over. */
void ren_edits_mark_cells(const RenScene *scene, const RenMatrixLayout *layout, RenRect rect, RenPanel head);

/* What the brush does at an element: `dim` is the dimension of a vector under the mouse. False: at none of this
 * kind, or what shows was put together. */
bool ren_edits_place(const RenState *state, const EngBlock *block, RenId id, int dim, EngEdit *out);

/* Whether what the token strip shows of a token is edited. */
bool ren_edits_number(const RenState *state, const EngBlock *block, int token);

#endif
