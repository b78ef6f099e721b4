/* A product of stacks of matrices is one product of matrices after the other. The kernel wants rows with
 * stride 1; of the second operand it can also read the transpose in place. What lies otherwise is copied. */
#include "engine/gemm.h"
#include "engine/tensor_ops.h"
#include "engine/tensor_walk.h"

#include <string.h>

/* Operands as (…, M, K) and (…, K, N): a row or a column for one axis. */
static EngTensor as_row(EngTensor a) {
  if (a.rank != 1) return a;
  size_t shape[2] = {1, a.shape[0]};
  return eng_tensor_stretch(a, 2, shape);
}

static EngTensor as_column(EngTensor b) {
  if (b.rank != 1) return b;
  b.rank = 2;
  b.shape[1] = 1;
  b.stride[1] = 0;
  return b;
}

/* Whether rows of an (R, C) matrix can be read in place, `row` floats apart. */
static bool has_rows(const EngTensor *t, int row, int column) {
  ptrdiff_t length = (ptrdiff_t)t->shape[column];
  return (t->shape[column] <= 1 || t->stride[column] == 1) && (t->shape[row] <= 1 || t->stride[row] >= length);
}

static size_t row_pitch(const EngTensor *t, int row, int column) {
  return t->shape[row] > 1 ? (size_t)t->stride[row] : t->shape[column];
}

/* One more reference on an operand that the kernel can read, or a copy that it can. */
static bool readable(EngTensor *out, EngTensor t, bool either_way, EngError *err) {
  int row = t.rank - 2, column = t.rank - 1;
  if (!has_rows(&t, row, column) && !(either_way && has_rows(&t, column, row)))
    return eng_tensor_copy(out, &t, err);
  *out = eng_tensor_retain(t);
  return true;
}

/* Stretches the stack of (R, C) matrices; the last two axes stay. */
static EngTensor stretch_stack(EngTensor t, int rank, const size_t *stack) {
  size_t shape[ENG_TENSOR_RANK];
  memcpy(shape, stack, (size_t)(rank - 2) * sizeof *shape);
  shape[rank - 2] = t.shape[t.rank - 2];
  shape[rank - 1] = t.shape[t.rank - 1];
  return eng_tensor_stretch(t, rank, shape);
}

/* a (…, M, K), b (…, K, N) and c (…, M, N) of one rank. */
static bool multiply(EngTensor c, EngTensor a, EngTensor b, EngError *err) {
  int row = c.rank - 2, column = c.rank - 1;
  EngGemm g = {.m = c.shape[row], .n = c.shape[column], .k = a.shape[column], .alpha = 1, .ldc = c.shape[column]};
  if (eng_tensor_size(&c) == 0 || g.k == 0) return true; /* zeros already */
  g.out_major = !has_rows(&b, row, column);
  g.lda = row_pitch(&a, row, column);
  g.ldb = g.out_major ? row_pitch(&b, column, row) : row_pitch(&b, row, column);
  a.rank = b.rank = c.rank = row;
  EngWalk walk = eng_walk(3, (const EngTensor *[]){&c, &a, &b});
  for (; walk.n; eng_walk_next(&walk))
    for (size_t i = 0; i < walk.n; i++) {
      g.c = walk.data[0] + (ptrdiff_t)i * walk.step[0];
      g.a = walk.data[1] + (ptrdiff_t)i * walk.step[1];
      g.b = walk.data[2] + (ptrdiff_t)i * walk.step[2];
      if (!eng_gemm(&g)) return eng_error_memory(err, NULL, "a product");
    }
  return true;
}

/* The common shape of both stacks into `shape` (…), and the rank of the product with its two axes. */
static bool stack_shape(EngTensor a, EngTensor b, int *rank, size_t *shape, EngError *err) {
  size_t inner = a.shape[a.rank - 1], outer = b.shape[b.rank - 2];
  if (inner != outer)
    return eng_error_set(err, NULL, "matmul", "expected %zu rows on the right, found %zu", inner, outer);
  a.rank -= 2;
  b.rank -= 2;
  if (!eng_tensor_common_shape(2, (const EngTensor *[]){&a, &b}, rank, shape, err)) return false;
  *rank += 2;
  return true;
}

/* a (…, M, K) and b (…, K, N), both readable by the kernel. */
static bool multiply_stacks(EngTensor *out, EngTensor a, EngTensor b, EngError *err) {
  int rank = 0;
  size_t shape[ENG_TENSOR_RANK];
  if (!stack_shape(a, b, &rank, shape, err)) return false;
  shape[rank - 2] = a.shape[a.rank - 2];
  shape[rank - 1] = b.shape[b.rank - 1];
  EngTensor result;
  if (!eng_tensor_new(&result, rank, shape, err)) return false;
  if (multiply(result, stretch_stack(a, rank, shape), stretch_stack(b, rank, shape), err)) {
    *out = result;
    return true;
  }
  eng_tensor_release(&result);
  return false;
}

bool eng_tensor_matmul(EngTensor *out, const EngTensor *a, const EngTensor *b, EngError *err) {
  if (a->rank == 0 || b->rank == 0)
    return eng_error_set(err, NULL, "matmul", "expected at least 1 axis on both sides, found 0");
  bool row = a->rank == 1, column = b->rank == 1;
  EngTensor left = {0}, right = {0};
  bool ok = readable(&left, as_row(*a), false, err) && readable(&right, as_column(*b), true, err) &&
            multiply_stacks(out, left, right, err);
  eng_tensor_release(&left);
  eng_tensor_release(&right);
  if (!ok) return false;
  if (column) *out = eng_tensor_select(*out, out->rank - 1, 0);
  if (row) *out = eng_tensor_select(*out, out->rank - (column ? 1 : 2), 0);
  return true;
}
