/* The arithmetic of a forward pass over rows of floats, and matrix products, in the widest form that the
 * processor has. Rows are contiguous, (rows, n) is C order. Output may be the input unless said otherwise.
 *
 * A table of functions a level: "scalar" runs anywhere, "avx2" (with FMA) and "avx512" where they can. */
#ifndef ENGINE_OPS_H
#define ENGINE_OPS_H

#include "engine/gemm.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct EngOps {
  const char *name;
  int lanes; /* floats in a vector */

  /* y = (x - mean) / sqrt(variance + eps) * gain + bias, row by row. */
  void (*layer_norm)(const float *x, float *y, size_t rows, size_t n, const float *gain, const float *bias,
                     float eps);
  /* y = softmax(x) over n numbers; n > 0. */
  void (*softmax)(const float *x, float *y, size_t n);
  void (*add)(const float *a, const float *b, float *sum, size_t n);
  void (*gelu)(const float *x, float *y, size_t n);     /* x Φ(x) */
  void (*gelu_new)(const float *x, float *y, size_t n); /* its approximation by tanh */
  void (*relu)(const float *x, float *y, size_t n);
  /* Of four rows of n numbers the one of largest size in every four columns; see engine/pool.h. */
  void (*fours)(const float *const rows[4], size_t n, float *out);

  EngGemmFunction gemm;
} EngOps;

typedef enum EngLevel { ENG_SCALAR, ENG_AVX2, ENG_AVX512, ENG_LEVELS } EngLevel;

/* NULL where this processor or this build lacks the level. */
const EngOps *eng_ops_level(EngLevel level);

/* The widest level there is, or the one that HEADSCOPE_SIMD names (a level that cannot run is passed over). */
const EngOps *eng_ops(void);

#endif
