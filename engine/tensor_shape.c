/* What changes only shape and strides is a view; copies exist so that the loops of other files meet numbers
 * that lie side by side. */
#include "engine/tensor_ops.h"

#include <stdio.h>

bool eng_tensor_is_contiguous(const EngTensor *tensor) {
  size_t expected = 1;
  for (int axis = tensor->rank - 1; axis >= 0; axis--) {
    if (tensor->shape[axis] == 0) return true;
    if (tensor->shape[axis] > 1 && tensor->stride[axis] != (ptrdiff_t)expected) return false;
    expected *= tensor->shape[axis];
  }
  return true;
}

EngTensor eng_tensor_transpose(EngTensor tensor, int a, int b) {
  EngTensor out = tensor;
  out.shape[a] = tensor.shape[b], out.stride[a] = tensor.stride[b];
  out.shape[b] = tensor.shape[a], out.stride[b] = tensor.stride[a];
  return out;
}

EngTensor eng_tensor_move_axis(EngTensor tensor, int from, int to) {
  for (; from < to; from++) tensor = eng_tensor_transpose(tensor, from, from + 1);
  for (; from > to; from--) tensor = eng_tensor_transpose(tensor, from, from - 1);
  return tensor;
}

EngTensor eng_tensor_insert_axis(EngTensor tensor, int axis) {
  int last = tensor.rank++;
  tensor.shape[last] = 1;
  tensor.stride[last] = 0;
  return eng_tensor_move_axis(tensor, last, axis);
}

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

bool eng_tensor_diagonal(EngTensor *view, EngTensor tensor, ptrdiff_t offset, EngError *err) {
  int row = tensor.rank - 2, column = tensor.rank - 1;
  if (tensor.rank < 2)
    return eng_error_set(err, NULL, "diagonal", "expected at least 2 axes, found %d", tensor.rank);
  size_t rows = tensor.shape[row], columns = tensor.shape[column];
  size_t below = offset < 0 ? (size_t)0 - (size_t)offset : 0, right = offset > 0 ? (size_t)offset : 0;
  size_t n = below < rows && right < columns ? smaller(rows - below, columns - right) : 0;
  if (n > 0) tensor.data += (ptrdiff_t)below * tensor.stride[row] + (ptrdiff_t)right * tensor.stride[column];
  tensor.shape[row] = n;
  tensor.stride[row] += tensor.stride[column];
  tensor.rank--;
  *view = tensor;
  return true;
}

/* "[2, -1]" into `text`. */
static const char *shape_text(int rank, const ptrdiff_t *shape, char *text, size_t size) {
  size_t used = 0;
  for (int axis = 0; axis < rank && used < size; axis++)
    used += (size_t)snprintf(text + used, size - used, axis ? ", %td" : "[%td", shape[axis]);
  if (used < size) snprintf(text + used, size - used, rank ? "]" : "[]");
  return text;
}

/* The product of the lengths that are given, and the axis that is not (-1 for none). Lengths of 0 do not
 * hide an overflow of the others, since strides would have it, too. */
static bool given_size(int rank, const ptrdiff_t *shape, size_t *given, int *open) {
  ptrdiff_t span = 1;
  bool empty = false;
  *open = -1;
  for (int axis = 0; axis < rank; axis++) {
    if (shape[axis] < -1 || (shape[axis] == -1 && *open >= 0)) return false;
    if (shape[axis] == -1) *open = axis;
    if (shape[axis] == 0) empty = true;
    if (shape[axis] > 0 && __builtin_mul_overflow(span, shape[axis], &span)) return false;
  }
  *given = empty ? 0 : (size_t)span;
  return true;
}

bool eng_tensor_reshape(EngTensor *view, EngTensor tensor, int rank, const ptrdiff_t *shape, EngError *err) {
  char text[160];
  size_t size = eng_tensor_size(&tensor), given = 1, lengths[ENG_TENSOR_RANK] = {0};
  int open = -1;
  if (rank > ENG_TENSOR_RANK)
    return eng_error_set(err, NULL, "reshape", "expected at most %d axes, found %d", ENG_TENSOR_RANK, rank);
  bool fits = given_size(rank, shape, &given, &open);
  fits = fits && (open >= 0 ? given > 0 && size % given == 0 : given == size);
  if (!fits)
    return eng_error_set(err, NULL, "reshape", "expected a shape of %zu numbers, found %s", size,
                         shape_text(rank, shape, text, sizeof text));
  for (int axis = 0; axis < rank; axis++) lengths[axis] = axis == open ? size / given : (size_t)shape[axis];
  EngBuffer *buffer = tensor.buffer;
  *view = eng_tensor_view(tensor.data, rank, lengths);
  view->buffer = buffer;
  return true;
}

static bool shapes_differ(const EngTensor *const *tensors, int k, int axis, size_t length, EngError *err) {
  return eng_error_set(err, NULL, "broadcast", "axis %d from the end: expected %zu numbers or 1, found %zu",
                       axis + 1, length, tensors[k]->shape[tensors[k]->rank - 1 - axis]);
}

bool eng_tensor_common_shape(int n, const EngTensor *const *tensors, int *rank, size_t *shape, EngError *err) {
  *rank = 0;
  for (int k = 0; k < n; k++)
    if (tensors[k]->rank > *rank) *rank = tensors[k]->rank;
  for (int axis = 0; axis < *rank; axis++) { /* counted from the end */
    size_t length = 1;
    for (int k = 0; k < n; k++) {
      if (axis >= tensors[k]->rank) continue;
      size_t own = tensors[k]->shape[tensors[k]->rank - 1 - axis];
      if (length == 1) length = own;
      if (own != 1 && own != length) return shapes_differ(tensors, k, axis, length, err);
    }
    shape[*rank - 1 - axis] = length;
  }
  return true;
}

EngTensor eng_tensor_stretch(EngTensor tensor, int rank, const size_t *shape) {
  EngTensor out = {.data = tensor.data, .rank = rank, .buffer = tensor.buffer};
  int missing = rank - tensor.rank;
  for (int axis = 0; axis < rank; axis++) {
    bool own = axis >= missing && tensor.shape[axis - missing] == shape[axis];
    out.shape[axis] = shape[axis];
    out.stride[axis] = own ? tensor.stride[axis - missing] : 0;
  }
  return out;
}
