/* A tooltip: one line beside what it speaks of, never over it, never outside the window. */
#include "render/widget.h"

#include <math.h>

/* Below the anchor to its right, where what it speaks of is not covered; where that does not fit, to its left,
 * else right below it. */
static RenRect place(RenRect anchor, RenRect within, float width) {
  float right = within.x + within.w, bottom = within.y + within.h;
  float below = anchor.y + anchor.h + REN_GRID;
  RenRect box = {anchor.x + anchor.w + REN_TOOLTIP_GAP, below, width, REN_TOOLTIP_HEIGHT};
  if (box.x + width > right) {
    box.x = anchor.x - REN_TOOLTIP_GAP - width;
    if (box.x < within.x) {
      box.x = fmaxf(fminf(anchor.x, right - width), within.x);
      box.y = anchor.y + anchor.h + REN_GRID;
    }
  }
  if (box.y + box.h > bottom) box.y = anchor.y - box.h - REN_GRID;
  box.y = fmaxf(box.y, within.y);
  return (RenRect){floorf(box.x), floorf(box.y), box.w, box.h};
}

void ren_widget_tooltip(const RenPaint *paint, RenRect anchor, RenRect within, const char *text) {
  const RenTheme *theme = paint->theme;
  float run = ren_text_width(paint->text, REN_SANS, REN_TEXT_SMALL, paint->scale, text);
  RenRect box = place(anchor, within, fminf(ceilf(run) + 2 * REN_PAD, within.w));
  ren_frame_box(paint->frame, REN_NO_ID, box, (RenRectShape){theme->raised, theme->border, 1, REN_RADIUS});
  ren_frame_text(paint->frame, REN_NO_ID, ren_rect_inset(box, REN_PAD / 2.0f),
                 (RenTextShape){.text = text,
                                .font = REN_SANS,
                                .size = REN_TEXT_SMALL,
                                .align = REN_CENTER,
                                .color = theme->text,
                                .ellipsis = true});
}
