/* Axes of length 1 are dropped and neighbours that one stride can serve are joined; the innermost axis that
 * remains is the run, and the outer ones turn like an odometer. */
#include "engine/tensor_walk.h"

/* Whether axis `axis` of the tensors continues the walk's last axis in all operands: one step of the outer
 * axis is as far as a whole turn of the inner one. */
static bool continues(const EngWalk *walk, const EngTensor *const *tensors, int axis) {
  if (walk->rank == 0) return false;
  for (int k = 0; k < walk->n_operands; k++)
    if (walk->stride[k][walk->rank - 1] != tensors[k]->stride[axis] * (ptrdiff_t)tensors[k]->shape[axis])
      return false;
  return true;
}

static void add_axis(EngWalk *walk, const EngTensor *const *tensors, int axis) {
  size_t length = tensors[0]->shape[axis];
  if (length == 1) return;
  if (continues(walk, tensors, axis))
    walk->shape[walk->rank - 1] *= length;
  else
    walk->shape[walk->rank++] = length;
  for (int k = 0; k < walk->n_operands; k++) walk->stride[k][walk->rank - 1] = tensors[k]->stride[axis];
}

EngWalk eng_walk(int n_operands, const EngTensor *const *tensors) {
  EngWalk walk = {.n = 1, .n_operands = n_operands};
  for (int axis = 0; axis < tensors[0]->rank; axis++) add_axis(&walk, tensors, axis);
  for (int k = 0; k < n_operands; k++) walk.data[k] = tensors[k]->data;
  if (eng_tensor_size(tensors[0]) == 0) walk.n = 0;
  if (walk.rank == 0 || walk.n == 0) return walk;
  walk.rank--;
  walk.n = walk.shape[walk.rank];
  for (int k = 0; k < n_operands; k++) walk.step[k] = walk.stride[k][walk.rank];
  return walk;
}

EngWalk eng_walk_lines(int n_operands, const EngTensor *const *tensors) {
  EngTensor starts[ENG_WALK_OPERANDS];
  const EngTensor *list[ENG_WALK_OPERANDS];
  for (int k = 0; k < n_operands; k++) {
    starts[k] = *tensors[k];
    starts[k].rank--;
    list[k] = &starts[k];
  }
  return eng_walk(n_operands, list);
}

static void move(EngWalk *walk, int axis, ptrdiff_t steps) {
  for (int k = 0; k < walk->n_operands; k++) walk->data[k] += steps * walk->stride[k][axis];
}

void eng_walk_next(EngWalk *walk) {
  for (int axis = walk->rank - 1; axis >= 0; axis--) {
    if (++walk->index[axis] < walk->shape[axis]) {
      move(walk, axis, 1);
      return;
    }
    move(walk, axis, -(ptrdiff_t)(walk->shape[axis] - 1));
    walk->index[axis] = 0;
  }
  walk->n = 0;
}
