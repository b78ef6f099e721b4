/* What takes its time says so after 200 ms: in the status line, with a bar where its share is known, and a button.
 */
#include "windows.h"

static void on_cancel(void *context) { ++*(int *)context; }

static RenUi *open_ui(int *cancels) {
  return window_new((RenUiOptions){
      .width = 700, .height = 500, .chrome = true, .host = {.context = cancels, .cancel = on_cancel}});
}

static bool is_dirty(RenUi *ui) {
  assert_non_null(ren_ui_pixels(ui, NULL));
  return ren_ui_dirty(ui);
}

static void it_waits_for_200_ms(void **unused) {
  int cancels = 0;
  RenRect bar, button;
  (void)unused;
  RenUi *ui = open_ui(&cancels);
  assert_true(ren_ui_next(ui) < 0);
  ren_ui_set_busy(ui, true);
  ren_ui_set_progress(ui, "layer 2 of 4", 0.25f);
  assert_true(ren_ui_next(ui) > 0.19f && ren_ui_next(ui) < 0.21f);
  assert_false(is_dirty(ui));
  assert_false(ren_ui_step(ui, 0.15f));
  assert_false(window_finds(ui, "cancel", &button) || window_says(ui, "layer 2 of 4"));
  assert_true(ren_ui_step(ui, 0.1f));
  assert_true(ren_ui_next(ui) < 0);
  assert_true(window_finds(ui, "cancel", &button) && window_finds(ui, "progress", &bar) &&
              window_says(ui, "layer 2 of 4"));
  assert_false(is_dirty(ui));
  ren_ui_set_progress(ui, "layer 2 of 4", 0.25f);
  assert_false(ren_ui_dirty(ui));
  ren_ui_set_progress(ui, "layer 3 of 4", 0.5f);
  assert_true(ren_ui_dirty(ui) && window_says(ui, "layer 3 of 4"));
  ren_ui_set_busy(ui, false);
  assert_false(window_finds(ui, "cancel", &button) || window_says(ui, "layer"));
  ren_ui_free(ui);
}

static void without_a_share_there_is_no_bar(void **unused) {
  int cancels = 0;
  RenRect rect;
  (void)unused;
  RenUi *ui = open_ui(&cancels);
  ren_ui_set_busy(ui, true);
  ren_ui_set_progress(ui, "opening novella", -1);
  ren_ui_step(ui, 1);
  assert_true(window_says(ui, "opening novella") && window_finds(ui, "cancel", &rect) &&
              !window_finds(ui, "progress", &rect));
  ren_ui_free(ui);
}

static void the_button_and_escape_cancel(void **unused) {
  int cancels = 0;
  RenRect rect;
  (void)unused;
  RenUi *ui = open_ui(&cancels);
  ren_ui_set_busy(ui, true);
  ren_ui_step(ui, 1);
  assert_true(window_finds(ui, "cancel", &rect));
  RenEvent press = {.kind = REN_EVENT_PRESS, .at = {rect.x + 3, rect.y + 3}, .button = 1, .clicks = 1};
  ren_ui_event(ui, &press);
  assert_int_equal(cancels, 1);
  RenEvent escape = {.kind = REN_EVENT_KEY, .text = "escape"};
  ren_ui_event(ui, &escape);
  assert_int_equal(cancels, 2);
  ren_ui_free(ui);
}

static void what_a_frame_cost_makes_no_frame(void **unused) {
  int cancels = 0;
  (void)unused;
  RenUi *ui = open_ui(&cancels);
  assert_true(ren_command_run(ui, "overlay.toggle", NULL, 0, NULL));
  assert_true(window_says(ui, "–"));
  assert_false(is_dirty(ui));
  ren_ui_timed(ui, 0.00125f);
  assert_false(ren_ui_dirty(ui));
  assert_true(ren_command_run(ui, "theme.toggle", NULL, 0, NULL));
  assert_true(window_says(ui, "1.25 ms, median 1.25, p95 1.25"));
  ren_ui_free(ui);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(it_waits_for_200_ms), cmocka_unit_test(without_a_share_there_is_no_bar),
      cmocka_unit_test(the_button_and_escape_cancel), cmocka_unit_test(what_a_frame_cost_makes_no_frame)};
  return cmocka_run_group_tests_name("render.progress", tests, NULL, NULL);
}
