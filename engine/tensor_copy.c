/* One good copy: into C order from any strides. Where the last axis lies apart in memory but another lies
 * close, the two are copied in small squares, so that each cache line is read once. */
#include "engine/tensor_ops.h"
#include "engine/tensor_walk.h"

#include <string.h>

enum { SQUARE = 16 }; /* floats of a cache line */

static void copy_run(size_t n, float *out, const float *in, ptrdiff_t step) {
  if (step == 1)
    memcpy(out, in, n * sizeof *out);
  else
    for (size_t i = 0; i < n; i++) out[i] = in[(ptrdiff_t)i * step];
}

static void copy_runs(EngTensor out, EngTensor in) {
  EngWalk walk = eng_walk(2, (const EngTensor *[]){&out, &in});
  for (; walk.n; eng_walk_next(&walk)) copy_run(walk.n, walk.data[0], walk.data[1], walk.step[1]);
}

/* out[r * pitch + c] = in[r * row + c * column] for r < rows, c < columns, in squares. */
static void copy_plane(float *out, ptrdiff_t pitch, const float *in, ptrdiff_t row, ptrdiff_t column, size_t rows,
                       size_t columns) {
  for (size_t r0 = 0; r0 < rows; r0 += SQUARE) {
    size_t r1 = rows - r0 < SQUARE ? rows : r0 + SQUARE;
    for (size_t c = 0; c < columns; c++)
      for (size_t r = r0; r < r1; r++)
        out[(ptrdiff_t)r * pitch + (ptrdiff_t)c] = in[(ptrdiff_t)r * row + (ptrdiff_t)c * column];
  }
}

/* The axis along which the operand lies closest in memory, other than the last; -1 if none is closer. */
static int closest_axis(const EngTensor *in) {
  int last = in->rank - 1, best = -1;
  ptrdiff_t closest = in->rank ? in->stride[last] : 0;
  if (closest < 0) closest = -closest;
  for (int axis = 0; axis < last; axis++) {
    ptrdiff_t stride = in->stride[axis] < 0 ? -in->stride[axis] : in->stride[axis];
    if (in->shape[axis] > 1 && stride > 0 && stride < closest) best = axis, closest = stride;
  }
  return best;
}

/* `axis` and the last axis as planes, the rest as a walk over planes. */
static void copy_planes(EngTensor out, EngTensor in, int axis) {
  int last = in.rank - 1;
  EngTensor out_rest = eng_tensor_select(eng_tensor_select(out, last, 0), axis, 0);
  EngTensor in_rest = eng_tensor_select(eng_tensor_select(in, last, 0), axis, 0);
  EngWalk walk = eng_walk(2, (const EngTensor *[]){&out_rest, &in_rest});
  for (; walk.n; eng_walk_next(&walk))
    for (size_t i = 0; i < walk.n; i++)
      copy_plane(walk.data[0] + (ptrdiff_t)i * walk.step[0], out.stride[axis],
                 walk.data[1] + (ptrdiff_t)i * walk.step[1], in.stride[axis], in.stride[last], in.shape[axis],
                 in.shape[last]);
}

/* `out` is of the same shape, in C order. */
static void copy_into(EngTensor out, EngTensor in) {
  int axis = closest_axis(&in);
  if (axis < 0 || eng_tensor_size(&in) == 0)
    copy_runs(out, in);
  else
    copy_planes(out, in, axis);
}

bool eng_tensor_copy(EngTensor *out, const EngTensor *tensor, EngError *err) {
  EngTensor in = *tensor; /* `out` may be the operand's own place */
  if (!eng_tensor_new(out, in.rank, in.shape, err)) return false;
  copy_into(*out, in);
  return true;
}

bool eng_tensor_stack(EngTensor *out, size_t n, const EngTensor *const *parts, EngError *err) {
  size_t shape[ENG_TENSOR_RANK] = {n};
  if (n == 0 || parts[0]->rank == ENG_TENSOR_RANK)
    return eng_error_set(err, NULL, "stack", "expected tensors of at most %d axes, found %s", ENG_TENSOR_RANK - 1,
                         n ? "more axes" : "none");
  for (size_t i = 1; i < n; i++)
    if (!eng_tensor_same_shape(parts[i], parts[0]))
      return eng_error_set(err, NULL, "stack", "expected tensors of one shape, found another one at %zu", i);
  memcpy(shape + 1, parts[0]->shape, (size_t)parts[0]->rank * sizeof *shape);
  EngTensor result;
  if (!eng_tensor_new(&result, parts[0]->rank + 1, shape, err)) return false;
  for (size_t i = 0; i < n; i++) copy_into(eng_tensor_select(result, 0, i), *parts[i]);
  *out = result;
  return true;
}

bool eng_tensor_rows(EngTensor *out, const EngTensor *tensor, int axis, EngError *err) {
  EngTensor moved = eng_tensor_move_axis(*tensor, axis, tensor->rank - 1);
  if (moved.shape[moved.rank - 1] > 1 && moved.stride[moved.rank - 1] != 1)
    return eng_tensor_copy(out, &moved, err);
  *out = eng_tensor_retain(moved);
  return true;
}

bool eng_tensor_flat(EngTensor *out, const EngTensor *tensor, EngError *err) {
  EngTensor whole;
  if (eng_tensor_is_contiguous(tensor))
    whole = eng_tensor_retain(*tensor);
  else if (!eng_tensor_copy(&whole, tensor, err))
    return false;
  size_t size = eng_tensor_size(&whole);
  *out = eng_tensor_view(whole.data, 1, &size);
  out->buffer = whole.buffer;
  return true;
}
