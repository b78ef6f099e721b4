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

static void add_all(const RenScene *scene, double *sums, RenDistances *out) {
  for (int i = 0; i < scene->block->n_rows; i++)
    for (int j = 0; j < scene->block->n_columns; j++) {
      int at = ren_distance(scene, i, j);
      if (at < 0) continue;
      sums[at] += (double)out->q[i] * (double)out->k[j];
      out->pairs[at]++;
      if (at >= out->n) out->n = at + 1;
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
  for (size_t i = 0; i < most; i++) sums[i] = 0, out->pairs[i] = 0;
  add_all(scene, sums, out);
  for (int i = 0; i < out->n; i++) out->mean[i] = out->pairs[i] > 0 ? (float)(sums[i] / out->pairs[i]) : 0;
  return true;
}
