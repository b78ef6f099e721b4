/* Memory that is drawn into: the picture, and what one command needs while it is drawn. */
#include "render/raster_parts.h"

#include "render/drawn.h"
#include "render/raster.h"

#include "engine/budget.h"

#include <stdlib.h>

enum { MAX_SIDE = 32768, MAX_PIXELS = 1 << 28 };

bool ren_pixels_resize(RenPixels *pixels, int width, int height, EngError *err) {
  if (pixels->argb && pixels->width == width && pixels->height == height) return true;
  if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE || width > MAX_PIXELS / height)
    return eng_error_set(err, NULL, "picture", "expected 1 to %d pixels a side, found %dx%d", MAX_SIDE, width,
                         height);
  size_t bytes = (size_t)width * (size_t)height * sizeof *pixels->argb;
  if (!eng_budget_take(bytes)) return eng_budget_error(err, "picture", bytes);
  uint32_t *argb = calloc(1, bytes);
  if (!argb) {
    eng_budget_give(bytes);
    return eng_error_set(err, NULL, "picture", "not enough memory for %dx%d pixels", width, height);
  }
  uint64_t n_drawn = pixels->n_drawn;
  ren_pixels_free(pixels);
  *pixels = (RenPixels){.width = width, .height = height, .argb = argb, .n_drawn = n_drawn};
  return true;
}

void ren_pixels_forget(RenPixels *pixels) {
  ren_drawn_free(pixels->drawn);
  pixels->drawn = NULL;
}

void ren_pixels_free(RenPixels *pixels) {
  ren_pixels_forget(pixels);
  size_t n = (size_t)pixels->width * (size_t)pixels->height;
  if (pixels->argb) eng_budget_free(pixels->argb, n * sizeof *pixels->argb);
  *pixels = (RenPixels){0};
}

float *ren_scratch_reserve(RenScratch *scratch, size_t n_values) {
  if (n_values <= scratch->capacity) return scratch->values;
  if (n_values > SIZE_MAX / sizeof(float)) return NULL;
  float *grown = realloc(scratch->values, n_values * sizeof *grown);
  if (!grown) return NULL;
  scratch->capacity = n_values;
  return scratch->values = grown;
}
