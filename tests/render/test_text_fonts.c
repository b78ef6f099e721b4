/* Characters that DejaVu lacks: fonts found in a folder (tests/make/test_fonts.py made them), in colour too,
 * and boxes where none has the character. */
#include "drawing.h"
#include "render/font_files.h"
#include "render/glyph_box.h"
#include "render/script.h"

#include <stdio.h>
#include <unistd.h>

#define FOLDER FIXTURES "/fonts"
#define HAN "\xE6\xBC\xA2"                         /* U+6F22, in NotoSansCJK */
#define OTHER_HAN "\xE5\xAD\x97"                   /* U+5B57, in none */
#define HI "\xE0\xA4\xB9\xE0\xA4\xBF"              /* U+0939 U+093F, in NotoSansDevanagari */
#define KA "\xE0\xA4\x95"                          /* U+0915, in none */
#define HAND "\xF0\x9F\x91\x8D"                    /* U+1F44D, in NotoColorEmoji */
#define HEART "\xE2\x9D\xA4"                       /* U+2764, there and in DejaVu */
#define AS_PICTURE "\xEF\xB8\x8F"                  /* U+FE0F */
#define AS_TEXT "\xEF\xB8\x8E"                     /* U+FE0E */
#define TONE "\xF0\x9F\x8F\xBD"                    /* U+1F3FD, in none */
#define GERMANY "\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA" /* U+1F1E9 U+1F1EA, in none */

static RenText *plain, *found;

static int open_texts(void **state) {
  (void)state;
  plain = ren_text_open(HEADSCOPE_SOURCE "/fonts", NULL);
  found = ren_text_open(HEADSCOPE_SOURCE "/fonts", NULL);
  return plain && found && ren_text_search(found, FOLDER) ? 0 : -1;
}

static int close_texts(void **state) {
  (void)state;
  ren_text_close(plain);
  ren_text_close(found);
  return 0;
}

static int advance(RenText *text, const char *run) { return ren_text_advance(text, REN_SANS, 20, 1, run); }

static int box_advance(uint32_t point) {
  int width = 0, height = 0;
  ren_glyph_box_size(point, 20, &width, &height);
  return width + 2;
}

/* The font's Han character is a square of 0.8 em that begins 0.1 em right of the pen. */
static void a_character_comes_from_the_font_that_has_it(void **state) {
  (void)state;
  RenCoverage ink;
  assert_int_equal(advance(found, HAN), 20);
  assert_true(ren_text_coverage(found, REN_SANS, 20, 1, HAN, &ink));
  assert_null(ink.colors);
  assert_int_equal(ink.left, 2);
  assert_int_equal(ink.top, -16);
  assert_int_equal(ink.width, 16);
  assert_int_equal(ink.height, 16);
  for (int i = 0; i < ink.height; i++) assert_int_equal(ink.pixels[i * ink.pitch + i], 255);
  for (int font = 0; font < 3; font++) assert_int_equal(ren_text_advance(found, (RenFont)font, 20, 1, HAN), 20);
  assert_int_equal(advance(plain, HAN), box_advance(0x6F22));
}

/* What DejaVu has is drawn as if there were no other fonts, bit for bit. */
static void other_fonts_change_nothing_that_dejavu_has(void **state) {
  (void)state;
  const char *const words[] = {"doctor", "\xC4\xA0nurse", "e\xCC\x81t\xC3\xA9", "שלום", "سلام", "→ ×√", HEART};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    RenCoverage a, b;
    assert_true(ren_text_coverage(plain, REN_SANS, 20, 1, words[i], &a));
    assert_true(ren_text_coverage(found, REN_SANS, 20, 1, words[i], &b));
    assert_null(b.colors);
    assert_int_equal(a.width, b.width);
    assert_int_equal(a.height, b.height);
    assert_memory_equal(a.pixels, b.pixels, (size_t)(a.width * a.height));
  }
}

/* A stretch that one font has as a whole is drawn from it; else each code point is, or is a box. */
static void what_no_font_has_is_a_box_for_each_code_point(void **state) {
  (void)state;
  assert_int_equal(advance(found, HI), 20);
  assert_int_equal(advance(plain, HI), box_advance(0x939) + box_advance(0x93F));
  assert_int_equal(advance(found, HI KA), 20 + box_advance(0x915));
  assert_int_equal(advance(found, OTHER_HAN), box_advance(0x5B57));
  assert_int_equal(advance(found, HAN OTHER_HAN), 20 + box_advance(0x5B57));
  assert_int_equal(advance(found, GERMANY), box_advance(0x1F1E9) + box_advance(0x1F1EA));
  assert_int_equal(advance(plain, HAND "\xE2\x80\x8D" HAND), 2 * box_advance(0x1F44D)); /* joiners are no boxes */
  assert_int_equal(advance(plain, "1" AS_PICTURE "\xE2\x83\xA3"),
                   advance(plain, "1") + advance(plain, "\xE2\x83\xA3"));
}

/* The picture is red above and blue below, 40 pixels in the font, a line of text high when drawn. */
static void emoji_have_colours_and_the_size_of_the_text(void **state) {
  (void)state;
  for (int size = 10; size <= 90; size += 16) {
    RenCoverage ink;
    assert_true(ren_text_coverage(found, REN_SANS, size, 1, HAND, &ink));
    assert_non_null(ink.colors);
    assert_in_range(ink.height, size, size + size / 3);
    assert_in_range(ink.width, size, size + size / 3);
    assert_in_range(-ink.top, size * 3 / 4, size + size / 5);
    int middle = ink.width / 2;
    assert_int_equal(ink.pixels[middle], 255);
    assert_int_equal(ink.colors[middle], 0xFFFF0000U);
    assert_int_equal(ink.colors[(ink.height - 1) * ink.pitch + middle], 0xFF0000FFU);
    assert_int_equal(ren_text_advance(found, REN_SANS, size, 1, HAND), ink.left + ink.width);
  }
}

static bool is_colored(const char *run) {
  RenCoverage ink;
  assert_true(ren_text_coverage(found, REN_SANS, 20, 1, run, &ink));
  return ink.colors != NULL;
}

static void selectors_choose_between_picture_and_text(void **state) {
  (void)state;
  assert_false(is_colored(HEART));
  assert_true(is_colored(HEART AS_PICTURE));
  assert_false(is_colored(HEART AS_TEXT));
  assert_true(is_colored("a" HAND "b"));
}

static void emoji_are_told_from_text(void **state) {
  (void)state;
  const char *const emoji[] = {HAND, HEART AS_PICTURE, "1" AS_PICTURE "\xE2\x83\xA3", GERMANY, TONE, HAND TONE};
  const char *const text[] = {"a", "1", HEART, HAND AS_TEXT, "\xC2\xA9", HAN, HI};
  for (size_t i = 0; i < sizeof emoji / sizeof *emoji; i++)
    assert_true(ren_script_is_emoji(emoji[i], strlen(emoji[i])));
  for (size_t i = 0; i < sizeof text / sizeof *text; i++)
    assert_false(ren_script_is_emoji(text[i], strlen(text[i])));
}

/* In a run the picture keeps its colours, the letters beside it the text's, and the text's opacity holds for
 * both. */
static void pictures_are_drawn_in_their_own_colours(void **state) {
  (void)state;
  for (int half = 0; half < 2; half++) {
    Drawing *drawing = drawing_new(60, 30);
    assert_true(ren_text_search(drawing->text, FOLDER));
    RenColor green = {0, 255, 0, half ? 128 : 255};
    ren_frame_text(drawing->frame, REN_NO_ID, (RenRect){0, 0, 60, 30},
                   (RenTextShape){.text = HAND HAN, .font = REN_SANS, .size = 20, .color = green});
    drawing_draw(drawing, 1, 0x000000);
    int full = half ? 128 : 255;
    assert_int_equal(drawing_at(drawing, 11, 6), 0xFF000000U | (uint32_t)full << 16);
    assert_int_equal(drawing_at(drawing, 11, 22), 0xFF000000U | (uint32_t)full);
    assert_int_equal(drawing_at(drawing, 35, 15), 0xFF000000U | (uint32_t)full << 8);
    drawing_free(drawing);
  }
}

/* A quarter turn to the left: what is above is at the left, and runs go up. */
static void turned_pictures_keep_their_colours(void **state) {
  (void)state;
  Drawing *drawing = drawing_new(30, 60);
  assert_true(ren_text_search(drawing->text, FOLDER));
  ren_frame_text(
      drawing->frame, REN_NO_ID, (RenRect){0, 0, 30, 60},
      (RenTextShape){.text = HAND HAN, .font = REN_SANS, .size = 20, .color = {0, 255, 0, 255}, .turned = true});
  drawing_draw(drawing, 1, 0x000000);
  assert_int_equal(drawing_at(drawing, 6, 48), 0xFFFF0000U);
  assert_int_equal(drawing_at(drawing, 22, 48), 0xFF0000FFU);
  assert_int_equal(drawing_at(drawing, 15, 24), 0xFF00FF00U);
  drawing_free(drawing);
}

/* Each script's entry is found from its ends, and only there. */
static void scripts_are_found_by_code_point(void **state) {
  (void)state;
  assert_string_equal(ren_script_of(0x0590)->tag, "Hebr");
  assert_string_equal(ren_script_of(0x0939)->tag, "Deva");
  assert_string_equal(ren_script_of(0x0E7F)->tag, "Thai");
  assert_string_equal(ren_script_of(0xFEFE)->tag, "Arab");
  assert_string_equal(ren_script_of(0x1E95F)->tag, "Adlm");
  const int32_t none[] = {0, 'a', 0x058F, 0x6F22, 0xFEFF, 0x1E960, 0x10FFFF};
  for (size_t i = 0; i < sizeof none / sizeof *none; i++) assert_null(ren_script_of(none[i]));
  assert_string_equal(ren_script_of_piece("\xE2\x97\x8C\xE0\xA4\xBF", 6)->tag, "Deva"); /* on a dotted circle */
}

static void touch(const char *folder, const char *name) {
  char path[512];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  fputs("no font", file);
  fclose(file);
}

/* Whatever a version calls the file; earlier folders first; no bold, no other font that begins alike. */
static void files_are_found_by_the_fonts_name(void **state) {
  (void)state;
  char folder[] = P_tmpdir "/headscope_fonts_XXXXXX", folders[256], path[512];
  const char *const names[] = {"NotoSansThai-Bold.ttf", "NotoSansThaiLooped-Regular.ttf", "NotoSansThai[wght].ttf",
                               "NotoSansLao-VF.otf", "unifont.txt"};
  assert_non_null(mkdtemp(folder));
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) touch(folder, names[i]);
  snprintf(folders, sizeof folders, "/no/such/folder:%s:%s", folder, FOLDER);
  RenFontFiles files = {0};
  assert_true(ren_font_files_set(&files, folders));
  int thai = ren_font_files_find(&files, "NotoSansThai");
  assert_true(thai >= 0);
  assert_non_null(strstr(files.paths[thai], "/NotoSansThai[wght].ttf"));
  assert_true(ren_font_files_find(&files, "NotoSansLao") >= 0);
  assert_true(ren_font_files_find(&files, "NotoSansCJK") >= 0);
  assert_int_equal(ren_font_files_find(&files, "unifont"), -1);
  assert_int_equal(ren_font_files_find(&files, "NotoSans"), -1);
  ren_font_files_free(&files);

  RenText *text = ren_text_open(HEADSCOPE_SOURCE "/fonts", NULL);
  assert_true(ren_text_search(text, folders)); /* files that are no fonts are passed over */
  assert_true(ren_text_advance(text, REN_SANS, 20, 1, "\xE0\xB8\x81") > 0);
  assert_int_equal(ren_text_advance(text, REN_SANS, 20, 1, HAN), 20);
  assert_true(ren_text_search(text, "")); /* and none again */
  assert_int_equal(ren_text_advance(text, REN_SANS, 20, 1, HAN), box_advance(0x6F22));
  ren_text_close(text);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    snprintf(path, sizeof path, "%s/%s", folder, names[i]);
    unlink(path);
  }
  rmdir(folder);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_character_comes_from_the_font_that_has_it),
      cmocka_unit_test(other_fonts_change_nothing_that_dejavu_has),
      cmocka_unit_test(what_no_font_has_is_a_box_for_each_code_point),
      cmocka_unit_test(emoji_have_colours_and_the_size_of_the_text),
      cmocka_unit_test(selectors_choose_between_picture_and_text),
      cmocka_unit_test(emoji_are_told_from_text),
      cmocka_unit_test(pictures_are_drawn_in_their_own_colours),
      cmocka_unit_test(turned_pictures_keep_their_colours),
      cmocka_unit_test(scripts_are_found_by_code_point),
      cmocka_unit_test(files_are_found_by_the_fonts_name),
  };
  return cmocka_run_group_tests(tests, open_texts, close_texts);
}
