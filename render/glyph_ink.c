/* Pixels are ARGB with straight alpha. Resizing weighs colours by their alpha, in whole numbers, so that it
 * comes out alike everywhere. */
#include "render/glyph_ink.h"

#include <stddef.h>
#include <string.h>

static uint8_t *pixel_at(const SDL_Surface *surface, int x, int y) {
  return (uint8_t *)surface->pixels + (ptrdiff_t)y * surface->pitch + 4 * (ptrdiff_t)x;
}

static uint32_t argb_at(const SDL_Surface *surface, int x, int y) {
  uint32_t pixel = 0;
  memcpy(&pixel, pixel_at(surface, x, y), sizeof pixel);
  return pixel;
}

static int alpha_at(const SDL_Surface *surface, int x, int y) { return (int)(argb_at(surface, x, y) >> 24); }

static bool column_has_ink(const SDL_Surface *surface, int x) {
  for (int y = 0; y < surface->h; y++)
    if (alpha_at(surface, x, y)) return true;
  return false;
}

static bool row_has_ink(const SDL_Surface *surface, int y) {
  for (int x = 0; x < surface->w; x++)
    if (alpha_at(surface, x, y)) return true;
  return false;
}

SDL_Rect ren_ink_bounds(const SDL_Surface *surface) {
  int left = 0, right = surface->w, top = 0, bottom = surface->h;
  while (left < right && !column_has_ink(surface, left)) left++;
  while (right > left && !column_has_ink(surface, right - 1)) right--;
  while (top < bottom && !row_has_ink(surface, top)) top++;
  while (bottom > top && !row_has_ink(surface, bottom - 1)) bottom--;
  return (SDL_Rect){left, top, right - left, bottom - top};
}

bool ren_ink_is_colored(const SDL_Surface *surface, SDL_Rect bounds) {
  for (int y = bounds.y; y < bounds.y + bounds.h; y++)
    for (int x = bounds.x; x < bounds.x + bounds.w; x++) {
      uint32_t pixel = argb_at(surface, x, y);
      if (pixel >> 24 && (pixel & 0xFFFFFF) != 0xFFFFFF) return true;
    }
  return false;
}

void ren_ink_copy(const SDL_Surface *surface, SDL_Rect bounds, uint8_t *coverage, uint32_t *colors) {
  for (int y = 0; y < bounds.h; y++)
    for (int x = 0; x < bounds.w; x++) {
      uint32_t pixel = argb_at(surface, bounds.x + x, bounds.y + y);
      size_t i = (size_t)y * (size_t)bounds.w + (size_t)x;
      coverage[i] = (uint8_t)(pixel >> 24);
      if (colors) colors[i] = 0xFF000000U | (pixel & 0xFFFFFF);
    }
}

static int end_of(int i, int from, int to) {
  int start = (int)((int64_t)i * from / to), end = (int)(((int64_t)i + 1) * from / to);
  return end > start ? end : start + 1;
}

/* The mean of the source's pixels that pixel (x, y) of the target covers. */
static uint32_t mean_of(const SDL_Surface *source, const SDL_Surface *target, int x, int y) {
  uint64_t sum[4] = {0}; /* blue, green, red, weighed by alpha; alpha */
  uint64_t count = 0;
  int right = end_of(x, source->w, target->w), bottom = end_of(y, source->h, target->h);
  for (int sy = (int)((int64_t)y * source->h / target->h); sy < bottom; sy++)
    for (int sx = (int)((int64_t)x * source->w / target->w); sx < right; sx++, count++) {
      uint32_t pixel = argb_at(source, sx, sy), alpha = pixel >> 24;
      for (int c = 0; c < 3; c++) sum[c] += (uint64_t)(pixel >> 8 * c & 255) * alpha;
      sum[3] += alpha;
    }
  uint64_t alpha = sum[3];
  if (alpha == 0) return 0;
  uint32_t mean = (uint32_t)((alpha + count / 2) / count) << 24;
  for (int c = 0; c < 3; c++) mean |= (uint32_t)((sum[c] + alpha / 2) / alpha) << 8 * c;
  return mean;
}

SDL_Surface *ren_ink_resize(const SDL_Surface *surface, int width, int height) {
  SDL_Surface *small = SDL_CreateRGBSurfaceWithFormat(0, width, height, 32, SDL_PIXELFORMAT_ARGB8888);
  if (!small) return NULL;
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) {
      uint32_t mean = mean_of(surface, small, x, y);
      memcpy(pixel_at(small, x, y), &mean, sizeof mean);
    }
  return small;
}
