/* Row operations of every level against double precision, at lengths that leave every remainder. */
#include "engine/ops.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define N 131

static void each_level(void (*check)(const EngOps *ops)) {
  for (EngLevel level = ENG_SCALAR; level < ENG_LEVELS; level++)
    if (eng_ops_level(level)) check(eng_ops_level(level));
}

static float wave(size_t i) { return 3 * sinf((float)(i * i + 1)); }

static void near(const EngOps *ops, const char *what, size_t n, double got, double want, double tolerance) {
  if (fabs(got - want) <= tolerance) return;
  fail_msg("%s, %s, length %zu: expected %.9g, found %.9g", ops->name, what, n, want, got);
}

static double gelu(double x) { return 0.5 * x * erfc(-x / sqrt(2.0)); }
static double gelu_new(double x) { return 0.5 * x * (1 + tanh(sqrt(2 / acos(-1.0)) * (x + 0.044715 * x * x * x))); }
static double relu(double x) { return x > 0 ? x : 0; }

static void check_activation(const EngOps *ops, const char *name, void (*f)(const float *, float *, size_t),
                             double (*want)(double)) {
  enum { POINTS = 200001 };
  float *x = malloc((POINTS + 1) * sizeof *x), *y = malloc((POINTS + 1) * sizeof *y);
  for (int i = 0; i < POINTS; i++) x[i] = -12 + 24 * (float)i / (POINTS - 1);
  y[POINTS] = 7;
  f(x, y, POINTS);
  for (int i = 0; i < POINTS; i++)
    near(ops, name, POINTS, (double)y[i], want((double)x[i]), 1.2e-7 + 1.2e-7 * fabs(want((double)x[i])));
  assert_float_equal(y[POINTS], 7, 0);
  float extremes[] = {-1e30f, 1e30f, 0, NAN}, out[4];
  f(extremes, out, 4);
  near(ops, name, 4, (double)out[0], 0, 1e-7);
  near(ops, name, 4, (double)out[1], (double)1e30f, 1e24);
  near(ops, name, 4, (double)out[2], 0, 0);
  assert_true(isnan(out[3]));
  free(x), free(y);
}

static void check_activations(const EngOps *ops) {
  check_activation(ops, "gelu", ops->gelu, gelu);
  check_activation(ops, "gelu_new", ops->gelu_new, gelu_new);
  check_activation(ops, "relu", ops->relu, relu);
}

static void activations_are_exact(void **state) { (void)state, each_level(check_activations); }

static void check_softmax(const EngOps *ops) {
  for (size_t n = 1; n <= N; n++) {
    float x[N + 1], y[N + 1];
    double max = -INFINITY, sum = 0, total = 0;
    for (size_t i = 0; i < n; i++) x[i] = 8 * wave(i), max = fmax(max, (double)x[i]);
    for (size_t i = 0; i < n; i++) sum += exp((double)x[i] - max);
    y[n] = 7;
    ops->softmax(x, y, n);
    for (size_t i = 0; i < n; i++) {
      near(ops, "softmax", n, (double)y[i], exp((double)x[i] - max) / sum, 3e-7);
      total += (double)y[i];
    }
    near(ops, "sum of softmax", n, total, 1, 1e-6);
    assert_float_equal(y[n], 7, 0);
    ops->softmax(x, x, n);
    assert_memory_equal(x, y, n * sizeof *x);
  }
}

static void softmax_sums_to_one(void **state) { (void)state, each_level(check_softmax); }

static void check_masked(const EngOps *ops) {
  float x[40], y[40];
  for (size_t i = 0; i < 40; i++) x[i] = i % 3 ? -INFINITY : -2000 + wave(i);
  x[5] = -2200;
  ops->softmax(x, y, 40);
  for (size_t i = 0; i < 40; i++)
    if (i % 3) assert_float_equal(y[i], 0, 0);
}

static void masked_scores_get_no_weight(void **state) { (void)state, each_level(check_masked); }

static void check_norm(const EngOps *ops) {
  for (size_t n = 1; n <= N; n++) {
    float x[2 * N], y[2 * N + 1], gain[N], bias[N];
    for (size_t i = 0; i < 2 * n; i++) x[i] = 10 + wave(i);
    for (size_t i = 0; i < n; i++) gain[i] = wave(i + 7), bias[i] = wave(i + 9);
    y[2 * n] = 7;
    ops->layer_norm(x, y, 2, n, gain, bias, 1e-5f);
    for (size_t row = 0; row < 2; row++) {
      double mean = 0, variance = 0;
      for (size_t i = 0; i < n; i++) mean += (double)x[row * n + i] / (double)n;
      for (size_t i = 0; i < n; i++) variance += pow((double)x[row * n + i] - mean, 2) / (double)n;
      for (size_t i = 0; i < n; i++) {
        double want = ((double)x[row * n + i] - mean) / sqrt(variance + 1e-5) * (double)gain[i] + (double)bias[i];
        near(ops, "layer norm", n, (double)y[row * n + i], want, 2e-5);
      }
    }
    assert_float_equal(y[2 * n], 7, 0);
  }
}

static void layer_norm_is_right(void **state) { (void)state, each_level(check_norm); }

/* Nothing is left of them but the bias, however small what is added to their variance. */
static void check_norm_of_equals(const EngOps *ops) {
  for (size_t n = 1; n <= N; n++) {
    float x[N], y[N], gain[N], bias[N];
    for (size_t i = 0; i < n; i++)
      x[i] = n % 2 ? 0.9f : -1234.567f, gain[i] = 1 + wave(i + 7), bias[i] = wave(i + 9);
    ops->layer_norm(x, y, 1, n, gain, bias, 1e-12f);
    for (size_t i = 0; i < n; i++) near(ops, "layer norm of equals", n, (double)y[i], (double)bias[i], 1e-6);
  }
}

static void layer_norm_of_equal_numbers_is_the_bias(void **state) { (void)state, each_level(check_norm_of_equals); }

static void check_add(const EngOps *ops) {
  for (size_t n = 1; n <= N; n++) {
    float a[N], b[N], c[N + 1];
    for (size_t i = 0; i < n; i++) a[i] = wave(i), b[i] = wave(i + 3);
    c[n] = 7;
    ops->add(a, b, c, n);
    for (size_t i = 0; i < n; i++) assert_float_equal(c[i], a[i] + b[i], 0);
    assert_float_equal(c[n], 7, 0);
  }
}

static void add_adds(void **state) { (void)state, each_level(check_add); }

/* The number of largest size, of two of the same size the one above 0; exactly. */
static float largest_of(const float *const rows[4], size_t from, size_t to) {
  float most = 0;
  for (int i = 0; i < 4; i++)
    for (size_t j = from; j < to; j++)
      if (fabsf(rows[i][j]) > fabsf(most) || (rows[i][j] > 0 && rows[i][j] == -most)) most = rows[i][j];
  return most;
}

static void check_fours(const EngOps *ops) {
  float x[4 * N], y[N];
  for (size_t i = 0; i < 4 * N; i++) x[i] = i % 13 == 0 ? NAN : i % 7 ? roundf(4 * wave(i)) : -0.0f;
  const float *const rows[4] = {x, x + N, x + 2 * N, x + 3 * N};
  for (size_t n = 0; n <= N; n++) {
    size_t cells = (n + 3) / 4;
    y[cells] = 7;
    ops->fours(rows, n, y);
    for (size_t j = 0; j < cells; j++) {
      float expected = largest_of(rows, 4 * j, 4 * j + 4 < n ? 4 * j + 4 : n);
      if (memcmp(&y[j], &expected, sizeof expected) != 0)
        fail_msg("%s, length %zu, cell %zu: expected %g, found %g", ops->name, n, j, (double)expected,
                 (double)y[j]);
    }
    assert_float_equal(y[cells], 7, 0);
  }
}

static void fours_are_the_largest(void **state) {
  (void)state;
  each_level(check_fours);
}

static void a_wish_is_heard_where_possible(void **state) {
  (void)state;
  const char *before = getenv("HEADSCOPE_SIMD");
  char *kept = before ? strdup(before) : NULL;
  setenv("HEADSCOPE_SIMD", "scalar", 1);
  assert_string_equal(eng_ops()->name, "scalar");
  setenv("HEADSCOPE_SIMD", "no such level", 1);
  assert_non_null(eng_ops());
  for (EngLevel level = ENG_SCALAR; level < ENG_LEVELS; level++)
    if (eng_ops_level(level)) {
      setenv("HEADSCOPE_SIMD", eng_ops_level(level)->name, 1);
      assert_ptr_equal(eng_ops(), eng_ops_level(level));
    }
  if (kept)
    setenv("HEADSCOPE_SIMD", kept, 1);
  else
    unsetenv("HEADSCOPE_SIMD");
  free(kept);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(activations_are_exact),
      cmocka_unit_test(softmax_sums_to_one),
      cmocka_unit_test(masked_scores_get_no_weight),
      cmocka_unit_test(layer_norm_is_right),
      cmocka_unit_test(layer_norm_of_equal_numbers_is_the_bias),
      cmocka_unit_test(add_adds),
      cmocka_unit_test(fours_are_the_largest),
      cmocka_unit_test(a_wish_is_heard_where_possible),
  };
  return cmocka_run_group_tests_name("ops", tests, NULL, NULL);
}
