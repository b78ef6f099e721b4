/* Inputs and stepping through them. */
#include "render/history.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

/* One step from `now` leads to `expected`; NULL: there is none. */
static void assert_step(RenHistory *history, int by, const char *now, const char *expected) {
  const RenInput *found = ren_history_step(history, by, now, "");
  if (expected) {
    assert_non_null(found);
    assert_string_equal(found->text, expected);
  } else {
    assert_null(found);
  }
}

static void steps_back_and_forth(void **unused) {
  (void)unused;
  RenHistory history = {0};
  assert_step(&history, 1, "x", NULL);
  ren_history_add(&history, "one", NULL);
  ren_history_add(&history, "two", "second");
  assert_step(&history, -1, "typed", NULL);
  assert_step(&history, 1, "typed", "two");
  assert_string_equal(history.inputs[1].pair, "second");
  assert_step(&history, 1, "two", "one");
  assert_step(&history, 1, "one", NULL);
  assert_step(&history, -1, "one", "two");
  assert_step(&history, -1, "two", "typed");
  assert_step(&history, -1, "typed", NULL);
  ren_history_free(&history);
}

static void the_newest_is_passed_over_where_it_stands(void **unused) {
  (void)unused;
  RenHistory history = {0};
  ren_history_add(&history, "one", NULL);
  ren_history_add(&history, "two", NULL);
  assert_step(&history, 1, "two", "one");
  assert_step(&history, -1, "one", "two");
  assert_step(&history, -1, "two", "two");
  assert_step(&history, -1, "two", NULL);
  ren_history_free(&history);
}

static void an_input_is_there_once(void **unused) {
  (void)unused;
  RenHistory history = {0};
  ren_history_add(&history, "one", NULL);
  ren_history_add(&history, "two", NULL);
  ren_history_add(&history, "one", "");
  assert_int_equal(history.n, 2);
  assert_string_equal(history.inputs[1].text, "one");
  ren_history_add(&history, "one", "with another");
  assert_int_equal(history.n, 3);
  ren_history_free(&history);
}

static void adding_ends_the_stepping(void **unused) {
  (void)unused;
  RenHistory history = {0};
  ren_history_add(&history, "one", NULL);
  ren_history_add(&history, "two", NULL);
  assert_step(&history, 1, "", "two");
  ren_history_add(&history, "three", NULL);
  assert_step(&history, 1, "", "three");
  ren_history_free(&history);
}

static void the_oldest_goes(void **unused) {
  (void)unused;
  char text[32];
  RenHistory history = {0};
  for (int i = 0; i < REN_HISTORY_INPUTS + 3; i++) {
    snprintf(text, sizeof text, "input %d", i);
    ren_history_add(&history, text, NULL);
  }
  assert_int_equal(history.n, REN_HISTORY_INPUTS);
  assert_string_equal(history.inputs[0].text, "input 3");
  assert_string_equal(history.inputs[history.n - 1].text, text);
  ren_history_free(&history);
}

static void empty_and_long_ones_are_left_out(void **unused) {
  (void)unused;
  static char text[REN_HISTORY_BYTES + 2];
  RenHistory history = {0};
  memset(text, 'a', REN_HISTORY_BYTES + 1);
  ren_history_add(&history, "", NULL);
  ren_history_add(&history, text, NULL);
  ren_history_add(&history, "one", text);
  assert_int_equal(history.n, 0);
  text[REN_HISTORY_BYTES] = '\0';
  ren_history_add(&history, text, NULL);
  assert_int_equal(history.n, 1);
  ren_history_free(&history);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(steps_back_and_forth),   cmocka_unit_test(the_newest_is_passed_over_where_it_stands),
      cmocka_unit_test(an_input_is_there_once), cmocka_unit_test(adding_ends_the_stepping),
      cmocka_unit_test(the_oldest_goes),        cmocka_unit_test(empty_and_long_ones_are_left_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
