/* One line of text under edit. */
#include "render/field.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static RenField made(const char *text) {
  RenField field = {0};
  assert_true(ren_field_set(&field, text));
  return field;
}

static void check(const RenField *field, const char *text, size_t caret, size_t anchor) {
  assert_string_equal(ren_field_text(field), text);
  assert_int_equal(field->length, strlen(text));
  assert_int_equal(field->caret, caret);
  assert_int_equal(field->anchor, anchor);
}

static void an_empty_field_takes_everything(void **unused) {
  (void)unused;
  RenField field = {0};
  size_t from, to;
  check(&field, "", 0, 0);
  for (int motion = REN_TO_PREVIOUS; motion <= REN_TO_END; motion++) {
    ren_field_move(&field, (RenMotion)motion, true);
    assert_true(ren_field_delete(&field, (RenMotion)motion));
  }
  ren_field_select_word(&field, 7);
  ren_field_select_all(&field);
  assert_false(ren_field_selected(&field, &from, &to));
  assert_false(ren_field_undo(&field));
  assert_false(ren_field_redo(&field));
  assert_true(ren_field_insert(&field, "a", true));
  check(&field, "a", 1, 1);
  assert_true(ren_field_undo(&field));
  check(&field, "", 0, 0);
  ren_field_free(&field);
}

static void motions_stop_between_characters(void **unused) {
  (void)unused;
  /* a, e with acute as two code points, a family of three joined emoji, b */
  RenField field = made("ae\xCC\x81\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7"
                        "b");
  const size_t places[] = {0, 1, 4, 22, 23};
  for (int i = 3; i >= 0; i--) {
    ren_field_move(&field, REN_TO_PREVIOUS, false);
    assert_int_equal(field.caret, places[i]);
  }
  for (size_t offset = 4; offset < 22; offset++) {
    ren_field_place(&field, offset, false);
    assert_int_equal(field.caret, 4);
  }
  ren_field_move(&field, REN_TO_NEXT, true);
  assert_int_equal(field.caret, 22);
  assert_int_equal(field.anchor, 4);
  ren_field_free(&field);
}

static void bytes_that_are_no_text_are_steps_of_their_own(void **unused) {
  (void)unused;
  RenField field = made("\xFF\xC3x\x80");
  for (size_t i = 4; i-- > 0;) {
    ren_field_move(&field, REN_TO_PREVIOUS, false);
    assert_int_equal(field.caret, i);
  }
  ren_field_free(&field);
}

static void words(void **unused) {
  (void)unused;
  RenField field = made("  one, two  ");
  ren_field_move(&field, REN_TO_PREVIOUS_WORD, false);
  assert_int_equal(field.caret, 7);
  ren_field_move(&field, REN_TO_PREVIOUS_WORD, false);
  assert_int_equal(field.caret, 2);
  ren_field_move(&field, REN_TO_PREVIOUS_WORD, false);
  assert_int_equal(field.caret, 0);
  ren_field_move(&field, REN_TO_NEXT_WORD, false);
  assert_int_equal(field.caret, 6);
  ren_field_select_word(&field, 8);
  check(&field, "  one, two  ", 10, 7);
  ren_field_free(&field);
}

static void a_selection_is_replaced_or_dropped(void **unused) {
  (void)unused;
  RenField field = made("one two");
  ren_field_place(&field, 0, false);
  ren_field_place(&field, 3, true);
  ren_field_move(&field, REN_TO_PREVIOUS, false);
  check(&field, "one two", 0, 0);
  ren_field_place(&field, 3, true);
  ren_field_move(&field, REN_TO_NEXT, false);
  check(&field, "one two", 3, 3);
  ren_field_place(&field, 0, true);
  assert_true(ren_field_insert(&field, "1", false));
  check(&field, "1 two", 1, 1);
  ren_field_select_all(&field);
  assert_true(ren_field_delete(&field, REN_TO_PREVIOUS));
  check(&field, "", 0, 0);
  ren_field_free(&field);
}

static void undo_and_redo_go_through_every_step(void **unused) {
  (void)unused;
  RenField field = made("");
  char text[256] = "";
  for (int i = 0; i < 100; i++) { /* more than are kept */
    text[i] = (char)('a' + i % 26);
    assert_true(ren_field_insert(&field, (char[]){text[i], '\0'}, false));
  }
  for (int i = 0; i < REN_FIELD_UNDO; i++) assert_true(ren_field_undo(&field));
  assert_false(ren_field_undo(&field));
  assert_int_equal(field.length, 100 - REN_FIELD_UNDO);
  for (int i = 0; i < REN_FIELD_UNDO; i++) assert_true(ren_field_redo(&field));
  assert_false(ren_field_redo(&field));
  assert_string_equal(ren_field_text(&field), text);
  assert_true(ren_field_undo(&field));
  assert_true(ren_field_insert(&field, "!", false));
  assert_false(ren_field_redo(&field)); /* what came after is forgotten */
  ren_field_free(&field);
}

static void a_text_beyond_the_bound_is_refused(void **unused) {
  (void)unused;
  char *text = malloc(REN_FIELD_BYTES + 2);
  memset(text, 'a', REN_FIELD_BYTES + 1);
  text[REN_FIELD_BYTES + 1] = '\0';
  RenField field = made("kept");
  assert_false(ren_field_set(&field, text));
  assert_false(ren_field_insert(&field, text, false));
  check(&field, "kept", 4, 4);
  text[REN_FIELD_BYTES] = '\0';
  assert_true(ren_field_set(&field, text));
  assert_false(ren_field_insert(&field, "b", true));
  assert_int_equal(field.length, REN_FIELD_BYTES);
  free(text);
  ren_field_free(&field);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_empty_field_takes_everything),
      cmocka_unit_test(motions_stop_between_characters),
      cmocka_unit_test(bytes_that_are_no_text_are_steps_of_their_own),
      cmocka_unit_test(words),
      cmocka_unit_test(a_selection_is_replaced_or_dropped),
      cmocka_unit_test(undo_and_redo_go_through_every_step),
      cmocka_unit_test(a_text_beyond_the_bound_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
