/* Points and rectangles in logical pixels: x to the right, y down, floats. */
#ifndef RENDER_GEOMETRY_H
#define RENDER_GEOMETRY_H

#include <stdbool.h>

typedef struct RenPoint {
  float x, y;
} RenPoint;

typedef struct RenRect {
  float x, y, w, h;
} RenRect;

static inline float ren_clamp(float x, float low, float high) { return x < low ? low : x > high ? high : x; }

/* The nearest index of n things, 0 where there are none. */
static inline int ren_clamp_index(int i, int n) {
  if (i >= n) i = n - 1;
  return i < 0 ? 0 : i;
}

bool ren_rect_contains(RenRect rect, RenPoint point); /* left and top edge inside, right and bottom not */
bool ren_rect_empty(RenRect rect);
RenRect ren_rect_intersect(RenRect a, RenRect b); /* w = h = 0 when they do not meet */
RenRect ren_rect_inset(RenRect rect, float by);
/* Cut a strip off: the strip is returned, the rest stays in `rect`. */
RenRect ren_rect_cut_top(RenRect *rect, float height);
RenRect ren_rect_cut_bottom(RenRect *rect, float height);
RenRect ren_rect_cut_left(RenRect *rect, float width);
RenRect ren_rect_cut_right(RenRect *rect, float width);

#endif
