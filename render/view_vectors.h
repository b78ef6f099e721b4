/* What draws the expanded neuron view. */
#ifndef RENDER_VIEW_VECTORS_H
#define RENDER_VIEW_VECTORS_H

#include "render/view_dimension.h"
#include "render/view_neuron_layout.h"

/* The expanded view: a head's numbers, once its layer is finished. */
typedef struct RenExpanded {
  const RenScene *scene;
  const RenNeuronLayout *layout;
  bool ready;
  RenVectors vectors;
  RenDimensions dimensions;
  int query; /* whose products are shown, or -1 */
} RenExpanded;

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
