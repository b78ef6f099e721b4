/* Rectangles are half-open: the left and top edge belong to them, the right and bottom edge to the
 * neighbour, so that cells that touch never both answer for a point. */
#include "render/geometry.h"

#include <math.h>

bool ren_rect_contains(RenRect rect, RenPoint point) {
  return point.x >= rect.x && point.x < rect.x + rect.w && point.y >= rect.y && point.y < rect.y + rect.h;
}

/* Written so that NaN counts as empty. */
bool ren_rect_empty(RenRect rect) { return !(rect.w > 0 && rect.h > 0); }

RenRect ren_rect_intersect(RenRect a, RenRect b) {
  float left = fmaxf(a.x, b.x), right = fminf(a.x + a.w, b.x + b.w);
  float top = fmaxf(a.y, b.y), bottom = fminf(a.y + a.h, b.y + b.h);
  bool meet = right > left && bottom > top;
  return (RenRect){left, top, meet ? right - left : 0, meet ? bottom - top : 0};
}

RenRect ren_rect_inset(RenRect rect, float by) {
  return (RenRect){rect.x + by, rect.y + by, fmaxf(rect.w - 2 * by, 0), fmaxf(rect.h - 2 * by, 0)};
}

/* A strip is never larger than what there is. */
static float share(float wanted, float there) { return fminf(fmaxf(wanted, 0), fmaxf(there, 0)); }

RenRect ren_rect_cut_top(RenRect *rect, float height) {
  float h = share(height, rect->h);
  RenRect strip = {rect->x, rect->y, rect->w, h};
  rect->y += h;
  rect->h -= h;
  return strip;
}

RenRect ren_rect_cut_bottom(RenRect *rect, float height) {
  float h = share(height, rect->h);
  rect->h -= h;
  return (RenRect){rect->x, rect->y + rect->h, rect->w, h};
}

RenRect ren_rect_cut_left(RenRect *rect, float width) {
  float w = share(width, rect->w);
  RenRect strip = {rect->x, rect->y, w, rect->h};
  rect->x += w;
  rect->w -= w;
  return strip;
}

RenRect ren_rect_cut_right(RenRect *rect, float width) {
  float w = share(width, rect->w);
  rect->w -= w;
  return (RenRect){rect->x + rect->w, rect->y, w, rect->h};
}
