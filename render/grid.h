/* The cells of a strip or a heat map, summed for every pixel that they touch. */
#ifndef RENDER_GRID_H
#define RENDER_GRID_H

#include "render/axis.h"
#include "render/raster_parts.h"

/* RenSums of signed opacity: of the cells of a row (n), or of the pixels of a row (width). */
typedef struct RenSums {
  float *plus, *minus;
  float *covered; /* of pixels: their area in cells */
} RenSums;

/* Which cells of a row a pixel is made of: the shares of n from `first` on, and their sum. */
typedef struct RenGridSpan {
  size_t first, n;
  const float *shares;
  float covered;
} RenGridSpan;

typedef struct RenGrid {
  RenAxis rows, columns;
  const RenValuesShape *shape;
  ptrdiff_t row_stride, column_stride;
  RenBounds bounds;
  RenGridSpan *spans; /* of the pixels of a row */
  RenSimd simd;
} RenGrid;

/* Memory for the sums and the spans, which are found, and behind them for `more` numbers, which are returned; NULL
 * when it is short. */
float *ren_grid_reserve(RenScratch *scratch, RenGrid *grid, size_t more, RenSums *cells, RenSums *pixels);

/* Whether row y is made of the same single cells as the row above it, so that the sums still hold. */
bool ren_grid_same(const RenGrid *grid, int y);

/* Sums of row y; false where it has no cells. */
bool ren_grid_sum(const RenGrid *grid, int y, RenSums cells, RenSums pixels);

#endif
