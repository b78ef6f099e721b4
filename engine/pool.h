/* A matrix made smaller: of all values that fall into a cell the one of largest size shows, with its sign. */
#ifndef ENGINE_POOL_H
#define ENGINE_POOL_H

#include "engine/tensor.h"

#include <stdint.h>

/* How a side falls into cells. A value along it stands for `each` tokens, a power of two, the last one for what is
 * left of `n`; those go to the cells in equal parts, and a value of which two cells have a part counts for both. */
typedef struct EngCut {
  size_t n, each, cells;
} EngCut;

EngCut eng_cut_even(size_t n, size_t cells); /* n values, into so many cells, no more than n */
EngCut eng_cut_each(size_t n, size_t size);  /* n values, so many of them to a cell */

typedef struct EngPooling {
  const EngTensor *values; /* (R, C); what is no number counts as 0 */
  const uint8_t *skip;     /* (C): non-zero where values are left out; NULL for none */
  bool lower;              /* what is above the diagonal is 0, and is not read */
  EngCut rows, columns;    /* beyond R and C values are 0 */
} EngPooling;

/* Into `out`, whose rows of cells are `distance` apart. `work` has room for 2 C numbers. */
void eng_pool(const EngPooling *pooling, float *work, float *out, size_t distance);

#endif
