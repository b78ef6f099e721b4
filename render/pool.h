/* A matrix made smaller: of all values that fall into a cell the one of largest size shows, with its sign. */
#ifndef RENDER_POOL_H
#define RENDER_POOL_H

#include "engine/tensor.h"

#include <stdint.h>

/* Into `out` (rows, columns), neither more than `values` (R, C) has; values that are left out, or no number,
 * count as 0. `lower`: what is above the diagonal is 0, and is not read. `work` has room for 2 C numbers. */
void ren_pool(const EngTensor *values, const uint8_t *skip, bool lower, size_t rows, size_t columns, float *work,
              float *out);

#endif
