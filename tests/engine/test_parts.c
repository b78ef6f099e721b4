/* Names of parts: what is read, what is refused, and that errors say the valid range. */
#include "engine/parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool head(const char *text, int *layer, int *index, EngError *err) {
  return eng_parts_head(text, strlen(text), 12, 16, layer, index, err);
}

static void reads_heads(void **state) {
  (void)state;
  static const char *const names[] = {"5.10", "L5H10", "l5h10", "05.010"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    int layer = -1, index = -1;
    assert_true(head(names[i], &layer, &index, NULL));
    assert_int_equal(layer, 5);
    assert_int_equal(index, 10);
  }
}

static void refuses_other_names(void **state) {
  (void)state;
  static const char *const names[] = {"",
                                      "5",
                                      "5.",
                                      ".5",
                                      "5.10 ",
                                      " 5.10",
                                      "5.10.1",
                                      "L5",
                                      "L5N10",
                                      "5,10",
                                      "-1.3",
                                      "5.-1",
                                      "L5H",
                                      "H10L5",
                                      "5.1e1",
                                      "+5.1",
                                      "5.99999999999999999999",
                                      "99999999999.0",
                                      "L5H10x",
                                      "\xff\xfe"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    int layer = 0, index = 0;
    EngError err = {""};
    assert_false(head(names[i], &layer, &index, &err));
    assert_non_null(strstr(err.message, "expected a name as \"5.10\" or \"L5H10\""));
  }
  int layer = 0, index = 0;
  assert_false(eng_parts_head("5.1\0", 4, 12, 16, &layer, &index, NULL));
}

static void says_the_range(void **state) {
  (void)state;
  int layer = 0, index = 0;
  EngError err = {""};
  assert_false(head("12.0", &layer, &index, &err));
  assert_string_equal(err.message, "layer: expected 0 to 11, found 12");
  assert_false(head("0.16", &layer, &index, &err));
  assert_string_equal(err.message, "head: expected 0 to 15, found 16");
  assert_true(head("11.15", &layer, &index, &err));
}

static void reads_neurons(void **state) {
  (void)state;
  int layer = -1, neuron = -1;
  EngError err = {""};
  assert_true(eng_parts_neuron("L3N120", 6, 4, 200, &layer, &neuron, &err));
  assert_int_equal(layer, 3);
  assert_int_equal(neuron, 120);
  assert_false(eng_parts_neuron("L3N200", 6, 4, 200, &layer, &neuron, &err));
  assert_string_equal(err.message, "neuron: expected 0 to 199, found 200");
  assert_true(eng_parts_neuron("2.119", 5, 4, 200, &layer, &neuron, &err));
  assert_int_equal(layer, 2);
  assert_int_equal(neuron, 119);
  assert_false(eng_parts_neuron("L3H120", 6, 4, 200, &layer, &neuron, &err));
}

static void reads_lists(void **state) {
  (void)state;
  int *list = NULL;
  size_t n = 0;
  assert_true(eng_parts_numbers("--heads", "1,3,20", &list, &n, NULL));
  assert_int_equal(n, 3);
  assert_int_equal(list[0], 1);
  assert_int_equal(list[2], 20);
  free(list);
  assert_true(eng_parts_numbers("--heads", "7", &list, &n, NULL));
  assert_int_equal(n, 1);
  free(list);
  assert_true(eng_parts_numbers("--ids", " 1, 2 ,3 ", &list, &n, NULL));
  assert_int_equal(n, 3);
  assert_int_equal(list[1], 2);
  free(list);
  static const char *const wrong[] = {"",     " ",   "1, ", ",",  "1,",  ",1",
                                      "1,,2", "1 2", "1;2", "-1", "1,x", "2147483648"};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    EngError err = {""};
    assert_false(eng_parts_numbers("--heads", wrong[i], &list, &n, &err));
    assert_non_null(strstr(err.message, "--heads: expected whole numbers"));
  }
}

static void reads_numbers(void **state) {
  (void)state;
  int value = -1;
  assert_true(eng_parts_number("--layer", "2147483647", &value, NULL));
  assert_int_equal(value, 2147483647);
  EngError err = {""};
  assert_false(eng_parts_number("--layer", "2147483648", &value, &err));
  assert_false(eng_parts_number("--layer", "3x", &value, &err));
  assert_string_equal(err.message, "--layer: expected a whole number, found \"3x\"");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_heads),   cmocka_unit_test(refuses_other_names), cmocka_unit_test(says_the_range),
      cmocka_unit_test(reads_neurons), cmocka_unit_test(reads_lists),         cmocka_unit_test(reads_numbers),
  };
  return cmocka_run_group_tests_name("parts", tests, NULL, NULL);
}
