/* What a console keeps: lines, bounded; tabs and control characters gone; a selection that stays with its text. */
#include "render/log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void say(RenLog *log, const char *text) { ren_log_add(log, REN_LOG_TEXT, text, strlen(text)); }

static void newlines_part_lines_and_tabs_go_to_columns(void **unused) {
  RenLog log = {0};
  (void)unused;
  say(&log, "a\tb\n\n\x01z");
  ren_log_add(&log, REN_LOG_ERROR, "é\tb", 4);
  assert_int_equal(log.n, 4);
  assert_string_equal(ren_log_at(&log, 0)->text, "a       b");
  assert_string_equal(ren_log_at(&log, 1)->text, "");
  assert_string_equal(ren_log_at(&log, 2)->text, " z");
  assert_string_equal(ren_log_at(&log, 3)->text, "é       b");
  assert_int_equal(ren_log_at(&log, 3)->kind, REN_LOG_ERROR);
  ren_log_free(&log);
}

static void the_oldest_lines_go(void **unused) {
  RenLog log = {0};
  char text[16];
  (void)unused;
  for (int i = 0; i < REN_LOG_LINES + 10; i++) {
    snprintf(text, sizeof text, "%d", i);
    say(&log, text);
  }
  assert_int_equal(log.n, REN_LOG_LINES);
  assert_int_equal(log.gone, 10);
  assert_string_equal(ren_log_at(&log, 0)->text, "10");
  ren_log_free(&log);
}

static void a_long_line_is_cut_between_characters(void **unused) {
  enum { N = 3 * REN_LOG_LINE_BYTES };
  RenLog log = {0};
  (void)unused;
  char *text = malloc(N);
  assert_non_null(text);
  for (int i = 0; i < N; i += 3) memcpy(text + i, "漢", 3);
  ren_log_add(&log, REN_LOG_TEXT, text, N);
  const RenLogLine *line = ren_log_at(&log, 0);
  assert_true(line->length <= REN_LOG_LINE_BYTES && line->length > REN_LOG_LINE_BYTES - 32);
  assert_int_equal(line->length % 3, 0);
  assert_string_equal(line->text + line->length - 3, "…");
  ren_log_free(&log);
  free(text);
}

static void a_selection_is_copied_in_either_direction(void **unused) {
  RenLog log = {0};
  (void)unused;
  say(&log, "first\nsecond\nthird");
  assert_null(ren_log_copy(&log));
  ren_log_select(&log, (RenLogPlace){2, 2}, false);
  ren_log_select(&log, (RenLogPlace){0, 3}, true);
  char *text = ren_log_copy(&log);
  assert_string_equal(text, "st\nsecond\nth");
  free(text);
  size_t from, to;
  assert_true(ren_log_part(&log, 0, &from, &to));
  assert_int_equal(from, 3);
  assert_int_equal(to, 5);
  ren_log_select_all(&log);
  text = ren_log_copy(&log);
  assert_string_equal(text, "first\nsecond\nthird");
  free(text);
  ren_log_clear(&log);
  assert_null(ren_log_copy(&log));
  assert_int_equal(log.n, 0);
  ren_log_free(&log);
}

static void a_selection_stays_with_its_text_while_lines_go(void **unused) {
  RenLog log = {0};
  (void)unused;
  for (int i = 0; i < REN_LOG_LINES; i++) say(&log, i == 5 ? "mine" : "other");
  ren_log_select(&log, (RenLogPlace){5, 0}, false);
  ren_log_select(&log, (RenLogPlace){5, 4}, true);
  for (int i = 0; i < 5; i++) say(&log, "new");
  char *text = ren_log_copy(&log);
  assert_string_equal(text, "mine");
  free(text);
  say(&log, "new");
  assert_null(ren_log_copy(&log));
  ren_log_free(&log);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(newlines_part_lines_and_tabs_go_to_columns),
                                     cmocka_unit_test(the_oldest_lines_go),
                                     cmocka_unit_test(a_long_line_is_cut_between_characters),
                                     cmocka_unit_test(a_selection_is_copied_in_either_direction),
                                     cmocka_unit_test(a_selection_stays_with_its_text_while_lines_go)};
  return cmocka_run_group_tests_name("render.log", tests, NULL, NULL);
}
