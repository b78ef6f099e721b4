/* First down the rows, as they lie in memory, then across. Where sides do not divide evenly, a value counts for
 * both cells that it lies in. */
#include "render/pool.h"

#include "render/lanes.h"

#include <string.h>

static size_t first_of(size_t cell, size_t cells, size_t values) { return cell * values / cells; }
static size_t end_of(size_t cell, size_t cells, size_t values) { return ((cell + 1) * values + cells - 1) / cells; }

/* The larger one in size; of two of the same size the one above 0, so that no order of reading matters. */
static float stronger(float high, float low) { return high >= -low ? high : low; }

/* Four rows at once, so that high and low are read and written less often. What is no number is larger and smaller
 * than nothing. */
REN_INLINE void raise(float *restrict high, float *restrict low, const float *const rows[4], ptrdiff_t stride,
                      size_t n) {
  for (size_t j = 0; j < n; j++) {
    ptrdiff_t at = (ptrdiff_t)j * stride;
    float values[4] = {rows[0][at], rows[1][at], rows[2][at], rows[3][at]}, most = high[j], least = low[j];
    for (int i = 0; i < 4; i++) {
      most = values[i] > most ? values[i] : most;
      least = values[i] < least ? values[i] : least;
    }
    high[j] = most;
    low[j] = least;
  }
}

static const float *row_of(const EngTensor *values, size_t row) {
  return values->data + (ptrdiff_t)row * values->stride[0];
}

/* The rows from … to - 1; a last one once more where there are no four. */
static void raise_rows(float *high, float *low, const EngTensor *values, bool lower, size_t from, size_t to) {
  for (size_t row = from; row < to; row += 4) {
    size_t n = lower && row + 4 < values->shape[1] ? row + 4 : values->shape[1];
    const float *rows[4];
    for (size_t i = 0; i < 4; i++) {
      rows[i] = row_of(values, row + i < to ? row + i : to - 1);
      if (row + 4 + i < values->shape[0]) ren_fetch(row_of(values, row + 4 + i), n);
    }
    if (values->stride[1] == 1) /* said, so that the loop is compiled for it */
      raise(high, low, rows, 1, n);
    else
      raise(high, low, rows, values->stride[1], n);
  }
}

static float most_of(const float *high, const float *low, size_t from, size_t to) {
  float most = 0, least = 0;
  for (size_t j = from; j < to; j++) {
    most = high[j] > most ? high[j] : most;
    least = low[j] < least ? low[j] : least;
  }
  return stronger(most, least);
}

void ren_pool(const EngTensor *values, const uint8_t *skip, bool lower, size_t rows, size_t columns, float *work,
              float *out) {
  size_t n_rows = values->shape[0], n_columns = values->shape[1];
  float *high = work, *low = work + n_columns;
  for (size_t i = 0; i < rows; i++, out += columns) {
    memset(work, 0, 2 * n_columns * sizeof *work);
    raise_rows(high, low, values, lower, first_of(i, rows, n_rows), end_of(i, rows, n_rows));
    for (size_t j = 0; skip && j < n_columns; j++)
      if (skip[j]) high[j] = low[j] = 0;
    for (size_t j = 0; j < columns; j++)
      out[j] = most_of(high, low, first_of(j, columns, n_columns), end_of(j, columns, n_columns));
  }
}
