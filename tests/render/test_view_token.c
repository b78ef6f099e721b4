/* How a token is written: white space, codes and bytes that no eye would see. */
#include "render/view_fixture.h"

#include "render/view_token.h"

static void shows(const char *text, const char *expected) {
  char out[REN_TOKEN_BYTES];
  ren_token_show(&(EngToken){.text = text, .piece = "piece"}, out);
  assert_string_equal(out, expected);
}

static void white_space_is_visible(void **unused) {
  (void)unused;
  shows(" doctor", "·doctor");
  shows("\n", "↵");
  shows("a\tb \n", "a⇥b·↵");
  shows("\r", "\\r");
  shows("\xc2\xa0", "⍽");
}

static void control_characters_are_codes(void **unused) {
  (void)unused;
  shows("\x1b[0m", "\\x1b[0m");
  shows("\x7f", "\\x7f");
  shows("\xe2\x80\xae", "\\u202e"); /* right-to-left override would turn what follows it */
  shows("\xf3\xa0\x80\x81", "\\ue0001");
}

static void ordinary_text_stays(void **unused) {
  (void)unused;
  shows("##ing", "##ing");
  shows("[CLS]", "[CLS]");
  shows("naïve 天気", "naïve·天気");
  shows("👩\xe2\x80\x8d🔬", "👩\xe2\x80\x8d🔬"); /* joined into one emoji */
}

static void bytes_that_are_no_text_are_replaced(void **unused) {
  (void)unused;
  shows("\xff", "\xef\xbf\xbd");
  shows("a\xe2\x80", "a\xef\xbf\xbd\xef\xbf\xbd");
}

static void an_empty_token_shows_its_piece(void **unused) {
  (void)unused;
  char out[REN_TOKEN_BYTES];
  shows("", "piece");
  ren_token_show(&(EngToken){0}, out);
  assert_string_equal(out, "");
}

static void a_long_token_is_cut(void **unused) {
  (void)unused;
  char text[4096], out[REN_TOKEN_BYTES];
  const char *units[] = {"a", " ", "\x01", "\xf3\xa0\x80\x81"}; /* shown in 1, 2, 4 and 8 bytes */
  for (int u = 0; u < 4; u++) {
    text[0] = '\0';
    for (int i = 0; i < 500; i++) strcat(text, units[u]);
    ren_token_show(&(EngToken){.text = text}, out);
    size_t size = strlen(out);
    assert_in_range(size, 30, REN_TOKEN_BYTES - 1);
    assert_string_equal(out + size - strlen("…"), "…");
  }
}

/* Joiners, marks and selectors have ink only beside other characters: alone they are shown. */
static void what_needs_a_neighbour_is_visible_alone(void **state) {
  (void)state;
  shows("\u200d", "\\u200d");
  shows("a\u200d", "a\\u200d");
  shows("\u200da", "\\u200da");
  shows("a\u200db", "a\u200db");
  shows("\u0301", "◌\u0301");
  shows("\u093f\u0928", "◌\u093f\u0928");
  shows("e\u0301", "e\u0301");
  shows("\ufe0f", "\\ufe0f");
  shows("❤\ufe0f", "❤\ufe0f");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(white_space_is_visible),
      cmocka_unit_test(control_characters_are_codes),
      cmocka_unit_test(ordinary_text_stays),
      cmocka_unit_test(bytes_that_are_no_text_are_replaced),
      cmocka_unit_test(what_needs_a_neighbour_is_visible_alone),
      cmocka_unit_test(an_empty_token_shows_its_piece),
      cmocka_unit_test(a_long_token_is_cut),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
