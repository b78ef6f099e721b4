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
  RenPins pins = {.n = 4, .at = {{REN_SIDE_QUERY, 5}, {REN_SIDE_QUERY, 1}, {REN_SIDE_KEY, 2}, {REN_SIDE_KEY, 3}}};
  ren_pins_move(&pins, &all, &ba);
  assert_int_equal(pins.n, 2);
  assert_pin(&pins, 0, REN_SIDE_QUERY, 1);
  assert_pin(&pins, 1, REN_SIDE_KEY, 2);
  ren_pins_move(&pins, &ba, &all);
  assert_int_equal(pins.n, 4);
  assert_pin(&pins, 0, REN_SIDE_QUERY, 1);
  assert_pin(&pins, 1, REN_SIDE_KEY, 3);
  assert_pin(&pins, 2, REN_SIDE_QUERY, 5);
  assert_int_equal(pins.n_away, 0);
  ren_pins_fit(&pins, &(EngBlock){.n_rows = 5, .n_columns = 3});
  assert_int_equal(pins.n, 2);
  assert_pin(&pins, 0, REN_SIDE_QUERY, 1);
  assert_pin(&pins, 1, REN_SIDE_KEY, 2);
}

/* Of an encoder-decoder: what waits is of one attention, and comes back with that alone. */
static void pins_wait_for_their_own_text(void **state) {
  (void)state;
  EngToken of[5] = {{.id = 1}, {.id = 2}, {.id = 3}, {.id = 4}, {.id = 5}};
  const EngBlock encoder = {.n_rows = 3, .n_columns = 3, .rows = of, .columns = of};
  const EngBlock decoder = {.n_rows = 4, .n_columns = 4, .whole = 1, .rows = of + 1, .columns = of + 1};
  RenPins pins = {.n = 1, .at = {{REN_SIDE_QUERY, 2}}};
  ren_pins_move(&pins, &encoder, &decoder);
  assert_int_equal(pins.n, 0);
  assert_true(ren_pins_set(&pins, REN_SIDE_QUERY, 3, true));
  ren_pins_move(&pins, &decoder, &encoder);
  assert_int_equal(pins.n, 1);
  assert_pin(&pins, 0, REN_SIDE_QUERY, 2);
  ren_pins_clear(&pins);
  ren_pins_move(&pins, &encoder, &decoder);
  assert_int_equal(pins.n, 0);
}

/* As many as there may be, in either place. */
static void no_more_wait_than_there_may_be(void **state) {
  (void)state;
  const EngBlock all = {.n_rows = 200, .n_columns = 200};
  const EngBlock a = {.n_rows = 100, .n_columns = 100}, b = {.n_rows = 100, .n_columns = 100, .row_start = 100};
  RenPins pins = {0};
  for (int part = 0; part < 3; part++) {
    const EngBlock *from = part % 2 ? &b : &a, *to = part % 2 ? &a : &b;
    for (int i = 0; i < REN_MAX_PINS; i++) ren_pins_set(&pins, REN_SIDE_QUERY, i, true);
    ren_pins_move(&pins, from, to);
    assert_true(pins.n <= REN_MAX_PINS && pins.n_away <= REN_MAX_PINS);
  }
  ren_pins_move(&pins, &b, &all);
  assert_int_equal(pins.n, REN_MAX_PINS);
}

static void without_a_text_none_stays(void **state) {
  (void)state;
  RenPins pins = {.n = 1, .at = {{REN_SIDE_KEY, 0}}};
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
      cmocka_unit_test(pins_wait_for_their_own_text),
      cmocka_unit_test(no_more_wait_than_there_may_be),
      cmocka_unit_test(without_a_text_none_stays),
      cmocka_unit_test(sides_have_names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
