/* Scrolling: how far it goes, which rows show, and a mark that says where one is. */
#ifndef RENDER_VIEW_SCROLL_H
#define RENDER_VIEW_SCROLL_H

#include "render/frame.h"

/* Rows first … last - 1. */
typedef struct RenRange {
  int first, last;
} RenRange;

/* `scroll` within what `extent` exceeds `visible`, in whole pixels. */
float ren_scroll_clamp(float scroll, float extent, float visible);

/* The rows of which a part shows in `height` pixels. */
RenRange ren_scroll_rows(int n, float pitch, float scroll, float height);

/* The mark, at the
 * right or the bottom edge of `track`; nothing when all of `extent` shows. */
void ren_scroll_mark_y(RenFrame *frame, RenRect track, float extent, float scroll, RenColor color);
void ren_scroll_mark_x(RenFrame *frame, RenRect track, float extent, float scroll, RenColor color);

#endif
