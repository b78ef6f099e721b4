/* A frame and everything that turns it into pixels, for tests that look at pixels. */
#ifndef TESTS_RENDER_DRAWING_H
#define TESTS_RENDER_DRAWING_H

#include "render/raster.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct Drawing {
  RenText *text;
  RenRaster *raster;
  RenFrame *frame;
  RenPixels pixels;
} Drawing;

static inline Drawing *drawing_new(float width, float height) {
  Drawing *drawing = calloc(1, sizeof *drawing);
  assert_non_null(drawing);
  EngError err = {""};
  drawing->text = ren_text_open(HEADSCOPE_SOURCE "/fonts", &err);
  assert_string_equal(err.message, "");
  drawing->raster = ren_raster_new(drawing->text, &err);
  drawing->frame = ren_frame_new();
  assert_non_null(drawing->raster);
  assert_non_null(drawing->frame);
  ren_frame_begin(drawing->frame, width, height);
  return drawing;
}

static inline void drawing_free(Drawing *drawing) {
  ren_pixels_free(&drawing->pixels);
  ren_frame_free(drawing->frame);
  ren_raster_free(drawing->raster);
  ren_text_close(drawing->text);
  free(drawing);
}

static inline void drawing_draw(Drawing *drawing, float scale, uint32_t background) {
  EngError err = {""};
  bool drawn =
      ren_raster_draw(drawing->raster, drawing->frame, scale, ren_color_rgb(background), &drawing->pixels, &err);
  assert_string_equal(err.message, "");
  assert_true(drawn);
}

static inline uint32_t drawing_at(const Drawing *drawing, int x, int y) {
  assert_in_range(x, 0, drawing->pixels.width - 1);
  assert_in_range(y, 0, drawing->pixels.height - 1);
  return drawing->pixels.argb[y * drawing->pixels.width + x];
}

/* One channel of a pixel; with white drawn on black it is the coverage. */
static inline int drawing_channel(const Drawing *drawing, int x, int y, int shift) {
  return (int)(drawing_at(drawing, x, y) >> shift & 255);
}

static inline size_t drawing_bytes(const Drawing *drawing) {
  return 4 * (size_t)drawing->pixels.width * (size_t)drawing->pixels.height;
}

/* A copy of the pixels; to be freed. */
static inline uint32_t *drawing_copy(const Drawing *drawing) {
  uint32_t *copy = malloc(drawing_bytes(drawing));
  assert_non_null(copy);
  return memcpy(copy, drawing->pixels.argb, drawing_bytes(drawing));
}

/* Deterministic numbers 0 … 1. */
static inline float drawing_random(uint32_t *seed) {
  *seed = *seed * 1664525U + 1013904223U;
  return (float)(*seed >> 8) / 16777216.0F;
}

#endif
