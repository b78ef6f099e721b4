/* Where the neuron view's columns are in its two states, and what stands in a row of both. */
#ifndef RENDER_VIEW_NEURON_LAYOUT_H
#define RENDER_VIEW_NEURON_LAYOUT_H

#include "render/view_scene.h"

typedef struct RenNeuronLayout {
  RenRect rows;                /* where rows show, without headings */
  float query_x;               /* tokens of the queries: the same in both states, so that the expand control
                                  stays under the mouse */
  float q_x, k_x, qk_x, dot_x; /* vectors and dot products; expanded only */
  float strip;                 /* width of a vector */
  float query_w, key_w;        /* of the tokens' cells */
  float pitch, height;         /* from row to row, and of all rows */
  float zoom, share;           /* how far rows are enlarged; their pitch, of that at first */
  int text_size;               /* of tokens */
  float key_x, bar_x, number_x;
  float v_x;      /* with values only */
  RenRect spread; /* of the selected dimension, under the rows; empty without one */
  float width;    /* of everything, margins included */
  float scroll_x, scroll_y;
  bool expanded, values;
} RenNeuronLayout;

/* Expanded only when the block knows queries and keys. */
RenNeuronLayout ren_neuron_layout(const RenState *state, const EngBlock *block, RenRect area);

/* Enlarges by `factor`, down to the whole text, and scrolls so that what is at the height stays there. */
void ren_neuron_zoom(RenState *state, const EngBlock *block, RenRect area, float factor, float y);

/* Whether rows are too low for a control, a number and a text each. */
static inline bool ren_neuron_thin(const RenNeuronLayout *layout) { return layout->pitch < REN_TOKEN_LABELS; }

/* The middle of a row. */
static inline float ren_neuron_y(const RenNeuronLayout *layout, int row) {
  return layout->rows.y + ((float)row + 0.5f) * layout->pitch - layout->scroll_y;
}

/* view_neuron_row.c: the control at the left of query `i`'s cell that expands or collapses. */
void ren_neuron_icon(const RenScene *scene, const RenNeuronLayout *layout, int i);
/* A weight in figures in the last column. */
void ren_neuron_number(const RenScene *scene, const RenNeuronLayout *layout, int j, float weight);

#endif
