/* The order of mixed text, against what another program (python-bidi 0.6) says of the same strings. */
#include "render/bidi.h"
#include "render/piece.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 64 };

/* Characters from left to right, brackets as they are in the text. */
static void show(const char *text, char *out) {
  RenBidi kinds[MOST];
  uint8_t levels[MOST];
  size_t at[MOST + 1] = {0}, order[MOST], n = 0;
  while (n < MOST && text[at[n]]) {
    kinds[n] = ren_bidi_of(text + at[n]);
    at[n + 1] = at[n] + ren_piece_character(text + at[n]);
    n++;
  }
  ren_bidi_levels(kinds, n, levels);
  ren_bidi_order(levels, n, order);
  for (size_t i = 0; i < n; i++) {
    size_t length = at[order[i] + 1] - at[order[i]];
    memcpy(out, text + at[order[i]], length);
    out += length;
  }
  *out = '\0';
}

static const char *const cases[][2] = {
    {"", ""},
    {" !", " !"},
    {"abc", "abc"},
    {"שלום", "םולש"},
    {"abc שלום def", "abc םולש def"},
    {"שלום abc עולם", "םלוע abc םולש"},
    {"שלום (עולם)", ")םלוע( םולש"},
    {"(שלום) abc", "abc )םולש("},
    {"abc (שלום) def", "abc (םולש) def"},
    {"abc [שלום def] עולם", "abc [םולש def] םלוע"},
    {"abc שלום (עולם) x", "abc )םלוע( םולש x"},
    {"a(ב)c", "a(ב)c"},
    {"א(b)ג", "ג)b(א"},
    {"abc 1.5 שלום", "abc 1.5 םולש"},
    {"שלום 1.5 עולם", "םלוע 1.5 םולש"},
    {"abc שלום 1.5", "abc 1.5 םולש"},
    {"12 שלום", "םולש 12"},
    {"אב-12", "12-בא"},
    {"אב 12, 13 גד", "דג 13 ,12 בא"},
    {"שלום, עולם!", "!םלוע ,םולש"},
    {"שלום abc, def עולם", "םלוע abc, def םולש"},
    {"·שלום", "םולש·"},
    {"«שלום»", "»םולש«"},
};

static void mixed_text_is_put_in_order(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char shown[4 * MOST + 1];
    show(cases[i][0], shown);
    assert_string_equal(shown, cases[i][1]);
  }
}

static void brackets_are_mirrored(void **state) {
  (void)state;
  assert_string_equal(ren_bidi_mirror("(a", 1), ")");
  assert_string_equal(ren_bidi_mirror("]", 1), "[");
  assert_string_equal(ren_bidi_mirror("»", 2), "«");
  assert_null(ren_bidi_mirror("a", 1));
  assert_null(ren_bidi_mirror("(\xCC\x81", 3)); /* with an accent it is another piece */
}

/* Many brackets that nothing closes take no time worth speaking of and stay in place. */
static void brackets_without_end_do_no_harm(void **state) {
  (void)state;
  enum { MANY = 50000 };
  RenBidi *kinds = malloc(MANY * sizeof *kinds);
  uint8_t *levels = malloc(MANY);
  assert_non_null(kinds);
  assert_non_null(levels);
  for (size_t i = 0; i < MANY; i++) kinds[i] = REN_BIDI_OPEN;
  ren_bidi_levels(kinds, MANY, levels);
  for (size_t i = 0; i < MANY; i++) assert_int_equal(levels[i], 0);
  free(kinds);
  free(levels);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(mixed_text_is_put_in_order),
      cmocka_unit_test(brackets_are_mirrored),
      cmocka_unit_test(brackets_without_end_do_no_harm),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
