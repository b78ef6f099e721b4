/* First down the rows, as they lie in memory, then across. Cells of four by four, which every long pattern is made
 * smaller to while it is computed, go through the widest vectors there are. */
#include "engine/pool.h"

#include "engine/fetch.h"
#include "engine/ops.h"

#include <string.h>

EngCut eng_cut_even(size_t n, size_t cells) { return (EngCut){n, 1, cells}; }

EngCut eng_cut_each(size_t n, size_t size) {
  size_t cells = (n + size - 1) / size;
  return (EngCut){cells * size, 1, cells};
}

/* Goes along a side from cell to cell without a division for each. */
typedef struct Walk {
  EngCut cut;
  int shift;              /* `each` is 1 << shift */
  size_t step, step_rest; /* tokens of a cell: step + step_rest / cells */
  size_t token, rest;     /* where the next one begins: token + rest / cells */
} Walk;

static Walk start(EngCut cut) {
  return (Walk){cut, __builtin_ctzll(cut.each), cut.n / cut.cells, cut.n % cut.cells, 0, 0};
}

/* The values from … to - 1 that the next cell has a part of. */
static void next_cell(Walk *walk, size_t n_values, size_t *from, size_t *to) {
  *from = walk->token >> walk->shift;
  walk->token += walk->step;
  walk->rest += walk->step_rest;
  if (walk->rest >= walk->cut.cells) walk->rest -= walk->cut.cells, walk->token++;
  size_t end = (walk->token + (walk->rest > 0) + walk->cut.each - 1) >> walk->shift;
  *to = end < n_values ? end : n_values;
}

/* The larger one in size; of two of the same size the one above 0, so that no order of reading matters. */
static float stronger(float high, float low) { return high >= -low ? high : low; }

/* Four rows at once, so that high and low are read and written less often. What is no number is larger and smaller
 * than nothing. */
static inline __attribute__((always_inline)) void raise(float *restrict high, float *restrict low,
                                                        const float *const rows[4], ptrdiff_t stride, size_t n) {
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
      if (row + 4 + i < values->shape[0]) eng_fetch(row_of(values, row + 4 + i), n);
    }
    if (values->stride[1] == 1) /* said, so that the loop is compiled for it */
      raise(high, low, rows, 1, n);
    else
      raise(high, low, rows, values->stride[1], n);
  }
}

/* Of the values from … to - 1. */
static inline __attribute__((always_inline)) float most_of(const float *high, const float *low, size_t from,
                                                           size_t to) {
  float most = 0, least = 0;
  for (size_t j = from; j < to; j++) {
    most = high[j] > most ? high[j] : most;
    least = low[j] < least ? low[j] : least;
  }
  return stronger(most, least);
}

static void most_of_all(const float *high, const float *low, size_t n, EngCut cut, float *out) {
  Walk walk = start(cut);
  for (size_t j = 0, from, to; j < cut.cells; j++) {
    next_cell(&walk, n, &from, &to);
    out[j] = most_of(high, low, from, to);
  }
}

/* --- cells of four by four */

static bool is_fours(EngCut cut) { return cut.each == 1 && cut.n == 4 * cut.cells; }

static void pool_fours(const EngPooling *pooling, float *out, size_t distance) {
  const EngOps *ops = eng_ops();
  const EngTensor *values = pooling->values;
  size_t n_rows = values->shape[0], n_columns = values->shape[1], cells = pooling->columns.cells;
  for (size_t i = 0; i < pooling->rows.cells; i++, out += distance) {
    size_t n = pooling->lower && 4 * i + 4 < n_columns ? 4 * i + 4 : n_columns;
    const float *rows[4];
    for (size_t k = 0; k < 4; k++) rows[k] = row_of(values, 4 * i + k < n_rows ? 4 * i + k : n_rows - 1);
    ops->fours(rows, n, out);
    for (size_t j = (n + 3) / 4; j < cells; j++) out[j] = 0;
  }
}

void eng_pool(const EngPooling *pooling, float *work, float *out, size_t distance) {
  const EngTensor *values = pooling->values;
  if (!pooling->skip && values->stride[1] == 1 && is_fours(pooling->rows) && is_fours(pooling->columns)) {
    pool_fours(pooling, out, distance);
    return;
  }
  size_t n_columns = values->shape[1], from, to;
  float *high = work, *low = work + n_columns;
  Walk walk = start(pooling->rows);
  for (size_t i = 0; i < pooling->rows.cells; i++, out += distance) {
    memset(work, 0, 2 * n_columns * sizeof *work);
    next_cell(&walk, values->shape[0], &from, &to);
    raise_rows(high, low, values, pooling->lower, from, to);
    for (size_t j = 0; pooling->skip && j < n_columns; j++)
      if (pooling->skip[j]) high[j] = low[j] = 0;
    most_of_all(high, low, n_columns, pooling->columns, out);
  }
}
