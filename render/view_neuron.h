/* The neuron view's two states: where their columns are, and what draws the expanded one. */
#ifndef RENDER_VIEW_NEURON_H
#define RENDER_VIEW_NEURON_H

#include "render/view_dimension.h"
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

/* The expanded view: a head's numbers, once its layer is finished. */
typedef struct RenExpanded {
  const RenScene *scene;
  const RenNeuronLayout *layout;
  bool ready;
  RenVectors vectors;
  RenDimensions dimensions;
  int query; /* whose products are shown, or -1 */
} RenExpanded;

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

/* The control at the left of query `i`'s cell that expands or collapses. */
void ren_neuron_icon(const RenScene *scene, const RenNeuronLayout *layout, int i);
/* A weight in figures in the last column. */
void ren_neuron_number(const RenScene *scene, const RenNeuronLayout *layout, int j, float weight);

/* Vectors, products and connectors. */
void ren_vectors_draw(const RenScene *scene, const RenNeuronLayout *layout);
/* In rows too low for a text each: the same, a column of vectors as one heat map, whose id has this number; and the
 * tokens beside them. */
enum { REN_NEURON_ALL = -1 };
void ren_vectors_low(const RenExpanded *expanded);
void ren_vectors_tokens(const RenExpanded *expanded);
/* What stands above them: headings, numbers of dimensions, how they are ordered. */
void ren_vectors_head(const RenExpanded *expanded);
/* What the selected dimension is over all tokens, and against the distance. */
void ren_spread_draw(const RenExpanded *expanded);

/* A vector as a strip of cells, or several as a heat map: in the order of the dimensions, or as they are. */
void ren_vectors_cells(const RenExpanded *expanded, RenId id, RenRect rect, EngTensor values);
void ren_vectors_plain(const RenExpanded *expanded, RenId id, RenRect rect, EngTensor values);
/* How many keys, from the first one, the query has products with. */
int ren_vectors_reach(const RenExpanded *expanded);
/* The query's elementwise product with key j into `product` (d_head), and its sum. */
float ren_vectors_product(const RenExpanded *expanded, int j, float *product);
/* view_vectors_links.c: how opaque a weight's connector is. How strongly key j is joined to what is selected: to
 * the query, or, hovered itself, to all queries; and its row's connectors, so opaque and so thick. */
float ren_vectors_connector(float weight);
float ren_vectors_opacity(const RenExpanded *expanded, int j);
void ren_vectors_links(const RenExpanded *expanded, int j, float opacity);
float ren_vectors_line(const RenNeuronLayout *layout);

/* The part of a vector at `x` that shows the dimension at a place. */
RenRect ren_vectors_cell(const RenExpanded *expanded, float x, int place);

#endif
