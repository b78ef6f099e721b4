/* A scrolled view shows a window of its rows; everything here is arithmetic on one axis. */
#include "render/view_scroll.h"

#include "render/theme.h"

#include <math.h>

float ren_scroll_clamp(float scroll, float extent, float visible) {
  float most = ceilf(extent - visible);
  if (scroll > most) scroll = most;
  return scroll > 0 ? floorf(scroll) : 0;
}

RenRange ren_scroll_rows(int n, float pitch, float scroll, float height) {
  float first = floorf(scroll / pitch), last = ceilf((scroll + height) / pitch);
  RenRange range = {first > 0 ? (int)fminf(first, (float)n) : 0, last < (float)n ? (int)fmaxf(last, 0) : n};
  if (range.last < range.first) range.last = range.first;
  return range;
}

/* Start and length of the mark on a track of `visible` pixels; false when everything shows. */
static bool mark_of(float visible, float extent, float scroll, float *start, float *length) {
  if (extent <= visible || visible <= 0) return false;
  *length = fmaxf(visible * visible / extent, (float)REN_CONTROL_HEIGHT);
  *start = (visible - *length) * fminf(scroll / (extent - visible), 1);
  return *length < visible;
}

static void draw_mark(RenFrame *frame, RenRect rect, RenColor color) {
  ren_frame_box(frame, REN_NO_ID, rect, (RenRectShape){.fill = color, .radius = REN_SCROLLBAR / 2.0f});
}

void ren_scroll_mark_y(RenFrame *frame, RenRect track, float extent, float scroll, RenColor color) {
  float start, length;
  if (!mark_of(track.h, extent, scroll, &start, &length)) return;
  RenRect rect = {track.x + track.w - REN_SCROLLBAR - 2, track.y + start, REN_SCROLLBAR, length};
  draw_mark(frame, rect, color);
}

void ren_scroll_mark_x(RenFrame *frame, RenRect track, float extent, float scroll, RenColor color) {
  float start, length;
  if (!mark_of(track.w, extent, scroll, &start, &length)) return;
  RenRect rect = {track.x + start, track.y + track.h - REN_SCROLLBAR - 2, length, REN_SCROLLBAR};
  draw_mark(frame, rect, color);
}
