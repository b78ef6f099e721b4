/* Sums over all pairs of a query and a key are sums over queries of sums over the keys that it sees. Those keys
 * are all, or a beginning of them; so running sums over the keys answer for every query, and a dimension costs as
 * many steps as there are tokens, not as there are pairs. */
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

/* Over the keys before a column: how many count, their positions, positions squared; and of one dimension its
 * values, values times positions, squares, magnitudes. */
typedef struct Sums {
  double n, p, pp, x, px, xx, abs;
} Sums;

static Sums less(Sums a, Sums b) {
  return (Sums){a.n - b.n, a.p - b.p, a.pp - b.pp, a.x - b.x, a.px - b.px, a.xx - b.xx, a.abs - b.abs};
}

typedef struct Ranking {
  const RenScene *scene;
  const RenVectors *vectors;
  int number;
  Sums *before; /* (columns + 1) */
} Ranking;

static bool counts(const RenScene *scene, int column) { return scene->skip == NULL || !scene->skip[column]; }

static void sum_keys(const Ranking *ranking) {
  const RenScene *scene = ranking->scene;
  Sums sums = {0};
  for (int j = 0; j < scene->block->n_columns; j++) {
    ranking->before[j] = sums;
    if (!counts(scene, j)) continue;
    double p = scene->block->column_start + j, x = (double)ren_at2(&ranking->vectors->k, j, ranking->number);
    sums.n += 1, sums.p += p, sums.pp += p * p;
    sums.x += x, sums.px += p * x, sums.xx += x * x, sums.abs += fabs(x);
  }
  ranking->before[scene->block->n_columns] = sums;
}

/* Columns at or before a query's own position. */
static int n_behind(const EngBlock *block, int row) {
  int n = block->row_start + row + 1 - block->column_start;
  return n < 0 ? 0 : n > block->n_columns ? block->n_columns : n;
}

static double query_at(const Ranking *ranking, int row) {
  return (double)ren_at2(&ranking->vectors->q, row, ranking->number);
}

/* Over the keys that a query sees. */
static Sums seen(const Ranking *ranking, int row) {
  const EngBlock *block = ranking->scene->block;
  return ranking->before[block->causal ? n_behind(block, row) : block->n_columns];
}

/* --- scores */

static float contribution(const Ranking *ranking) {
  const RenScene *scene = ranking->scene;
  int first = scene->query < 0 ? 0 : scene->query, last = scene->query < 0 ? scene->block->n_rows : first + 1;
  double sum = 0, n = 0;
  for (int i = first; i < last; i++) {
    Sums keys = seen(ranking, i);
    sum += fabs(query_at(ranking, i)) * keys.abs;
    n += keys.n;
  }
  return n > 0 ? (float)(sum / n) : 0;
}

static float weight(const Ranking *ranking) {
  const RenScene *scene = ranking->scene;
  if (scene->query < 0) return 0;
  Sums keys = seen(ranking, scene->query);
  double sum = 0, total = 0;
  for (int j = 0; j < scene->block->n_columns; j++) {
    double share = counts(scene, j) ? (double)ren_at2(&ranking->vectors->weights, scene->query, j) : 0;
    sum += share * (double)ren_at2(&ranking->vectors->k, j, ranking->number);
    total += share;
  }
  if (!(keys.n > 0) || !(total > 0)) return 0;
  return (float)(query_at(ranking, scene->query) * (sum / total - keys.x / keys.n));
}

/* Over pairs: how many, distances and their squares, products and theirs, products times distances. */
typedef struct Pairs {
  double n, d, dd, x, xx, xd;
} Pairs;

/* Pairs of a query at `p` with keys on one side of it: `sign` 1 behind, -1 ahead. */
static void add_pairs(Pairs *pairs, double q, double p, double sign, Sums keys) {
  pairs->n += keys.n;
  pairs->d += sign * (p * keys.n - keys.p);
  pairs->dd += p * p * keys.n - 2 * p * keys.p + keys.pp;
  pairs->x += q * keys.x;
  pairs->xx += q * q * keys.xx;
  pairs->xd += sign * q * (p * keys.x - keys.px);
}

static float distance(const Ranking *ranking) {
  const EngBlock *block = ranking->scene->block;
  Pairs pairs = {0};
  for (int i = 0; i < block->n_rows; i++) {
    double q = query_at(ranking, i), p = block->row_start + i;
    Sums behind = ranking->before[n_behind(block, i)];
    add_pairs(&pairs, q, p, 1, behind);
    if (!block->causal) add_pairs(&pairs, q, p, -1, less(ranking->before[block->n_columns], behind));
  }
  double spread_x = pairs.n * pairs.xx - pairs.x * pairs.x, spread_d = pairs.n * pairs.dd - pairs.d * pairs.d;
  double both = pairs.n * pairs.xd - pairs.x * pairs.d;
  if (!(spread_x > 1e-12 * pairs.n * pairs.xx) || !(spread_d > 0)) return 0;
  return (float)fmin(fmax(both / sqrt(spread_x * spread_d), -1), 1);
}

/* By order; that of numbers takes the contribution. */
static float (*const scores[REN_ORDER_COUNT])(const Ranking *) = {contribution, contribution, weight, distance};

static bool begin(Ranking *ranking, const RenScene *scene, const RenVectors *vectors) {
  size_t n = (size_t)scene->block->n_columns + 1;
  *ranking = (Ranking){scene, vectors, 0, ren_frame_alloc(scene->frame, n * sizeof *ranking->before)};
  return ranking->before != NULL;
}

static float score_of(Ranking *ranking, RenOrder order, int number) {
  ranking->number = number;
  sum_keys(ranking);
  return scores[order](ranking);
}

float ren_dimensions_score(const RenScene *scene, const RenVectors *vectors, RenOrder order, int number) {
  Ranking ranking;
  return begin(&ranking, scene, vectors) ? score_of(&ranking, order, number) : 0;
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
  Ranking ranking;
  const RenDimensionState *state = &scene->state->dimensions;
  int n = vectors->d_head, n_first = state->top < n ? state->top : n;
  RenDimension *at = ren_frame_alloc(scene->frame, (size_t)n * sizeof *at);
  uint8_t *marks = ren_frame_alloc(scene->frame, 3 * (size_t)n);
  if (at == NULL || marks == NULL || !begin(&ranking, scene, vectors)) return false;
  for (int d = 0; d < n; d++) at[d] = (RenDimension){d, score_of(&ranking, state->order, d)};
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
