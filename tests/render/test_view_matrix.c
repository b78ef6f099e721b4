/* The matrix view: golden lists, and that every point of it is the cell that it says. */
#include "render/view_fixture.h"

#include "render/view_matrix_layout.h"

static void only_head(Stage *stage, int head) {
  memset(stage->state.heads, 0, sizeof stage->state.heads);
  ren_state_head_set(&stage->state, head, true);
  stage->state.head = head;
}

static Stage stage_one_head(const char *file, float width, float height) {
  Stage stage = stage_open(file, width, height);
  only_head(&stage, 1);
  return stage;
}

static const RenValuesShape *weights_of(const Stage *stage, int n) {
  const RenCommand *command = stage_nth(stage, REN_HEATMAP, n);
  return command == NULL ? NULL : &command->values;
}

static bool shows(const Stage *stage, RenIdKind kind, int a, int b, int c) {
  RenRect ignored;
  return ren_frame_find(stage->frame, (RenId){kind, a, b, c}, &ignored);
}

static void draws_a_head_as_cells(void **unused) {
  (void)unused;
  Stage stage = stage_one_head("causal", 408, 300);
  stage_draw(&stage, REN_VIEW_MATRIX);
  stage_golden(&stage, "matrix");
  stage_close(&stage);
}

static void draws_heads_side_by_side(void **unused) {
  (void)unused;
  Stage stage = stage_open("pair", 640, 300);
  stage.area.x = 32, stage.area.y = 80;
  stage.state.theme = ren_theme_find("light");
  stage.state.layer = 1, stage.state.token = 2, stage.state.sink_hidden = true, stage.state.threshold = 0.1f;
  stage_hover(&stage, REN_ID_HEAD_CELL, 1, 3, 2);
  stage_draw(&stage, REN_VIEW_MATRIX);
  stage_golden(&stage, "matrix_heads");
  stage_close(&stage);
}

static void rows_are_queries_and_columns_are_keys(void **unused) {
  (void)unused;
  Stage stage = stage_one_head("causal", 640, 400);
  stage.state.layer = 1;
  stage_draw(&stage, REN_VIEW_MATRIX);
  EngTensor expected = eng_source_pattern(stage.source, 0, 1, 1);
  const RenValuesShape *shape = weights_of(&stage, 0);
  assert_null(weights_of(&stage, 1));
  assert_ptr_equal(shape->values.data, expected.data);
  assert_memory_equal(shape->values.stride, expected.stride, 2 * sizeof expected.stride[0]);
  assert_int_equal(shape->ramp, REN_RAMP_SQRT);
  RenRect first = stage_find(&stage, REN_ID_CELL, 0, 0, 0), cell = stage_find(&stage, REN_ID_CELL, 4, 2, 0);
  assert_true(cell.w == first.w && cell.h == first.h && first.w == first.h);
  assert_true(cell.x == first.x + 2 * first.w && cell.y == first.y + 4 * first.h);
  RenRect query = stage_find(&stage, REN_ID_QUERY, 4, 0, 0), key = stage_find(&stage, REN_ID_KEY, 2, 0, 0);
  assert_true(query.y == cell.y && query.h == cell.h && query.x + query.w <= first.x);
  assert_true(key.x == cell.x && key.w == cell.w && key.y + key.h <= first.y);
  stage_close(&stage);
}

static void every_point_of_the_cells_is_its_cell(void **unused) {
  (void)unused;
  Stage stage = stage_one_head("pair", 333, 250);
  stage.area.x = 7, stage.area.y = 3;
  stage_draw(&stage, REN_VIEW_MATRIX);
  const EngBlock *block = eng_source_block(stage.source, 0);
  for (int i = 0; i < block->n_rows; i++)
    for (int j = 0; j < block->n_columns; j++) {
      RenRect cell = stage_find(&stage, REN_ID_CELL, i, j, 0);
      RenId id = ren_frame_hit(stage.frame, (RenPoint){cell.x + cell.w / 2, cell.y + cell.h / 2});
      assert_true(ren_id_equal(id, (RenId){REN_ID_CELL, i, j, 0}));
    }
  assert_false(shows(&stage, REN_ID_CELL, block->n_rows, 0, 0));
  assert_false(shows(&stage, REN_ID_CELL, 0, block->n_columns, 0));
  stage_close(&stage);
}

static void filters_show_their_part(void **unused) {
  (void)unused;
  const char *const filters[] = {"aa", "ab", "ba", "bb"};
  Stage stage = stage_one_head("pair", 640, 400);
  for (int f = 0; f < 4; f++) {
    int index = stage.state.block = eng_source_find_block(stage.source, filters[f]);
    const EngBlock *block = eng_source_block(stage.source, index);
    stage_draw(&stage, REN_VIEW_MATRIX);
    EngTensor expected = eng_source_pattern(stage.source, index, 0, 1);
    const RenValuesShape *shape = weights_of(&stage, 0);
    assert_ptr_equal(shape->values.data, expected.data);
    assert_int_equal(shape->values.shape[0], block->n_rows);
    assert_int_equal(shape->values.shape[1], block->n_columns);
    assert_true(shows(&stage, REN_ID_CELL, block->n_rows - 1, block->n_columns - 1, 0));
    assert_false(shows(&stage, REN_ID_QUERY, block->n_rows, 0, 0));
    assert_false(shows(&stage, REN_ID_KEY, block->n_columns, 0, 0));
  }
  stage_close(&stage);
}

static void what_is_left_out_is_not_drawn(void **unused) {
  (void)unused;
  Stage stage = stage_one_head("pair", 640, 400);
  stage.state.threshold = 0.25f, stage.state.sink_hidden = true, stage.state.ramp = REN_RAMP_LINEAR;
  stage_draw(&stage, REN_VIEW_MATRIX);
  const RenValuesShape *shape = weights_of(&stage, 0);
  assert_true(shape->threshold == 0.25f && shape->ramp == REN_RAMP_LINEAR);
  const EngBlock *block = eng_source_block(stage.source, 0);
  int hidden = 0;
  for (int j = 0; j < block->n_columns; j++) {
    assert_int_equal(shape->skip[j], eng_block_sink(block, j));
    hidden += shape->skip[j];
  }
  assert_int_equal(hidden, 2);
  stage_close(&stage);
}

static void active_heads_are_side_by_side(void **unused) {
  (void)unused;
  Stage stage = stage_open("pair", 900, 300);
  ren_state_head_set(&stage.state, 1, false);
  stage.state.head = 2;
  stage_draw(&stage, REN_VIEW_MATRIX);
  for (int n = 0, head = 0; head < 3; head += 2, n++)
    assert_ptr_equal(weights_of(&stage, n)->values.data, eng_source_pattern(stage.source, 0, 0, head).data);
  assert_null(weights_of(&stage, 2));
  RenRect left = stage_find(&stage, REN_ID_HEAD_CELL, 3, 1, 0),
          right = stage_find(&stage, REN_ID_HEAD_CELL, 3, 1, 2);
  RenRect selected = stage_find(&stage, REN_ID_CELL, 3, 1, 0);
  assert_memory_equal(&selected, &right, sizeof right);
  assert_true(left.y == right.y && left.x < right.x && left.w == right.w);
  assert_false(shows(&stage, REN_ID_HEAD_CELL, 3, 1, 1));
  assert_true(stage_says(&stage, "0.0") && stage_says(&stage, "0.2") && !stage_says(&stage, "0.1"));
  RenId hit = ren_frame_hit(stage.frame, (RenPoint){left.x + 1, left.y + 1});
  assert_true(ren_id_equal(hit, (RenId){REN_ID_HEAD_CELL, 3, 1, 0}));
  stage_close(&stage);
}

/* Commands that only a hovered or selected token adds: how many boxes span the row of `token` in one head. */
static int boxes_at(const Stage *stage, RenRect row) {
  int n = 0;
  const RenCommand *command;
  for (int i = 0; (command = stage_nth(stage, REN_RECT, i)) != NULL; i++)
    n += fabsf(command->rect.y - row.y) <= 1.01f && fabsf(command->rect.h - row.h) <= 2.01f &&
         command->rect.w >= row.w - 2;
  return n;
}

static void a_hovered_cell_lights_its_row_and_column(void **unused) {
  (void)unused;
  Stage stage = stage_one_head("causal", 640, 400);
  stage_draw(&stage, REN_VIEW_MATRIX);
  int before = stage_count(&stage, REN_RECT);
  RenRect row = stage_find(&stage, REN_ID_CELL, 3, 0, 0);
  row.w *= 5;
  assert_int_equal(boxes_at(&stage, row), 0);
  stage_hover(&stage, REN_ID_CELL, 3, 1, 0);
  assert_int_equal(stage.state.hover_side, REN_SIDE_QUERY);
  assert_int_equal(stage.state.hover_token, 3);
  stage_draw(&stage, REN_VIEW_MATRIX);
  assert_int_equal(boxes_at(&stage, row), 1);
  assert_int_equal(stage_count(&stage, REN_RECT), before + 5); /* two bands, two labels, the cell's outline */
  stage_hover(&stage, REN_ID_KEY, 1, 0, 0);
  stage_draw(&stage, REN_VIEW_MATRIX);
  assert_int_equal(stage_count(&stage, REN_RECT), before + 2);
  stage_hover(&stage, REN_ID_NONE, 0, 0, 0);
  stage.state.token = 3;
  stage_draw(&stage, REN_VIEW_MATRIX);
  assert_int_equal(boxes_at(&stage, row), 1);
  assert_int_equal(stage_count(&stage, REN_RECT), before + 1);
  stage_close(&stage);
}

/* A hover that an older source left must not be read. */
static void stale_tokens_do_no_harm(void **unused) {
  (void)unused;
  Stage stage = stage_one_head("causal", 640, 400);
  stage.state.token = 99;
  const RenId ids[] = {{REN_ID_CELL, 99, 99, 0}, {REN_ID_HEAD_CELL, 1, 99, 99}, {REN_ID_KEY, 99, 0, 0}};
  for (int i = 0; i < 3; i++) {
    ren_state_hover(&stage.state, ids[i]);
    stage_draw(&stage, REN_VIEW_MATRIX);
    assert_null(ren_view_tooltip(&stage.state, stage.source, stage.frame));
  }
  stage_close(&stage);
}

static void a_cell_says_its_weight(void **unused) {
  (void)unused;
  Stage stage = stage_open("causal", 640, 400);
  stage.state.layer = 1;
  stage.state.sink_hidden = true; /* what is not drawn still has its number */
  stage_draw(&stage, REN_VIEW_MATRIX);
  for (int head = 0; head < 3; head++) {
    EngTensor w = eng_source_pattern(stage.source, 0, 1, head);
    char expected[128];
    snprintf(expected, sizeof expected, "1.%d  q4 \"·She\" → k0 \"The\"  %.4f", head,
             (double)w.data[4 * w.stride[0]]);
    stage_hover(&stage, REN_ID_HEAD_CELL, 4, 0, head);
    assert_string_equal(ren_view_tooltip(&stage.state, stage.source, stage.frame), expected);
    stage.state.head = head;
    stage_hover(&stage, REN_ID_CELL, 4, 0, 0);
    assert_string_equal(ren_view_tooltip(&stage.state, stage.source, stage.frame), expected);
  }
  stage_close(&stage);
}

static void looks_right_at_every_size(void **unused) {
  (void)unused;
  const float sizes[][2] = {{200, 150}, {400, 900}, {640, 296}, {1280, 696}, {1920, 300}};
  for (int i = 0; i < 5; i++)
    for (int heads = 0; heads < 2; heads++) {
      Stage stage = stage_open("pair", sizes[i][0], sizes[i][1]);
      if (!heads) only_head(&stage, 1);
      const EngBlock *block = eng_source_block(stage.source, 0);
      if (heads) stage.state.scroll_x[REN_VIEW_MATRIX] = stage.state.scroll_y[REN_VIEW_MATRIX] = 1e6f;
      stage_draw(&stage, REN_VIEW_MATRIX);
      RenRect last = stage_find(&stage, REN_ID_HEAD_CELL, block->n_rows - 1, block->n_columns - 1, heads ? 2 : 1);
      assert_true(stage_inside(last, stage.area) && last.w > 3 && last.w <= REN_MATRIX_PITCH);
      stage_close(&stage);
    }
}

static RenRect zoom(Stage *stage, float factor, RenPoint at) {
  stage->state.view = REN_VIEW_MATRIX;
  ren_matrix_zoom(&stage->state, eng_source_block(stage->source, stage->state.block), stage->area, factor, at);
  stage_draw(stage, REN_VIEW_MATRIX);
  return stage_find(stage, REN_ID_HEAD_CELL, 6, 5, 2);
}

static void zooming_keeps_what_is_at_the_point(void **unused) {
  (void)unused;
  Stage stage = stage_open("pair", 500, 300);
  stage_draw(&stage, REN_VIEW_MATRIX);
  RenRect cell = stage_find(&stage, REN_ID_HEAD_CELL, 6, 5, 2), before = cell;
  RenPoint at = {cell.x + cell.w / 4, cell.y + cell.h / 2};
  cell = zoom(&stage, 2, at); /* what fits is in the middle: only what scrolls can stay */
  at = (RenPoint){cell.x + cell.w / 4, cell.y + cell.h / 2};
  for (int i = 0; i < 3; i++) {
    RenRect larger = zoom(&stage, 1.25f, at);
    assert_true(larger.w > cell.w);
    assert_true(fabsf(larger.x + larger.w / 4 - at.x) <= 1 && fabsf(larger.y + larger.h / 2 - at.y) <= 1);
    cell = larger;
  }
  for (int i = 0; i < 40; i++) cell = zoom(&stage, 1.25f, at);
  assert_true(cell.w <= REN_MATRIX_LARGEST);
  zoom(&stage, 0.8f, at);
  assert_true(stage_find(&stage, REN_ID_HEAD_CELL, 6, 5, 2).w < cell.w); /* no way back through nothing */
  for (int i = 0; i < 40; i++) cell = zoom(&stage, 0.8f, at);
  assert_memory_equal(&cell, &before, sizeof cell);
  assert_true(stage.state.zoom == 1 && stage.state.scroll_x[REN_VIEW_MATRIX] == 0);
  stage_close(&stage);
}

static void axes_stay_while_cells_scroll(void **unused) {
  (void)unused;
  Stage stage = stage_open("pair", 400, 300);
  only_head(&stage, 2);
  RenRect cell = zoom(&stage, 3, (RenPoint){390, 290});
  float left = cell.x, top = cell.y;
  stage.state.scroll_x[REN_VIEW_MATRIX] -= 9, stage.state.scroll_y[REN_VIEW_MATRIX] -= 5;
  stage_draw(&stage, REN_VIEW_MATRIX);
  cell = stage_find(&stage, REN_ID_CELL, 6, 5, 0);
  RenRect query = stage_find(&stage, REN_ID_QUERY, 6, 0, 0), key = stage_find(&stage, REN_ID_KEY, 5, 0, 0);
  assert_true(cell.x == left + 9 && cell.y == top + 5);
  assert_true(query.x == 0 && query.y == cell.y && key.y == 0 && key.x == cell.x);
  assert_false(shows(&stage, REN_ID_CELL, 0, 0, 0)); /* under the axes */
  stage.state.scroll_x[REN_VIEW_MATRIX] = stage.state.scroll_y[REN_VIEW_MATRIX] = 1e6f;
  stage_draw(&stage, REN_VIEW_MATRIX);
  assert_true(shows(&stage, REN_ID_CELL, 7, 7, 0));
  stage_close(&stage);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(draws_a_head_as_cells),
      cmocka_unit_test(draws_heads_side_by_side),
      cmocka_unit_test(rows_are_queries_and_columns_are_keys),
      cmocka_unit_test(every_point_of_the_cells_is_its_cell),
      cmocka_unit_test(filters_show_their_part),
      cmocka_unit_test(what_is_left_out_is_not_drawn),
      cmocka_unit_test(active_heads_are_side_by_side),
      cmocka_unit_test(a_hovered_cell_lights_its_row_and_column),
      cmocka_unit_test(stale_tokens_do_no_harm),
      cmocka_unit_test(a_cell_says_its_weight),
      cmocka_unit_test(looks_right_at_every_size),
      cmocka_unit_test(zooming_keeps_what_is_at_the_point),
      cmocka_unit_test(axes_stay_while_cells_scroll),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
