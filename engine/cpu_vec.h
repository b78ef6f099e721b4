/* Vectors of CPU_LANES floats in GNU C's portable form. Included only by cpu_scalar.c, cpu_avx2.c and
 * cpu_avx512.c, which differ in CPU_LANES and in the instructions the compiler may use: one source, three
 * machines. The AVX files also let the compiler fuse a * b + c. */
#ifndef ENGINE_CPU_VEC_H
#define ENGINE_CPU_VEC_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))

typedef float Vec __attribute__((vector_size(CPU_LANES * 4)));
typedef uint32_t Bits __attribute__((vector_size(CPU_LANES * 4)));
typedef float VecAnywhere __attribute__((vector_size(CPU_LANES * 4), aligned(4), may_alias));

INLINE Vec vec_load(const float *p) { return *(const VecAnywhere *)p; }
INLINE void vec_store(float *p, Vec v) { *(VecAnywhere *)p = v; }
INLINE Vec vec_splat(float x) { return x - (Vec){0}; }

/* The first n < CPU_LANES floats; the other lanes hold `fill`. */
INLINE Vec vec_load_part(const float *p, size_t n, float fill) {
  Vec v = vec_splat(fill);
  memcpy(&v, p, n * sizeof *p);
  return v;
}
INLINE void vec_store_part(float *p, size_t n, Vec v) { memcpy(p, &v, n * sizeof *p); }

INLINE Vec vec_choose(Bits mask, Vec yes, Vec no) { return (Vec)((mask & (Bits)yes) | (~mask & (Bits)no)); }
/* A NaN in x stays one. */
INLINE Vec vec_at_most(Vec x, float top) { return vec_choose((Bits)(x > vec_splat(top)), vec_splat(top), x); }
INLINE Vec vec_at_least(Vec x, float low) { return vec_choose((Bits)(x < vec_splat(low)), vec_splat(low), x); }
INLINE Vec vec_larger(Vec a, Vec b) { return vec_choose((Bits)(a > b), a, b); }
INLINE Vec vec_abs(Vec x) { return (Vec)((Bits)x & 0x7fffffffu); }

INLINE float vec_sum(Vec v) {
  float sum = 0;
  for (int i = 0; i < CPU_LANES; i++) sum += v[i];
  return sum;
}

INLINE float vec_max(Vec v) {
  float max = v[0];
  for (int i = 1; i < CPU_LANES; i++) max = v[i] > max ? v[i] : max;
  return max;
}

/* Shuffles inside every four lanes; indices from CPU_LANES on pick from b. */
#define IN_FOUR(at, ...) IN_FOUR_(at, __VA_ARGS__)
#define IN_FOUR_(at, i, j, k, l) (at) + (i), (at) + (j), (at) + (k), (at) + (l)
#if CPU_LANES == 16
#define SHUFFLE(a, b, ...)                                                                                         \
  __builtin_shufflevector(a, b, IN_FOUR(0, __VA_ARGS__), IN_FOUR(4, __VA_ARGS__), IN_FOUR(8, __VA_ARGS__),         \
                          IN_FOUR(12, __VA_ARGS__))
#elif CPU_LANES == 8
#define SHUFFLE(a, b, ...) __builtin_shufflevector(a, b, IN_FOUR(0, __VA_ARGS__), IN_FOUR(4, __VA_ARGS__))
#else
#define SHUFFLE(a, b, ...) __builtin_shufflevector(a, b, IN_FOUR(0, __VA_ARGS__))
#endif
INLINE Vec vec_interleave_low(Vec a, Vec b) { return SHUFFLE(a, b, 0, CPU_LANES, 1, CPU_LANES + 1); }
INLINE Vec vec_interleave_high(Vec a, Vec b) { return SHUFFLE(a, b, 2, CPU_LANES + 2, 3, CPU_LANES + 3); }
INLINE Vec vec_pair_low(Vec a, Vec b) { return SHUFFLE(a, b, 0, 1, CPU_LANES, CPU_LANES + 1); }
INLINE Vec vec_pair_high(Vec a, Vec b) { return SHUFFLE(a, b, 2, 3, CPU_LANES + 2, CPU_LANES + 3); }

/* e^x, relative error below 2e-7: x = n ln 2 + r, a minimax polynomial of degree 6 for e^r, and n added to
 * the exponent. 0 below -87.3; x above 88.3 counts as 88.3. */
INLINE Vec vec_exp(Vec x) {
  const float round = 12582912.0f; /* 1.5 * 2^23: adding it leaves the nearest integer in the low bits */
  Vec in_range = vec_at_most(vec_at_least(x, -87.3f), 88.3f);
  Vec shifted = in_range * 1.44269504f + round, n = shifted - round;
  Vec r = in_range - n * 0.693145752f; /* the upper bits of ln 2: the product is exact */
  r = r - n * 1.42860677e-6f;
  Vec y = 0.00138368434f * r + 0.00837481767f;
  y = y * r + 0.0416682251f;
  y = y * r + 0.166664198f;
  y = y * r + 0.499999911f;
  y = y * r + 1.0f;
  y = y * r + 1.0f;
  y = y * (Vec)(((Bits)shifted + 127u) << 23);
  return vec_choose((Bits)(x < vec_splat(-87.3f)), vec_splat(0), y);
}

#endif
