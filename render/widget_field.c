/* A text field: one line of text in a box. */
#include "render/widget_line.h"

static RenRect text_rect(RenRect rect) {
  rect.x += REN_PAD;
  rect.w -= 2 * REN_PAD;
  return rect;
}

static RenEditLine line_of(const RenPaint *paint, const RenField *field) {
  return ren_edit_line(paint, field, 0, field->length, REN_SANS);
}

void ren_widget_field(const RenPaint *paint, RenId id, RenRect rect, RenLook look, RenField *field,
                      const char *placeholder, float reserve) {
  const RenTheme *theme = paint->theme;
  RenColor border = look.focus ? theme->accent : look.hover ? theme->muted : theme->border;
  ren_frame_box(paint->frame, id, rect, (RenRectShape){theme->bg, border, 1, REN_RADIUS});
  ren_widget_ring(paint, rect, look);
  rect.w -= reserve;
  RenRect inside = text_rect(rect);
  RenEditLine line = line_of(paint, field);
  if (!line.text) return;
  /* a sentence that nobody edits is read from its beginning */
  field->scroll = look.focus ? ren_edit_line_scroll(paint, &line, field->scroll, inside.w) : 0;
  ren_frame_push_clip(paint->frame, ren_rect_inset(rect, 1));
  if (line.length == 0) ren_widget_label(paint, inside, REN_LEFT, theme->muted, placeholder);
  RenRect caret = ren_edit_line_draw(paint, &line, inside, field->scroll, look.focus);
  if (look.focus) field->caret_rect = caret;
  ren_frame_pop_clip(paint->frame);
}

size_t ren_widget_field_offset(const RenPaint *paint, RenRect rect, const RenField *field, float x) {
  RenEditLine line = line_of(paint, field);
  return line.text ? ren_edit_line_offset(paint, &line, x - text_rect(rect).x + field->scroll) : 0;
}
