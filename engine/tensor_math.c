/* Elementwise operations: one small loop an operation, over runs. Results are contiguous, so a run of theirs
 * has step 1; operands that also have step 1, or 0 (one number for the whole run), get loops of their own,
 * which the compiler turns into vectors. */
#include "engine/tensor_ops.h"
#include "engine/tensor_walk.h"

#include <math.h>

/* --- One operand --- */

typedef void (*UnaryRun)(size_t n, float *out, const float *a, ptrdiff_t sa);

#define UNARY(name, expression)                                                                                    \
  static void name(size_t n, float *restrict out, const float *restrict a, ptrdiff_t sa) {                         \
    if (sa == 1) {                                                                                                 \
      for (size_t i = 0; i < n; i++) {                                                                             \
        float x = a[i];                                                                                            \
        out[i] = (expression);                                                                                     \
      }                                                                                                            \
      return;                                                                                                      \
    }                                                                                                              \
    for (size_t i = 0; i < n; i++, a += sa) {                                                                      \
      float x = *a;                                                                                                \
      out[i] = (expression);                                                                                       \
    }                                                                                                              \
  }

UNARY(run_neg, -x)
UNARY(run_abs, fabsf(x))
UNARY(run_exp, expf(x))
UNARY(run_log, logf(x))
UNARY(run_sqrt, sqrtf(x))
UNARY(run_tanh, tanhf(x))
UNARY(run_erf, erff(x))
#undef UNARY

static const UnaryRun unary_runs[] = {
    [ENG_NEG] = run_neg,   [ENG_ABS] = run_abs,   [ENG_EXP] = run_exp, [ENG_LOG] = run_log,
    [ENG_SQRT] = run_sqrt, [ENG_TANH] = run_tanh, [ENG_ERF] = run_erf};

bool eng_tensor_unary(EngTensor *out, EngUnary op, const EngTensor *a, EngError *err) {
  EngTensor result;
  if (!eng_tensor_new(&result, a->rank, a->shape, err)) return false;
  EngWalk walk = eng_walk(2, (const EngTensor *[]){&result, a});
  for (; walk.n; eng_walk_next(&walk)) unary_runs[op](walk.n, walk.data[0], walk.data[1], walk.step[1]);
  *out = result;
  return true;
}

/* --- Two operands --- */

typedef void (*BinaryRun)(size_t n, float *out, const float *a, ptrdiff_t sa, const float *b, ptrdiff_t sb);

#define LOOP(x_is, y_is, expression)                                                                               \
  for (size_t i = 0; i < n; i++) {                                                                                 \
    float x = (x_is), y = (y_is);                                                                                  \
    out[i] = (expression);                                                                                         \
  }

#define BINARY(name, expression)                                                                                   \
  static void name(size_t n, float *restrict out, const float *a, ptrdiff_t sa, const float *b, ptrdiff_t sb) {    \
    if (sa == 1 && sb == 1)                                                                                        \
      LOOP(a[i], b[i], expression)                                                                                 \
    else if (sa == 1 && sb == 0)                                                                                   \
      LOOP(a[i], *b, expression)                                                                                   \
    else if (sa == 0 && sb == 1)                                                                                   \
      LOOP(*a, b[i], expression)                                                                                   \
    else                                                                                                           \
      LOOP(a[(ptrdiff_t)i * sa], b[(ptrdiff_t)i * sb], expression)                                                 \
  }

BINARY(run_add, x + y)
BINARY(run_sub, x - y)
BINARY(run_mul, x *y)
BINARY(run_div, x / y)
BINARY(run_lt, x < y ? 1.0f : 0.0f)
BINARY(run_le, x <= y ? 1.0f : 0.0f)
BINARY(run_gt, x > y ? 1.0f : 0.0f)
BINARY(run_ge, x >= y ? 1.0f : 0.0f)
BINARY(run_eq, x == y ? 1.0f : 0.0f)
BINARY(run_any_pow, powf(x, y))
#undef BINARY
#undef LOOP

/* Squares are what people write; powf would give the same numbers, slowly. */
static void run_pow(size_t n, float *out, const float *a, ptrdiff_t sa, const float *b, ptrdiff_t sb) {
  if (sb == 0 && *b == 2.0f)
    run_mul(n, out, a, sa, a, sa);
  else
    run_any_pow(n, out, a, sa, b, sb);
}

static const BinaryRun binary_runs[] = {
    [ENG_ADD] = run_add, [ENG_SUB] = run_sub, [ENG_MUL] = run_mul, [ENG_DIV] = run_div, [ENG_POW] = run_pow,
    [ENG_LT] = run_lt,   [ENG_LE] = run_le,   [ENG_GT] = run_gt,   [ENG_GE] = run_ge,   [ENG_EQ] = run_eq};

bool eng_tensor_binary(EngTensor *out, EngBinary op, const EngTensor *a, const EngTensor *b, EngError *err) {
  int rank = 0;
  size_t shape[ENG_TENSOR_RANK];
  EngTensor result;
  if (!eng_tensor_common_shape(2, (const EngTensor *[]){a, b}, &rank, shape, err)) return false;
  if (!eng_tensor_new(&result, rank, shape, err)) return false;
  EngTensor x = eng_tensor_stretch(*a, rank, shape), y = eng_tensor_stretch(*b, rank, shape);
  EngWalk walk = eng_walk(3, (const EngTensor *[]){&result, &x, &y});
  for (; walk.n; eng_walk_next(&walk))
    binary_runs[op](walk.n, walk.data[0], walk.data[1], walk.step[1], walk.data[2], walk.step[2]);
  *out = result;
  return true;
}

/* --- Three operands --- */

static void run_where(EngWalk *walk) {
  float *out = walk->data[0];
  const float *condition = walk->data[1], *a = walk->data[2], *b = walk->data[3];
  for (size_t i = 0; i < walk->n; i++) {
    ptrdiff_t at = (ptrdiff_t)i;
    out[i] = condition[at * walk->step[1]] != 0.0f ? a[at * walk->step[2]] : b[at * walk->step[3]];
  }
}

bool eng_tensor_where(EngTensor *out, const EngTensor *condition, const EngTensor *a, const EngTensor *b,
                      EngError *err) {
  int rank = 0;
  size_t shape[ENG_TENSOR_RANK];
  EngTensor result;
  if (!eng_tensor_common_shape(3, (const EngTensor *[]){condition, a, b}, &rank, shape, err)) return false;
  if (!eng_tensor_new(&result, rank, shape, err)) return false;
  EngTensor c = eng_tensor_stretch(*condition, rank, shape), x = eng_tensor_stretch(*a, rank, shape),
            y = eng_tensor_stretch(*b, rank, shape);
  EngWalk walk = eng_walk(4, (const EngTensor *[]){&result, &c, &x, &y});
  for (; walk.n; eng_walk_next(&walk)) run_where(&walk);
  *out = result;
  return true;
}
