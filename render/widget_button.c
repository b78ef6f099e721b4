/* Buttons, tabs, chips and tiles: a rounded box with a word in its middle. */
#include "render/widget.h"

RenColor ren_widget_ink(RenColor color, RenLook look) {
  return look.disabled ? ren_color_fade(color, REN_FADE_DISABLED) : color;
}

void ren_widget_label(const RenPaint *paint, RenRect rect, RenAlign align, RenColor color, const char *text) {
  ren_frame_text(paint->frame, REN_NO_ID, rect,
                 (RenTextShape){.text = text,
                                .font = REN_SANS,
                                .size = REN_TEXT_CONTROL,
                                .align = align,
                                .color = color,
                                .ellipsis = true});
}

void ren_widget_ring(const RenPaint *paint, RenRect rect, RenLook look) {
  if (!look.focus) return;
  RenRectShape ring = {
      .stroke = paint->theme->accent, .stroke_width = REN_RING, .radius = REN_RADIUS + 2 * REN_RING};
  ren_frame_box(paint->frame, REN_NO_ID, ren_rect_inset(rect, -2 * REN_RING), ring);
}

void ren_widget_button(const RenPaint *paint, RenId id, RenRect rect, RenLook look, const char *text) {
  const RenTheme *theme = paint->theme;
  RenColor border = look.active ? theme->accent : theme->border;
  RenRectShape box = {.fill = look.hover || look.active ? theme->raised : theme->panel,
                      .stroke = ren_widget_ink(border, look),
                      .stroke_width = 1,
                      .radius = REN_RADIUS};
  ren_frame_box(paint->frame, id, rect, box);
  RenColor ink = look.active || look.hover ? theme->text : theme->muted;
  ren_widget_label(paint, rect, REN_CENTER, ren_widget_ink(ink, look), text);
  ren_widget_ring(paint, rect, look);
}

void ren_widget_chip(const RenPaint *paint, RenId id, RenRect rect, RenLook look, const char *text) {
  RenColor warn = paint->theme->warn, ink = look.hover ? paint->theme->text : warn;
  float fade = look.hover ? 2 * REN_FADE_CHIP : REN_FADE_CHIP;
  RenRectShape box = {.fill = ren_color_fade(warn, fade), .stroke = warn, .stroke_width = 1, .radius = rect.h / 2};
  ren_frame_box(paint->frame, id, rect, box);
  ren_frame_text(
      paint->frame, REN_NO_ID, rect,
      (RenTextShape){.text = text, .font = REN_SANS, .size = REN_TEXT_SMALL, .align = REN_CENTER, .color = ink});
  ren_widget_ring(paint, rect, look);
}

void ren_widget_tile(const RenPaint *paint, RenId id, RenRect rect, RenLook look, const char *name, RenColor fill) {
  RenRectShape box = {.fill = fill};
  if (look.hover) box.stroke = paint->theme->text, box.stroke_width = 1;
  ren_frame_box(paint->frame, id, rect, box);
  RenColor ink = ren_color_ink(look.active ? ren_color_rgb(0xFFFFFF) : paint->theme->text, fill);
  ren_frame_text(
      paint->frame, REN_NO_ID, rect,
      (RenTextShape){.text = name, .font = REN_SANS, .size = REN_TEXT_SMALL, .align = REN_CENTER, .color = ink});
  if (look.focus)
    ren_frame_box(paint->frame, REN_NO_ID, rect,
                  (RenRectShape){.stroke = paint->theme->accent, .stroke_width = REN_RING});
}
