/* Where the head view's columns and rows are. */
#ifndef RENDER_VIEW_HEAD_LAYOUT_H
#define RENDER_VIEW_HEAD_LAYOUT_H

#include "render/view_scene.h"

typedef struct RenHeadLayout {
  RenRect rows;               /* where rows show, under the headings */
  float query_x, key_x, cell; /* both columns are `cell` wide */
  float pitch, zoom;          /* from row to row, and how far that is enlarged */
  float height, scroll;       /* of all rows; what is above the top of `rows` */
} RenHeadLayout;

RenHeadLayout ren_head_layout(const RenState *state, const EngBlock *block, RenRect area);

/* Enlarges by `factor`, down to the whole text, and scrolls so that what is at the height stays there. */
void ren_head_zoom(RenState *state, const EngBlock *block, RenRect area, float factor, float y);

#endif
