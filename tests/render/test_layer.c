/* Pictures laid over others, and which of them are kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "render/layer.h"

#include <cmocka.h>

static XXH128_hash_t key_of(int number) { return XXH3_128bits(&number, sizeof number); }

static uint32_t laid(uint32_t under, uint32_t through, uint32_t color) {
  return (under * through + color * 255 + 32767) / 65535;
}

static void check_blend(RenSimd simd) {
  enum { WIDTH = 257 };
  static const uint16_t numbers[] = {0, 1, 127, 128, 129, 255, 256, 32767, 32768, 65279, 65280, 65534, 65535};
  enum { N = sizeof numbers / sizeof numbers[0] };
  uint32_t argb[WIDTH];
  uint16_t pixels[4 * WIDTH];
  RenPixels canvas_pixels = {.width = WIDTH, .height = 1, .argb = argb};
  RenCanvas canvas = {&canvas_pixels, 1, {0, 0, WIDTH, 1}, {0, 0, WIDTH, 1}, simd};
  RenLayer layer = {{0, 0, WIDTH, 1}, pixels};
  for (int i = 0; i < N * N; i++) {
    uint16_t through = numbers[i / N], color = numbers[i % N];
    if (through + color > 65535) continue; /* no layer has more */
    for (uint32_t x = 0; x < WIDTH; x++) {
      uint16_t pixel[4] = {through, color, 0, color};
      memcpy(pixels + 4 * x, pixel, sizeof pixel);
      argb[x] = 0xFF000000U | (x & 255) << 16 | (255 - (x & 255)) << 8 | (x & 255);
    }
    ren_layer_blend(&canvas, &layer, 0, 0);
    for (uint32_t x = 0; x < WIDTH; x++)
      assert_int_equal(argb[x], 0xFF000000U | laid(x & 255, through, color) << 16 |
                                    laid(255 - (x & 255), through, 0) << 8 | laid(x & 255, through, color));
  }
}

/* Each channel under * through + color to nearest, for every channel's value and some of the layer's. */
static void a_blend_is_rounded_to_nearest(void **state) {
  (void)state;
  for (RenSimd simd = REN_SIMD_SCALAR; simd <= ren_simd(); simd++) check_blend(simd);
}

static void keep(RenLayers *layers, int number, RenBounds bounds, uint16_t *pixels) {
  pixels[0] = (uint16_t)number;
  ren_layers_keep(layers, key_of(number), &(RenLayer){bounds, pixels});
}

/* Many small ones are bounded by their number, large ones by their bytes; what was asked for last stays. */
static void check_order(RenBounds bounds, int n, int n_kept) {
  uint16_t *pixels = calloc(1, ren_layer_bytes(bounds));
  RenLayers *layers = ren_layers_new();
  assert_non_null(pixels);
  assert_non_null(layers);
  for (int i = 0; i < n; i++) {
    keep(layers, i, bounds, pixels);
    assert_non_null(ren_layers_find(layers, key_of(0)));
  }
  assert_int_equal(ren_layers_bytes(layers), (size_t)n_kept * ren_layer_bytes(bounds));
  assert_null(ren_layers_find(layers, key_of(n - n_kept)));
  for (int i = n - n_kept + 1; i < n; i++) assert_int_equal(ren_layers_find(layers, key_of(i))->pixels[0], i);
  ren_layers_free(layers);
  free(pixels);
}

static void the_oldest_goes_first(void **state) {
  (void)state;
  check_order((RenBounds){0, 0, 1, 1}, REN_LAYERS + 1000, REN_LAYERS);
  check_order((RenBounds){0, 0, 1024, 1024}, 20, 8);
}

/* Two pixels in a part of a layer, or none: what is kept of it looks the same, and takes no more room than they do.
 */
static void only_what_shows_is_kept(void **state) {
  (void)state;
  uint16_t pixels[4 * 8 * 8];
  RenLayer sheet = {{10, 20, 18, 28}, pixels};
  RenBounds part = {12, 20, 18, 26};
  RenLayers *layers = ren_layers_new();
  assert_non_null(layers);
  ren_layer_clear(&sheet);
  *ren_layer_pixel(&sheet, 11, 21) = 7; /* beside the part */
  ren_layers_keep_part(layers, key_of(0), &sheet, part);
  assert_int_equal(ren_layers_bytes(layers), 0);
  assert_true(ren_bounds_empty(ren_layers_find(layers, key_of(0))->bounds));
  *ren_layer_pixel(&sheet, 13, 22) = 8;
  ren_layer_pixel(&sheet, 15, 25)[3] = 9;
  ren_layers_keep_part(layers, key_of(1), &sheet, part);
  const RenLayer *kept = ren_layers_find(layers, key_of(1));
  assert_true(ren_bounds_same(kept->bounds, (RenBounds){13, 22, 16, 26}));
  assert_int_equal(ren_layers_bytes(layers), ren_layer_bytes(kept->bounds));
  for (int y = 22; y < 26; y++)
    assert_memory_equal(ren_layer_pixel(kept, 13, y), ren_layer_pixel(&sheet, 13, y), 3 * 4 * sizeof *pixels);
  ren_layers_free(layers);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_blend_is_rounded_to_nearest),
      cmocka_unit_test(the_oldest_goes_first),
      cmocka_unit_test(only_what_shows_is_kept),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
