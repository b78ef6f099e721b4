/* 256 cells a side at most: several for each pixel of a thumbnail, and a sixteenth of the weights or less. */
#include "engine/coarse.h"

#include <stdlib.h>
#include <string.h>

enum { LEAST = 256, SMALLEST = 4, LARGEST = 64 };

size_t eng_coarse_size(size_t n) {
  if (n < LEAST) return 1;
  size_t size = SMALLEST;
  while (size < LARGEST && n > size * LEAST) size *= 2;
  return size;
}

static size_t cells(size_t n) { return eng_cut_each(n, eng_coarse_size(n)).cells; }

static bool is_worth(size_t rows, size_t columns) {
  return eng_coarse_size(rows) > 1 || eng_coarse_size(columns) > 1;
}

size_t eng_coarse_floats(size_t n_patterns, size_t rows, size_t columns) {
  size_t floats = 0;
  if (!is_worth(rows, columns)) return 0;
  bool over = __builtin_mul_overflow(cells(rows), cells(columns), &floats) ||
              __builtin_mul_overflow(floats, n_patterns, &floats) ||
              __builtin_add_overflow(floats, 2 * columns, &floats);
  return over ? 0 : floats;
}

bool eng_coarse_new(EngCoarse *coarse, size_t n_patterns, size_t rows, size_t columns, EngError *err) {
  size_t floats = eng_coarse_floats(n_patterns, rows, columns);
  *coarse = (EngCoarse){rows, columns, NULL};
  if (floats == 0) return true;
  coarse->values = malloc(floats * sizeof *coarse->values);
  return coarse->values || eng_error_memory(err, NULL, "small patterns");
}

void eng_coarse_free(EngCoarse *coarse) {
  free(coarse->values);
  *coarse = (EngCoarse){0};
}

/* The numbers to work with lie in front. */
static float *place(const EngCoarse *coarse, size_t pattern) {
  return coarse->values + 2 * coarse->columns + pattern * cells(coarse->rows) * cells(coarse->columns);
}

void eng_coarse_put(const EngCoarse *coarse, size_t pattern, size_t first, const EngTensor *rows, bool lower) {
  if (!coarse->values) return;
  size_t size = eng_coarse_size(coarse->rows), distance = cells(coarse->columns);
  EngPooling pooling = {.values = rows,
                        .lower = lower,
                        .rows = eng_cut_each(rows->shape[0], size),
                        .columns = eng_cut_each(coarse->columns, eng_coarse_size(coarse->columns))};
  eng_pool(&pooling, coarse->values, place(coarse, pattern) + first / size * distance, distance);
}

void eng_coarse_copy(const EngCoarse *to, const EngCoarse *from, size_t n_patterns) {
  if (!to->values || !from->values) return;
  size_t floats = n_patterns * cells(to->rows) * cells(to->columns);
  memcpy(place(to, 0), place(from, 0), floats * sizeof *to->values);
}

EngTensor eng_coarse_get(const EngCoarse *coarse, size_t pattern) {
  if (!coarse->values) return (EngTensor){0};
  return eng_tensor_view(place(coarse, pattern), 2, (const size_t[]){cells(coarse->rows), cells(coarse->columns)});
}
