/* A drop-down: closed, a box with its value and an arrow; open, a list of entries. */
#include "render/widget.h"

#include <math.h>

static RenRect text_part(RenRect rect) {
  ren_rect_cut_left(&rect, REN_PAD);
  return rect;
}

/* What is cut off for the arrow; the text has what is left. */
static RenRect cut_arrow(RenRect *rect, bool tight) {
  ren_rect_cut_right(rect, REN_GRID);
  ren_rect_cut_left(rect, tight ? REN_GRID : REN_PAD);
  return ren_rect_cut_right(rect, tight ? REN_ARROW_TIGHT : REN_ARROW);
}

static bool needs_all(const RenPaint *paint, RenRect rect, const char *text) {
  float width = ren_text_width(paint->text, REN_SANS, REN_TEXT_CONTROL, paint->scale, text);
  return rect.w < REN_DROPDOWN_TIGHT && width > rect.w - REN_PAD - REN_ARROW - REN_GRID;
}

void ren_widget_dropdown(const RenPaint *paint, RenId id, RenRect rect, RenLook look, const char *text) {
  const RenTheme *theme = paint->theme;
  RenRectShape box = {.fill = look.hover ? theme->raised : theme->bg,
                      .stroke = look.active ? theme->accent : theme->border,
                      .stroke_width = 1,
                      .radius = REN_RADIUS};
  ren_frame_box(paint->frame, id, rect, box);
  RenRect inside = rect, arrow = cut_arrow(&inside, needs_all(paint, rect, text));
  ren_widget_label(paint, inside, REN_LEFT, ren_widget_ink(theme->text, look), text);
  ren_widget_label(paint, arrow, REN_CENTER, ren_widget_ink(theme->muted, look), "▾");
  ren_widget_ring(paint, rect, look);
}

void ren_widget_mark(const RenPaint *paint, RenId id, RenRect rect, RenLook look) {
  RenRectShape box = {.fill = look.hover || look.active ? paint->theme->raised : paint->theme->bg,
                      .radius = REN_RADIUS};
  ren_frame_box(paint->frame, id, rect, box);
  ren_widget_label(paint, rect, REN_CENTER, paint->theme->muted, "▾");
  ren_widget_ring(paint, ren_rect_inset(rect, 2 * REN_RING), look); /* inside of its field */
}

void ren_widget_menu(const RenPaint *paint, RenRect rect) {
  RenRectShape box = {
      .fill = paint->theme->panel, .stroke = paint->theme->border, .stroke_width = 1, .radius = REN_RADIUS};
  ren_frame_box(paint->frame, REN_NO_ID, rect, box);
}

void ren_widget_entry(const RenPaint *paint, RenId id, RenRect rect, RenLook look, const char *text) {
  ren_frame_area(paint->frame, id, rect);
  RenRectShape box = {.fill = paint->theme->raised, .radius = REN_RADIUS};
  if (look.hover || look.focus) ren_frame_box(paint->frame, id, ren_rect_inset(rect, 1), box);
  RenRect mark = {rect.x + 1, rect.y + REN_GRID, REN_TRACK, rect.h - 2 * REN_GRID};
  if (look.active) ren_frame_fill(paint->frame, REN_NO_ID, mark, paint->theme->accent);
  RenRect inside = text_part(rect);
  inside.w -= REN_PAD;
  ren_widget_label(paint, inside, REN_LEFT, paint->theme->text, text);
}

static void draw_small(const RenPaint *paint, RenRect rect, RenTextShape shape) {
  shape.size = REN_TEXT_SMALL;
  shape.ellipsis = true;
  ren_frame_text(paint->frame, REN_NO_ID, rect, shape);
}

void ren_widget_choice(const RenPaint *paint, RenId id, RenRect rect, RenLook look, const char *mark,
                       const char *title, const char *keys) {
  const RenTheme *theme = paint->theme;
  if (look.disabled) look.hover = look.focus = false;
  ren_widget_entry(paint, id, rect, look, "");
  rect = text_part(rect);
  RenRect box = ren_rect_cut_left(&rect, REN_OPTIONS_MARK);
  ren_widget_label(paint, box, REN_LEFT, ren_widget_ink(theme->accent, look), mark);
  ren_rect_cut_right(&rect, REN_PAD);
  float width = keys ? ren_text_width(paint->text, REN_MONO, REN_TEXT_SMALL, paint->scale, keys) : 0;
  RenRect at = ren_rect_cut_right(&rect, keys ? ceilf(width) + REN_PAD : 0);
  ren_widget_label(paint, rect, REN_LEFT, ren_widget_ink(theme->text, look), title);
  RenTextShape key = {
      .text = keys, .font = REN_MONO, .align = REN_RIGHT, .color = ren_widget_ink(theme->muted, look)};
  if (keys) draw_small(paint, at, key);
}

void ren_widget_heading(const RenPaint *paint, RenRect rect, const char *title) {
  rect = text_part(rect);
  ren_rect_cut_top(&rect, REN_GRID);
  draw_small(paint, rect,
             (RenTextShape){.text = title, .font = REN_SANS_BOLD, .align = REN_LEFT, .color = paint->theme->muted});
}
