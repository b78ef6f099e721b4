/* Pixels into the window's surface, and of that to the screen what changed. */
#ifndef RENDER_WINDOW_SHOW_H
#define RENDER_WINDOW_SHOW_H

#include "render/canvas.h"

/* Copies what differs of a part over what is in `to`, whose rows are `pitch` pixels apart; the smallest rectangle
 * around what did. */
RenBounds ren_window_copy(const RenPixels *from, RenBounds part, uint32_t *to, size_t pitch);

struct SDL_Window;
/* What was shown last was drawn `shown` times; 0: the screen has lost it. False: SDL_GetError tells why. */
bool ren_window_show(struct SDL_Window *window, const RenPixels *pixels, uint64_t shown);

#endif
