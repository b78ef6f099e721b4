/* The surface still holds what was shown last. Of the rows that were drawn since, most stay as they were: comparing
 * them costs what copying would, and spares the screen the rest. Without a renderer and without SDL's default
 * acceleration of surfaces, which would send software pixels through a software GL. */
#include "render/window_show.h"

#include <SDL.h>
#include <string.h>

/* Widens the change by what differs of a row. */
static void widen(RenBounds *change, const uint32_t *from, const uint32_t *to, int width, int y) {
  int left = 0, right = width;
  while (from[left] == to[left]) left++;
  while (from[right - 1] == to[right - 1]) right--;
  bool first = change->bottom == 0;
  *change = (RenBounds){first || left < change->left ? left : change->left, first ? y : change->top,
                        right > change->right ? right : change->right, y + 1};
}

RenBounds ren_window_copy(const RenPixels *from, int top, int bottom, uint32_t *to, size_t pitch) {
  RenBounds change = {0};
  size_t width = (size_t)from->width;
  for (int y = top; y < bottom; y++) {
    const uint32_t *row = from->argb + (size_t)y * width;
    uint32_t *under = to + (size_t)y * pitch;
    if (memcmp(under, row, width * sizeof *row) == 0) continue;
    widen(&change, row, under, from->width, y);
    memcpy(under, row, width * sizeof *row);
  }
  return change;
}

/* Whether pixels lie in the surface as they do in a picture. */
static bool is_alike(const SDL_Surface *surface, const RenPixels *pixels) {
  Uint32 format = surface->format->format;
  return (format == SDL_PIXELFORMAT_RGB888 || format == SDL_PIXELFORMAT_ARGB8888) && !SDL_MUSTLOCK(surface) &&
         surface->w >= pixels->width && surface->h >= pixels->height && surface->pitch % 4 == 0;
}

/* A window may have a few pixels more than its scale divides: they show what lies beside them. */
static RenBounds fill_rest(SDL_Surface *surface, const RenPixels *pixels, RenBounds change) {
  size_t pitch = (size_t)surface->pitch / 4, width = (size_t)pixels->width, wide = (size_t)surface->w;
  uint32_t *to = surface->pixels;
  for (int y = change.top; y < change.bottom; y++)
    for (size_t x = width; x < wide; x++) to[(size_t)y * pitch + x] = to[(size_t)y * pitch + width - 1];
  if (change.right == pixels->width) change.right = surface->w;
  if (change.bottom < pixels->height || change.bottom == 0) return change;
  for (; change.bottom < surface->h; change.bottom++)
    memcpy(to + (size_t)change.bottom * pitch, to + (size_t)(pixels->height - 1) * pitch, wide * sizeof *to);
  return change;
}

static bool convert(SDL_Surface *surface, const RenPixels *pixels) {
  SDL_Surface *source = SDL_CreateRGBSurfaceWithFormatFrom(pixels->argb, pixels->width, pixels->height, 32,
                                                           pixels->width * 4, SDL_PIXELFORMAT_ARGB8888);
  bool ok = source && SDL_SetSurfaceBlendMode(source, SDL_BLENDMODE_NONE) == 0 &&
            SDL_BlitSurface(source, NULL, surface, NULL) == 0;
  SDL_FreeSurface(source);
  return ok;
}

bool ren_window_show(struct SDL_Window *window, const RenPixels *pixels, uint64_t shown) {
  SDL_Surface *surface = SDL_GetWindowSurface(window);
  if (!surface) return false;
  if (!is_alike(surface, pixels)) return convert(surface, pixels) && SDL_UpdateWindowSurface(window) == 0;
  bool next = shown > 0 && pixels->n_drawn == shown + 1;
  RenBounds change = ren_window_copy(pixels, next ? pixels->top : 0, next ? pixels->bottom : pixels->height,
                                     surface->pixels, (size_t)surface->pitch / 4);
  change = fill_rest(surface, pixels, change);
  if (shown == 0) return SDL_UpdateWindowSurface(window) == 0;
  SDL_Rect rect = {change.left, change.top, change.right - change.left, change.bottom - change.top};
  return change.bottom == 0 || SDL_UpdateWindowSurfaceRects(window, &rect, 1) == 0;
}
