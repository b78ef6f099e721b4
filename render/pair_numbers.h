/* Of one query and one key: what the head of a scene makes of them, and what one of its dimensions has to do with
 * it. What the source does not know is left out, and said so. */
#ifndef RENDER_PAIR_NUMBERS_H
#define RENDER_PAIR_NUMBERS_H

#include "render/view_scene.h"

typedef struct RenPairNumbers {
  float weight, share; /* share: of what the query gives to all keys of the part */
  int rank, n;         /* among the keys that the query may see: 1 is the largest weight */
  bool masked;         /* the query may not see this key: there is no rank, nothing of the rest */
  bool near;           /* both are of one sequence: there is a distance */
  int distance;        /* query minus key */
  bool scored, valued; /* queries and keys, or values, are known */
  float score;         /* q · k over the root of d_head */
  float norm;          /* of the value, times the weight: how much of it arrives */
} RenPairNumbers;

/* Only of a ready layer. */
void ren_pair_numbers(const RenScene *scene, int query, int key, RenPairNumbers *out);

typedef struct RenDimensionNumbers {
  float q, k, product;
  float share;    /* of q · k, which the products sum to: of either sign, or more than 1 */
  int rank, n;    /* by magnitude among the products of the pair */
  float distance; /* correlation of the products with the distance, over all pairs */
  float q_mean, q_deviation, k_mean, k_deviation; /* over all queries, over all keys */
} RenDimensionNumbers;

/* Only of a ready layer of a block with queries and keys; query or key -1: only what is not of a pair. */
void ren_dimension_numbers(const RenScene *scene, int number, int query, int key, RenDimensionNumbers *out);

/* Mean and standard deviation (of all of them, not of a sample) of those that are numbers; NaN of none. */
void ren_spread_of(const float *values, int n, ptrdiff_t stride, float *mean, float *deviation);

#endif
