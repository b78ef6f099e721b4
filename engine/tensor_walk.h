/* A walk over the elements of up to four tensors of one shape, in C order, run by run: the inner loop of
 * every elementwise operation sees pointers and steps, never axes.
 *
 *   EngWalk walk = eng_walk(2, (const EngTensor *[]){&out, &a});
 *   for (; walk.n; eng_walk_next(&walk)) kernel(walk.n, walk.data[0], walk.data[1], walk.step[1]);
 *
 * Axes that lie in memory as one are walked as one: contiguous tensors are a single run. Read-only use
 * only writes through tensors that the caller owns. */
#ifndef ENGINE_TENSOR_WALK_H
#define ENGINE_TENSOR_WALK_H

#include "engine/tensor.h"

#define ENG_WALK_OPERANDS 4

typedef struct EngWalk {
  size_t n;                          /* elements of this run; 0 when the walk is over */
  float *data[ENG_WALK_OPERANDS];    /* the run's first element */
  ptrdiff_t step[ENG_WALK_OPERANDS]; /* from one element to the next; 0 where n is 1 */

  /* How the runs follow each other. */
  int n_operands, rank; /* outer axes */
  size_t shape[ENG_TENSOR_RANK], index[ENG_TENSOR_RANK];
  ptrdiff_t stride[ENG_WALK_OPERANDS][ENG_TENSOR_RANK];
} EngWalk;

EngWalk eng_walk(int n_operands, const EngTensor *const *tensors);

/* The same over the first numbers of the lines of the last axis, whose lengths may differ. */
EngWalk eng_walk_lines(int n_operands, const EngTensor *const *tensors);

void eng_walk_next(EngWalk *walk);

#endif
