/* First down the rows, as they lie in memory, then across. Where sides do not divide evenly, a value counts for
 * both cells that it lies in. */
#include "render/pool.h"

#include <math.h>
#include <string.h>

static size_t first_of(size_t cell, size_t cells, size_t values) { return cell * values / cells; }
static size_t end_of(size_t cell, size_t cells, size_t values) { return ((cell + 1) * values + cells - 1) / cells; }

/* The larger one in size; of two of the same size the one above 0, so that no order of reading matters. */
static float stronger(float most, float value) {
  float size = fabsf(most);
  return (value >= size) | (value < -size) ? value : most;
}

static void raise(float *restrict most, const float *restrict values, ptrdiff_t stride, size_t n) {
  for (size_t j = 0; j < n; j++) most[j] = stronger(most[j], values[(ptrdiff_t)j * stride]);
}

static void raise_row(float *most, const EngTensor *values, size_t row) {
  const float *from = values->data + (ptrdiff_t)row * values->stride[0];
  if (values->stride[1] == 1) /* said, so that the loop is compiled for it */
    raise(most, from, 1, values->shape[1]);
  else
    raise(most, from, values->stride[1], values->shape[1]);
}

static float most_of(const float *values, size_t from, size_t to) {
  float most = 0;
  for (size_t j = from; j < to; j++) most = stronger(most, values[j]);
  return most;
}

void ren_pool(const EngTensor *values, const uint8_t *skip, size_t rows, size_t columns, float *work, float *out) {
  size_t n_rows = values->shape[0], n_columns = values->shape[1];
  for (size_t i = 0; i < rows; i++, out += columns) {
    memset(work, 0, n_columns * sizeof *work);
    for (size_t row = first_of(i, rows, n_rows); row < end_of(i, rows, n_rows); row++) raise_row(work, values, row);
    for (size_t j = 0; skip && j < n_columns; j++)
      if (skip[j]) work[j] = 0;
    for (size_t j = 0; j < columns; j++)
      out[j] = most_of(work, first_of(j, columns, n_columns), end_of(j, columns, n_columns));
  }
}
