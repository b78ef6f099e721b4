/* Bulk operations on tensors, in the order in which data meets them: shape, elementwise, along an axis,
 * between tensors.
 *
 * Operands may have any strides and are never changed. An operation with `out` gives a new tensor with memory
 * of its own, which the caller releases; on failure `out` is left as it was, or released. Axes are 0 …
 * rank-1, already checked by the caller. A NaN among the numbers that a result depends on makes it NaN. */
#ifndef ENGINE_TENSOR_OPS_H
#define ENGINE_TENSOR_OPS_H

#include "engine/tensor.h"

/* --- Shape. Views share the buffer without taking a reference. --- */

bool eng_tensor_is_contiguous(const EngTensor *tensor); /* in C order, without gaps */
EngTensor eng_tensor_transpose(EngTensor tensor, int a, int b);
EngTensor eng_tensor_move_axis(EngTensor tensor, int from, int to); /* the others keep their order */
EngTensor eng_tensor_insert_axis(EngTensor tensor, int axis); /* of length 1, before `axis`; rank below the most */

/* (…, R, C) → (…, n): the elements [i, i + offset] of the last two axes; below the diagonal where `offset` is
 * negative, empty where it lies outside. An error for less than two axes. */
bool eng_tensor_diagonal(EngTensor *view, EngTensor tensor, ptrdiff_t offset, EngError *err);

/* Gives a contiguous tensor another shape of the same size; one length may be -1 and is worked out. */
bool eng_tensor_reshape(EngTensor *view, EngTensor tensor, int rank, const ptrdiff_t *shape, EngError *err);

/* The common shape of `n` operands by NumPy's rules, and one of them stretched to it (stride 0). */
bool eng_tensor_common_shape(int n, const EngTensor *const *tensors, int *rank, size_t *shape, EngError *err);
EngTensor eng_tensor_stretch(EngTensor tensor, int rank, const size_t *shape);

/* A copy in C order. */
bool eng_tensor_copy(EngTensor *out, const EngTensor *tensor, EngError *err);

/* Tensors of one shape as one with a new first axis (n, …). */
bool eng_tensor_stack(EngTensor *out, size_t n, const EngTensor *const *parts, EngError *err);

/* The same numbers with `axis` moved last and with stride 1 there: one more reference on the operand where it
 * lies so already, else a copy. */
bool eng_tensor_rows(EngTensor *out, const EngTensor *tensor, int axis, EngError *err);

/* All numbers as one axis: one more reference where they are contiguous, else a copy. */
bool eng_tensor_flat(EngTensor *out, const EngTensor *tensor, EngError *err);

/* --- Elementwise --- */

typedef enum EngUnary { ENG_NEG, ENG_ABS, ENG_EXP, ENG_LOG, ENG_SQRT, ENG_TANH, ENG_ERF } EngUnary;
/* Of the operand's shape. */
bool eng_tensor_unary(EngTensor *out, EngUnary op, const EngTensor *a, EngError *err);

/* Operands are stretched to their common shape. Comparisons give 1 or 0. */
typedef enum EngBinary {
  ENG_ADD,
  ENG_SUB,
  ENG_MUL,
  ENG_DIV,
  ENG_POW,
  ENG_LT,
  ENG_LE,
  ENG_GT,
  ENG_GE,
  ENG_EQ
} EngBinary;
bool eng_tensor_binary(EngTensor *out, EngBinary op, const EngTensor *a, const EngTensor *b, EngError *err);

/* `a` where `condition` is not 0, else `b`. */
bool eng_tensor_where(EngTensor *out, const EngTensor *condition, const EngTensor *a, const EngTensor *b,
                      EngError *err);

/* --- Along one axis, or over all numbers. Sums are kept in double precision. --- */

typedef enum EngReduce {
  ENG_SUM,
  ENG_MEAN, /* NaN over nothing */
  ENG_MAX,  /* this and the next three: an error over nothing */
  ENG_MIN,
  ENG_ARGMAX, /* index of the first of the largest; NaN where a NaN is among them */
  ENG_ARGMIN,
  ENG_STD,     /* of the whole population: divided by n */
  ENG_NORM,    /* root of the sum of squares */
  ENG_ENTROPY, /* -sum p ln p, in nats; 0 ln 0 = 0 */
  ENG_MEDIAN   /* of an even number the mean of the two in the middle; an error over nothing */
} EngReduce;
bool eng_tensor_reduce(EngTensor *out, EngReduce op, const EngTensor *tensor, int axis, EngError *err);
bool eng_tensor_reduce_all(double *out, EngReduce op, const EngTensor *tensor, EngError *err);

/* Of the operand's shape. A line whose largest number is -inf gives NaN, as in torch. */
bool eng_tensor_softmax(EngTensor *out, const EngTensor *tensor, int axis, EngError *err);

/* Stable; NaN counts as larger than any number. `indices` hold the places along `axis`. */
bool eng_tensor_sort(EngTensor *values, EngTensor *indices, const EngTensor *tensor, int axis, bool descending,
                     EngError *err);

/* The `k` largest of each line of the last axis, largest first; of equal ones the first comes first. */
bool eng_tensor_topk(EngTensor *values, EngTensor *indices, const EngTensor *tensor, size_t k, EngError *err);

typedef struct EngRange {
  double from, to; /* both included; infinite where there is no bound */
} EngRange;

/* The numbers that lie in `range` in C order: their indices (n, rank) and themselves (n). Of the last two axes only
 * elements are looked at whose `distance`, row minus column, lies in its range. NaN lies in none. */
bool eng_tensor_places(EngTensor *places, EngTensor *values, const EngTensor *tensor, EngRange range,
                       EngRange distance, EngError *err);

/* --- Between tensors --- */

/* NumPy's matmul: (…, M, K) x (…, K, N) → (…, M, N); an operand with one axis is a row or a column, and the
 * axis is gone from the result. */
bool eng_tensor_matmul(EngTensor *out, const EngTensor *a, const EngTensor *b, EngError *err);

/* The eigenvalues of square matrices (…, n, n), largest first by size: real and imaginary parts (…, n). NaN for a
 * matrix with infinities or NaN. */
bool eng_tensor_eigenvalues(EngTensor *real, EngTensor *imaginary, const EngTensor *tensor, EngError *err);

/* Pearson's correlation of operands stretched to their common shape; NaN where one is constant. */
bool eng_tensor_correlation(EngTensor *out, const EngTensor *a, const EngTensor *b, int axis, EngError *err);
bool eng_tensor_correlation_all(double *out, const EngTensor *a, const EngTensor *b, EngError *err);

#endif
