/* The surface still holds what was shown last. Of the rows that were drawn since, most stay as they were: comparing
 * them costs what copying would, and spares the screen the rest. Without a renderer and without SDL's default
 * acceleration of surfaces, which would send software pixels through a software GL. */
#include "render/window_show.h"

#include <SDL.h>
#include <string.h>

/* What differs of a row, from … to, where something does; compared some pixels at a time. */
static RenBounds differing(const uint32_t *from, const uint32_t *to, RenBounds part, int y) {
  enum { SOME = 16 };
  int left = part.left, right = part.right;
  while (left + SOME < right && memcmp(from + left, to + left, SOME * sizeof *from) == 0) left += SOME;
  while (right - SOME > left && memcmp(from + right - SOME, to + right - SOME, SOME * sizeof *from) == 0)
    right -= SOME;
  while (from[left] == to[left]) left++;
  while (from[right - 1] == to[right - 1]) right--;
  return (RenBounds){left, y, right, y + 1};
}

RenBounds ren_window_copy(const RenPixels *from, RenBounds part, uint32_t *to, size_t pitch) {
  RenBounds change = {0};
  size_t left = (size_t)part.left, bytes = (size_t)(part.right - part.left) * sizeof *to;
  for (int y = part.top; y < part.bottom; y++) {
    const uint32_t *row = from->argb + (size_t)y * (size_t)from->width;
    uint32_t *under = to + (size_t)y * pitch;
    if (memcmp(under + left, row + left, bytes) == 0) continue;
    change = ren_bounds_unite(change, differing(row, under, part, y));
    memcpy(under + left, row + left, bytes);
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
  if (ren_bounds_empty(change)) return change;
  size_t pitch = (size_t)surface->pitch / 4, width = (size_t)pixels->width, wide = (size_t)surface->w;
  uint32_t *to = surface->pixels;
  for (int y = change.top; y < change.bottom; y++)
    for (size_t x = width; x < wide; x++) to[(size_t)y * pitch + x] = to[(size_t)y * pitch + width - 1];
  if (change.right == pixels->width) change.right = surface->w;
  if (change.bottom < pixels->height) return change;
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

/* What differs from what the surface holds, as far as it may; how many rectangles. */
static int copy_region(SDL_Surface *surface, const RenPixels *pixels, const RenRegion *region, SDL_Rect *rects) {
  int n = 0;
  for (int i = 0; i < region->n; i++) {
    RenBounds b = ren_window_copy(pixels, region->parts[i], surface->pixels, (size_t)surface->pitch / 4);
    b = fill_rest(surface, pixels, b);
    if (!ren_bounds_empty(b)) rects[n++] = (SDL_Rect){b.left, b.top, b.right - b.left, b.bottom - b.top};
  }
  return n;
}

bool ren_window_show(struct SDL_Window *window, const RenPixels *pixels, uint64_t shown) {
  SDL_Surface *surface = SDL_GetWindowSurface(window);
  if (!surface) return false;
  if (!is_alike(surface, pixels)) return convert(surface, pixels) && SDL_UpdateWindowSurface(window) == 0;
  const RenRegion all = {1, {{0, 0, pixels->width, pixels->height}}};
  bool next = shown > 0 && pixels->n_drawn == shown + 1;
  SDL_Rect rects[REN_REGIONS];
  int n = copy_region(surface, pixels, next ? &pixels->changed : &all, rects);
  if (shown == 0) return SDL_UpdateWindowSurface(window) == 0;
  return n == 0 || SDL_UpdateWindowSurfaceRects(window, rects, n) == 0;
}
