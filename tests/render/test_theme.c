/* Colours against the published numbers: contrast of text, the paled tiles, the two palettes. */
#include "render/theme.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static uint32_t hex(RenColor c) { return (uint32_t)c.r << 16 | (uint32_t)c.g << 8 | c.b; }

static double linear(uint8_t channel) {
  double c = channel / 255.0;
  return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(RenColor c) { return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b); }

static double contrast(RenColor a, RenColor b) {
  double la = luminance(a), lb = luminance(b);
  return la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
}

static void themes_are_found_by_name(void **state) {
  (void)state;
  assert_int_equal(hex(ren_theme_find("dark")->bg), 0x15171C);
  assert_int_equal(hex(ren_theme_find("light")->accent), 0x0B63C9);
  assert_null(ren_theme_find("solarized"));
  assert_null(ren_theme_find(NULL));
}

static void text_is_legible(void **state) {
  (void)state;
  const char *names[] = {"dark", "light"};
  for (int i = 0; i < 2; i++) {
    const RenTheme *theme = ren_theme_find(names[i]);
    assert_true(contrast(theme->text, theme->bg) >= 4.5);
    assert_true(contrast(theme->text, theme->panel) >= 4.5);
    assert_true(contrast(theme->muted, theme->bg) >= 4.5);
  }
}

static void inactive_tiles_are_paled(void **state) {
  (void)state;
  const uint32_t expected[] = {0xaec7d8, 0xf1cdac, 0xb5cfb5, 0xe0b8b8, 0xd4cdd9,
                               0xc1c6c7, 0xedcfe4, 0xcccccc, 0xdadab1, 0xaddce1};
  const RenTheme *light = ren_theme_find("light");
  for (int head = 0; head < 10; head++) {
    RenColor color = ren_theme_tile_color(light, head, false);
    assert_in_range(color.r + 1 - (int)(expected[head] >> 16), 0, 2);
    assert_in_range(color.g + 1 - (int)(expected[head] >> 8 & 255), 0, 2);
    assert_in_range(color.b + 1 - (int)(expected[head] & 255), 0, 2);
    assert_int_equal(hex(ren_theme_tile_color(light, head, true)), hex(ren_theme_head_color(head)));
  }
}

static void inactive_tiles_are_dimmed_in_the_dark(void **state) {
  (void)state;
  const RenTheme *dark = ren_theme_find("dark");
  assert_int_equal(hex(ren_theme_tile_color(dark, 0, false)), 0x1e384e);
  for (int head = 0; head < 16; head++) {
    RenColor dim = ren_theme_tile_color(dark, head, false);
    assert_true(luminance(dim) < luminance(ren_theme_head_color(head)));
    assert_true(contrast(dim, dark->panel) > 1.0);
  }
}

static void heads_and_layers_have_their_palettes(void **state) {
  (void)state;
  assert_int_equal(hex(ren_theme_head_color(1)), 0xFF7F0E);
  assert_int_equal(hex(ren_theme_head_color(11)), 0x116622);
  assert_int_equal(hex(ren_theme_layer_color(11)), 0xFF7F0E);
  for (int head = 16; head < 48; head++) {
    RenColor darker = ren_theme_head_color(head), above = ren_theme_head_color(head - 16);
    assert_true(luminance(darker) < luminance(above));
  }
  assert_int_equal(hex(ren_theme_head_color(-1)), hex(ren_theme_head_color(0)));
}

static void colours_fade_and_mix(void **state) {
  (void)state;
  RenColor white = ren_color_rgb(0xFFFFFF), black = ren_color_rgb(0);
  assert_int_equal(ren_color_fade(white, 0.5F).a, 128);
  assert_int_equal(ren_color_fade(white, 7).a, 255);
  assert_int_equal(ren_color_fade(white, -1).a, 0);
  assert_int_equal(ren_color_fade(white, NAN).a, 0);
  assert_int_equal(hex(ren_color_mix(black, white, 0.5F)), 0x808080);
  assert_int_equal(hex(ren_color_mix(white, black, 1)), 0);
}

/* Okabe and Ito's eight, black being the text's; then a shade darker; no two alike. */
static void the_safe_palette_is_okabe_and_ito(void **state) {
  (void)state;
  const uint32_t colors[] = {0xE69F00, 0x56B4E9, 0x009E73, 0xF0E442, 0x0072B2, 0xD55E00, 0xCC79A7};
  const RenTheme *light = ren_theme_find("light");
  for (int i = 0; i < 7; i++) {
    assert_int_equal(hex(ren_theme_palette_head(light, REN_PALETTE_SAFE, i)), colors[i]);
    assert_int_equal(hex(ren_theme_palette_layer(light, REN_PALETTE_SAFE, i + 8)), colors[i]);
  }
  assert_int_equal(hex(ren_theme_palette_head(light, REN_PALETTE_SAFE, 7)), hex(light->text));
  for (int head = 8; head < 32; head++) {
    RenColor color = ren_theme_palette_head(light, REN_PALETTE_SAFE, head);
    assert_true(luminance(color) < luminance(ren_theme_palette_head(light, REN_PALETTE_SAFE, head - 8)));
  }
  assert_int_equal(hex(ren_theme_palette_head(light, REN_PALETTE_STANDARD, 11)), hex(ren_theme_head_color(11)));
  assert_int_equal(hex(ren_theme_palette_layer(light, REN_PALETTE_SAFE, -1)), colors[0]);
  assert_int_equal(hex(ren_theme_palette_tile(light, REN_PALETTE_SAFE, 1, true)), colors[1]);
  assert_int_equal(hex(ren_theme_palette_tile(light, REN_PALETTE_SAFE, 1, false)), 0xBBE1F6); /* 3/5 to white */
  assert_int_equal(hex(ren_theme_palette_tile(light, REN_PALETTE_STANDARD, 1, false)),
                   hex(ren_theme_tile_color(light, 1, false)));
  assert_string_equal(ren_theme_palette_name(REN_PALETTE_SAFE), "safe");
}

/* WCAG's examples: black on white is 21, a colour on itself 1, #767676 the darkest grey on white that passes. */
static void contrast_is_wcags(void **state) {
  (void)state;
  RenColor black = ren_color_rgb(0), white = ren_color_rgb(0xFFFFFF);
  assert_float_equal(ren_color_contrast(black, white), 21, 1e-9);
  assert_float_equal(ren_color_contrast(white, white), 1, 1e-9);
  assert_float_equal(ren_color_contrast(white, ren_color_rgb(0xFF0000)), 3.9985, 1e-3);
  assert_true(ren_color_contrast(white, ren_color_rgb(0x767676)) >= REN_READABLE);
  assert_true(ren_color_contrast(white, ren_color_rgb(0x777777)) < REN_READABLE);
}

/* On every ground one of both can be read, and what can be read is left alone. */
static void ink_can_be_read_everywhere(void **state) {
  (void)state;
  const RenTheme *dark = ren_theme_find("dark");
  for (uint32_t red = 0; red < 256; red += 15)
    for (uint32_t green = 0; green < 256; green += 15)
      for (uint32_t blue = 0; blue < 256; blue += 15) {
        RenColor ground = ren_color_rgb(red << 16 | green << 8 | blue);
        RenColor ink = ren_color_ink(dark->text, ground);
        assert_true(ren_color_contrast(ink, ground) >= REN_READABLE);
        if (ren_color_contrast(dark->text, ground) >= REN_READABLE) assert_int_equal(hex(ink), hex(dark->text));
      }
  RenColor half = ren_color_fade(ren_color_rgb(0xFFFFFF), 0.5F);
  assert_int_equal(hex(ren_color_over(half, ren_color_rgb(0))), 0x808080);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(themes_are_found_by_name),
      cmocka_unit_test(text_is_legible),
      cmocka_unit_test(inactive_tiles_are_paled),
      cmocka_unit_test(inactive_tiles_are_dimmed_in_the_dark),
      cmocka_unit_test(heads_and_layers_have_their_palettes),
      cmocka_unit_test(the_safe_palette_is_okabe_and_ito),
      cmocka_unit_test(colours_fade_and_mix),
      cmocka_unit_test(contrast_is_wcags),
      cmocka_unit_test(ink_can_be_read_everywhere),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
