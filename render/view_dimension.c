/* Sums over all pairs of a query and a key are sums over queries of sums over the keys that it sees. Those keys
 * are all, or a beginning of them; so running sums over the keys answer for every query, and a dimension costs as
 * many steps as there are tokens, not as there are pairs. Dimensions lie beside each other in memory: every step is
 * taken for all of them. */
#include "render/view_dimension.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool ren_vectors_masked(const EngBlock *block, int row, int column) {
  return block->causal && block->column_start + column > block->row_start + row;
}

RenVectors ren_vectors_of(const RenScene *scene) {
  int block = ren_scene_block_index(scene->state, scene->source);
  RenVectors vectors = {.q = eng_source_queries(scene->source, block, scene->layer, scene->head),
                        .k = eng_source_keys(scene->source, block, scene->layer, scene->head),
                        .weights = ren_scene_pattern(scene, scene->layer, scene->head),
                        .d_head = scene->block->d_head};
  if (scene->block->has_v) vectors.v = eng_source_values(scene->source, block, scene->layer, scene->head);
  return vectors;
}

void ren_vectors_sum(const RenVectors *vectors, int row, float *out) {
  memset(out, 0, (size_t)vectors->d_head * sizeof *out);
  for (int j = 0; j < (int)vectors->v.shape[0]; j++) {
    float weight = ren_at2(&vectors->weights, row, j);
    for (int d = 0; d < vectors->d_head; d++) out[d] += weight * ren_at2(&vectors->v, j, d);
  }
}

/* --- running sums */

/* Over the keys before a column: how many count, their positions, positions squared; and of each dimension its
 * values, values times positions, squares, magnitudes. */
typedef struct Sums {
  int column;
  double n, p, pp, *x, *px, *xx, *abs;
} Sums;

enum { SUMS = 4, TOTALS = 3 }; /* arrays of each */

/* Dimensions first … first + n - 1. */
typedef struct Ranking {
  const RenScene *scene;
  const RenVectors *vectors;
  int first, n;
  Sums behind, all, ahead;
  double *row;            /* (n) of a query or a key */
  double *totals[TOTALS]; /* (n) each, over pairs: 0 at first */
} Ranking;

static bool counts(const RenScene *scene, int column) { return scene->skip == NULL || !scene->skip[column]; }

static const double *read_row(const Ranking *ranking, const EngTensor *vectors, int row) {
  const float *values = vectors->data + row * vectors->stride[0] + ranking->first * vectors->stride[1];
  for (int d = 0; d < ranking->n; d++) ranking->row[d] = (double)values[d * vectors->stride[1]];
  return ranking->row;
}

static void add_key(const Ranking *ranking, Sums *sums, int column) {
  double p = ranking->scene->block->column_start + column;
  const double *restrict x = read_row(ranking, &ranking->vectors->k, column);
  double *restrict sum_x = sums->x, *restrict sum_px = sums->px, *restrict sum_xx = sums->xx;
  double *restrict sum_abs = sums->abs;
  sums->n += 1, sums->p += p, sums->pp += p * p;
  for (int d = 0; d < ranking->n; d++) {
    sum_x[d] += x[d];
    sum_px[d] += p * x[d];
    sum_xx[d] += x[d] * x[d];
    sum_abs[d] += fabs(x[d]);
  }
}

static void add_keys_before(const Ranking *ranking, Sums *sums, int column) {
  for (; sums->column < column; sums->column++)
    if (counts(ranking->scene, sums->column)) add_key(ranking, sums, sums->column);
}

static void subtract(const Ranking *ranking, Sums *out, const Sums *a, const Sums *b) {
  out->n = a->n - b->n, out->p = a->p - b->p, out->pp = a->pp - b->pp;
  for (int d = 0; d < ranking->n; d++) {
    out->x[d] = a->x[d] - b->x[d];
    out->px[d] = a->px[d] - b->px[d];
    out->xx[d] = a->xx[d] - b->xx[d];
  }
}

/* Columns at or before a query's own position. */
static int n_behind(const EngBlock *block, int row) {
  int n = block->row_start + row + 1 - block->column_start;
  return n < 0 ? 0 : n > block->n_columns ? block->n_columns : n;
}

/* Over the keys that a query sees; queries come in their order. */
static const Sums *seen(Ranking *ranking, int row) {
  const EngBlock *block = ranking->scene->block;
  add_keys_before(ranking, &ranking->behind, block->causal ? n_behind(block, row) : block->n_columns);
  return &ranking->behind;
}

/* --- scores */

static void contribution(Ranking *ranking, float *out) {
  const RenScene *scene = ranking->scene;
  int first = scene->query < 0 ? 0 : scene->query, last = scene->query < 0 ? scene->block->n_rows : first + 1;
  double n = 0, *restrict sum = ranking->totals[0];
  for (int i = first; i < last; i++) {
    const Sums *keys = seen(ranking, i);
    const double *restrict q = read_row(ranking, &ranking->vectors->q, i);
    for (int d = 0; d < ranking->n; d++) sum[d] += fabs(q[d]) * keys->abs[d];
    n += keys->n;
  }
  for (int d = 0; d < ranking->n; d++) out[d] = n > 0 ? (float)(sum[d] / n) : 0;
}

static void weight(Ranking *ranking, float *out) {
  const RenScene *scene = ranking->scene;
  const RenVectors *vectors = ranking->vectors;
  double total = 0, *sum = ranking->totals[0];
  for (int d = 0; d < ranking->n; d++) out[d] = 0;
  if (scene->query < 0) return;
  const Sums *keys = seen(ranking, scene->query);
  for (int j = 0; j < scene->block->n_columns; j++) {
    double share = counts(scene, j) ? (double)ren_at2(&vectors->weights, scene->query, j) : 0;
    const double *k = read_row(ranking, &vectors->k, j);
    for (int d = 0; d < ranking->n; d++) sum[d] += share * k[d];
    total += share;
  }
  if (!(keys->n > 0) || !(total > 0)) return;
  const double *q = read_row(ranking, &vectors->q, scene->query);
  for (int d = 0; d < ranking->n; d++) out[d] = (float)(q[d] * (sum[d] / total - keys->x[d] / keys->n));
}

/* Over pairs: how many, distances and their squares. Products, their squares, products times distances are the
 * ranking's totals. */
typedef struct Pairs {
  double n, d, dd;
} Pairs;

/* Pairs of a query at `p` with keys on one side of it: `sign` 1 behind, -1 ahead. */
static void add_pairs(const Ranking *ranking, Pairs *pairs, const double *restrict q, double p, double sign,
                      const Sums *keys) {
  double *restrict x = ranking->totals[0], *restrict xx = ranking->totals[1], *restrict xd = ranking->totals[2];
  const double *restrict keys_x = keys->x, *restrict keys_px = keys->px, *restrict keys_xx = keys->xx;
  pairs->n += keys->n;
  pairs->d += sign * (p * keys->n - keys->p);
  pairs->dd += p * p * keys->n - 2 * p * keys->p + keys->pp;
  for (int d = 0; d < ranking->n; d++) {
    x[d] += q[d] * keys_x[d];
    xx[d] += q[d] * q[d] * keys_xx[d];
    xd[d] += sign * q[d] * (p * keys_x[d] - keys_px[d]);
  }
}

static float correlation(const Pairs *pairs, double x, double xx, double xd) {
  double spread_x = pairs->n * xx - x * x, spread_d = pairs->n * pairs->dd - pairs->d * pairs->d;
  double both = pairs->n * xd - x * pairs->d;
  if (!(spread_x > 1e-12 * pairs->n * xx) || !(spread_d > 0)) return 0;
  return (float)fmin(fmax(both / sqrt(spread_x * spread_d), -1), 1);
}

static void distance(Ranking *ranking, float *out) {
  const EngBlock *block = ranking->scene->block;
  Pairs pairs = {0, 0, 0};
  if (!block->causal) add_keys_before(ranking, &ranking->all, block->n_columns);
  for (int i = 0; i < block->n_rows; i++) {
    double p = block->row_start + i;
    add_keys_before(ranking, &ranking->behind, n_behind(block, i));
    const double *q = read_row(ranking, &ranking->vectors->q, i);
    add_pairs(ranking, &pairs, q, p, 1, &ranking->behind);
    if (block->causal) continue;
    subtract(ranking, &ranking->ahead, &ranking->all, &ranking->behind);
    add_pairs(ranking, &pairs, q, p, -1, &ranking->ahead);
  }
  double *const *totals = ranking->totals;
  for (int d = 0; d < ranking->n; d++) out[d] = correlation(&pairs, totals[0][d], totals[1][d], totals[2][d]);
}

/* By order; that of numbers takes the contribution. */
static void (*const scores[REN_ORDER_COUNT])(Ranking *, float *) = {contribution, contribution, weight, distance};

static Sums sums_at(double *memory, size_t n) {
  return (Sums){.x = memory, .px = memory + n, .xx = memory + 2 * n, .abs = memory + 3 * n};
}

/* The scores of dimensions first … first + n - 1. False when memory is short. */
static bool score(const RenScene *scene, const RenVectors *vectors, RenOrder order, int first, int n, float *out) {
  size_t size = (size_t)n;
  double *memory = ren_frame_alloc(scene->frame, (3 * SUMS + 1 + TOTALS) * size * sizeof *memory);
  if (memory == NULL) return false;
  memset(memory, 0, (3 * SUMS + 1 + TOTALS) * size * sizeof *memory);
  Ranking ranking = {scene, vectors, first, n, .row = memory + 3 * SUMS * size};
  ranking.behind = sums_at(memory, size);
  ranking.all = sums_at(memory + SUMS * size, size);
  ranking.ahead = sums_at(memory + 2 * SUMS * size, size);
  for (size_t i = 0; i < TOTALS; i++) ranking.totals[i] = ranking.row + (1 + i) * size;
  scores[order](&ranking, out);
  return true;
}

float ren_dimensions_score(const RenScene *scene, const RenVectors *vectors, RenOrder order, int number) {
  float out = 0;
  return score(scene, vectors, order, number, 1, &out) ? out : 0;
}

/* --- the order */

static int compare_scores(const void *a, const void *b) {
  const RenDimension *x = a, *y = b;
  float left = fabsf(x->score), right = fabsf(y->score);
  return left > right ? -1 : left < right ? 1 : x->number - y->number;
}

static int compare_numbers(const void *a, const void *b) {
  return ((const RenDimension *)a)->number - ((const RenDimension *)b)->number;
}

/* Marks the first ones by number, while they are in the order of their scores. */
static void mark_first(const RenDimensions *dimensions, int d_head, uint8_t *by_number) {
  memset(by_number, 0, (size_t)d_head);
  for (int i = 0; i < dimensions->n_first; i++) by_number[dimensions->at[i].number] = 1;
}

/* Those that are hidden go, but for the selected one; the others' marks follow them to their places. */
static void settle(const RenDimensionState *state, RenDimensions *dimensions, const uint8_t *by_number) {
  int kept = 0;
  for (int i = 0; i < dimensions->n; i++) {
    RenDimension dimension = dimensions->at[i];
    bool first = by_number[dimension.number];
    if (!first && state->rest == REN_REST_HIDDEN && dimension.number != state->selected) continue;
    dimensions->at[kept] = dimension;
    dimensions->is_first[kept] = first;
    dimensions->is_rest[kept++] = !first;
  }
  dimensions->n = kept;
}

bool ren_dimensions_rank(const RenScene *scene, const RenVectors *vectors, RenDimensions *out) {
  const RenDimensionState *state = &scene->state->dimensions;
  int n = vectors->d_head, n_first = state->top < n ? state->top : n;
  RenDimension *at = ren_frame_alloc(scene->frame, (size_t)n * sizeof *at);
  uint8_t *marks = ren_frame_alloc(scene->frame, 3 * (size_t)n);
  float *scored = ren_frame_alloc(scene->frame, (size_t)n * sizeof *scored);
  if (at == NULL || marks == NULL || scored == NULL) return false;
  if (!score(scene, vectors, state->order, 0, n, scored)) return false;
  for (int d = 0; d < n; d++) at[d] = (RenDimension){d, scored[d]};
  *out = (RenDimensions){n, n_first, at, marks, marks + n, false};
  qsort(at, (size_t)n, sizeof *at, compare_scores);
  mark_first(out, n, marks + 2 * n);
  if (state->order == REN_ORDER_NUMBER) qsort(at, (size_t)n, sizeof *at, compare_numbers);
  settle(state, out, marks + 2 * n);
  out->plain = state->order == REN_ORDER_NUMBER && out->n == n;
  return true;
}

int ren_dimensions_place(const RenDimensions *dimensions, int number) {
  for (int i = 0; i < dimensions->n; i++)
    if (dimensions->at[i].number == number) return i;
  return -1;
}
