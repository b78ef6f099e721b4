/* Scores of heads against what the formulas give in closed form. */
#include "engine/score.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { T = 64 };

/* Every query looks evenly at all that it may see: what is known of such a model in closed form. */
static void fill_uniform(float *weights) {
  for (int i = 0; i < T; i++)
    for (int j = 0; j < T; j++) weights[i * T + j] = j <= i ? 1.0F / (float)(i + 1) : 0;
}

static double score(EngScore kind, const float *weights, int rows, int columns, int row_start, int column_start) {
  EngBlock block = {.n_rows = rows, .n_columns = columns, .row_start = row_start, .column_start = column_start};
  EngTensor tensor = eng_tensor_view((float *)(uintptr_t)weights, 2, (const size_t[]){T, T});
  return eng_score_head(kind, &block, &tensor);
}

static void uniform_heads_score_as_known(void **state) {
  (void)state;
  static float weights[T * T];
  double harmonic = 0;
  fill_uniform(weights);
  for (int n = 1; n <= T; n++) harmonic += 1.0 / n;
  const struct {
    EngScore kind;
    double expected, within;
  } known[] = {{ENG_SCORE_PREVIOUS, (harmonic - 1) / (T - 1), 1e-6},
               {ENG_SCORE_FIRST, harmonic / T, 1e-6},
               {ENG_SCORE_CURRENT, harmonic / T, 1e-6},
               {ENG_SCORE_CONFIDENCE, harmonic / T, 1e-6},
               {ENG_SCORE_ENTROPY, 3.2058, 2e-3}, /* of the weights as they are; smoothing adds a little */
               {ENG_SCORE_DISTANCE, (T - 1) / 4.0, 1e-4}};
  for (int i = 0; i < ENG_SCORE_COUNT; i++)
    assert_true(fabs(score(known[i].kind, weights, T, T, 0, 0) - known[i].expected) < known[i].within);
}

/* A part of a text knows where it is: queries 10 … 19, keys 5 … 14. */
static void parts_keep_their_positions(void **state) {
  (void)state;
  static float weights[T * T];
  for (int i = 0; i < 10; i++)
    if (i + 4 < 10) weights[i * T + i + 4] = 1; /* key 5 + i + 4 is the one before query 10 + i */
  assert_true(fabs(score(ENG_SCORE_PREVIOUS, weights, 10, 10, 10, 5) - 1) < 1e-9);
  assert_true(fabs(score(ENG_SCORE_DISTANCE, weights, 10, 10, 10, 5) - 1) < 1e-9);
  assert_true(fabs(score(ENG_SCORE_FIRST, weights, 10, 10, 10, 5)) < 1e-9);
}

static void names_go_both_ways(void **state) {
  (void)state;
  for (int i = 0; i < ENG_SCORE_COUNT; i++) {
    EngScore out = ENG_SCORE_COUNT;
    assert_true(eng_score_parse(eng_score_name((EngScore)i), &out) && (int)out == i);
    assert_non_null(eng_score_title((EngScore)i));
  }
  EngScore out;
  assert_false(eng_score_parse("none", &out));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(uniform_heads_score_as_known),
      cmocka_unit_test(parts_keep_their_positions),
      cmocka_unit_test(names_go_both_ways),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
