/* The larger picture of the thumbnail under the mouse: where it stands, what is in it, when it is left out. */
#include "view_fixture.h"

static const char tip[] = "1.2  token 0 takes 12 %";

static bool preview(Stage *stage, int layer, int head) {
  stage_hover(stage, REN_ID_THUMB, layer, head, 0);
  stage_draw(stage, REN_VIEW_MODEL);
  return ren_view_preview(&stage->state, stage->source, NULL, stage->area, tip, stage->frame);
}

static RenRect preview_rect(const Stage *stage) { return stage_find(stage, REN_ID_PREVIEW, 0, 0, 0); }

/* Beside every thumbnail, whatever edge is near, and the mouse finds the thumbnails as if it were not there. */
static void it_stands_beside_its_thumbnail(void **unused) {
  (void)unused;
  const float sizes[][2] = {{1280, 696}, {900, 296}, {700, 500}};
  for (int s = 0; s < 3; s++) {
    Stage stage = stage_open("pair", sizes[s][0], sizes[s][1]);
    stage.area.x = 30, stage.area.y = 20;
    for (int i = 0; i < 6; i++) {
      assert_true(preview(&stage, i / 3, i % 3));
      RenRect thumb = stage_find(&stage, REN_ID_THUMB, i / 3, i % 3, 0), rect = preview_rect(&stage);
      assert_true(stage_inside(rect, stage.area));
      assert_true(ren_rect_empty(ren_rect_intersect(rect, thumb)));
      RenId under = ren_frame_hit(stage.frame, (RenPoint){rect.x + rect.w / 2, rect.y + rect.h / 2});
      assert_true(under.kind != REN_ID_PREVIEW);
    }
    stage_close(&stage);
  }
}

/* The head's lines with its tokens in its layer's colour, and the tip as the last word. */
static void it_has_the_lines_and_few_tokens(void **unused) {
  (void)unused;
  Stage stage = stage_open("pair", 1280, 696);
  assert_true(preview(&stage, 1, 2));
  RenRect rect = preview_rect(&stage);
  const RenCommand *lines = stage_nth(&stage, REN_ATTENTION, 1);
  assert_non_null(lines);
  assert_true(stage_inside(lines->rect, rect));
  assert_int_equal(lines->attention.n_planes, 1);
  assert_ptr_equal(lines->attention.planes[0].weights.data,
                   stage_nth(&stage, REN_ATTENTION, 0)->attention.planes[5].weights.data);
  RenColor color = ren_theme_layer_color(1);
  assert_memory_equal(&lines->attention.planes[0].color, &color, sizeof color);
  int n = stage_count(&stage, REN_TEXT), named = 0;
  for (int i = 0; i < n; i++) named += stage_inside(stage_nth(&stage, REN_TEXT, i)->rect, rect);
  assert_int_equal(named, 2 * 8 + 1);
  assert_string_equal(stage_nth(&stage, REN_TEXT, n - 1)->text.text, tip);
  stage_close(&stage);
}

static void it_has_the_heat_map_where_thumbnails_have(void **unused) {
  (void)unused;
  Stage stage = stage_open("causal", 1280, 696);
  stage.state.thumbs = REN_THUMBS_HEAT;
  assert_true(preview(&stage, 0, 1));
  assert_int_equal(stage_count(&stage, REN_HEATMAP), 6 + 1);
  const RenCommand *map = stage_nth(&stage, REN_HEATMAP, 6);
  assert_true(stage_inside(map->rect, preview_rect(&stage)) && map->values.pooled);
  assert_ptr_equal(map->values.values.data, stage_nth(&stage, REN_HEATMAP, 1)->values.values.data);
  stage_close(&stage);
}

static void open_panels_say_more(void **unused) {
  (void)unused;
  Stage stage = stage_open("pair", 1280, 696);
  stage.state.panel_open = true, stage.state.panel = (RenPanel){1, 1};
  assert_false(preview(&stage, 1, 1));
  assert_true(preview(&stage, 1, 2));
  stage.state.n_pinned_panels = 1, stage.state.pinned_panels[0].panel = (RenPanel){0, 2};
  assert_false(preview(&stage, 0, 2));
  assert_true(preview(&stage, 0, 1));
  stage_close(&stage);
}

/* Where it would have to cover its thumbnail, or the area is smaller than it, and without a head or a tip. */
static void without_room_there_is_none(void **unused) {
  (void)unused;
  const float sizes[][2] = {{400, 296}, {150, 696}, {900, 120}, {20, 20}};
  for (int s = 0; s < 4; s++) {
    Stage stage = stage_open("pair", sizes[s][0], sizes[s][1]);
    assert_false(preview(&stage, 0, 1));
    stage_close(&stage);
  }
  Stage stage = stage_open("pair", 1280, 696);
  assert_false(preview(&stage, 2, 0));
  assert_false(preview(&stage, 0, 3));
  assert_true(preview(&stage, 1, 0));
  assert_false(ren_view_preview(&stage.state, stage.source, NULL, stage.area, NULL, stage.frame));
  assert_false(ren_view_preview(&stage.state, NULL, NULL, stage.area, tip, stage.frame));
  stage_hover(&stage, REN_ID_QUERY, 1, 0, 0);
  assert_false(ren_view_preview(&stage.state, stage.source, NULL, stage.area, tip, stage.frame));
  stage_close(&stage);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(it_stands_beside_its_thumbnail),
      cmocka_unit_test(it_has_the_lines_and_few_tokens),
      cmocka_unit_test(it_has_the_heat_map_where_thumbnails_have),
      cmocka_unit_test(open_panels_say_more),
      cmocka_unit_test(without_room_there_is_none),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
