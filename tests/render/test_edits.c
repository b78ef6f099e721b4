/* The list of edits and what can be taken back of it, the brush, and how both are drawn. */
#include "render/view_fixture.h"

#include "render/edits.h"
#include "render/inspector.h"

static EngEdit weight(int query, int key, EngEditOp op, float value) {
  return (EngEdit){.at = ENG_ACT_PATTERN,
                   .layer = 1,
                   .head = 1,
                   .token = query,
                   .key = key,
                   .dim = ENG_ALL,
                   .op = op,
                   .value = value};
}

static EngEdit silent(int layer, int head) {
  return (EngEdit){.at = ENG_ACT_Z, .layer = layer, .head = head, .token = ENG_ALL, .key = ENG_ALL, .dim = ENG_ALL};
}

static void add(RenEdits *edits, EngEdit edit) { assert_true(ren_edits_add(edits, &edit, 1, NULL)); }

static int count(const RenEdits *edits) { return ren_edits_now(edits)->n; }

static void every_change_is_taken_back_and_put_back(void **unused) {
  (void)unused;
  RenEdits edits = {0};
  assert_false(ren_edits_undo(&edits) || ren_edits_redo(&edits));
  add(&edits, silent(0, 0));
  EngEdit two[] = {weight(2, 1, ENG_EDIT_SET, 0.5f), weight(2, 0, ENG_EDIT_ZERO, 0)};
  assert_true(ren_edits_add(&edits, two, 2, NULL));
  assert_int_equal(count(&edits), 3);
  assert_true(ren_edits_toggle(&edits, 0, NULL));
  assert_true(ren_edits_now(&edits)->at[0].off);
  assert_int_equal(ren_edits_count(ren_edits_now(&edits)), 2);
  assert_true(ren_edits_erase(&edits, two, 2, NULL));
  assert_true(ren_edits_remove(&edits, 0, NULL));
  assert_int_equal(count(&edits), 0);
  static const int before[] = {1, 3, 3, 1, 0};
  for (int i = 0; i < 5; i++) {
    assert_true(ren_edits_undo(&edits));
    assert_int_equal(count(&edits), before[i]);
  }
  assert_false(ren_edits_undo(&edits));
  assert_true(ren_edits_redo(&edits));
  add(&edits, silent(1, 0));
  assert_false(ren_edits_redo(&edits)); /* it was a new branch */
  assert_true(ren_edits_clear(&edits, NULL));
  assert_int_equal(count(&edits), 0);
  ren_edits_free(&edits);
  assert_false(ren_edits_undo(&edits) || ren_edits_redo(&edits));
}

static void an_edit_takes_the_place_of_one_at_its_place(void **unused) {
  (void)unused;
  RenEdits edits = {0};
  add(&edits, weight(2, 1, ENG_EDIT_SET, 0.5f));
  add(&edits, weight(2, ENG_ALL, ENG_EDIT_ZERO, 0));
  assert_true(ren_edits_toggle(&edits, 0, NULL));
  add(&edits, weight(2, 1, ENG_EDIT_SCALE, 2));
  assert_int_equal(count(&edits), 2);
  const RenEdit *first = &ren_edits_now(&edits)->at[0];
  assert_true(first->edit.op == ENG_EDIT_SCALE && !first->off);
  EngEdit other = weight(1, 1, ENG_EDIT_SET, 0.5f);
  assert_int_equal(ren_edits_find(ren_edits_now(&edits), &other), -1);
  ren_edits_free(&edits);
}

static void the_oldest_changes_are_forgotten(void **unused) {
  (void)unused;
  RenEdits edits = {0};
  for (int i = 0; i < 3 * REN_EDIT_STEPS; i++) add(&edits, silent(i, 0));
  int n = 0;
  while (ren_edits_undo(&edits)) n++;
  assert_int_equal(n, REN_EDIT_STEPS - 1);
  assert_int_equal(count(&edits), 2 * REN_EDIT_STEPS + 1);
  while (ren_edits_redo(&edits)) n--;
  assert_int_equal(n, 0);
  assert_int_equal(count(&edits), 3 * REN_EDIT_STEPS);
  ren_edits_free(&edits);
}

static void there_are_at_most_so_many(void **unused) {
  (void)unused;
  EngError err;
  RenEdits edits = {0};
  for (int i = 0; i < ENG_MAX_EDITS; i++) add(&edits, silent(i, 0));
  EngEdit more = silent(0, 1), same = silent(0, 0);
  assert_false(ren_edits_add(&edits, &more, 1, &err));
  assert_non_null(strstr(err.message, "at most 1024"));
  assert_true(ren_edits_add(&edits, &same, 1, &err));
  ren_edits_free(&edits);
}

static void a_brush_is_read_and_written(void **unused) {
  (void)unused;
  static const char *const good[] = {"zero", "mean", "scale 0.5", "scale -2", "set 0.9", "set 0"};
  static const char *const bad[] = {"",       "z",     "zero ",   "zero 1",  "scale",
                                    "scale ", "set x", "set 1 2", "set nan", "patch"};
  char text[REN_BRUSH_TEXT];
  RenBrush brush;
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
    assert_true(ren_brush_parse(good[i], &brush, NULL));
    ren_brush_print(brush, text);
    assert_string_equal(text, good[i]);
  }
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(ren_brush_parse(bad[i], &brush, NULL));
}

/* Two heads of "causal", one of them struck, a cell, a row, one that is off and one that waits. */
static void make(Stage *stage, RenEdits *edits) {
  add(edits, silent(1, 0));
  add(edits, weight(3, 1, ENG_EDIT_SET, 0.5f));
  add(edits, weight(4, ENG_ALL, ENG_EDIT_SCALE, 0.5f));
  add(edits, weight(2, 2, ENG_EDIT_ZERO, 0));
  assert_true(ren_edits_toggle(edits, 3, NULL));
  add(edits, weight(90, 1, ENG_EDIT_ZERO, 0));
  edits->steps[edits->now].at[4].waits = true;
  stage->state.edits = ren_edits_now(edits);
  stage->state.layer = 1;
  memset(stage->state.heads, 0, sizeof stage->state.heads);
  ren_state_head_set(&stage->state, 1, true);
  stage->state.head = 1;
}

static void draws_what_is_edited(void **unused) {
  (void)unused;
  RenEdits edits = {0};
  Stage stage = stage_open("causal", 408, 300);
  make(&stage, &edits);
  stage.state.editing = true;
  stage_hover(&stage, REN_ID_CELL, 2, 1, 0);
  stage_draw(&stage, REN_VIEW_MATRIX);
  stage_golden(&stage, "matrix_edits");
  stage_draw(&stage, REN_VIEW_MODEL);
  stage_golden(&stage, "model_edits");
  stage_close(&stage);
  ren_edits_free(&edits);
}

static void lists_them_in_the_inspector(void **unused) {
  (void)unused;
  RenEdits edits = {0};
  RenInspection inspection;
  Stage stage = stage_open("causal", REN_INSPECTOR_WIDTH, 400);
  make(&stage, &edits);
  stage.state.editing = true;
  stage.state.brush = (RenBrush){ENG_EDIT_SCALE, 0.5f};
  ren_frame_begin(stage.frame, stage.area.w, stage.area.h);
  RenInspectFrom from = {.state = &stage.state,
                         .source = stage.source,
                         .edits = &edits,
                         .focus = {REN_ID_EDIT, 1, 0, 0},
                         .failed = "none",
                         .frame = stage.frame};
  ren_inspect(&from, &inspection);
  stage.state.hover = (RenId){REN_ID_EDIT_REMOVE, 0, 0, 0};
  ren_inspection_draw(&inspection, &stage.state, stage.area, 0, stage.frame);
  stage_golden(&stage, "inspector_edits");
  char *text = ren_inspection_text(&inspection);
  static const char first[] = "Edits (3 of 5)\nhead 1.0 zero\ton\npattern 1.1 query 3 key 1 set 0.5\ton\n";
  assert_memory_equal(text, first, strlen(first));
  assert_non_null(strstr(text, "pattern 1.1 query 2 key 2 zero\toff\n"));
  assert_null(strstr(text, "Undo"));
  free(text);
  stage_close(&stage);
  ren_edits_free(&edits);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_change_is_taken_back_and_put_back),
      cmocka_unit_test(an_edit_takes_the_place_of_one_at_its_place),
      cmocka_unit_test(the_oldest_changes_are_forgotten),
      cmocka_unit_test(there_are_at_most_so_many),
      cmocka_unit_test(a_brush_is_read_and_written),
      cmocka_unit_test(draws_what_is_edited),
      cmocka_unit_test(lists_them_in_the_inspector),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
