/* The token strip by itself: numbers from attention against sums written out here, scales, and what is drawn. */
#include "view_fixture.h"

#include "render/view_strip.h"

static void fill(Stage *stage, RenStrip *strip, const char *name, const RenStripFrom *more) {
  RenStripFrom from = more ? *more : (RenStripFrom){.neuron = ""};
  strcpy(stage->state.strip, name);
  from.state = &stage->state;
  from.source = stage->source;
  assert_true(ren_strip_fill(strip, &from));
}

static float weight(const Stage *stage, int block, int head, int i, int j) {
  EngTensor pattern = eng_source_pattern(stage->source, block, stage->state.layer, head);
  return pattern.data[i * pattern.stride[0] + j * pattern.stride[1]];
}

static void entropy_is_that_of_the_rows(void **unused) {
  (void)unused;
  Stage stage = stage_open("causal", 800, 300);
  RenStrip strip = {0};
  fill(&stage, &strip, "entropy", NULL);
  const EngBlock *block = eng_source_block(stage.source, 0);
  assert_int_equal(strip.n, block->n_rows);
  assert_int_equal(strip.side, REN_SIDE_QUERY);
  assert_false(strip.diverges || strip.negative);
  for (int i = 0; i < strip.n; i++) {
    double sum = 0;
    for (int j = 0; j <= i; j++) {
      double p = (double)weight(&stage, 0, stage.state.head, i, j);
      sum += p > 0 ? p * log(1 / p) : 0;
    }
    assert_float_equal(strip.values[i], sum, 1e-5);
  }
  ren_strip_free(&strip);
  stage_close(&stage);
}

/* All rows together give what all keys receive. */
static void what_keys_receive_adds_up(void **unused) {
  (void)unused;
  Stage stage = stage_open("pair", 800, 300);
  RenStrip strip = {0};
  fill(&stage, &strip, "received", NULL);
  float sum = 0;
  for (int j = 0; j < strip.n; j++) sum += strip.values[j];
  assert_float_equal(sum, eng_source_block(stage.source, 0)->n_rows, 1e-4);
  assert_int_equal(strip.side, REN_SIDE_KEY);
  stage.state.block = eng_source_find_block(stage.source, "ab");
  const EngBlock *block = eng_source_block(stage.source, stage.state.block);
  fill(&stage, &strip, "received", NULL);
  assert_int_equal(strip.n, block->n_columns);
  double column = 0;
  for (int head = 0; head < block->n_heads; head++)
    for (int i = 0; i < block->n_rows; i++)
      column += (double)weight(&stage, stage.state.block, head, i, 1) / block->n_heads;
  assert_float_equal(strip.values[1], column, 1e-5);
  ren_strip_free(&strip);
  stage_close(&stage);
}

static float some[64];

static RenStripFrom own_numbers(RenNumbers *numbers, const Stage *stage, float from, float by) {
  *numbers = (RenNumbers){.name = "own", .n = eng_source_input(stage->source)->n_tokens, .values = some};
  for (int i = 0; i < numbers->n; i++) some[i] = from + by * (float)i;
  return (RenStripFrom){.numbers = numbers, .neuron = ""};
}

/* One sign has one colour, in full at the largest magnitude; two have two. */
static void scales_follow_the_signs(void **unused) {
  (void)unused;
  Stage stage = stage_open("causal", 800, 300);
  RenStrip strip = {0};
  RenNumbers numbers;
  RenStripFrom from = own_numbers(&numbers, &stage, 1, 1);
  fill(&stage, &strip, "own", &from);
  assert_false(strip.diverges || strip.negative);
  assert_float_equal(strip.most, numbers.n, 0);
  from = own_numbers(&numbers, &stage, -1, -1);
  some[2] = NAN;
  fill(&stage, &strip, "own", &from);
  assert_true(strip.negative && !strip.diverges);
  assert_true(isnan(strip.values[2]));
  from = own_numbers(&numbers, &stage, -2, 1);
  some[0] = INFINITY;
  fill(&stage, &strip, "own", &from);
  assert_true(strip.diverges && isnan(strip.values[0]));
  from = own_numbers(&numbers, &stage, 0, 0);
  fill(&stage, &strip, "own", &from);
  assert_float_equal(strip.most, 0, 0);
  numbers.n--;
  fill(&stage, &strip, "own", &from);
  assert_int_equal(strip.n, 0);
  assert_non_null(strstr(strip.missing, "expected a number for each of"));
  ren_strip_free(&strip);
  stage_close(&stage);
}

static void draw(Stage *stage, const RenStrip *strip, float width) {
  ren_frame_begin(stage->frame, width, 100);
  RenRect area = {0, 0, width, ren_strip_height(strip, width)};
  ren_strip_draw(strip, &stage->state, stage->source, area, false, stage->frame);
  assert_false(ren_frame_failed(stage->frame));
}

static const RenCommand *cells_of(const Stage *stage, size_t n) {
  for (int i = 0;; i++) {
    const RenCommand *cells = stage_nth(stage, REN_CELLS, i);
    if (!cells) fail_msg("no %zu cells", n);
    if (cells->values.values.shape[0] == n) return cells;
  }
}

static void cells_are_shares_of_the_largest(void **unused) {
  (void)unused;
  Stage stage = stage_open("causal", 800, 300);
  RenStrip strip = {0};
  RenNumbers numbers;
  RenStripFrom from = own_numbers(&numbers, &stage, -4, -4);
  some[1] = NAN;
  fill(&stage, &strip, "own", &from);
  draw(&stage, &strip, 800);
  const RenValuesShape *cells = &cells_of(&stage, (size_t)strip.n)->values;
  for (int i = 0; i < strip.n; i++)
    if (i != 1) assert_float_equal(cells->values.data[i], (float)(i + 1) / (float)strip.n, 1e-6);
  assert_true(cells->skip[1] && !cells->skip[0]);
  assert_true(cells->positive.b == stage.state.theme->accent.b);
  const RenValuesShape *steps = &cells_of(&stage, REN_STRIP_STEPS)->values;
  assert_float_equal(steps->values.data[0], 0, 0);
  assert_float_equal(steps->values.data[REN_STRIP_STEPS - 1], 1, 0);
  assert_true(stage_says(&stage, "0"));
  stage_find(&stage, REN_ID_NUMBER, strip.n - 1, 0, 0);
  ren_strip_free(&strip);
  stage_close(&stage);
}

/* Its name is what a narrow one has room for. */
static void a_narrow_scale_says_one_end(void **unused) {
  (void)unused;
  Stage stage = stage_open("causal", 800, 300);
  RenStrip strip = {0};
  fill(&stage, &strip, "entropy", NULL);
  draw(&stage, &strip, REN_STRIP_ROOMY + 2 * REN_PAD);
  assert_true(stage_says(&stage, "0"));
  assert_int_equal((int)cells_of(&stage, REN_STRIP_STEPS)->rect.w, REN_STRIP_SCALE);
  draw(&stage, &strip, REN_STRIP_ROOMY + 2 * REN_PAD - 1);
  assert_false(stage_says(&stage, "0"));
  assert_int_equal((int)cells_of(&stage, REN_STRIP_STEPS)->rect.w, REN_STRIP_SCALE / 2);
  ren_strip_free(&strip);
  stage_close(&stage);
}

static void narrow_cells_have_no_labels(void **unused) {
  (void)unused;
  Stage stage = stage_open("causal", 800, 300);
  RenStrip strip = {0};
  fill(&stage, &strip, "entropy", NULL);
  float wide = (float)(strip.n * REN_STRIP_LABELS + 2 * REN_PAD), narrow = wide - 1;
  assert_float_equal(ren_strip_height(&strip, wide) - ren_strip_height(&strip, narrow), REN_LINE_SMALL, 0);
  draw(&stage, &strip, narrow);
  RenRect last = stage_find(&stage, REN_ID_NUMBER, strip.n - 1, 0, 0);
  assert_true(last.x + last.w <= narrow);
  ren_strip_free(&strip);
  stage_close(&stage);
}

/* Where one of both has no token, or no number, there is no difference. */
static void a_difference_is_of_what_both_have(void **unused) {
  (void)unused;
  float of_first[] = {1, 2, NAN}, of_second[] = {1, 5, 1, 7};
  RenStrip first = {.title = "Norm", .n = 3, .values = of_first}, second = {.n = 4, .values = of_second},
           strip = {0};
  const EngPlace places[] = {{{0, 0}}, {{-1, 1}}, {{1, 2}}, {{2, 3}}, {{1, -1}}, {{9, 9}}};
  assert_true(ren_strip_subtract(&strip, &first, &second, places, 6));
  assert_string_equal(strip.title, "Difference: Norm");
  assert_int_equal(strip.n, 6);
  assert_float_equal(strip.values[0], 0, 0);
  assert_float_equal(strip.values[2], -1, 0);
  assert_float_equal(strip.both[2], 2, 0);
  assert_float_equal(strip.both[6 + 2], 1, 0);
  assert_true(isnan(strip.values[1]) && isnan(strip.values[3]));
  assert_true(isnan(strip.values[4]) && isnan(strip.values[5]));
  assert_true(strip.diverges);
  assert_float_equal(strip.most, 1, 0);
  strcpy(second.missing, "running…");
  assert_true(ren_strip_subtract(&strip, &first, &second, places, 6));
  assert_string_equal(strip.missing, "running…");
  assert_int_equal(strip.n, 0);
  ren_strip_free(&strip);
}

static void the_users_numbers_are_the_first_texts(void **unused) {
  (void)unused;
  Stage stage = stage_open("causal", 800, 300);
  RenStrip strip = {0};
  RenNumbers numbers;
  RenStripFrom from = own_numbers(&numbers, &stage, 1, 1);
  from.second = true;
  fill(&stage, &strip, "own", &from);
  assert_int_equal(strip.n, 0);
  assert_string_equal(strip.missing, "these numbers are the first text's");
  ren_strip_free(&strip);
  stage_close(&stage);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(entropy_is_that_of_the_rows), cmocka_unit_test(what_keys_receive_adds_up),
      cmocka_unit_test(scales_follow_the_signs),     cmocka_unit_test(cells_are_shares_of_the_largest),
      cmocka_unit_test(narrow_cells_have_no_labels), cmocka_unit_test(a_difference_is_of_what_both_have),
      cmocka_unit_test(a_narrow_scale_says_one_end), cmocka_unit_test(the_users_numbers_are_the_first_texts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
