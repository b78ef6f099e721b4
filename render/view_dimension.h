/* The dimensions of one head in the order in which they are shown, and what each of them matters. Everything is
 * the frame's memory; keys that are left out of the drawing do not count. */
#ifndef RENDER_VIEW_DIMENSION_H
#define RENDER_VIEW_DIMENSION_H

#include "render/view_scene.h"

/* One head's numbers; only of a ready layer of a block with queries and keys. */
typedef struct RenVectors {
  EngTensor q, k, weights; /* (rows, d_head), (columns, d_head), (rows, columns) */
  EngTensor v;             /* (columns, d_head); empty where values are not known */
  int d_head;
} RenVectors;

RenVectors ren_vectors_of(const RenScene *scene);
/* Whether key `column` is masked for query `row`. */
bool ren_vectors_masked(const EngBlock *block, int row, int column);
/* The values by the weights of query `row`, summed over all keys of the part: (d_head). Only with values. */
void ren_vectors_sum(const RenVectors *vectors, int row, float *out);

typedef struct RenDimension {
  int number;
  float score; /* by the order that is set; in the order of numbers, its contribution */
} RenDimension;

typedef struct RenDimensions {
  int n;             /* that are shown */
  int n_first;       /* how many count as first */
  RenDimension *at;  /* (n), by place */
  uint8_t *is_first; /* (n), by place */
  uint8_t *is_rest;  /* (n), by place */
  bool plain;        /* all of them stand at their own numbers */
} RenDimensions;

/* By the state's order, for the scene's query where there is one; the order of equal scores is that of their
 * numbers. False when memory is short. */
bool ren_dimensions_rank(const RenScene *scene, const RenVectors *vectors, RenDimensions *out);
/* The place of a dimension, or -1. */
int ren_dimensions_place(const RenDimensions *dimensions, int number);

/* The score of one dimension by an order.
 *
 * contribution  the mean of |q_d k_d| over the pairs that attend: of one query, or of all
 * weight        the mean of q_d k_d over the keys of one query by their weights, less its plain mean: what the
 *               dimension adds to the scores of the keys that are attended to; 0 without a query
 * distance      the correlation of q_d k_d with the distance of query and key, over all pairs that attend */
float ren_dimensions_score(const RenScene *scene, const RenVectors *vectors, RenOrder order, int number);

#endif
