/* The neuron view: golden lists, and that the numbers it draws are those of the head. */
#include "render/view_fixture.h"

static Stage stage_expanded(const char *file, float width, float height) {
  Stage stage = stage_open(file, width, height);
  stage.state.expanded = true;
  return stage;
}

static void draws_collapsed(void **unused) {
  (void)unused;
  Stage stage = stage_open("causal", 640, 300);
  stage.state.head = 1;
  stage_hover(&stage, REN_ID_QUERY, 3, 0, 0);
  stage_draw(&stage, REN_VIEW_NEURON);
  stage_golden(&stage, "neuron");
  stage_close(&stage);
}

static void draws_expanded(void **unused) {
  (void)unused;
  Stage stage = stage_expanded("pair", 1280, 300);
  stage.state.theme = ren_theme_find("light");
  stage.state.layer = 1;
  stage_hover(&stage, REN_ID_QUERY, 5, 0, 0);
  stage_draw(&stage, REN_VIEW_NEURON);
  stage_golden(&stage, "neuron_expanded");
  stage_close(&stage);
}

static float value(EngTensor t, int i, int j) { return t.data[i * t.stride[0] + j * t.stride[1]]; }

static const RenCommand *command_of(const Stage *stage, RenCommandKind kind, RenIdKind id, int a) {
  const RenCommand *command;
  for (int n = 0; (command = stage_nth(stage, kind, n)) != NULL; n++) {
    if (ren_id_equal(command->id, (RenId){id, a, 0, 0})) return command;
  }
  return NULL;
}

/* Products, sums and shares against numbers computed here from the recorded vectors. */
static void products_sums_and_shares_are_true(void **unused) {
  (void)unused;
  Stage stage = stage_expanded("pair", 1280, 400);
  stage.state.token = 6;
  stage_draw(&stage, REN_VIEW_NEURON);
  EngTensor q = eng_source_queries(stage.source, 0, 0, 0), k = eng_source_keys(stage.source, 0, 0, 0);
  double scores[8], total = 0;
  for (int j = 0; j < 8; j++) {
    const RenCommand *strip = command_of(&stage, REN_CELLS, REN_ID_STRIP_QK, j);
    assert_non_null(strip);
    assert_int_equal(strip->values.values.shape[0], 4);
    assert_int_equal(strip->values.ramp, REN_RAMP_TANH4);
    scores[j] = 0;
    for (int d = 0; d < 4; d++) {
      float product = value(q, 6, d) * value(k, j, d);
      assert_true(strip->values.values.data[d] == product);
      scores[j] += (double)product;
    }
    total += exp(scores[j] / 2); /* sqrt(4) */
  }
  for (int j = 0; j < 8; j++) {
    char figures[16];
    snprintf(figures, sizeof figures, "%.3f", exp(scores[j] / 2) / total);
    assert_true(stage_says(&stage, figures + 1));
    RenRect strip = stage_find(&stage, REN_ID_STRIP_QK, j, 0, 0);
    RenRect beside = {strip.x + strip.w, strip.y - 3, 60, 26}; /* the square of q·k / √d */
    RenColor hue = scores[j] < 0 ? stage.state.theme->negative : stage.state.theme->positive;
    const RenCommand *dot = stage_strip(&stage, beside, hue);
    assert_non_null(dot);
    assert_true(fabs(dot->box.fill.a - 255 * tanh(fabs(scores[j]) / 2 / 4)) <= 1);
    assert_true(fabs(dot->box.stroke.a - 255 * fmax(tanh(fabs(scores[j]) / 2 / 2), 0.35)) <= 1);
  }
  stage_close(&stage);
}

/* Key j's strip has a frame as opaque as tanh(1.8 weight). */
static void frames_follow_the_weight(void **unused) {
  (void)unused;
  Stage stage = stage_expanded("pair", 1280, 400);
  stage_hover(&stage, REN_ID_EXPAND, 2, 0, 0);
  stage_draw(&stage, REN_VIEW_NEURON);
  EngTensor weights = eng_source_pattern(stage.source, 0, 0, 0);
  for (int j = 0; j < 8; j++) {
    RenRect strip = ren_rect_inset(stage_find(&stage, REN_ID_STRIP_K, j, 0, 0), -1);
    int found = -1;
    for (int n = 0; stage_nth(&stage, REN_RECT, n) != NULL; n++) {
      const RenCommand *box = stage_nth(&stage, REN_RECT, n);
      if (box->box.stroke_width == 2 && box->rect.x == strip.x && box->rect.y == strip.y) found = box->box.stroke.a;
    }
    assert_true(fabs(found - 255 * tanh(1.8 * (double)value(weights, 2, j))) <= 1);
  }
  stage_close(&stage);
}

static void a_causal_model_hides_what_it_masks(void **unused) {
  (void)unused;
  Stage stage = stage_expanded("causal", 1280, 400);
  stage_hover(&stage, REN_ID_QUERY, 2, 0, 0);
  stage_draw(&stage, REN_VIEW_NEURON);
  for (int j = 0; j < 5; j++) {
    assert_int_equal(command_of(&stage, REN_CELLS, REN_ID_STRIP_QK, j) != NULL, j <= 2);
    assert_non_null(command_of(&stage, REN_CELLS, REN_ID_STRIP_K, j)); /* future keys stay */
  }
  stage_close(&stage);
}

static void without_a_query_it_says_so(void **unused) {
  (void)unused;
  Stage stage = stage_expanded("pair", 1280, 400);
  stage_draw(&stage, REN_VIEW_NEURON);
  assert_true(stage_says(&stage, "No token selected"));
  assert_non_null(command_of(&stage, REN_CELLS, REN_ID_STRIP_Q, 7));
  assert_null(command_of(&stage, REN_CELLS, REN_ID_STRIP_QK, 0));
  stage_hover(&stage, REN_ID_QUERY, 0, 0, 0);
  stage_draw(&stage, REN_VIEW_NEURON);
  assert_false(stage_says(&stage, "No token selected"));
  stage_close(&stage);
}

static void vectors_that_were_not_recorded_are_said_to_miss(void **unused) {
  (void)unused;
  Stage stage = stage_expanded("pattern_only", 1280, 400);
  stage.state.token = 1;
  stage_draw(&stage, REN_VIEW_NEURON);
  assert_null(stage_nth(&stage, REN_CELLS, 0));
  assert_true(stage_says(&stage, "This source has no queries and keys: record it with q and k kept."));
  assert_int_equal(stage_nth(&stage, REN_ATTENTION, 0)->attention.only_row, 1);
  stage_close(&stage);
}

/* A click on the control must find it again at the same place. */
static void the_control_stays_under_the_mouse(void **unused) {
  (void)unused;
  const float widths[] = {500, 640, 1280, 1920};
  for (int i = 0; i < 4; i++) {
    Stage stage = stage_open("pair", widths[i], 400);
    stage_draw(&stage, REN_VIEW_NEURON);
    RenRect before = stage_find(&stage, REN_ID_EXPAND, 3, 0, 0);
    stage.state.expanded = true;
    stage_draw(&stage, REN_VIEW_NEURON);
    RenRect after = stage_find(&stage, REN_ID_EXPAND, 3, 0, 0);
    assert_memory_equal(&before, &after, sizeof before);
    RenId hit = ren_frame_hit(stage.frame, (RenPoint){before.x + before.w / 2, before.y + before.h / 2});
    assert_int_equal(hit.kind, REN_ID_EXPAND);
    stage_close(&stage);
  }
}

static void a_narrow_area_scrolls_both_ways(void **unused) {
  (void)unused;
  Stage stage = stage_expanded("pair", 640, 150);
  float width, height;
  ren_view_extent(&ren_view_neuron, &stage.state, stage.source, stage.area, &width, &height);
  assert_true(width > 640 && height > 150);
  stage.state.scroll_x[REN_VIEW_NEURON] = 1e6f, stage.state.scroll_y[REN_VIEW_NEURON] = 1e6f;
  stage_draw(&stage, REN_VIEW_NEURON);
  RenRect key = stage_find(&stage, REN_ID_KEY, 7, 0, 0), ignored;
  assert_true(stage_inside(key, stage.area));
  assert_false(ren_frame_find(stage.frame, (RenId){REN_ID_QUERY, 7, 0, 0}, &ignored)); /* left of the area */
  assert_null(command_of(&stage, REN_CELLS, REN_ID_STRIP_K, 0));
  stage_close(&stage);
}

static void filters_take_one_sentence_of_each_side(void **unused) {
  (void)unused;
  Stage stage = stage_expanded("pair", 1280, 400);
  stage.state.block = eng_source_find_block(stage.source, "ab");
  stage.state.token = 1;
  stage_draw(&stage, REN_VIEW_NEURON);
  EngTensor q = eng_source_queries(stage.source, 0, 0, 0), k = eng_source_keys(stage.source, 0, 0, 0);
  const RenCommand *strip = command_of(&stage, REN_CELLS, REN_ID_STRIP_QK, 2);
  assert_true(strip->values.values.data[3] == value(q, 1, 3) * value(k, 4 + 2, 3));
  stage_close(&stage);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(draws_collapsed),
      cmocka_unit_test(draws_expanded),
      cmocka_unit_test(products_sums_and_shares_are_true),
      cmocka_unit_test(frames_follow_the_weight),
      cmocka_unit_test(a_causal_model_hides_what_it_masks),
      cmocka_unit_test(without_a_query_it_says_so),
      cmocka_unit_test(vectors_that_were_not_recorded_are_said_to_miss),
      cmocka_unit_test(the_control_stays_under_the_mouse),
      cmocka_unit_test(a_narrow_area_scrolls_both_ways),
      cmocka_unit_test(filters_take_one_sentence_of_each_side),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
