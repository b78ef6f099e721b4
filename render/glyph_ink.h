/* What SDL_ttf drew, seen as ink: where it is, whether it has colours of its own, and smaller. */
#ifndef RENDER_GLYPH_INK_H
#define RENDER_GLYPH_INK_H

#include <SDL.h>
#include <stdbool.h>
#include <stdint.h>

/* The smallest rectangle that holds all ink of an ARGB surface; empty without ink. */
SDL_Rect ren_ink_bounds(const SDL_Surface *surface);
/* Whether ink in the rectangle is other than white, which is what text is drawn in. */
bool ren_ink_is_colored(const SDL_Surface *surface, SDL_Rect bounds);

/* Copies the rectangle: coverage (h, w), and colours (h, w) as 0xFFRRGGBB where `colors` is not NULL. */
void ren_ink_copy(const SDL_Surface *surface, SDL_Rect bounds, uint8_t *coverage, uint32_t *colors);

/* A new surface of that many pixels, each the mean of those it covers; NULL when memory is short. */
SDL_Surface *ren_ink_resize(const SDL_Surface *surface, int width, int height);

#endif
