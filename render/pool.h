/* The smaller matrix that a heat map with several cells to a pixel is made of: as many tokens a side are put
 * together as leave each pixel a cell of its own (engine/pool.h). */
#ifndef RENDER_POOL_H
#define RENDER_POOL_H

#include "engine/pool.h"
#include "render/frame.h"

typedef struct RenPool {
  size_t rows, columns;           /* its cells */
  size_t row_size, column_size;   /* tokens in each */
  const EngTensor *from;          /* the weights, or what of them the shape knows already */
  size_t row_known, column_known; /* tokens in each number of that */
} RenPool;

/* For a picture of so many pixels. The shape has rank 2, and outlives it. */
RenPool ren_pool_of(const RenValuesShape *shape, size_t height, size_t width);
/* How many numbers making it reads. */
size_t ren_pool_cost(const RenValuesShape *shape, const RenPool *pool);
/* Into `out` (rows, columns). `work` has room for 2 C numbers, here and below. */
void ren_pool_make(const RenValuesShape *shape, const RenPool *pool, float *work, float *out);
/* From `smaller` (rows, columns) to the pixels (height, width). */
void ren_pool_spread(const RenValuesShape *shape, const RenPool *pool, const EngTensor *smaller, size_t height,
                     size_t width, float *work, float *out);

#endif
