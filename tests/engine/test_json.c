/* The JSON getters: types, ranges, bounds, and messages that name the field. */
#include "engine/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static EngJson *parse(const char *text, EngError *err) {
  return eng_json_parse(text, strlen(text), "test.json", err);
}

static void assert_refused(const char *text, const char *why) {
  EngError err = {{0}};
  assert_null(parse(text, &err));
  if (!strstr(err.message, why)) fail_msg("expected \"%s\" in \"%s\"", why, err.message);
  assert_non_null(strstr(err.message, "test.json: "));
}

static void reads_values(void **state) {
  (void)state;
  EngJson *root =
      parse("{\"n\": 3, \"x\": 0.5, \"yes\": true, \"s\": \"a\\u0000b\", \"none\": null, \"l\": [1, 2]}", NULL);
  assert_non_null(root);
  int n = 7;
  double x = 0;
  bool yes = false;
  assert_true(eng_json_read_int(root, "n", "f", 1, 3, &n, NULL));
  assert_int_equal(n, 3);
  assert_true(eng_json_read_int(root, "missing", "f", 1, 3, &n, NULL));
  assert_true(eng_json_read_int(root, "none", "f", 1, 3, &n, NULL));
  assert_int_equal(n, 3);
  assert_true(eng_json_read_number(root, "x", "f", 0, 1, &x, NULL));
  assert_float_equal(x, 0.5, 0);
  assert_true(eng_json_read_bool(root, "yes", "f", &yes, NULL));
  assert_true(yes);
  size_t length = 0;
  assert_non_null(eng_json_text(eng_json_get(root, "s"), &length));
  assert_int_equal(length, 3);
  assert_int_equal(eng_json_size(eng_json_get(root, "l")), 2);
  assert_null(eng_json_at(eng_json_get(root, "l"), 2));
  eng_json_free(root);
}

static void walks_in_file_order(void **state) {
  (void)state;
  EngJson *root = parse("{\"z\": 1, \"a\": 2, \"m\": 3}", NULL);
  void *cursor = NULL;
  const char *key = NULL;
  const EngJson *value = NULL;
  char keys[4] = "";
  while (eng_json_next(root, &cursor, &key, &value)) strcat(keys, key);
  assert_string_equal(keys, "zam");
  eng_json_free(root);
}

static void names_the_field(void **state) {
  (void)state;
  EngError err = {{0}};
  EngJson *root = parse("{\"n\": 4, \"s\": \"three\", \"half\": 1.5}", NULL);
  int n = 0;
  assert_false(eng_json_read_int(root, "n", "c.json", 1, 3, &n, &err));
  assert_string_equal(err.message, "c.json: n: expected a whole number from 1 to 3, found 4");
  assert_false(eng_json_read_int(root, "s", "c.json", 1, 3, &n, &err));
  assert_string_equal(err.message, "c.json: s: expected a whole number from 1 to 3, found \"three\"");
  assert_false(eng_json_read_int(root, "half", "c.json", 1, 3, &n, &err));
  bool yes = false;
  assert_false(eng_json_read_bool(root, "n", "c.json", &yes, &err));
  assert_string_equal(err.message, "c.json: n: expected true or false, found 4");
  const char *text = NULL;
  assert_false(eng_json_read_text(root, "n", "c.json", &text, &err));
  eng_json_free(root);
}

static void keeps_numbers_beyond_64_bits(void **state) {
  (void)state;
  EngJson *root = parse("{\"max\": 1000000000000000019884624838656, \"n\": 12}", NULL);
  assert_non_null(root);
  int n = 0;
  assert_true(eng_json_read_int(root, "n", "f", 1, 20, &n, NULL));
  assert_int_equal(n, 12);
  assert_false(eng_json_read_int(root, "max", "f", 1, 20, &n, NULL));
  eng_json_free(root);
}

static void refuses_what_is_no_json(void **state) {
  (void)state;
  assert_refused("", "expected JSON");
  assert_refused("{\"a\": 1", "expected JSON");
  assert_refused("{\"a\": 1} x", "expected JSON");
  assert_refused("{\"a\": 1, \"a\": 2}", "duplicate");
  assert_refused("{\"a\": \"\xff\"}", "unable to decode byte");
  assert_refused("\"text\"", "expected JSON");
  assert_refused("{\"a\": \"\\", "expected JSON");
}

static void refuses_depth_and_number(void **state) {
  (void)state;
  size_t n = (size_t)20 << 20;
  char *text = malloc(n + 1);
  memset(text, '[', n);
  text[n] = '\0';
  assert_refused(text, "levels deep");
  memset(text, ',', n);
  assert_refused(text, "JSON values");
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_values),
      cmocka_unit_test(walks_in_file_order),
      cmocka_unit_test(names_the_field),
      cmocka_unit_test(keeps_numbers_beyond_64_bits),
      cmocka_unit_test(refuses_what_is_no_json),
      cmocka_unit_test(refuses_depth_and_number),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
