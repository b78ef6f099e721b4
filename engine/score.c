/* Positions are those of the whole text: a part of it (a filter's block) begins at its row_start and column_start.
 */
#include "engine/score.h"

#include <math.h>
#include <string.h>

/* One row of weights: where it lies, the query's position, the positions of its keys. */
typedef struct Row {
  const float *weights;
  ptrdiff_t stride;
  int query, first_key, n_keys;
} Row;

static double at(const Row *row, int key) {
  int j = key - row->first_key;
  return j >= 0 && j < row->n_keys ? (double)row->weights[j * row->stride] : 0;
}

/* What a row adds to the sum, and to what it is divided by. */
typedef struct Share {
  double sum, over;
} Share;

static Share of_previous(const Row *row) {
  bool has = row->query - 1 >= row->first_key && row->query - 1 < row->first_key + row->n_keys;
  return (Share){at(row, row->query - 1), has};
}

static Share of_first(const Row *row) { return (Share){at(row, 0), 1}; }
static Share of_current(const Row *row) { return (Share){at(row, row->query), 1}; }

static Share of_confidence(const Row *row) {
  float most = 0;
  for (int j = 0; j < row->n_keys; j++) most = fmaxf(most, row->weights[j * row->stride]);
  return (Share){(double)most, 1};
}

static Share of_entropy(const Row *row) {
  double sum = 0, spread = .0001 / row->n_keys;
  for (int j = 0; j < row->n_keys; j++) {
    double weight = .9999 * (double)row->weights[j * row->stride] + spread;
    sum -= weight * (double)logf((float)weight);
  }
  return (Share){sum, 1};
}

static Share of_distance(const Row *row) {
  Share share = {0, 0};
  for (int j = 0; j < row->n_keys; j++) {
    double weight = (double)row->weights[j * row->stride];
    share.sum += weight * (row->query - row->first_key - j);
    share.over += weight;
  }
  return share;
}

static const struct {
  const char *name, *title;
  Share (*of)(const Row *row);
} scores[ENG_SCORE_COUNT] = {
    [ENG_SCORE_PREVIOUS] = {"previous", "weight of the previous token", of_previous},
    [ENG_SCORE_FIRST] = {"first", "weight of the first token", of_first},
    [ENG_SCORE_CURRENT] = {"current", "weight of the token itself", of_current},
    [ENG_SCORE_CONFIDENCE] = {"confidence", "largest weight of a row", of_confidence},
    [ENG_SCORE_ENTROPY] = {"entropy", "entropy", of_entropy},
    [ENG_SCORE_DISTANCE] = {"distance", "distance", of_distance},
};

const char *eng_score_name(EngScore score) { return scores[score].name; }
const char *eng_score_title(EngScore score) { return scores[score].title; }

bool eng_score_parse(const char *name, EngScore *out) {
  for (int i = 0; i < ENG_SCORE_COUNT; i++) {
    if (strcmp(name, scores[i].name) != 0) continue;
    *out = (EngScore)i;
    return true;
  }
  return false;
}

double eng_score_head(EngScore score, const EngBlock *block, const EngTensor *weights) {
  Share all = {0, 0};
  for (int i = 0; i < block->n_rows; i++) {
    Row row = {weights->data + i * weights->stride[0], weights->stride[1], block->row_start + i,
               block->column_start, block->n_columns};
    Share share = scores[score].of(&row);
    all.sum += share.sum;
    all.over += share.over;
  }
  return all.over > 0 ? all.sum / all.over : 0;
}
