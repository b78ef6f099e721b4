/* What a sandbox may use by itself, and what is said of it. */
#include "scripting/limits.h"

#include "engine/budget.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const ScrCommand command = {"run", "FILE.lua", "Runs.", NULL};

static ScrLimits checked(ScrLimits limits) {
  assert_int_equal(scr_limits_check(&command, &limits), SCR_ARGS_OK);
  return limits;
}

static int no_limit(void **state) {
  (void)state;
  eng_budget_limit(0);
  return 0;
}

static void there_are_none_by_themselves(void **state) {
  (void)state;
  ScrLimits limits = checked((ScrLimits){0});
  assert_true(scr_limits_whole(&limits) <= 0 && scr_limits_each(&limits) <= 0);
  assert_int_equal(eng_budget_limited(), 0);
}

static void a_sandbox_has_some(void **state) {
  (void)state;
  ScrLimits limits = checked((ScrLimits){.sandbox = true});
  assert_true(scr_limits_whole(&limits) <= 0);
  assert_float_equal(scr_limits_each(&limits), 60, 0);
  assert_int_equal(eng_budget_limited(), (size_t)1 << 30);
}

static void what_is_written_counts(void **state) {
  (void)state;
  ScrLimits limits = checked((ScrLimits){.sandbox = true, .time = "2.5", .memory = "3M"});
  assert_float_equal(scr_limits_whole(&limits), 2.5, 0);
  assert_float_equal(scr_limits_each(&limits), 2.5, 0);
  assert_int_equal(eng_budget_limited(), (size_t)3 << 20);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_teardown(there_are_none_by_themselves, no_limit),
      cmocka_unit_test_teardown(a_sandbox_has_some, no_limit),
      cmocka_unit_test_teardown(what_is_written_counts, no_limit),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
