/* A strided float32 view: the one form in which numbers leave the engine.
 *
 * A view over a run's arena or a mapped file has `buffer == NULL`: it borrows, and whoever hands it out
 * says what must stay alive. A view over memory of its own holds one reference on a counted buffer.
 * Sizes and strides are in elements; a stride may be 0 (broadcast) or negative. */
#ifndef ENGINE_TENSOR_H
#define ENGINE_TENSOR_H

#include "engine/error.h"

#include <stdbool.h>
#include <stddef.h>

#define ENG_TENSOR_RANK 6 /* most axes a tensor has */

typedef struct EngBuffer EngBuffer; /* atomically counted memory */

typedef struct EngTensor {
  float *data; /* the element at index 0, 0, … */
  int rank;    /* 0 is one number */
  size_t shape[ENG_TENSOR_RANK];
  ptrdiff_t stride[ENG_TENSOR_RANK];
  EngBuffer *buffer; /* NULL: borrowed */
} EngTensor;

/* A view in C order over `data`, borrowed. */
EngTensor eng_tensor_view(float *data, int rank, const size_t *shape);

/* Zero-filled memory of its own, in C order. False when the size overflows or memory is short. */
bool eng_tensor_new(EngTensor *out, int rank, const size_t *shape, EngError *err);

/* Takes or gives back the reference on the buffer; both do nothing for a borrowed view. */
EngTensor eng_tensor_retain(EngTensor tensor);
void eng_tensor_release(EngTensor *tensor);

/* Number of elements: the product of the shape, 1 for rank 0. */
size_t eng_tensor_size(const EngTensor *tensor);
bool eng_tensor_same_shape(const EngTensor *a, const EngTensor *b);

/* Views that share the buffer without taking a reference: index `i` of `axis` (rank falls by one), and
 * [from, to) of `axis`. The caller has checked the ranges. */
EngTensor eng_tensor_select(EngTensor tensor, int axis, size_t i);
EngTensor eng_tensor_slice(EngTensor tensor, int axis, size_t from, size_t to);
/* An axis in front: `n` such tensors, the first of which is this one, `distance` elements apart. */
EngTensor eng_tensor_spaced(EngTensor tensor, size_t n, ptrdiff_t distance);

#endif
