/* Vectors of CPU_LANES floats in GNU C's portable form. Included only by cpu_scalar.c, cpu_avx2.c and
 * cpu_avx512.c, which differ in CPU_LANES and in the instructions the compiler may use: one source, three
 * machines. The AVX files also let the compiler fuse a * b + c. What the portable form cannot say well stands
 * in three versions at the end of the first part. */
#ifndef ENGINE_CPU_VEC_H
#define ENGINE_CPU_VEC_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#if CPU_LANES > 4
#include <immintrin.h>
#endif

#define INLINE static inline __attribute__((always_inline))

typedef float Vec __attribute__((vector_size(CPU_LANES * 4)));
typedef uint32_t Bits __attribute__((vector_size(CPU_LANES * 4)));
typedef float VecAnywhere __attribute__((vector_size(CPU_LANES * 4), aligned(4), may_alias));

INLINE Vec vec_load(const float *p) { return *(const VecAnywhere *)p; }
INLINE void vec_store(float *p, Vec v) { *(VecAnywhere *)p = v; }
INLINE Vec vec_splat(float x) { return x - (Vec){0}; }

/* vec_smaller and vec_larger give b where either is NaN. vec_load_part and vec_store_part touch the first n <
 * CPU_LANES floats; the other lanes hold `fill`. vec_fours joins four floats from each of p, p + distance, …;
 * vec_transpose transposes the 4x4 numbers in every four lanes of r[0 … 3]. */
#if CPU_LANES == 16

INLINE __mmask16 first_lanes(size_t n) { return (__mmask16)((1u << n) - 1); }
INLINE Vec vec_load_part(const float *p, size_t n, float fill) {
  return _mm512_mask_loadu_ps(vec_splat(fill), first_lanes(n), p);
}
INLINE void vec_store_part(float *p, size_t n, Vec v) { _mm512_mask_storeu_ps(p, first_lanes(n), v); }
INLINE Vec vec_smaller(Vec a, Vec b) { return _mm512_min_ps(a, b); }
INLINE Vec vec_larger(Vec a, Vec b) { return _mm512_max_ps(a, b); }
INLINE float vec_sum(Vec v) { return _mm512_reduce_add_ps(v); }
INLINE float vec_max(Vec v) { return _mm512_reduce_max_ps(v); }

INLINE Vec vec_fours(const float *p, size_t distance) {
  __m512 v = _mm512_castps128_ps512(_mm_loadu_ps(p));
  v = _mm512_insertf32x4(v, _mm_loadu_ps(p + distance), 1);
  v = _mm512_insertf32x4(v, _mm_loadu_ps(p + 2 * distance), 2);
  return _mm512_insertf32x4(v, _mm_loadu_ps(p + 3 * distance), 3);
}
INLINE void vec_transpose(Vec r[4]) {
  __m512d low01 = _mm512_castps_pd(_mm512_unpacklo_ps(r[0], r[1]));
  __m512d high01 = _mm512_castps_pd(_mm512_unpackhi_ps(r[0], r[1]));
  __m512d low23 = _mm512_castps_pd(_mm512_unpacklo_ps(r[2], r[3]));
  __m512d high23 = _mm512_castps_pd(_mm512_unpackhi_ps(r[2], r[3]));
  r[0] = _mm512_castpd_ps(_mm512_unpacklo_pd(low01, low23));
  r[1] = _mm512_castpd_ps(_mm512_unpackhi_pd(low01, low23));
  r[2] = _mm512_castpd_ps(_mm512_unpacklo_pd(high01, high23));
  r[3] = _mm512_castpd_ps(_mm512_unpackhi_pd(high01, high23));
}

#elif CPU_LANES == 8

INLINE __m256i first_lanes(size_t n) {
  return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)n), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}
INLINE Vec vec_load_part(const float *p, size_t n, float fill) {
  __m256i mask = first_lanes(n);
  return _mm256_blendv_ps(vec_splat(fill), _mm256_maskload_ps(p, mask), _mm256_castsi256_ps(mask));
}
INLINE void vec_store_part(float *p, size_t n, Vec v) { _mm256_maskstore_ps(p, first_lanes(n), v); }
INLINE Vec vec_smaller(Vec a, Vec b) { return _mm256_min_ps(a, b); }
INLINE Vec vec_larger(Vec a, Vec b) { return _mm256_max_ps(a, b); }
INLINE float vec_sum(Vec v) {
  __m128 s = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
  s = _mm_add_ps(s, _mm_movehl_ps(s, s));
  return _mm_cvtss_f32(_mm_add_ss(s, _mm_movehdup_ps(s)));
}
INLINE float vec_max(Vec v) {
  __m128 s = _mm_max_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
  s = _mm_max_ps(s, _mm_movehl_ps(s, s));
  return _mm_cvtss_f32(_mm_max_ss(s, _mm_movehdup_ps(s)));
}

INLINE Vec vec_fours(const float *p, size_t distance) {
  return _mm256_insertf128_ps(_mm256_castps128_ps256(_mm_loadu_ps(p)), _mm_loadu_ps(p + distance), 1);
}
INLINE void vec_transpose(Vec r[4]) {
  __m256d low01 = _mm256_castps_pd(_mm256_unpacklo_ps(r[0], r[1]));
  __m256d high01 = _mm256_castps_pd(_mm256_unpackhi_ps(r[0], r[1]));
  __m256d low23 = _mm256_castps_pd(_mm256_unpacklo_ps(r[2], r[3]));
  __m256d high23 = _mm256_castps_pd(_mm256_unpackhi_ps(r[2], r[3]));
  r[0] = _mm256_castpd_ps(_mm256_unpacklo_pd(low01, low23));
  r[1] = _mm256_castpd_ps(_mm256_unpackhi_pd(low01, low23));
  r[2] = _mm256_castpd_ps(_mm256_unpacklo_pd(high01, high23));
  r[3] = _mm256_castpd_ps(_mm256_unpackhi_pd(high01, high23));
}

#else

INLINE Vec vec_load_part(const float *p, size_t n, float fill) {
  Vec v = vec_splat(fill);
  memcpy(&v, p, n * sizeof *p);
  return v;
}
INLINE void vec_store_part(float *p, size_t n, Vec v) { memcpy(p, &v, n * sizeof *p); }
INLINE Vec vec_smaller(Vec a, Vec b) {
  Bits less = (Bits)(a < b);
  return (Vec)((less & (Bits)a) | (~less & (Bits)b));
}
INLINE Vec vec_larger(Vec a, Vec b) {
  Bits more = (Bits)(a > b);
  return (Vec)((more & (Bits)a) | (~more & (Bits)b));
}
INLINE float vec_sum(Vec v) { return (v[0] + v[1]) + (v[2] + v[3]); }
INLINE Vec vec_fours(const float *p, size_t distance) { return (void)distance, vec_load(p); }
INLINE void vec_transpose(Vec r[4]) {
  Vec low01 = __builtin_shufflevector(r[0], r[1], 0, 4, 1, 5),
      high01 = __builtin_shufflevector(r[0], r[1], 2, 6, 3, 7);
  Vec low23 = __builtin_shufflevector(r[2], r[3], 0, 4, 1, 5),
      high23 = __builtin_shufflevector(r[2], r[3], 2, 6, 3, 7);
  r[0] = __builtin_shufflevector(low01, low23, 0, 1, 4, 5);
  r[1] = __builtin_shufflevector(low01, low23, 2, 3, 6, 7);
  r[2] = __builtin_shufflevector(high01, high23, 0, 1, 4, 5);
  r[3] = __builtin_shufflevector(high01, high23, 2, 3, 6, 7);
}
INLINE float vec_max(Vec v) {
  float a = v[0] > v[1] ? v[0] : v[1], b = v[2] > v[3] ? v[2] : v[3];
  return a > b ? a : b;
}

#endif

/* A NaN in x stays one. */
INLINE Vec vec_at_most(Vec x, float top) { return vec_smaller(vec_splat(top), x); }
INLINE Vec vec_at_least(Vec x, float low) { return vec_larger(vec_splat(low), x); }
INLINE Vec vec_abs(Vec x) { return (Vec)((Bits)x & 0x7fffffffu); }

/* e^x, relative error below 2e-7: x = n ln 2 + r, a minimax polynomial of degree 6 for e^r, and n added to the
 * exponent, which becomes 0 for n = -127 and so makes 0 of what is below -87.7; x above 88.3 counts as 88.3. */
INLINE Vec vec_exp(Vec x) {
  const float round = 12582912.0f; /* 1.5 * 2^23: adding it leaves the nearest integer in the low bits */
  Vec in_range = vec_at_most(vec_at_least(x, -88), 88.3f);
  Vec shifted = in_range * 1.44269504f + round, n = shifted - round;
  Vec r = in_range - n * 0.693145752f; /* the upper bits of ln 2: the product is exact */
  r = r - n * 1.42860677e-6f;
  Vec y = 0.00138368434f * r + 0.00837481767f;
  y = y * r + 0.0416682251f;
  y = y * r + 0.166664198f;
  y = y * r + 0.499999911f;
  y = y * r + 1.0f;
  y = y * r + 1.0f;
  return y * (Vec)(((Bits)shifted + 127u) << 23);
}

#endif
