/* Products with one row, y = alpha x B [+ bias] [+ y]: they wait for memory, so B is read once
 * and nothing is packed. */
#ifndef ENGINE_CPU_GEMV_H
#define ENGINE_CPU_GEMV_H

#include "engine/cpu_vec.h"
#include "engine/gemm.h"

/* Four rows of B (k, n) are added at once, so that y is loaded and stored a quarter as often. */
INLINE void add_rows(const float *b, size_t ldb, size_t n, const float *w, float *y) {
  size_t i = 0;
  for (; i + CPU_LANES <= n; i += CPU_LANES) {
    Vec v = vec_load(y + i) + vec_load(b + i) * w[0];
    v += vec_load(b + ldb + i) * w[1];
    v += vec_load(b + 2 * ldb + i) * w[2];
    v += vec_load(b + 3 * ldb + i) * w[3];
    vec_store(y + i, v);
  }
  for (; i < n; i++) y[i] += b[i] * w[0] + b[ldb + i] * w[1] + b[2 * ldb + i] * w[2] + b[3 * ldb + i] * w[3];
}

INLINE void add_row(const float *b, size_t n, float w, float *y) {
  for (size_t i = 0; i < n; i++) y[i] += b[i] * w;
}

static void gemv_in_major(const EngGemm *g) {
  size_t p = 0;
  for (; p + 4 <= g->k; p += 4) {
    float w[4];
    for (size_t i = 0; i < 4; i++) w[i] = g->alpha * g->a[p + i];
    add_rows(g->b + p * g->ldb, g->ldb, g->n, w, g->c);
  }
  for (; p < g->k; p++) add_row(g->b + p * g->ldb, g->n, g->alpha * g->a[p], g->c);
}

INLINE float dot(const float *a, const float *b, size_t n) {
  Vec sum[4] = {{0}};
  size_t i = 0;
  for (; i + 4 * CPU_LANES <= n; i += 4 * CPU_LANES)
    for (size_t j = 0; j < 4; j++) sum[j] += vec_load(a + i + j * CPU_LANES) * vec_load(b + i + j * CPU_LANES);
  float total = vec_sum((sum[0] + sum[1]) + (sum[2] + sum[3]));
  for (; i < n; i++) total += a[i] * b[i];
  return total;
}

/* Four rows of B (n, k), `apart` floats from each other. */
INLINE void dot_four(const float *a, const float *b, size_t apart, size_t n, float out[4]) {
  Vec sum[4] = {{0}};
  size_t i = 0;
  for (; i + CPU_LANES <= n; i += CPU_LANES)
#pragma GCC unroll 4
    for (size_t j = 0; j < 4; j++) sum[j] += vec_load(a + i) * vec_load(b + j * apart + i);
  for (size_t j = 0; j < 4; j++) {
    out[j] = vec_sum(sum[j]);
    for (size_t p = i; p < n; p++) out[j] += a[p] * b[j * apart + p];
  }
}

/* B is read in four places at once, a quarter each: memory answers four streams faster than one. */
static void gemv_out_major(const EngGemm *g) {
  size_t quarter = g->n / 4;
  for (size_t j = 0; j < quarter; j++) {
    float y[4];
    dot_four(g->a, g->b + j * g->ldb, quarter * g->ldb, g->k, y);
    for (size_t i = 0; i < 4; i++) g->c[j + i * quarter] += g->alpha * y[i];
  }
  for (size_t j = 4 * quarter; j < g->n; j++) g->c[j] += g->alpha * dot(g->a, g->b + j * g->ldb, g->k);
}

static void gemv_row(const EngGemm *g) {
  if (!g->add) memset(g->c, 0, g->n * sizeof(float));
  if (g->bias) add_row(g->bias, g->n, 1, g->c);
  if (g->out_major)
    gemv_out_major(g);
  else
    gemv_in_major(g);
}

/* Row by row: for one row, or where k is 0 and C is only filled. */
static void gemv(const EngGemm *g) {
  EngGemm row = *g;
  for (size_t i = 0; i < g->m; i++, row.a += g->lda, row.c += g->ldc) gemv_row(&row);
}

#endif
