/* Products of every level against sums in double precision, for odd shapes, both layouts of B, distances
 * between rows, bias, scale and adding; cells beside C must stay untouched. Also the check that the OpenBLAS
 * of this machine computes right, which old versions on new processors do not. */
#include "engine/gemm.h"

#include "engine/ops.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static float noise(uint32_t *state) {
  *state = *state * 1664525u + 1013904223u;
  return (float)(*state >> 8) / (float)(1 << 24) - 0.5f;
}

static float *noisy(size_t n, uint32_t *state) {
  float *x = malloc((n + 1) * sizeof *x);
  assert_non_null(x);
  for (size_t i = 0; i < n; i++) x[i] = noise(state);
  return x;
}

static double expected(const EngGemm *g, const float *before, size_t i, size_t j) {
  double sum = 0;
  for (size_t p = 0; p < g->k; p++)
    sum += (double)g->a[i * g->lda + p] * (double)(g->out_major ? g->b[j * g->ldb + p] : g->b[p * g->ldb + j]);
  sum *= (double)g->alpha;
  if (g->bias) sum += (double)g->bias[j];
  if (g->add) sum += (double)before[i * g->ldc + j];
  return sum;
}

/* Largest error in units of what rounding may do; beside C nothing may change. */
static double error_of(const EngGemm *g, const float *before) {
  double worst = 0;
  for (size_t i = 0; i < g->m; i++)
    for (size_t j = 0; j < g->ldc; j++) {
      double want = j < g->n ? expected(g, before, i, j) : (double)before[i * g->ldc + j];
      double wrong = fabs((double)g->c[i * g->ldc + j] - want) / (1e-6 * (2 + sqrt((double)g->k)));
      if (j >= g->n && wrong > 0) wrong = HUGE_VAL;
      worst = fmax(worst, isnan(wrong) ? HUGE_VAL : wrong);
    }
  return worst;
}

typedef struct Shape {
  size_t m, n, k, gap;
  bool out_major, bias, add;
} Shape;

static double try_shape(const EngOps *ops, float *scratch, Shape s) {
  uint32_t seed = (uint32_t)(s.m * 7919 + s.n * 104729 + s.k);
  EngGemm g = {.m = s.m,
               .n = s.n,
               .k = s.k,
               .lda = s.k + s.gap,
               .ldc = s.n + 2 * s.gap,
               .out_major = s.out_major,
               .alpha = s.add ? 0.75f : 1.0f,
               .add = s.add};
  g.ldb = (s.out_major ? s.k : s.n) + s.gap;
  float *a = noisy(s.m * g.lda, &seed), *b = noisy((s.out_major ? s.n : s.k) * g.ldb, &seed);
  float *c = noisy(s.m * g.ldc, &seed), *before = noisy(s.m * g.ldc, &seed), *bias = noisy(s.n, &seed);
  for (size_t i = 0; i < s.m * g.ldc; i++) before[i] = c[i];
  g.a = a, g.b = b, g.c = c, g.bias = s.bias ? bias : NULL;
  assert_true(ops->gemm(&g, scratch, NULL));
  double worst = error_of(&g, before);
  if (worst > 1)
    print_error("%s: (%zu, %zu) x (%zu, %zu)%s%s%s: error %g\n", ops->name, s.m, s.k, s.k, s.n,
                s.out_major ? " out-major" : "", s.bias ? " bias" : "", s.add ? " add" : "", worst);
  free(a), free(b), free(c), free(before), free(bias);
  return worst;
}

static const size_t SIZES[] = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 24, 31, 33, 47, 48, 49, 63, 64, 65, 80, 97};

static void every_level_multiplies(void **state) {
  float *scratch = aligned_alloc(64, ENG_GEMM_SCRATCH * sizeof(float));
  size_t n_sizes = sizeof SIZES / sizeof *SIZES;
  int wrong = 0;
  (void)state;
  for (EngLevel level = ENG_SCALAR; level < ENG_LEVELS; level++) {
    const EngOps *ops = eng_ops_level(level);
    for (size_t i = 0; ops && i < n_sizes * n_sizes * n_sizes; i++) {
      Shape s = {
          SIZES[i % n_sizes], SIZES[i / n_sizes % n_sizes], SIZES[i / n_sizes / n_sizes], i % 4, i & 1, i % 3 == 0,
          i % 5 == 0};
      wrong += try_shape(ops, scratch, s) > 1;
    }
  }
  free(scratch);
  assert_int_equal(wrong, 0);
}

/* Beyond one block in each direction. */
static void blocks_fit_together(void **state) {
  static const Shape SHAPES[] = {{193, 49, 385, 1, false, true, false}, {520, 49, 390, 1, false, true, false},
                                 {200, 145, 800, 0, true, true, true},  {65, 192, 769, 3, false, false, true},
                                 {2, 2304, 768, 0, false, true, false}, {385, 7, 3, 0, true, false, false},
                                 {13, 211, 60, 0, true, true, false},   {1, 3001, 768, 5, true, true, true},
                                 {1, 300, 3001, 5, false, true, true}};
  float *scratch = aligned_alloc(64, ENG_GEMM_SCRATCH * sizeof(float));
  int wrong = 0;
  (void)state;
  for (EngLevel level = ENG_SCALAR; level < ENG_LEVELS; level++) {
    const EngOps *ops = eng_ops_level(level);
    for (size_t i = 0; ops && i < sizeof SHAPES / sizeof *SHAPES; i++)
      wrong += try_shape(ops, scratch, SHAPES[i]) > 1;
  }
  free(scratch);
  assert_int_equal(wrong, 0);
}

static void nothing_to_sum_leaves_the_bias(void **state) {
  float bias[3] = {1, 2, 3}, c[6] = {9, 9, 9, 9, 9, 9};
  EngGemm g = {.m = 2, .n = 3, .k = 0, .c = c, .ldc = 3, .alpha = 1, .bias = bias};
  (void)state;
  assert_true(eng_gemm(&g));
  for (int i = 0; i < 6; i++) assert_float_equal(c[i], bias[i % 3], 0);
}

static void a_raised_cancel_stops_a_product(void **state) {
  uint32_t seed = 1;
  float *a = noisy(64 * 64, &seed), *c = noisy(64 * 64, &seed);
  float *scratch = aligned_alloc(64, ENG_GEMM_SCRATCH * sizeof(float));
  EngGemm g = {.m = 64, .n = 64, .k = 64, .a = a, .b = a, .c = c, .lda = 64, .ldb = 64, .ldc = 64, .alpha = 1};
  EngCancel cancel = {false};
  (void)state;
  for (EngLevel level = ENG_SCALAR; level < ENG_LEVELS; level++) {
    const EngOps *ops = eng_ops_level(level);
    if (!ops) continue;
    atomic_store(&cancel.raised, false);
    assert_true(ops->gemm(&g, scratch, &cancel));
    eng_cancel_raise(&cancel);
    assert_false(ops->gemm(&g, scratch, &cancel));
  }
  free(a), free(c), free(scratch);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_level_multiplies),
      cmocka_unit_test(blocks_fit_together),
      cmocka_unit_test(nothing_to_sum_leaves_the_bias),
      cmocka_unit_test(a_raised_cancel_stops_a_product),
  };
  return cmocka_run_group_tests_name("gemm", tests, NULL, NULL);
}
