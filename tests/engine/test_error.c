/* An error is one line of UTF-8 that fits, whatever goes into it. */
#include "engine/error.h"

#include "engine/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void says_where_and_what(void **state) {
  (void)state;
  EngError err = {{0}};
  assert_false(eng_error_set(&err, "a.json", "n_layer", "expected %d, found %d", 2, 3));
  assert_string_equal(err.message, "a.json: n_layer: expected 2, found 3");
  assert_false(eng_error_set(&err, NULL, NULL, "expected text"));
  assert_string_equal(err.message, "expected text");
  assert_false(eng_error_memory(&err, "a.json", "%d tokens", 7));
  assert_string_equal(err.message, "a.json: expected memory for 7 tokens, found none");
  assert_false(eng_error_set(NULL, "a", "b", "c"));
  assert_false(eng_error_memory(NULL, "a", "b"));
}

static void is_one_line_of_utf8(void **state) {
  (void)state;
  EngError err = {{0}};
  eng_error_set(&err, "a\nb\xFF.json", NULL, "found \"%.3s\"", "caf\xC3\xA9");
  assert_string_equal(err.message, "a b?.json: found \"caf\"");
  eng_error_set(&err, NULL, NULL, "found \"%.4s\"", "caf\xC3\xA9");
  assert_string_equal(err.message, "found \"caf?\"");
}

static void fits(void **state) {
  (void)state;
  EngError err = {{0}};
  char name[4096];
  for (size_t i = 0; i + 1 < sizeof name; i += 2) memcpy(name + i, "\xC3\xA9", 2);
  name[sizeof name - 1] = '\0';
  eng_error_set(&err, name, "field", "expected less");
  size_t length = strlen(err.message);
  assert_int_equal(length, sizeof err.message - 1);
  assert_int_equal(eng_utf8_check(err.message, length), length);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(says_where_and_what),
      cmocka_unit_test(is_one_line_of_utf8),
      cmocka_unit_test(fits),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
