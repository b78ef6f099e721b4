/* One pass over all pairs, with the dimension's numbers drawn together first: of 512 tokens a quarter of a million
 * products. */
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

/* The keys that count: their numbers, 0 for the others, and how many each is. */
typedef struct Keys {
  double *k;
  int *one;
} Keys;

static Keys keys_of(const RenScene *scene, const float *k) {
  size_t n = (size_t)scene->block->n_columns;
  Keys keys = {ren_frame_alloc(scene->frame, n * sizeof *keys.k),
               ren_frame_alloc(scene->frame, n * sizeof *keys.one)};
  for (size_t j = 0; keys.k && keys.one && j < n; j++) {
    keys.one[j] = scene->skip == NULL || !scene->skip[j];
    keys.k[j] = keys.one[j] ? (double)k[j] : 0;
  }
  return keys;
}

static int clamp(int i, int most) { return i < 0 ? 0 : i < most ? i : most; }

/* A query that stands at column `at`: the keys up to there, then those behind it. */
static void add_row(double *restrict sums, int *restrict pairs, const Keys *keys, double q, int at, int n) {
  int own = clamp(at + 1, n);
  const double *restrict k = keys->k;
  const int *restrict one = keys->one;
  for (int j = 0; j < own; j++) sums[at - j] += q * k[j];
  for (int j = 0; j < own; j++) pairs[at - j] += one[j];
  for (int j = own; j < n; j++) sums[j - at] += q * k[j], pairs[j - at] += one[j];
}

static void add_all(const RenScene *scene, const Keys *keys, double *sums, RenDistances *out) {
  const EngBlock *block = scene->block;
  for (int i = 0; i < block->n_rows; i++) {
    int at = block->row_start + i - block->column_start, n = block->n_columns;
    add_row(sums, out->pairs, keys, (double)out->q[i], at, block->causal ? clamp(at + 1, n) : n);
  }
}

bool ren_distances_of(const RenScene *scene, const RenVectors *vectors, int number, RenDistances *out) {
  const EngBlock *block = scene->block;
  /* no two tokens of the sequence are further apart than its parts are long together */
  size_t most = (size_t)(block->row_start + block->n_rows + block->column_start + block->n_columns);
  double *sums = ren_frame_alloc(scene->frame, most * sizeof *sums);
  *out = (RenDistances){.q = column_of(scene, vectors->q, block->n_rows, number),
                        .k = column_of(scene, vectors->k, block->n_columns, number),
                        .mean = ren_frame_alloc(scene->frame, most * sizeof(float)),
                        .pairs = ren_frame_alloc(scene->frame, most * sizeof(int))};
  if (!out->q || !out->k || !sums || !out->mean || !out->pairs) return false;
  Keys keys = keys_of(scene, out->k);
  if (!keys.k || !keys.one) return false;
  for (size_t i = 0; i < most; i++) sums[i] = 0, out->pairs[i] = 0;
  add_all(scene, &keys, sums, out);
  for (out->n = (int)most; out->n > 0 && out->pairs[out->n - 1] == 0;) out->n--;
  for (int i = 0; i < out->n; i++) out->mean[i] = out->pairs[i] > 0 ? (float)(sums[i] / out->pairs[i]) : 0;
  return true;
}
