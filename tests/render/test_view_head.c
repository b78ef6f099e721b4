/* The head view as golden lists of commands: lines, strips, tiles, and how it scrolls. */
#include "render/view_fixture.h"

static float weight_of(const Stage *stage, int head, int i, int j) {
  EngTensor w = eng_source_pattern(stage->source, stage->state.block, stage->state.layer, head);
  return w.data[i * w.stride[0] + j * w.stride[1]];
}

static void draws_all_lines_at_rest(void **unused) {
  (void)unused;
  Stage stage = stage_open("causal", 408, 300);
  stage_draw(&stage, REN_VIEW_HEAD);
  stage_golden(&stage, "head");
  stage_close(&stage);
}

static void draws_one_query(void **unused) {
  (void)unused;
  Stage stage = stage_open("pair", 640, 300);
  stage.area.x = 32, stage.area.y = 80;
  stage.state.layer = 1;
  stage.state.theme = ren_theme_find("light");
  stage_hover(&stage, REN_ID_QUERY, 2, 0, 0);
  stage_draw(&stage, REN_VIEW_HEAD);
  stage_golden(&stage, "head_query");
  stage_close(&stage);
}

static void draws_picked_heads_of_several_layers(void **unused) {
  (void)unused;
  Stage stage = stage_open("pair", 640, 300);
  RenColor blue = ren_state_head_color(&stage.state, 0), orange = ren_state_head_color(&stage.state, 1);
  stage.state.n_picks = 3;
  stage.state.picks[0] = (RenPick){{1, 2}, false};
  stage.state.picks[1] = (RenPick){{0, 2}, false};
  stage.state.picks[2] = (RenPick){{0, 0}, true};
  stage_draw(&stage, REN_VIEW_HEAD);
  const RenAttentionShape *shape = &stage_nth(&stage, REN_ATTENTION, 0)->attention;
  assert_int_equal(shape->n_planes, 2);
  assert_ptr_equal(shape->planes[0].weights.data, eng_source_pattern(stage.source, 0, 1, 2).data);
  assert_ptr_equal(shape->planes[1].weights.data, eng_source_pattern(stage.source, 0, 0, 2).data);
  assert_memory_equal(&shape->planes[0].color, &blue, sizeof blue);
  assert_memory_equal(&shape->planes[1].color, &orange, sizeof orange);
  stage_hover(&stage, REN_ID_PICK, 2, 0, 0);
  stage_draw(&stage, REN_VIEW_HEAD);
  shape = &stage_nth(&stage, REN_ATTENTION, 0)->attention;
  assert_int_equal(shape->n_planes, 1);
  assert_ptr_equal(shape->planes[0].weights.data, eng_source_pattern(stage.source, 0, 0, 0).data);
  stage.state.picks[2] = (RenPick){{9, 9}, false}; /* a view trusts no index */
  stage_draw(&stage, REN_VIEW_HEAD);
  stage_close(&stage);
}

static void rests_at_the_square_root_of_the_heads(void **unused) {
  (void)unused;
  Stage stage = stage_open("pair", 640, 300);
  ren_state_head_set(&stage.state, 1, false);
  stage_draw(&stage, REN_VIEW_HEAD);
  const RenAttentionShape *shape = &stage_nth(&stage, REN_ATTENTION, 0)->attention;
  assert_int_equal(shape->n_planes, 2);
  assert_true(fabsf(shape->planes[0].gain - 0.70710678f) < 1e-6f);
  RenColor green = ren_color_rgb(0x2ca02c); /* head 2 comes second */
  assert_memory_equal(&shape->planes[1].color, &green, sizeof green);
  stage.state.token = 3; /* a selected token is drawn as a hovered one */
  stage_draw(&stage, REN_VIEW_HEAD);
  shape = &stage_nth(&stage, REN_ATTENTION, 0)->attention;
  assert_true(shape->planes[0].gain == 1);
  assert_int_equal(shape->only_row, 3);
  stage_close(&stage);
}

/* Every strip: in the right third of the cell, in its head's colour, as opaque as the plain weight. */
static void check_strips(const Stage *stage, RenIdKind side, int other, int n) {
  for (int i = 0; i < n; i++) {
    RenRect cell = stage_find(stage, side, i, 0, 0);
    for (int head = 0; head < 3; head++) {
      float weight = side == REN_ID_KEY ? weight_of(stage, head, other, i) : weight_of(stage, head, i, other);
      const RenCommand *strip = stage_strip(stage, cell, ren_theme_head_color(head));
      if (weight == 0) {
        assert_null(strip);
        continue;
      }
      assert_non_null(strip);
      assert_true(fabsf(strip->rect.x - (cell.x + (float)head * cell.w / 3)) < 0.01f);
      assert_true(fabsf(strip->rect.w - cell.w / 3) < 0.01f && strip->rect.h == cell.h);
      assert_true(fabs((double)strip->box.fill.a - 255 * (double)weight) <= 0.51);
    }
  }
}

static void strips_show_plain_weights(void **unused) {
  (void)unused;
  Stage stage = stage_open("causal", 640, 300);
  stage_hover(&stage, REN_ID_QUERY, 2, 0, 0);
  stage_draw(&stage, REN_VIEW_HEAD);
  check_strips(&stage, REN_ID_KEY, 2, 5);
  stage_hover(&stage, REN_ID_KEY, 1, 0, 0);
  stage.state.token = 4; /* a hovered key comes before it */
  stage_draw(&stage, REN_VIEW_HEAD);
  assert_int_equal(stage_nth(&stage, REN_ATTENTION, 0)->attention.only_column, 1);
  check_strips(&stage, REN_ID_QUERY, 1, 5);
  stage_close(&stage);
}

static void threshold_and_hidden_sinks_clear_strips(void **unused) {
  (void)unused;
  Stage stage = stage_open("causal", 640, 300);
  stage_hover(&stage, REN_ID_QUERY, 4, 0, 0);
  stage.state.sink_hidden = true;
  stage.state.threshold = 0.2f;
  stage_draw(&stage, REN_VIEW_HEAD);
  for (int j = 0; j < 5; j++) {
    for (int head = 0; head < 3; head++) {
      bool expected = j != 0 && weight_of(&stage, head, 4, j) >= 0.2f;
      RenRect cell = stage_find(&stage, REN_ID_KEY, j, 0, 0);
      assert_int_equal(stage_strip(&stage, cell, ren_theme_head_color(head)) != NULL, expected);
    }
  }
  stage_close(&stage);
}

static void scrolls_and_draws_only_what_shows(void **unused) {
  (void)unused;
  Stage stage = stage_open("pair", 640, 130); /* 34 for headings: four rows of 24 */
  float width, height;
  ren_view_extent(&ren_view_head, &stage.state, stage.source, stage.area, &width, &height);
  assert_true(width == 640 && height >= 34 + 8 * 24);
  stage_draw(&stage, REN_VIEW_HEAD);
  RenRect ignored;
  assert_true(ren_frame_find(stage.frame, (RenId){REN_ID_QUERY, 3, 0, 0}, &ignored));
  assert_false(ren_frame_find(stage.frame, (RenId){REN_ID_QUERY, 4, 0, 0}, &ignored));
  stage.state.scroll_y[REN_VIEW_HEAD] = height - 130;
  stage_draw(&stage, REN_VIEW_HEAD);
  stage_find(&stage, REN_ID_KEY, 7, 0, 0);
  assert_false(ren_frame_find(stage.frame, (RenId){REN_ID_QUERY, 3, 0, 0}, &ignored));
  assert_true(stage_nth(&stage, REN_ATTENTION, 0)->attention.planes[0].origin.y < 0);
  stage_close(&stage);
}

static void looks_right_at_every_width(void **unused) {
  (void)unused;
  const float widths[] = {200, 400, 408, 640, 1280, 1920};
  for (int i = 0; i < 6; i++) {
    Stage stage = stage_open("pair", widths[i], 400);
    stage_draw(&stage, REN_VIEW_HEAD);
    RenRect query = stage_find(&stage, REN_ID_QUERY, 0, 0, 0), key = stage_find(&stage, REN_ID_KEY, 0, 0, 0);
    assert_true(stage_inside(query, stage.area) && stage_inside(key, stage.area));
    assert_true(query.h == 24 && query.w >= 56 && key.x - query.x - query.w >= 32);
    float left = query.x, right = widths[i] - key.x - key.w;
    assert_true(fabsf(left - right) <= 1); /* in the middle */
    stage_close(&stage);
  }
}

static void sides_may_differ_in_length(void **unused) {
  (void)unused;
  Stage stage = stage_open("pair", 640, 400);
  stage.state.block = eng_source_find_block(stage.source, "ab");
  stage_hover(&stage, REN_ID_QUERY, 3, 0, 0);
  stage_draw(&stage, REN_VIEW_HEAD);
  RenRect ignored;
  assert_true(ren_frame_find(stage.frame, (RenId){REN_ID_KEY, 3, 0, 0}, &ignored));
  assert_false(ren_frame_find(stage.frame, (RenId){REN_ID_KEY, 4, 0, 0}, &ignored));
  stage_close(&stage);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(draws_all_lines_at_rest),
      cmocka_unit_test(draws_one_query),
      cmocka_unit_test(draws_picked_heads_of_several_layers),
      cmocka_unit_test(rests_at_the_square_root_of_the_heads),
      cmocka_unit_test(strips_show_plain_weights),
      cmocka_unit_test(threshold_and_hidden_sinks_clear_strips),
      cmocka_unit_test(scrolls_and_draws_only_what_shows),
      cmocka_unit_test(looks_right_at_every_width),
      cmocka_unit_test(sides_may_differ_in_length),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
