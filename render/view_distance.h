/* The products of one dimension, by how far the key is from the query. */
#ifndef RENDER_VIEW_DISTANCE_H
#define RENDER_VIEW_DISTANCE_H

#include "render/view_dimension.h"

/* By distance: the mean of q_d k_d over the pairs that attend, and how many there are; keys that are left out of
 * the drawing do not count. */
typedef struct RenDistances {
  const float *q, *k; /* (rows), (columns): the dimension of every query and key */
  int n;              /* one more than the largest distance of such a pair */
  float *mean;
  int *pairs;
} RenDistances;

/* In the frame's memory; false when that is short. */
bool ren_distances_of(const RenScene *scene, const RenVectors *vectors, int number, RenDistances *out);

/* How far a key is from a query, either way; -1 for a pair that does not attend or does not count. */
int ren_distance(const RenScene *scene, int row, int column);

#endif
