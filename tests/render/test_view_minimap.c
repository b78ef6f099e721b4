/* The minimap: which views have it and when, where the mouse on it goes, what it shows; and what keys receive. */
#include "render/view_fixture.h"

#include "render/received.h"
#include "render/view_head_layout.h"
#include "render/view_minimap.h"

enum { MOST = 64 };

/* Tokens of a fixture in an area where they do not all fit. */
static Stage stage_low(const char *file, RenViewKind view) {
  Stage stage = stage_open(file, 900, 150);
  stage.state.view = view;
  if (view == REN_VIEW_MATRIX) stage.state.zoom = 40;
  return stage;
}

static const EngBlock *block_of(const Stage *stage) { return ren_scene_block(&stage->state, stage->source); }

static bool place(const Stage *stage, RenMinimap *map) {
  return ren_minimap_place(&stage->state, block_of(stage), stage->area, map);
}

static void what_scrolls_has_one(void **unused) {
  (void)unused;
  for (int view = 0; view < REN_VIEW_COUNT; view++) {
    Stage stage = stage_low("causal", (RenViewKind)view);
    RenMinimap map;
    RenRect shown;
    assert_int_equal(place(&stage, &map), view != REN_VIEW_MODEL);
    stage_draw(&stage, (RenViewKind)view);
    assert_int_equal(ren_frame_find(stage.frame, (RenId){REN_ID_MINIMAP, 0, 0, 0}, &shown), view != REN_VIEW_MODEL);
    if (view != REN_VIEW_MODEL) assert_true(stage_inside(map.rect, stage.area));
    stage.area.h = 2000;
    stage.state.zoom = 1;
    assert_false(place(&stage, &map));
    stage_draw(&stage, (RenViewKind)view);
    assert_false(ren_frame_find(stage.frame, (RenId){REN_ID_MINIMAP, 0, 0, 0}, &shown));
    stage_close(&stage);
  }
}

/* Both columns stay clear of it however narrow the area. */
static void it_covers_no_token(void **unused) {
  (void)unused;
  for (float width = 240; width <= 1300; width += 53) {
    Stage stage = stage_low("causal", REN_VIEW_HEAD);
    RenMinimap map;
    stage.area.w = width;
    assert_true(place(&stage, &map));
    RenHeadLayout layout = ren_head_layout(&stage.state, block_of(&stage), stage.area);
    assert_true(layout.key_x + layout.cell <= map.rect.x);
    stage_close(&stage);
  }
}

/* After scrolling so far that place is in the middle, or as near to it as the ends allow. */
static void a_press_brings_the_place_to_the_middle(void **unused) {
  (void)unused;
  for (int view = REN_VIEW_HEAD; view < REN_VIEW_COUNT; view++) {
    Stage stage = stage_low("causal", (RenViewKind)view);
    RenMinimap map, after;
    assert_true(place(&stage, &map));
    RenPoint at = {map.rect.x + map.rect.w / 2, map.rect.y + map.rect.h / 2}, by = ren_minimap_scroll(&map, at);
    stage.state.scroll_x[view] += by.x;
    stage.state.scroll_y[view] += by.y;
    assert_true(place(&stage, &after));
    assert_true(fabsf(after.at.y + after.shown.y / 2 - map.all.y / 2) <= 2);
    assert_true(fabsf(after.at.x + after.shown.x / 2 - map.all.x / 2) <= 2);
    stage.state.scroll_y[view] += ren_minimap_scroll(&map, (RenPoint){at.x, map.rect.y - 500}).y;
    assert_true(place(&stage, &after) && after.at.y <= 0);
    stage_close(&stage);
  }
}

static float summed(const Stage *stage, RenPanel head, int column) {
  EngTensor weights = eng_source_pattern(stage->source, stage->state.block, head.layer, head.head);
  float sum = 0;
  for (int i = 0; i < (int)weights.shape[0]; i++) sum += ren_at2(&weights, i, column);
  return sum;
}

static void assert_mean(const Stage *stage, const float *sums, const RenPanel *heads, int n) {
  for (int j = 0; j < block_of(stage)->n_columns; j++) {
    float expected = 0;
    for (int k = 0; k < n; k++) expected += summed(stage, heads[k], j) / (float)n;
    assert_true(fabsf(sums[j] - expected) < 1e-4f);
  }
}

static void keys_receive_the_mean_of_the_heads_that_are_on(void **unused) {
  (void)unused;
  Stage stage = stage_open("pair", 900, 150);
  RenState *state = &stage.state;
  float sums[MOST];
  assert_in_range(block_of(&stage)->n_columns, 3, MOST);
  state->layer = 1, state->head = 2;
  for (int head = 0; head < 3; head++) ren_state_head_set(state, head, head < 2);
  assert_true(ren_received(state, stage.source, false, sums));
  assert_mean(&stage, sums, (RenPanel[]){{1, 0}, {1, 1}}, 2);
  assert_true(ren_received(state, stage.source, true, sums));
  assert_mean(&stage, sums, (RenPanel[]){{1, 2}}, 1);
  state->n_picks = 3;
  state->picks[0] = (RenPick){{0, 1}, false};
  state->picks[1] = (RenPick){{1, 0}, true};
  state->picks[2] = (RenPick){{1, 2}, false};
  assert_true(ren_received(state, stage.source, false, sums));
  assert_mean(&stage, sums, (RenPanel[]){{0, 1}, {1, 2}}, 2);
  state->sink_hidden = true;
  assert_true(ren_received(state, stage.source, true, sums));
  for (int j = 0; j < block_of(&stage)->n_columns; j++)
    assert_int_equal(isnan(sums[j]), eng_block_sink(block_of(&stage), j));
  stage_close(&stage);
}

/* Boxes of the minimap. */
static int boxes(Stage *stage) {
  RenMinimap map;
  int n = 0;
  assert_true(place(stage, &map));
  stage_draw(stage, stage->state.view);
  for (int i = 0; i < stage_count(stage, REN_RECT); i++)
    n += stage_inside(stage_nth(stage, REN_RECT, i)->rect, map.rect);
  return n;
}

/* A heat map of one column where the numbers are there, and a mark for each token that is singled out. */
static void it_marks_what_is_pinned_and_selected(void **unused) {
  (void)unused;
  for (int view = REN_VIEW_HEAD; view <= REN_VIEW_NEURON; view++) {
    Stage stage = stage_low("causal", (RenViewKind)view);
    float sums[MOST];
    int before = boxes(&stage);
    assert_int_equal(stage_count(&stage, REN_HEATMAP), 0);
    assert_true(ren_received(&stage.state, stage.source, false, sums));
    stage.state.received = sums;
    boxes(&stage);
    assert_int_equal(stage_count(&stage, REN_HEATMAP), 1);
    assert_int_equal(stage_nth(&stage, REN_HEATMAP, 0)->values.values.shape[1], 1);
    int last = block_of(&stage)->n_rows - 1;
    stage.state.pins = (RenPins){.n = 2, .at = {{REN_SIDE_KEY, last}, {REN_SIDE_QUERY, last}}};
    assert_int_equal(boxes(&stage), before + 2);
    stage_close(&stage);
  }
}

static void the_matrix_has_its_heads_in_the_corner(void **unused) {
  (void)unused;
  Stage stage = stage_low("pair", REN_VIEW_MATRIX);
  stage_draw(&stage, REN_VIEW_MATRIX);
  RenMinimap map;
  assert_true(place(&stage, &map));
  int inside = 0;
  for (int i = 0; i < stage_count(&stage, REN_HEATMAP); i++)
    inside += stage_inside(stage_nth(&stage, REN_HEATMAP, i)->rect, map.rect);
  assert_int_equal(inside, ren_state_slots_on(&stage.state, block_of(&stage)->n_heads));
  assert_false(stage_says(&stage, "q ↓ k →"));
  stage_close(&stage);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_scrolls_has_one),
      cmocka_unit_test(it_covers_no_token),
      cmocka_unit_test(a_press_brings_the_place_to_the_middle),
      cmocka_unit_test(keys_receive_the_mean_of_the_heads_that_are_on),
      cmocka_unit_test(it_marks_what_is_pinned_and_selected),
      cmocka_unit_test(the_matrix_has_its_heads_in_the_corner),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
