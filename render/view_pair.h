/* Two columns of tokens and the lines between them, with everything that the mouse does to them: the head
 * view, the model view's detail panel and the collapsed neuron view are this, differently placed. */
#ifndef RENDER_VIEW_PAIR_H
#define RENDER_VIEW_PAIR_H

#include "render/view_scene.h"

/* One head's weights (rows, columns) and the colour they are drawn in. */
typedef struct RenStroke {
  EngTensor weights;
  RenColor color;
  float dim; /* share of its opacity that it loses */
} RenStroke;

typedef struct RenPair {
  RenRect rows;           /* where rows show; the rest is cut off */
  float scroll;           /* pixels of row 0 that are above the top of `rows` */
  float query_x, query_w; /* queries: text ends at the right */
  float key_x, key_w;     /* keys: text begins at the left */
  float gutter;           /* left end of a query's cell that text leaves free */
  float pitch;            /* from row to row */
  int text_size;
  float line_width;
  RenId query_id, key_id; /* the token's index goes into `a`, a panel's into `c` */
  bool hidden;            /* no lines: others show the weights, or there are none to show */
  int n_heads;            /* 0: only the tokens, no weights yet */
  const RenStroke *heads; /* in order of painting */
} RenPair;

/* Lines first, then the cells: a token that is drawn alone is filled, and on the other side every cell is cut
 * into one strip a head, as opaque as the weights of its lines together, under the text. */
void ren_pair_draw(const RenScene *scene, const RenPair *pair);

/* What a cell is made of: its element, filled when it is the token drawn alone; the outline of the selected
 * one; the text of query `i`, ending at the right, or of key `j`, beginning at the left. */
void ren_pair_cell(const RenScene *scene, RenId id, RenRect cell, bool lit);
void ren_pair_outline(const RenScene *scene, RenRect cell);
/* The bar of a pinned token, at the outer edge of its cell. */
void ren_pair_pin(const RenScene *scene, RenSide side, int i, RenRect cell);
void ren_pair_query(const RenScene *scene, int i, RenRect cell, float gutter, int size);
void ren_pair_key(const RenScene *scene, int j, RenRect cell, int size);

#endif
