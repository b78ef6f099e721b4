/* What takes its time says so after 200 ms: in the status line, with a bar where its share is known, and a button. */
#include "render/command.h"
#include "render/ui.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static void on_cancel(void *context) { ++*(int *)context; }

static RenUi *open_ui(int *cancels) {
  EngError err = {0};
  RenUiOptions options = {.fonts = HEADSCOPE_SOURCE "/fonts",
                          .width = 700,
                          .height = 500,
                          .scale = 1,
                          .theme = "dark",
                          .chrome = true,
                          .host = {.context = cancels, .cancel = on_cancel}};
  RenUi *ui = ren_ui_new(&options, &err);
  if (!ui) fail_msg("%s", err.message);
  return ui;
}

static bool find(RenUi *ui, const char *name, RenRect *out) {
  RenId id;
  assert_true(ren_id_parse(name, &id));
  return ren_frame_find(ren_ui_frame(ui), id, out);
}

static bool says(RenUi *ui, const char *text) {
  const RenFrame *frame = ren_ui_frame(ui);
  for (size_t i = 0; i < ren_frame_count(frame); i++) {
    const RenCommand *command = ren_frame_at(frame, i);
    if (command->kind == REN_TEXT && strstr(command->text.text, text)) return true;
  }
  return false;
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
  assert_false(find(ui, "cancel", &button) || says(ui, "layer 2 of 4"));
  assert_true(ren_ui_step(ui, 0.1f));
  assert_true(ren_ui_next(ui) < 0);
  assert_true(find(ui, "cancel", &button) && find(ui, "progress", &bar) && says(ui, "layer 2 of 4"));
  assert_false(is_dirty(ui));
  ren_ui_set_progress(ui, "layer 2 of 4", 0.25f);
  assert_false(ren_ui_dirty(ui));
  ren_ui_set_progress(ui, "layer 3 of 4", 0.5f);
  assert_true(ren_ui_dirty(ui) && says(ui, "layer 3 of 4"));
  ren_ui_set_busy(ui, false);
  assert_false(find(ui, "cancel", &button) || says(ui, "layer"));
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
  assert_true(says(ui, "opening novella") && find(ui, "cancel", &rect) && !find(ui, "progress", &rect));
  ren_ui_free(ui);
}

static void the_button_and_escape_cancel(void **unused) {
  int cancels = 0;
  RenRect rect;
  (void)unused;
  RenUi *ui = open_ui(&cancels);
  ren_ui_set_busy(ui, true);
  ren_ui_step(ui, 1);
  assert_true(find(ui, "cancel", &rect));
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
  assert_true(says(ui, "–"));
  assert_false(is_dirty(ui));
  ren_ui_timed(ui, 0.00125f);
  assert_false(ren_ui_dirty(ui));
  assert_true(ren_command_run(ui, "theme.toggle", NULL, 0, NULL));
  assert_true(says(ui, "1.25 ms, median 1.25, p95 1.25"));
  ren_ui_free(ui);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(it_waits_for_200_ms), cmocka_unit_test(without_a_share_there_is_no_bar),
      cmocka_unit_test(the_button_and_escape_cancel), cmocka_unit_test(what_a_frame_cost_makes_no_frame)};
  return cmocka_run_group_tests_name("render.progress", tests, NULL, NULL);
}
