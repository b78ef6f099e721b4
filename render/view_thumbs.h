/* The model view's grid of thumbnails, and what is drawn in them. */
#ifndef RENDER_VIEW_THUMBS_H
#define RENDER_VIEW_THUMBS_H

#include "render/view_scene.h"

typedef struct RenGrid {
  float x, y; /* of thumbnail 0.0 */
  float cell_w, cell_h;
  int n_layers, n_heads, n_tokens; /* tokens: the longer side */
  const RenRanking *ranking;       /* NULL: a row is a layer, a column a head */
} RenGrid;

/* As large as the area allows, up to what is comfortable. */
RenGrid ren_grid_make(RenRect area, const RenState *state, const EngBlock *block);
RenRect ren_grid_thumb(const RenGrid *grid, int layer, int head);

/* Whether thumbnails are heat maps rather than lines: as set, or else for long texts. */
bool ren_thumbs_are_heat(const RenState *state, const EngBlock *block);
/* Names of heads and scores of rows, where heads are sorted. */
void ren_thumbs_label(const RenScene *scene, const RenGrid *grid);
/* What the active probe says of each head, as a bar under its thumbnail. */
void ren_thumbs_score(const RenScene *scene, const RenGrid *grid);
/* The lines or heat maps of all layers that are ready. */
void ren_thumbs_draw(const RenScene *scene, const RenGrid *grid);
/* The same of one head, in any rectangle. */
void ren_thumb_draw(const RenScene *scene, RenRect picture, int layer, int head);

#endif
