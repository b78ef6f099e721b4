/* Text: widths against the ink and against each other, carets, shortening, characters no font has. */
#include "render/glyph_box.h"
#include "render/piece.h"
#include "render/text.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static RenText *text;

static int open_text(void **state) {
  (void)state;
  text = ren_text_open(HEADSCOPE_SOURCE "/fonts", NULL);
  return text ? 0 : -1;
}

static int close_text(void **state) {
  (void)state;
  ren_text_close(text);
  return 0;
}

static int advance(const char *run) { return ren_text_advance(text, REN_SANS, 15, 1, run); }

static const char *const words[] = {"doctor",          "\xC4\xA0nurse", "[CLS]", "##ing", "e\xCC\x81t\xC3\xA9",
                                    "\xE2\x96\x81She", "WAVE fi ffi",   "1.0",   "→ ×√"};

/* The pen moves as far as the ink reaches, give or take the room beside the outer characters. */
static void widths_are_those_of_the_ink(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
    for (int font = 0; font < 3; font++) {
      RenCoverage ink;
      assert_true(ren_text_coverage(text, (RenFont)font, 15, 1, words[i], &ink));
      int width = ren_text_advance(text, (RenFont)font, 15, 1, words[i]);
      assert_in_range(ink.left + 3, 0, 6);
      assert_in_range(width - (ink.left + ink.width) + 3, 0, 6);
      assert_true(ink.top < 0 && ink.top >= -ren_text_height(text, (RenFont)font, 15, 1));
    }
}

/* Cropped tight: ink in the outer rows and columns. */
static void coverage_is_cropped(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
    RenCoverage ink;
    assert_true(ren_text_coverage(text, REN_SANS, 15, 2, words[i], &ink));
    int edges[4] = {0};
    for (int x = 0; x < ink.width; x++) {
      edges[0] |= ink.pixels[x];
      edges[1] |= ink.pixels[(ink.height - 1) * ink.pitch + x];
    }
    for (int y = 0; y < ink.height; y++) {
      edges[2] |= ink.pixels[y * ink.pitch];
      edges[3] |= ink.pixels[y * ink.pitch + ink.width - 1];
    }
    for (int e = 0; e < 4; e++) assert_int_not_equal(edges[e], 0);
  }
}

/* A letter's stem is where its side bearing says: the ink is not shifted by where it was drawn. */
static void ink_stands_on_the_pen(void **state) {
  (void)state;
  RenCoverage alone, pair;
  assert_true(ren_text_coverage(text, REN_SANS, 15, 1, "j", &alone)); /* reaches left of the pen */
  assert_true(alone.left <= 0);
  assert_true(alone.top + alone.height > 0); /* and below the baseline */
  int left = alone.left, width = alone.width;
  assert_true(ren_text_coverage(text, REN_SANS, 15, 1, "Hj", &pair));
  assert_int_equal(pair.left + pair.width, advance("H") + left + width);
  assert_true(ren_text_coverage(text, REN_SANS, 15, 1, "H", &alone));
  assert_int_equal(alone.top + alone.height, 0); /* stands on the baseline */
  assert_false(ren_text_coverage(text, REN_SANS, 15, 1, " ", &alone));
  assert_false(ren_text_coverage(text, REN_SANS, 15, 1, "", &alone));
}

/* In DejaVu the stems of i and j stand in the same place, though j's tail reaches left of the pen. */
static void tails_do_not_shift_letters(void **state) {
  (void)state;
  RenCoverage ink;
  assert_true(ren_text_coverage(text, REN_SANS, 60, 1, "i", &ink));
  int right = ink.left + ink.width;
  assert_true(ren_text_coverage(text, REN_SANS, 60, 1, "j", &ink));
  assert_true(ink.left < 0);
  assert_int_equal(ink.left + ink.width, right);
}

static void runs_are_the_sum_of_their_pieces(void **state) {
  (void)state;
  assert_int_equal(advance("doctor"), advance("doc") + advance("tor"));
  assert_int_equal(advance("AV"), advance("A") + advance("V")); /* no kerning */
  assert_int_equal(advance(""), 0);
  int one = ren_text_advance(text, REN_MONO, 13, 1, "0");
  assert_int_equal(ren_text_advance(text, REN_MONO, 13, 1, "0.4132"), 6 * one);
  assert_true(ren_text_advance(text, REN_SANS_BOLD, 15, 1, "doctor") > advance("doctor"));
}

static void widths_follow_the_scale(void **state) {
  (void)state;
  float once = ren_text_width(text, REN_SANS, 15, 1, "question"),
        twice = ren_text_width(text, REN_SANS, 15, 2, "question");
  assert_float_equal(once, advance("question"), 0);
  assert_true(fabsf(once - twice) < 4);
  assert_int_equal(ren_text_advance(text, REN_SANS, 15, 2, "question"),
                   ren_text_advance(text, REN_SANS, 30, 1, "question"));
}

static void marks_stay_with_their_letters(void **state) {
  (void)state;
  const char *marked = "e\xCC\x81x";
  assert_int_equal(ren_piece_character(marked), 3);
  assert_int_equal(ren_piece_length(marked), 3);
  assert_int_equal(advance("e\xCC\x81"), advance("e"));
  RenCoverage plain, accented;
  assert_true(ren_text_coverage(text, REN_SANS, 15, 1, "e", &plain));
  int top = plain.top;
  assert_true(ren_text_coverage(text, REN_SANS, 15, 1, "e\xCC\x81", &accented));
  assert_true(accented.top < top);
}

static void joining_scripts_are_shaped_as_one(void **state) {
  (void)state;
  const char *salaam = "\xD8\xB3\xD9\x84\xD8\xA7\xD9\x85";
  assert_int_equal(ren_piece_length(salaam), 8);
  int apart = 0;
  for (const char *p = salaam; *p; p += 2) {
    char letter[3] = {p[0], p[1], 0};
    apart += advance(letter);
  }
  assert_true(advance(salaam) < apart); /* joined letters, and lam and alef as one */
}

static void carets_fall_between_characters(void **state) {
  (void)state;
  const char *run = "ae\xCC\x81x";
  assert_float_equal(ren_text_caret(text, REN_SANS, 15, 1, run, 0), 0, 0);
  assert_float_equal(ren_text_caret(text, REN_SANS, 15, 1, run, 1), advance("a"), 0);
  assert_float_equal(ren_text_caret(text, REN_SANS, 15, 1, run, 3), advance("a"), 0); /* inside a character */
  assert_float_equal(ren_text_caret(text, REN_SANS, 15, 1, run, 4), advance("ae"), 0);
  assert_float_equal(ren_text_caret(text, REN_SANS, 15, 1, run, 5), advance(run), 0);
  assert_float_equal(ren_text_caret(text, REN_SANS, 15, 1, run, 99), advance(run), 0);
  for (size_t offset = 0; offset <= 5; offset++) {
    if (offset == 2 || offset == 3) continue;
    float x = ren_text_caret(text, REN_SANS, 15, 2, run, offset);
    assert_int_equal(ren_text_offset(text, REN_SANS, 15, 2, run, x), offset);
    assert_int_equal(ren_text_offset(text, REN_SANS, 15, 2, run, x + 1), offset);
  }
  assert_int_equal(ren_text_offset(text, REN_SANS, 15, 1, run, -50), 0);
  assert_int_equal(ren_text_offset(text, REN_SANS, 15, 1, run, 1e9F), 5);
  assert_int_equal(ren_text_offset(text, REN_SANS, 15, 1, "", 7), 0);
}

/* From right to left the first caret stands at the right; each offset is found again where its caret is. */
static void carets_follow_the_direction(void **state) {
  (void)state;
  const char *run = "שלום";
  int width = advance(run);
  assert_float_equal(ren_text_caret(text, REN_SANS, 15, 1, run, 0), width, 0);
  assert_float_equal(ren_text_caret(text, REN_SANS, 15, 1, run, 8), 0, 0);
  for (size_t offset = 0; offset < 8; offset += 2) {
    float x = ren_text_caret(text, REN_SANS, 15, 2, run, offset);
    assert_true(x > ren_text_caret(text, REN_SANS, 15, 2, run, offset + 2));
    assert_int_equal(ren_text_offset(text, REN_SANS, 15, 2, run, x), offset);
  }
  assert_int_equal(ren_text_offset(text, REN_SANS, 15, 1, run, -50), 8);
  assert_int_equal(ren_text_offset(text, REN_SANS, 15, 1, run, 1e6F), 0);
  assert_true(ren_text_turns(run));
  assert_true(ren_text_turns("a 1 ש"));
  assert_false(ren_text_turns("a 1 ²"));
}

/* Where the direction turns, a stretch of the text is several on the line; all of it is one. */
static void spans_follow_the_direction(void **state) {
  (void)state;
  const char *run = "ab שלום cd"; /* bytes 3 to 11 run to the left */
  RenSpan spans[4];
  assert_int_equal(ren_text_spans(text, REN_SANS, 15, 1, run, 0, strlen(run), spans, 4), 1);
  assert_float_equal(spans[0].left, 0, 0);
  assert_float_equal(spans[0].right, advance(run), 0);
  assert_int_equal(ren_text_spans(text, REN_SANS, 15, 1, run, 1, 5, spans, 4), 2); /* "b " and the first letter */
  assert_float_equal(spans[0].left, advance("a"), 0);
  assert_float_equal(spans[0].right, advance("ab "), 0);
  assert_float_equal(spans[1].right, advance("ab שלום"), 0);
  assert_true(spans[1].left > spans[0].right);
  assert_int_equal(ren_text_spans(text, REN_SANS, 15, 1, run, 4, 4, spans, 4), 0);
  assert_int_equal(ren_text_spans(text, REN_SANS, 15, 1, run, 1, 5, spans, 1), 1); /* no more than asked for */
  assert_int_equal(ren_text_spans(text, REN_SANS, 15, 1, "ab", 1, 2, spans, 4), 1);
  assert_float_equal(spans[0].left, advance("a"), 0);
}

/* The first letter says at which side a run begins, wherever a word of the other direction stands in it. */
static void runs_are_ordered_by_their_first_letter(void **state) {
  (void)state;
  const char *hebrew = "של WWW", *latin = "WWW של";
  assert_float_equal(ren_text_caret(text, REN_SANS, 15, 1, hebrew, 0), advance(hebrew), 0);
  assert_float_equal(ren_text_caret(text, REN_SANS, 15, 1, hebrew, 5), 0, 0);
  assert_float_equal(ren_text_caret(text, REN_SANS, 15, 1, latin, 0), 0, 0);
  assert_float_equal(ren_text_caret(text, REN_SANS, 15, 1, latin, 4), advance(latin), 0);
  assert_float_equal(ren_text_caret(text, REN_SANS, 15, 1, "1 ש", 0), advance("ש "), 0);
}

/* Brackets open towards the text that they begin. */
static void brackets_turn_with_the_text(void **state) {
  (void)state;
  RenCoverage ink;
  assert_true(ren_text_coverage(text, REN_SANS, 15, 1, "(", &ink));
  size_t n = (size_t)(ink.width * ink.height);
  uint8_t *opening = malloc(n);
  assert_non_null(opening);
  int width = ink.width, height = ink.height;
  for (int y = 0; y < height; y++) memcpy(opening + y * width, ink.pixels + y * ink.pitch, (size_t)width);
  assert_true(ren_text_coverage(text, REN_SANS, 15, 1, "(ש)", &ink)); /* the first from the left closes */
  for (int y = 0; y < height; y++)
    assert_memory_equal(ink.pixels + y * ink.pitch, opening + y * width, (size_t)width);
  free(opening);
}

/* Of a stretch that is drawn as one, too, as many characters are kept as fit. */
static void stretches_are_shortened_by_character(void **state) {
  (void)state;
  const char *run = "שלוםשלוםשלום";
  const char *cut = ren_text_shorten(text, REN_SANS, 15, 1, run, advance(run) / 2);
  size_t n = strlen(cut);
  assert_true(n > 3 + 4 && n < strlen(run));
  assert_memory_equal(cut, run, n - 3);
  assert_int_equal((n - 3) % 2, 0);
  assert_true(advance(cut) <= advance(run) / 2);
}

static void long_runs_are_shortened(void **state) {
  (void)state;
  const char *run = "incomprehensibilities";
  int full = advance(run);
  assert_string_equal(ren_text_shorten(text, REN_SANS, 15, 1, run, full), run);
  for (int width = 0; width < full; width += 3) {
    const char *cut = ren_text_shorten(text, REN_SANS, 15, 1, run, width);
    assert_true(advance(cut) <= width);
    size_t n = strlen(cut);
    if (n == 0) continue;
    assert_string_equal(cut + n - 3, "\xE2\x80\xA6");
    assert_memory_equal(cut, run, n - 3);
    char longer[64];
    snprintf(longer, sizeof longer, "%.*s\xE2\x80\xA6", (int)(n - 3 + 1), run);
    assert_true(advance(longer) > width); /* one more would not fit */
  }
  assert_string_equal(ren_text_shorten(text, REN_SANS, 15, 1, run, 2), "");
}

static void unknown_characters_are_boxes(void **state) {
  (void)state;
  RenCoverage ink;
  assert_true(ren_text_coverage(text, REN_SANS, 15, 1, "\xE6\xBC\xA2", &ink)); /* U+6F22 */
  int width = 0, height = 0;
  ren_glyph_box_size(0x6F22, 15, &width, &height);
  assert_int_equal(ink.width, width);
  assert_int_equal(ink.height, height);
  uint8_t *box = calloc((size_t)width * (size_t)height, 1);
  ren_glyph_box_draw(0x6F22, 15, box);
  for (int y = 0; y < height; y++) assert_memory_equal(ink.pixels + y * ink.pitch, box + y * width, (size_t)width);
  /* the digits: 6 begins at (2, 2), F at (6, 2); 6's top row is full, its second has only the left dot */
  const uint8_t *six = box + 2 * width + 2, *letter_f = box + 2 * width + 6;
  assert_true(six[0] == 255 && six[1] == 255 && six[2] == 255);
  assert_true(six[width] == 255 && six[width + 1] == 0 && six[width + 2] == 0);
  assert_true(letter_f[4 * width] == 255 && letter_f[4 * width + 1] == 0);
  free(box);
  assert_true(ren_text_coverage(text, REN_SANS, 15, 1, "\n", &ink)); /* controls too */
  assert_int_equal(ink.height, height);
  assert_true(advance("\xF3\xB0\x80\x80") > advance("\xE6\xBC\xA2")); /* six digits */
}

/* Bytes that are no UTF-8, cut characters, very long and very large text. */
static void odd_text_does_no_harm(void **state) {
  (void)state;
  const char *odd[] = {"\xFF\xFE", "\xC3",         "\xE2\x82",     "\xF0\x9F\x98",
                       "a\x80z",   "\xED\xA0\x80", "\xE2\x80\x8D", "\xCC\x81"};
  RenCoverage ink;
  for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
    assert_true(advance(odd[i]) >= 0);
    ren_text_coverage(text, REN_SANS, 15, 1, odd[i], &ink);
    assert_true(ren_text_offset(text, REN_SANS, 15, 1, odd[i], 1e6F) <= strlen(odd[i]));
  }
  assert_true(ren_text_advance(text, REN_SANS, 100000, 1, "x") > 0);
  assert_true(ren_text_advance(text, REN_SANS, -3, 1, "x") >= 0);
  assert_true(ren_text_advance(text, REN_SANS, 13, NAN, "x") >= 0);
  char *book = malloc(100001);
  memset(book, 'm', 100000);
  book[100000] = '\0';
  assert_true(ren_text_coverage(text, REN_SANS, 15, 1, book, &ink));
  assert_true(ink.width < 20000);
  free(book);
}

/* More different characters than are kept: the cache stays within its bound and keeps answering. */
static void the_cache_is_bounded(void **state) {
  (void)state;
  int before = advance("doctor");
  for (int size = 20; size < 90; size++)
    for (char c = '!'; c <= '~'; c++) {
      char run[2] = {c, 0};
      ren_text_advance(text, REN_SANS, size, 1, run);
    }
  assert_true(ren_text_cache_bytes(text) < (size_t)20 << 20);
  assert_int_equal(advance("doctor"), before);
}

static void missing_fonts_are_named(void **state) {
  (void)state;
  EngError err = {""};
  assert_null(ren_text_open("/no/such/folder", &err));
  assert_non_null(strstr(err.message, "/no/such/folder: DejaVuSans.ttf"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(widths_are_those_of_the_ink),
      cmocka_unit_test(coverage_is_cropped),
      cmocka_unit_test(ink_stands_on_the_pen),
      cmocka_unit_test(tails_do_not_shift_letters),
      cmocka_unit_test(runs_are_the_sum_of_their_pieces),
      cmocka_unit_test(widths_follow_the_scale),
      cmocka_unit_test(marks_stay_with_their_letters),
      cmocka_unit_test(joining_scripts_are_shaped_as_one),
      cmocka_unit_test(carets_fall_between_characters),
      cmocka_unit_test(carets_follow_the_direction),
      cmocka_unit_test(spans_follow_the_direction),
      cmocka_unit_test(runs_are_ordered_by_their_first_letter),
      cmocka_unit_test(brackets_turn_with_the_text),
      cmocka_unit_test(stretches_are_shortened_by_character),
      cmocka_unit_test(long_runs_are_shortened),
      cmocka_unit_test(unknown_characters_are_boxes),
      cmocka_unit_test(odd_text_does_no_harm),
      cmocka_unit_test(the_cache_is_bounded),
      cmocka_unit_test(missing_fonts_are_named),
  };
  return cmocka_run_group_tests(tests, open_text, close_text);
}
