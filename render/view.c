/* The table of views. */
#include "render/view.h"

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
