/* One pass over all pairs, with the dimension's numbers drawn together first: of 512 tokens a quarter of a million
 * products. How many pairs there are at a distance needs no pass: a key has a query at each distance of a range. */
#include "render/view_distance.h"

#include <stdlib.h>

int ren_distance(const RenScene *scene, int row, int column) {
  const EngBlock *block = scene->block;
  if (ren_vectors_masked(block, row, column) || (scene->skip != NULL && scene->skip[column])) return -1;
  return abs(block->row_start + row - block->column_start - column);
}

/* One dimension of all vectors. */
static const float *column_of(const RenScene *scene, EngTensor vectors, int n, int number) {
  float *out = ren_frame_alloc(scene->frame, (size_t)n * sizeof *out);
  for (int i = 0; out != NULL && i < n; i++) out[i] = ren_at2(&vectors, i, number);
  return out;
}

/* The keys' numbers, 0 for those that do not count. */
static const double *keys_of(const RenScene *scene, const float *k) {
  size_t n = (size_t)scene->block->n_columns;
  double *out = ren_frame_alloc(scene->frame, n * sizeof *out);
  for (size_t j = 0; out != NULL && j < n; j++) out[j] = scene->skip == NULL || !scene->skip[j] ? (double)k[j] : 0;
  return out;
}

static int clamp(int i, int most) { return i < 0 ? 0 : i < most ? i : most; }

/* A query that stands at column `at`: the keys up to there, then those behind it. */
static void add_row(double *restrict sums, const double *restrict k, double q, int at, int n) {
  int own = clamp(at + 1, n);
  for (int j = 0; j < own; j++) sums[at - j] += q * k[j];
  for (int j = own; j < n; j++) sums[j - at] += q * k[j];
}

static void add_all(const RenScene *scene, const double *k, const float *q, double *sums) {
  const EngBlock *block = scene->block;
  for (int i = 0; i < block->n_rows; i++) {
    int at = block->row_start + i - block->column_start, n = block->n_columns;
    add_row(sums, k, (double)q[i], at, block->causal ? clamp(at + 1, n) : n);
  }
}

/* One pair more at every distance from … to, as steps up and down between neighbours. */
static void add_range(int *steps, int from, int to) {
  if (from > to) return;
  steps[from]++;
  steps[to + 1]--;
}

/* Queries stand at columns `first` … `last`. */
static void count_pairs(const RenScene *scene, int *pairs, size_t most) {
  const EngBlock *block = scene->block;
  int first = block->row_start - block->column_start, last = first + block->n_rows - 1;
  for (int j = 0; j < block->n_columns; j++) {
    if (scene->skip != NULL && scene->skip[j]) continue;
    add_range(pairs, first > j ? first - j : 0, last - j);
    if (!block->causal) add_range(pairs, last < j ? j - last : 1, j - first);
  }
  for (size_t i = 1; i < most; i++) pairs[i] += pairs[i - 1];
}

bool ren_distances_of(const RenScene *scene, const RenVectors *vectors, int number, RenDistances *out) {
  const EngBlock *block = scene->block;
  /* no two tokens of the sequence are further apart than its parts are long together */
  size_t most = (size_t)(block->row_start + block->n_rows + block->column_start + block->n_columns) + 1;
  double *sums = ren_frame_alloc(scene->frame, most * sizeof *sums);
  *out = (RenDistances){.q = column_of(scene, vectors->q, block->n_rows, number),
                        .k = column_of(scene, vectors->k, block->n_columns, number),
                        .mean = ren_frame_alloc(scene->frame, most * sizeof(float)),
                        .pairs = ren_frame_alloc(scene->frame, most * sizeof(int))};
  if (!out->q || !out->k || !sums || !out->mean || !out->pairs) return false;
  const double *keys = keys_of(scene, out->k);
  if (!keys) return false;
  for (size_t i = 0; i < most; i++) sums[i] = 0, out->pairs[i] = 0;
  add_all(scene, keys, out->q, sums);
  count_pairs(scene, out->pairs, most);
  for (out->n = (int)most; out->n > 0 && out->pairs[out->n - 1] == 0;) out->n--;
  for (int i = 0; i < out->n; i++) out->mean[i] = out->pairs[i] > 0 ? (float)(sums[i] / out->pairs[i]) : 0;
  return true;
}
