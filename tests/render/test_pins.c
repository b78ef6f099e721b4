/* Pinned tokens as plain data. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "render/pins.h"

static void assert_pin(const RenPins *pins, int i, RenSide side, int token) {
  assert_true(i < pins->n);
  assert_int_equal(pins->at[i].side, side);
  assert_int_equal(pins->at[i].token, token);
}

static void pins_keep_their_order(void **state) {
  (void)state;
  RenPins pins = {0};
  assert_true(ren_pins_set(&pins, REN_SIDE_QUERY, 5, true));
  assert_true(ren_pins_set(&pins, REN_SIDE_KEY, 5, true));
  assert_true(ren_pins_set(&pins, REN_SIDE_QUERY, 2, true));
  assert_true(ren_pins_set(&pins, REN_SIDE_QUERY, 2, true)); /* no token twice */
  assert_int_equal(pins.n, 3);
  assert_true(ren_pins_set(&pins, REN_SIDE_KEY, 5, false));
  assert_true(ren_pins_set(&pins, REN_SIDE_KEY, 9, false)); /* never was */
  assert_int_equal(pins.n, 2);
  assert_pin(&pins, 0, REN_SIDE_QUERY, 5);
  assert_pin(&pins, 1, REN_SIDE_QUERY, 2);
  assert_true(ren_pins_has(&pins, REN_SIDE_QUERY, 2) && !ren_pins_has(&pins, REN_SIDE_KEY, 2));
}

static void there_is_a_most(void **state) {
  (void)state;
  RenPins pins = {0};
  for (int i = 0; i < REN_MAX_PINS; i++) assert_true(ren_pins_set(&pins, REN_SIDE_KEY, i, true));
  assert_false(ren_pins_set(&pins, REN_SIDE_KEY, REN_MAX_PINS, true));
  assert_int_equal(pins.n, REN_MAX_PINS);
  assert_true(ren_pins_set(&pins, REN_SIDE_KEY, 7, true));
  assert_true(ren_pins_set(&pins, REN_SIDE_KEY, REN_MAX_PINS - 1, false));
}

static void pins_move_with_their_tokens(void **state) {
  (void)state;
  const EngBlock all = {.n_rows = 8, .n_columns = 8};
  const EngBlock ba = {.n_rows = 4, .n_columns = 3, .row_start = 4, .column_start = 0};
  RenPins pins = {4, {{REN_SIDE_QUERY, 5}, {REN_SIDE_QUERY, 1}, {REN_SIDE_KEY, 2}, {REN_SIDE_KEY, 3}}};
  ren_pins_move(&pins, &all, &ba);
  assert_int_equal(pins.n, 2);
  assert_pin(&pins, 0, REN_SIDE_QUERY, 1);
  assert_pin(&pins, 1, REN_SIDE_KEY, 2);
  ren_pins_move(&pins, &ba, &all);
  assert_pin(&pins, 0, REN_SIDE_QUERY, 5);
  ren_pins_fit(&pins, &(EngBlock){.n_rows = 5, .n_columns = 3});
  assert_int_equal(pins.n, 1);
  assert_pin(&pins, 0, REN_SIDE_KEY, 2);
}

static void without_a_text_none_stays(void **state) {
  (void)state;
  RenPins pins = {1, {{REN_SIDE_KEY, 0}}};
  ren_pins_follow(&pins, NULL, NULL);
  assert_int_equal(pins.n, 0);
}

static void sides_have_names(void **state) {
  (void)state;
  RenSide side = REN_SIDE_NONE;
  assert_true(ren_side_parse("query", &side) && side == REN_SIDE_QUERY);
  assert_true(ren_side_parse(ren_side_name(REN_SIDE_KEY), &side) && side == REN_SIDE_KEY);
  assert_false(ren_side_parse("", &side) || ren_side_parse("keys", &side));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(pins_keep_their_order),
      cmocka_unit_test(there_is_a_most),
      cmocka_unit_test(pins_move_with_their_tokens),
      cmocka_unit_test(without_a_text_none_stays),
      cmocka_unit_test(sides_have_names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
