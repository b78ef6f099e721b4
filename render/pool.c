/* First down the rows, as they lie in memory, then across. Where sides do not divide evenly, a value counts for
 * both cells that it lies in. */
#include "render/pool.h"

#include <string.h>

static size_t first_of(size_t cell, size_t cells, size_t values) { return cell * values / cells; }
static size_t end_of(size_t cell, size_t cells, size_t values) { return ((cell + 1) * values + cells - 1) / cells; }

/* The larger one in size; of two of the same size the one above 0, so that no order of reading matters. */
static float stronger(float high, float low) { return high >= -low ? high : low; }

/* What is no number is larger and smaller than nothing. */
static void raise(float *restrict high, float *restrict low, const float *restrict values, ptrdiff_t stride,
                  size_t n) {
  for (size_t j = 0; j < n; j++) {
    float value = values[(ptrdiff_t)j * stride];
    high[j] = value > high[j] ? value : high[j];
    low[j] = value < low[j] ? value : low[j];
  }
}

static void raise_row(float *high, float *low, const EngTensor *values, size_t row) {
  const float *from = values->data + (ptrdiff_t)row * values->stride[0];
  if (values->stride[1] == 1) /* said, so that the loop is compiled for it */
    raise(high, low, from, 1, values->shape[1]);
  else
    raise(high, low, from, values->stride[1], values->shape[1]);
}

static float most_of(const float *high, const float *low, size_t from, size_t to) {
  float most = 0, least = 0;
  for (size_t j = from; j < to; j++) {
    most = high[j] > most ? high[j] : most;
    least = low[j] < least ? low[j] : least;
  }
  return stronger(most, least);
}

void ren_pool(const EngTensor *values, const uint8_t *skip, size_t rows, size_t columns, float *work, float *out) {
  size_t n_rows = values->shape[0], n_columns = values->shape[1];
  float *high = work, *low = work + n_columns;
  for (size_t i = 0; i < rows; i++, out += columns) {
    memset(work, 0, 2 * n_columns * sizeof *work);
    for (size_t row = first_of(i, rows, n_rows); row < end_of(i, rows, n_rows); row++)
      raise_row(high, low, values, row);
    for (size_t j = 0; skip && j < n_columns; j++)
      if (skip[j]) high[j] = low[j] = 0;
    for (size_t j = 0; j < columns; j++)
      out[j] = most_of(high, low, first_of(j, columns, n_columns), end_of(j, columns, n_columns));
  }
}
