/* A view is a plain value; only its buffer is counted. The numbers lie right behind the buffer's header, a
 * cache line further on, so that one allocation holds both. */
#include "engine/tensor.h"

#include "engine/budget.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct EngBuffer {
  atomic_size_t references;
  size_t bytes; /* of the numbers */
  unsigned char rest_of_line[64 - sizeof(atomic_size_t) - sizeof(size_t)];
};

EngTensor eng_tensor_view(float *data, int rank, const size_t *shape) {
  EngTensor tensor = {.data = data, .rank = rank};
  ptrdiff_t stride = 1;
  for (int axis = rank - 1; axis >= 0; axis--) {
    tensor.shape[axis] = shape[axis];
    tensor.stride[axis] = stride;
    stride *= (ptrdiff_t)shape[axis];
  }
  return tensor;
}

/* More than any machine that this runs on has, and less than what checking allocators take for a mistake. */
#define MOST_BYTES ((size_t)1 << 39)

/* The bytes of such a shape, or false where any product is beyond the limit: also of a shape that is empty
 * only because a later axis is 0, so that strides are always in range. */
static bool bytes_of(int rank, const size_t *shape, size_t *bytes) {
  size_t limit = MOST_BYTES, span = sizeof(float), product = sizeof(float);
  for (int axis = 0; axis < rank; axis++) {
    if (shape[axis] > 0 && span > limit / shape[axis]) return false;
    span *= shape[axis] > 0 ? shape[axis] : 1;
    product *= shape[axis];
  }
  *bytes = product;
  return true;
}

bool eng_tensor_new(EngTensor *out, int rank, const size_t *shape, EngError *err) {
  size_t bytes = 0;
  if (rank < 0 || rank > ENG_TENSOR_RANK)
    return eng_error_set(err, NULL, "tensor", "expected at most %d axes, found %d", ENG_TENSOR_RANK, rank);
  if (!bytes_of(rank, shape, &bytes))
    return eng_error_set(err, NULL, "tensor", "expected a shape that fits in memory, found a size that overflows");
  if (!eng_budget_take(bytes)) return eng_budget_error(err, "tensor", bytes);
  EngBuffer *buffer = calloc(1, sizeof *buffer + bytes);
  if (!buffer) {
    eng_budget_give(bytes);
    return eng_error_set(err, NULL, "tensor", "expected %zu bytes of memory, found less", bytes);
  }
  atomic_init(&buffer->references, 1);
  buffer->bytes = bytes;
  *out = eng_tensor_view((float *)(void *)(buffer + 1), rank, shape);
  out->buffer = buffer;
  return true;
}

EngTensor eng_tensor_retain(EngTensor tensor) {
  if (tensor.buffer) atomic_fetch_add_explicit(&tensor.buffer->references, 1, memory_order_relaxed);
  return tensor;
}

void eng_tensor_release(EngTensor *tensor) {
  EngBuffer *buffer = tensor->buffer;
  if (!buffer) return;
  *tensor = (EngTensor){0};
  if (atomic_fetch_sub_explicit(&buffer->references, 1, memory_order_acq_rel) != 1) return;
  eng_budget_give(buffer->bytes);
  free(buffer);
}

size_t eng_tensor_size(const EngTensor *tensor) {
  size_t size = 1;
  for (int axis = 0; axis < tensor->rank; axis++) size *= tensor->shape[axis];
  return size;
}

bool eng_tensor_same_shape(const EngTensor *a, const EngTensor *b) {
  return a->rank == b->rank && memcmp(a->shape, b->shape, (size_t)a->rank * sizeof *a->shape) == 0;
}

EngTensor eng_tensor_select(EngTensor tensor, int axis, size_t i) {
  tensor.data += (ptrdiff_t)i * tensor.stride[axis];
  tensor.rank--;
  for (int a = axis; a < tensor.rank; a++) {
    tensor.shape[a] = tensor.shape[a + 1];
    tensor.stride[a] = tensor.stride[a + 1];
  }
  return tensor;
}

EngTensor eng_tensor_slice(EngTensor tensor, int axis, size_t from, size_t to) {
  if (to > from) tensor.data += (ptrdiff_t)from * tensor.stride[axis];
  tensor.shape[axis] = to - from;
  return tensor;
}

EngTensor eng_tensor_spaced(EngTensor tensor, size_t n, ptrdiff_t distance) {
  EngTensor all = tensor;
  all.rank++;
  all.shape[0] = n;
  all.stride[0] = distance;
  for (int i = 0; i < tensor.rank; i++) {
    all.shape[i + 1] = tensor.shape[i];
    all.stride[i + 1] = tensor.stride[i];
  }
  return all;
}
