/* Where the matrix view's cells are: one square of cells a head, as many across as makes the cells largest,
 * between axes that stay in place while the cells scroll. */
#ifndef RENDER_VIEW_MATRIX_LAYOUT_H
#define RENDER_VIEW_MATRIX_LAYOUT_H

#include "render/view_scene.h"

typedef struct RenMatrixLayout {
  RenRect cells;     /* where cells show; the axes lie to its left and above it */
  float left, top;   /* width of the left axis, height of the upper one */
  float x, y;        /* of the first head's title or, without titles, cells */
  float fit, pitch;  /* of a cell when everything shows, and now */
  float title;       /* height of a head's title; 0 for a single head */
  int rows, columns; /* tokens */
  int n_heads, across, down;
  float width, height; /* of everything, axes and margins included */
  float scroll_x, scroll_y;
} RenMatrixLayout;

RenMatrixLayout ren_matrix_layout(const RenState *state, const EngBlock *block, RenRect area);

/* The cells of the n-th of the heads. */
RenRect ren_matrix_head(const RenMatrixLayout *layout, int n);
/* Which of the heads the selected one is, in the order they are drawn; -1 when it is off. */
int ren_matrix_place(const RenState *state, const EngBlock *block);

/* Enlarges by `factor`, as far as is useful, and scrolls so that what is at the point stays there. */
void ren_matrix_zoom(RenState *state, const EngBlock *block, RenRect area, float factor, RenPoint at);

#endif
