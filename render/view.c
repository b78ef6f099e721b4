/* The table of views, and what they have in common. */
#include "render/view.h"

#include "render/view_scene.h"

const RenView *ren_view_of(RenViewKind view) {
  switch (view) {
  case REN_VIEW_HEAD:
    return &ren_view_head;
  case REN_VIEW_NEURON:
    return &ren_view_neuron;
  case REN_VIEW_MATRIX:
    return &ren_view_matrix;
  default:
    return &ren_view_model;
  }
}

void ren_view_extent(const RenView *view, const RenState *state, const EngSource *source, RenRect area,
                     float *width, float *height) {
  const EngBlock *block = ren_scene_block(state, source);
  *width = area.w;
  *height = area.h;
  if (block) view->extent(state, block, area, width, height);
}
