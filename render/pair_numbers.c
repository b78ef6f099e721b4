/* A pair is read off the row of its query: how the weight stands among the others. Scores and norms are summed in
 * double precision, which is more than the forward pass had. */
#include "render/pair_numbers.h"

#include "render/view_dimension.h"

#include <math.h>
#include <string.h>

static void read_row(const RenScene *scene, int query, int key, RenPairNumbers *out) {
  EngTensor weights = ren_scene_pattern(scene, scene->layer, scene->head);
  double sum = 0;
  out->weight = ren_at2(&weights, query, key);
  out->rank = 1;
  for (int j = 0; j < scene->block->n_columns; j++) {
    float weight = ren_at2(&weights, query, j);
    sum += (double)weight;
    out->rank += weight > out->weight;
    out->n += !ren_vectors_masked(scene->block, query, j);
  }
  out->share = sum > 0 ? (float)((double)out->weight / sum) : 0;
}

static double dot(const EngTensor *a, int i, const EngTensor *b, int j, int n) {
  double sum = 0;
  for (int d = 0; d < n; d++) sum += (double)ren_at2(a, i, d) * (double)ren_at2(b, j, d);
  return sum;
}

void ren_pair_numbers(const RenScene *scene, int query, int key, RenPairNumbers *out) {
  const EngBlock *block = scene->block;
  *out = (RenPairNumbers){.near = strcmp(block->key, "cross") != 0};
  out->masked = ren_vectors_masked(block, query, key);
  out->distance = block->row_start + query - block->column_start - key;
  read_row(scene, query, key, out);
  int index = ren_scene_block_index(scene->state, scene->source);
  out->scored = block->has_qk;
  out->valued = block->has_v;
  if (out->scored) {
    EngTensor q = eng_source_queries(scene->source, index, scene->layer, scene->head);
    EngTensor k = eng_source_keys(scene->source, index, scene->layer, scene->head);
    out->score = (float)(dot(&q, query, &k, key, block->d_head) / sqrt((double)block->d_head));
  }
  if (!out->valued) return;
  EngTensor v = eng_source_values(scene->source, index, scene->layer, scene->head);
  out->norm = (float)((double)out->weight * sqrt(dot(&v, key, &v, key, block->d_head)));
}

void ren_spread_of(const float *values, int n, ptrdiff_t stride, float *mean, float *deviation) {
  double sum = 0, squares = 0;
  int counted = 0;
  for (int i = 0; i < n; i++) {
    float value = values[i * stride];
    if (isnan(value)) continue;
    sum += (double)value;
    counted++;
  }
  double middle = counted > 0 ? sum / counted : (double)NAN;
  for (int i = 0; i < n; i++) {
    float value = values[i * stride];
    if (!isnan(value)) squares += ((double)value - middle) * ((double)value - middle);
  }
  *mean = (float)middle;
  *deviation = counted > 0 ? (float)sqrt(squares / counted) : NAN;
}

/* The products of a pair beside that of `number`. */
static void read_products(const RenVectors *vectors, int number, int query, int key, RenDimensionNumbers *out) {
  double sum = dot(&vectors->q, query, &vectors->k, key, vectors->d_head);
  out->q = ren_at2(&vectors->q, query, number);
  out->k = ren_at2(&vectors->k, key, number);
  out->product = out->q * out->k;
  out->share = sum < 0 || sum > 0 ? (float)((double)out->product / sum) : 0;
  out->rank = 1;
  out->n = vectors->d_head;
  for (int d = 0; d < vectors->d_head; d++)
    out->rank += fabsf(ren_at2(&vectors->q, query, d) * ren_at2(&vectors->k, key, d)) > fabsf(out->product);
}

void ren_dimension_numbers(const RenScene *scene, int number, int query, int key, RenDimensionNumbers *out) {
  RenVectors vectors = ren_vectors_of(scene);
  *out = (RenDimensionNumbers){.rank = 0};
  if (query >= 0 && key >= 0) read_products(&vectors, number, query, key, out);
  out->distance = ren_dimensions_score(scene, &vectors, REN_ORDER_DISTANCE, number);
  ren_spread_of(vectors.q.data + number * vectors.q.stride[1], scene->block->n_rows, vectors.q.stride[0],
                &out->q_mean, &out->q_deviation);
  ren_spread_of(vectors.k.data + number * vectors.k.stride[1], scene->block->n_columns, vectors.k.stride[0],
                &out->k_mean, &out->k_deviation);
}
