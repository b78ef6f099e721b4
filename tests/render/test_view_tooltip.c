/* What a tooltip says of the element under the mouse. */
#include "render/view_fixture.h"

static const char *tip(Stage *stage, RenViewKind view) {
  stage_draw(stage, view);
  return ren_view_tooltip(&stage->state, stage->source, stage->frame);
}

static float weight_of(const Stage *stage, int layer, int head, int i, int j) {
  EngTensor w = eng_source_pattern(stage->source, 0, layer, head);
  return w.data[i * w.stride[0] + j * w.stride[1]];
}

static void a_query_says_its_strongest_key(void **unused) {
  (void)unused;
  Stage stage = stage_open("causal", 640, 300);
  stage.state.layer = 1;
  ren_state_head_set(&stage.state, 0, false);
  stage_hover(&stage, REN_ID_QUERY, 4, 0, 0);
  int best_head = 1, best = 0;
  for (int head = 1; head < 3; head++) {
    for (int j = 0; j < 5; j++)
      if (weight_of(&stage, 1, head, 4, j) > weight_of(&stage, 1, best_head, 4, best)) best_head = head, best = j;
  }
  const char *tokens[] = {"The", "·doctor", "·asked", "↵", "·She"};
  char expected[128];
  snprintf(expected, sizeof expected, "1.%d  q4 \"·She\" → k%d \"%s\"  %.4f", best_head, best, tokens[best],
           (double)weight_of(&stage, 1, best_head, 4, best));
  assert_string_equal(tip(&stage, REN_VIEW_HEAD), expected);
  stage_close(&stage);
}

static void a_key_beside_a_selected_query_says_their_weight(void **unused) {
  (void)unused;
  Stage stage = stage_open("causal", 640, 300);
  stage.state.token = 3;
  stage.state.head = 2;
  stage_hover(&stage, REN_ID_KEY, 1, 0, 0);
  char expected[128];
  snprintf(expected, sizeof expected, "0.2  q3 \"↵\" → k1 \"·doctor\"  %.4f",
           (double)weight_of(&stage, 0, 2, 3, 1));
  assert_string_equal(tip(&stage, REN_VIEW_NEURON), expected);
  stage_close(&stage);
}

static void positions_are_those_of_the_whole_sequence(void **unused) {
  (void)unused;
  Stage stage = stage_open("pair", 640, 300);
  stage.state.block = eng_source_find_block(stage.source, "ba");
  stage.state.panel_open = true, stage.state.panel = (RenPanel){0, 1};
  stage_hover(&stage, REN_ID_PANEL_QUERY, 0, 1, 2);
  const char *text = tip(&stage, REN_VIEW_MODEL);
  assert_non_null(text);
  assert_non_null(strstr(text, "0.1  q6 \"##er\" → k"));
  stage_close(&stage);
}

static void a_thumbnail_says_what_the_sink_takes(void **unused) {
  (void)unused;
  Stage stage = stage_open("causal", 640, 300);
  stage_hover(&stage, REN_ID_THUMB, 1, 2, 0);
  double sum = 0;
  for (int i = 0; i < 5; i++) sum += (double)weight_of(&stage, 1, 2, i, 0);
  char expected[64];
  snprintf(expected, sizeof expected, "1.2  token 0 takes %.0f %%", 100 * sum / 5);
  assert_string_equal(tip(&stage, REN_VIEW_MODEL), expected);
  stage_close(&stage);
}

static void a_strip_says_its_element(void **unused) {
  (void)unused;
  Stage stage = stage_open("pair", 1280, 400);
  stage.state.expanded = true, stage.state.token = 2;
  stage_hover(&stage, REN_ID_STRIP_QK, 5, 0, 0);
  stage_draw(&stage, REN_VIEW_NEURON);
  RenRect strip = stage_find(&stage, REN_ID_STRIP_QK, 5, 0, 0);
  stage.state.mouse = (RenPoint){strip.x + strip.w * 0.6f, strip.y + 3}; /* element 2 of 4 */
  EngTensor q = eng_source_queries(stage.source, 0, 0, 0), k = eng_source_keys(stage.source, 0, 0, 0);
  double a = (double)q.data[2 * q.stride[0] + 2 * q.stride[1]],
         b = (double)k.data[5 * k.stride[0] + 2 * k.stride[1]];
  double dot = 0;
  for (int d = 0; d < 4; d++)
    dot += (double)q.data[2 * q.stride[0] + d * q.stride[1]] * (double)k.data[5 * k.stride[0] + d * k.stride[1]];
  char expected[128];
  snprintf(expected, sizeof expected, "0.0  q2[2] × k5[2] = %.4f × %.4f = %.4f", a, b, a * b);
  assert_string_equal(tip(&stage, REN_VIEW_NEURON), expected);
  stage_hover(&stage, REN_ID_DOT, 5, 0, 0);
  snprintf(expected, sizeof expected, "0.0  q2 · k5 = %.4f,  / √4 = %.4f", dot, dot / 2);
  assert_string_equal(tip(&stage, REN_VIEW_NEURON), expected);
  stage_close(&stage);
}

/* Sorted, the same place is another element, which keeps its number. */
static void a_sorted_strip_says_the_number(void **unused) {
  (void)unused;
  Stage stage = stage_open("pair", 1280, 400);
  stage.state.expanded = true, stage.state.token = 2;
  stage.state.dimensions.order = REN_ORDER_CONTRIBUTION;
  stage_hover(&stage, REN_ID_STRIP_Q, 2, 0, 0);
  stage_draw(&stage, REN_VIEW_NEURON);
  RenRect strip = stage_find(&stage, REN_ID_STRIP_Q, 2, 0, 0);
  EngTensor q = eng_source_queries(stage.source, 0, 0, 0);
  bool seen[4] = {false};
  for (int place = 0; place < 4; place++) {
    char expected[64];
    stage.state.mouse = (RenPoint){strip.x + strip.w * ((float)place + 0.5f) / 4, strip.y + 3};
    int d = ren_view_dimension(&stage.state, stage.source, stage.frame);
    assert_in_range(d, 0, 3);
    assert_false(seen[d]);
    seen[d] = true;
    snprintf(expected, sizeof expected, "0.0  q2[%d] = %.4f", d, (double)q.data[2 * q.stride[0] + d * q.stride[1]]);
    assert_string_equal(tip(&stage, REN_VIEW_NEURON), expected);
  }
  stage_close(&stage);
}

static void nothing_says_nothing(void **unused) {
  (void)unused;
  Stage stage = stage_open("pair", 640, 300);
  assert_null(tip(&stage, REN_VIEW_HEAD));
  stage_hover(&stage, REN_ID_THUMB, 99, -1, 0);
  assert_null(tip(&stage, REN_VIEW_MODEL));
  stage_hover(&stage, REN_ID_QUERY, 99, 0, 0);
  assert_null(tip(&stage, REN_VIEW_HEAD));
  stage_hover(&stage, REN_ID_PANEL_KEY, 7, 1, 0);
  assert_null(tip(&stage, REN_VIEW_MODEL));
  stage_close(&stage);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_query_says_its_strongest_key),
      cmocka_unit_test(a_key_beside_a_selected_query_says_their_weight),
      cmocka_unit_test(positions_are_those_of_the_whole_sequence),
      cmocka_unit_test(a_thumbnail_says_what_the_sink_takes),
      cmocka_unit_test(a_strip_says_its_element),
      cmocka_unit_test(a_sorted_strip_says_the_number),
      cmocka_unit_test(nothing_says_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
