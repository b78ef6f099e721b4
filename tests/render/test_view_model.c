/* The model view: golden lists of its grid and its panel, and where the panel finds room. */
#include "render/view_fixture.h"

static void draws_the_grid(void **unused) {
  (void)unused;
  Stage stage = stage_open("pair", 480, 320);
  stage.area = (RenRect){10, 20, 480, 320};
  stage.state.layer = 1, stage.state.head = 2;
  ren_state_head_set(&stage.state, 0, false);
  stage_hover(&stage, REN_ID_THUMB, 0, 1, 0);
  stage_draw(&stage, REN_VIEW_MODEL);
  stage_golden(&stage, "model");
  stage_close(&stage);
}

static void draws_the_panel(void **unused) {
  (void)unused;
  Stage stage = stage_open("causal", 640, 400);
  stage.state.theme = ren_theme_find("light");
  stage.state.panel_open = true, stage.state.panel = (RenPanel){1, 0};
  stage_hover(&stage, REN_ID_PANEL_QUERY, 1, 0, 3);
  stage_draw(&stage, REN_VIEW_MODEL);
  stage_golden(&stage, "model_panel");
  stage_close(&stage);
}

static void without_a_source_it_says_what_to_do(void **unused) {
  (void)unused;
  Stage stage = stage_open(NULL, 300, 200);
  for (int view = 0; view < REN_VIEW_COUNT; view++) {
    stage_draw(&stage, (RenViewKind)view);
    assert_true(stage_says(&stage, "Type a sentence and press Enter, or choose an example."));
  }
  stage_close(&stage);
}

static void all_lines_are_one_command(void **unused) {
  (void)unused;
  Stage stage = stage_open("causal", 640, 400);
  stage.state.threshold = 0.25f;
  stage_draw(&stage, REN_VIEW_MODEL);
  assert_int_equal(stage_count(&stage, REN_ATTENTION), 1);
  const RenAttentionShape *shape = &stage_nth(&stage, REN_ATTENTION, 0)->attention;
  assert_int_equal(shape->n_planes, 2 * 3);
  assert_true(shape->binned && shape->threshold == 0.25f && shape->only_row == -1 && shape->skip == NULL);
  for (int i = 0; i < 6; i++) {
    assert_true(shape->planes[i].gain == 1);
    RenColor color = ren_theme_layer_color(i / 3);
    assert_memory_equal(&shape->planes[i].color, &color, sizeof color);
  }
  stage_close(&stage);
}

/* A heat map a head, in the layer's colour, and no line. */
static void thumbnails_can_be_heat_maps(void **unused) {
  (void)unused;
  Stage stage = stage_open("causal", 640, 400);
  stage.state.thumbs = REN_THUMBS_HEAT;
  stage.state.threshold = 0.25f;
  stage_draw(&stage, REN_VIEW_MODEL);
  assert_int_equal(stage_count(&stage, REN_ATTENTION), 0);
  assert_int_equal(stage_count(&stage, REN_HEATMAP), 2 * 3);
  for (int i = 0; i < 6; i++) {
    const RenValuesShape *shape = &stage_nth(&stage, REN_HEATMAP, i)->values;
    RenColor color = ren_theme_layer_color(i / 3);
    assert_memory_equal(&shape->positive, &color, sizeof color);
    assert_true(shape->pooled && shape->threshold == 0.25f && shape->version > 0);
  }
  stage_golden(&stage, "model_heat");
  stage_close(&stage);
}

static void fits_every_area(void **unused) {
  (void)unused;
  const float sizes[][2] = {{400, 300}, {640, 296}, {1280, 696}, {1920, 896}, {90, 60}};
  for (int s = 0; s < 5; s++) {
    Stage stage = stage_open("pair", sizes[s][0], sizes[s][1]);
    stage_draw(&stage, REN_VIEW_MODEL);
    float width, height;
    ren_view_extent(&ren_view_model, &stage.state, stage.source, stage.area, &width, &height);
    assert_true(width == stage.area.w && height == stage.area.h);
    RenRect before = {0};
    for (int i = 0; i < 6; i++) {
      RenRect rect = stage_find(&stage, REN_ID_THUMB, i / 3, i % 3, 0);
      assert_true(stage_inside(rect, stage.area));
      assert_true(ren_rect_empty(ren_rect_intersect(rect, before)));
      before = rect;
    }
    const RenCommand *lines = stage_nth(&stage, REN_ATTENTION, 0);
    assert_true(stage_inside(lines->rect, stage.area));
    stage_close(&stage);
  }
}

static bool has_outline(const Stage *stage, RenRect thumb) {
  for (int i = 0; stage_nth(stage, REN_RECT, i) != NULL; i++) {
    const RenCommand *command = stage_nth(stage, REN_RECT, i);
    if (command->box.stroke.a != 0 && stage_inside(command->rect, thumb)) return true;
  }
  return false;
}

static void active_heads_of_the_layer_are_outlined(void **unused) {
  (void)unused;
  Stage stage = stage_open("pair", 640, 400);
  stage.state.layer = 1, stage.state.head = 2;
  ren_state_head_set(&stage.state, 0, false);
  stage_draw(&stage, REN_VIEW_MODEL);
  for (int i = 0; i < 6; i++) {
    bool expected = i / 3 == 1 && i % 3 != 0;
    assert_int_equal(has_outline(&stage, stage_find(&stage, REN_ID_THUMB, i / 3, i % 3, 0)), expected);
  }
  stage_close(&stage);
}

/* The panel lies over the last fifth of its thumbnail, or to its left, and never leaves the area. */
static void the_panel_stays_inside(void **unused) {
  (void)unused;
  const float sizes[][2] = {{400, 120}, {640, 296}, {700, 500}, {1280, 696}};
  for (int s = 0; s < 4; s++) {
    Stage stage = stage_open("pair", sizes[s][0], sizes[s][1]);
    stage.state.panel_open = true;
    for (int i = 0; i < 6; i++) {
      stage.state.panel = (RenPanel){i / 3, i % 3};
      stage_draw(&stage, REN_VIEW_MODEL);
      RenRect panel = stage_find(&stage, REN_ID_PANEL, i / 3, i % 3, 0);
      assert_true(stage_inside(panel, stage.area));
      RenRect query = stage_find(&stage, REN_ID_PANEL_QUERY, i / 3, i % 3, 0);
      RenRect key = stage_find(&stage, REN_ID_PANEL_KEY, i / 3, i % 3, 0);
      assert_true(stage_inside(query, panel) && stage_inside(key, panel));
      assert_true(query.x + query.w < key.x);
    }
    stage_close(&stage);
  }
}

static void the_panel_flips_at_the_right_edge(void **unused) {
  (void)unused;
  Stage stage = stage_open("pair", 1000, 500);
  stage_draw(&stage, REN_VIEW_MODEL);
  RenRect thumb = stage_find(&stage, REN_ID_THUMB, 0, 0, 0), last = stage_find(&stage, REN_ID_THUMB, 0, 2, 0);
  stage.state.panel_open = true, stage.state.panel = (RenPanel){0, 0};
  stage_draw(&stage, REN_VIEW_MODEL);
  RenRect panel = stage_find(&stage, REN_ID_PANEL, 0, 0, 0);
  assert_true(fabsf(panel.x - (thumb.x + 0.8f * thumb.w + 3)) <= 1);
  assert_true(fabsf(panel.y - (thumb.y - 13)) <= 1);
  assert_true(panel.w == 300 && panel.h == 18 * 8 + 55);
  stage.state.panel.head = 2;
  stage_draw(&stage, REN_VIEW_MODEL);
  panel = stage_find(&stage, REN_ID_PANEL, 0, 2, 0);
  assert_true(panel.x + panel.w < last.x + 0.2f * last.w);
  RenRect shows = stage_find(&stage, REN_ID_THUMB, 0, 2, 0);
  assert_true(shows.x == panel.x + panel.w && shows.x + shows.w == last.x + last.w);
  stage_close(&stage);
}

static void a_high_panel_scrolls(void **unused) {
  (void)unused;
  Stage stage = stage_open("pair", 640, 150);
  stage.state.panel_open = true;
  float width, height;
  ren_view_extent(&ren_view_model, &stage.state, stage.source, stage.area, &width, &height);
  assert_true(height > stage.area.h);
  stage.state.scroll_y[REN_VIEW_MODEL] = 1e6f; /* the view brings it into range */
  stage_draw(&stage, REN_VIEW_MODEL);
  RenRect last = stage_find(&stage, REN_ID_PANEL_QUERY, 0, 0, 7), ignored;
  assert_true(last.h == 18);
  assert_false(ren_frame_find(stage.frame, (RenId){REN_ID_PANEL_QUERY, 0, 0, 0}, &ignored));
  stage_close(&stage);
}

static void a_panel_token_keeps_its_lines_only(void **unused) {
  (void)unused;
  Stage stage = stage_open("pair", 1000, 500);
  stage.state.panel_open = true;
  stage_hover(&stage, REN_ID_PANEL_QUERY, 0, 0, 3);
  stage_draw(&stage, REN_VIEW_MODEL);
  assert_int_equal(stage_nth(&stage, REN_ATTENTION, 1)->attention.only_row, 3);
  assert_int_equal(stage_nth(&stage, REN_ATTENTION, 0)->attention.only_row, -1); /* thumbnails keep theirs */
  stage_hover(&stage, REN_ID_PANEL_KEY, 0, 0, 2);
  stage_draw(&stage, REN_VIEW_MODEL);
  assert_int_equal(stage_nth(&stage, REN_ATTENTION, 1)->attention.only_row, -1);
  assert_int_equal(stage_nth(&stage, REN_ATTENTION, 1)->attention.only_column, 2);
  stage_close(&stage);
}

static void a_sentence_filter_shows_its_tokens(void **unused) {
  (void)unused;
  Stage stage = stage_open("pair", 1000, 500);
  stage.state.block = eng_source_find_block(stage.source, "ba");
  assert_true(stage.state.block > 0);
  stage.state.panel_open = true;
  stage_draw(&stage, REN_VIEW_MODEL);
  const EngBlock *block = eng_source_block(stage.source, stage.state.block);
  assert_int_equal(block->row_start, 4);
  assert_true(stage_says(&stage, "##er") && stage_says(&stage, "cat"));
  const EngTensor *weights = &stage_nth(&stage, REN_ATTENTION, 0)->attention.planes[0].weights;
  assert_int_equal(weights->shape[0], 4);
  assert_int_equal(weights->shape[1], 4);
  stage_close(&stage);
}

static void hidden_sinks_are_skipped(void **unused) {
  (void)unused;
  Stage stage = stage_open("pair", 640, 400);
  stage.state.sink_hidden = true;
  stage_draw(&stage, REN_VIEW_MODEL);
  const uint8_t separators[8] = {0, 0, 0, 1, 0, 0, 0, 1};
  assert_memory_equal(stage_nth(&stage, REN_ATTENTION, 0)->attention.skip, separators, 8);
  stage_close(&stage);
  stage = stage_open("causal", 640, 400);
  stage.state.sink_hidden = true;
  stage_draw(&stage, REN_VIEW_MODEL);
  const uint8_t first[5] = {1, 0, 0, 0, 0};
  assert_memory_equal(stage_nth(&stage, REN_ATTENTION, 0)->attention.skip, first, 5);
  stage_close(&stage);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(draws_the_grid),
      cmocka_unit_test(draws_the_panel),
      cmocka_unit_test(without_a_source_it_says_what_to_do),
      cmocka_unit_test(all_lines_are_one_command),
      cmocka_unit_test(thumbnails_can_be_heat_maps),
      cmocka_unit_test(fits_every_area),
      cmocka_unit_test(active_heads_of_the_layer_are_outlined),
      cmocka_unit_test(the_panel_stays_inside),
      cmocka_unit_test(the_panel_flips_at_the_right_edge),
      cmocka_unit_test(a_high_panel_scrolls),
      cmocka_unit_test(a_panel_token_keeps_its_lines_only),
      cmocka_unit_test(a_sentence_filter_shows_its_tokens),
      cmocka_unit_test(hidden_sinks_are_skipped),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
