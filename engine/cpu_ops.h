/* The row operations for one level: see cpu_vec.h. */
#ifndef ENGINE_CPU_OPS_H
#define ENGINE_CPU_OPS_H

#include "engine/cpu_vec.h"

#include <math.h>

/* Of what is left when `shift` is taken away. */
INLINE float mean_of(const float *x, size_t n, float shift) {
  Vec sum = {0};
  size_t i = 0;
  for (; i + CPU_LANES <= n; i += CPU_LANES) sum += vec_load(x + i) - shift;
  float total = vec_sum(sum);
  for (; i < n; i++) total += x[i] - shift;
  return total / (float)n;
}

INLINE float variance_of(const float *x, size_t n, float mean) {
  Vec sum = {0};
  size_t i = 0;
  for (; i + CPU_LANES <= n; i += CPU_LANES) {
    Vec d = vec_load(x + i) - mean;
    sum += d * d;
  }
  float total = vec_sum(sum);
  for (; i < n; i++) total += (x[i] - mean) * (x[i] - mean);
  return total / (float)n;
}

/* The mean is taken twice: what rounding left of it would be all that there is of a row of equal numbers. */
static void layer_norm(const float *x, float *y, size_t rows, size_t n, const float *gain, const float *bias,
                       float eps) {
  for (size_t row = 0; row < rows; row++, x += n, y += n) {
    float mean = mean_of(x, n, 0);
    mean += mean_of(x, n, mean);
    float scale = 1 / sqrtf(variance_of(x, n, mean) + eps);
    size_t i = 0;
    for (; i + CPU_LANES <= n; i += CPU_LANES)
      vec_store(y + i, (vec_load(x + i) - mean) * scale * vec_load(gain + i) + vec_load(bias + i));
    for (; i < n; i++) y[i] = (x[i] - mean) * scale * gain[i] + bias[i];
  }
}

INLINE float max_of(const float *x, size_t n) {
  Vec max = vec_splat(-INFINITY);
  size_t i = 0;
  for (; i + CPU_LANES <= n; i += CPU_LANES) max = vec_larger(vec_load(x + i), max);
  return vec_max(vec_larger(vec_load_part(x + i, n - i, -INFINITY), max));
}

static void softmax(const float *x, float *y, size_t n) {
  float max = max_of(x, n);
  Vec sum = {0};
  size_t i = 0;
  for (; i + CPU_LANES <= n; i += CPU_LANES) {
    Vec e = vec_exp(vec_load(x + i) - max);
    vec_store(y + i, e);
    sum += e;
  }
  Vec rest = vec_exp(vec_load_part(x + i, n - i, -INFINITY) - max);
  float scale = 1 / vec_sum(sum + rest);
  vec_store_part(y + i, n - i, rest * scale);
  for (size_t j = 0; j < i; j += CPU_LANES) vec_store(y + j, vec_load(y + j) * scale);
}

static void add(const float *a, const float *b, float *sum, size_t n) {
  size_t i = 0;
  for (; i + CPU_LANES <= n; i += CPU_LANES) vec_store(sum + i, vec_load(a + i) + vec_load(b + i));
  for (; i < n; i++) sum[i] = a[i] + b[i];
}

/* Φ's tail is e^-Q: gelu(x) = max(x, 0) - |x| e^-Q(|x|), which loses no digits on either side. Q is a
 * minimax polynomial for -ln(erfc(x / sqrt 2) / 2) on [0, 6]; beyond, the tail is below 1e-8. */
INLINE Vec gelu_of(Vec x) {
  Vec a = vec_at_most(vec_abs(x), 6);
  Vec q = 1.17169634e-6f * a - 1.73864155e-5f;
  q = q * a + 7.93394574e-5f;
  q = q * a + 2.24123710e-4f;
  q = q * a - 5.08311437e-3f;
  q = q * a + 3.65386978e-2f;
  q = q * a + 3.18234563e-1f;
  q = q * a + 7.97897816e-1f;
  q = q * a + 6.93146408e-1f;
  return vec_at_least(x, 0) - a * vec_exp(-q);
}

/* (1 + tanh u) / 2 = 1 / (1 + e^-2u). */
INLINE Vec gelu_new_of(Vec x) {
  const float twice = 1.59576912f; /* 2 sqrt(2 / π) */
  Vec u = x * (x * x * 0.044715f + 1.0f) * twice;
  return x / (vec_exp(-u) + 1.0f);
}

INLINE Vec relu_of(Vec x) { return vec_at_least(x, 0); }

#define ELEMENTWISE(name)                                                                                          \
  static void name(const float *x, float *y, size_t n) {                                                           \
    size_t i = 0;                                                                                                  \
    for (; i + CPU_LANES <= n; i += CPU_LANES) vec_store(y + i, name##_of(vec_load(x + i)));                       \
    vec_store_part(y + i, n - i, name##_of(vec_load_part(x + i, n - i, 0)));                                       \
  }
ELEMENTWISE(gelu)
ELEMENTWISE(gelu_new)
ELEMENTWISE(relu)

/* The larger one in size; of two of the same size the one above 0. */
INLINE Vec stronger(Vec high, Vec low) {
  Bits more = (Bits)(high >= -low);
  return (Vec)((more & (Bits)high) | (~more & (Bits)low));
}

/* Four numbers each of CPU_LANES cells at a time: vector k holds the fours of every fourth cell, so that transposed
 * they lie one below the other. What is no number is larger and smaller than nothing. */
INLINE Vec fours_of(const float *const rows[4], size_t column) {
  Vec high[4], low[4];
  for (size_t k = 0; k < 4; k++) {
    high[k] = low[k] = vec_splat(0);
    for (int i = 0; i < 4; i++) {
      Vec row = vec_fours(rows[i] + column + 4 * k, 16);
      high[k] = vec_larger(row, high[k]);
      low[k] = vec_smaller(row, low[k]);
    }
  }
  vec_transpose(high);
  vec_transpose(low);
  return stronger(vec_larger(vec_larger(high[0], high[1]), vec_larger(high[2], high[3])),
                  vec_smaller(vec_smaller(low[0], low[1]), vec_smaller(low[2], low[3])));
}

static void fours(const float *const rows[4], size_t n, float *out) {
  enum { STEP = 4 * CPU_LANES };
  size_t j = 0;
  for (; j + STEP <= n; j += STEP, out += CPU_LANES) vec_store(out, fours_of(rows, j));
  float rest[4][STEP] = {{0}};
  for (size_t i = 0; i < 4; i++) memcpy(rest[i], rows[i] + j, (n - j) * sizeof **rest);
  vec_store_part(out, (n - j + 3) / 4, fours_of((const float *const[]){rest[0], rest[1], rest[2], rest[3]}, 0));
}

#endif
