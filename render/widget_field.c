/* A text field: one line of text in a box. */
#include "render/widget_line.h"

static RenRect text_rect(RenRect rect) {
  rect.x += REN_PAD;
  rect.w -= 2 * REN_PAD;
  return rect;
}

/* Of a long text only a stretch around the caret is measured and drawn: it begins at a multiple of a third of it,
 * so that it stays while the caret moves a little. */
typedef struct Stretch {
  size_t start, end;
} Stretch;

enum { STRETCH_THIRD = 4096 };

static size_t whole_character(const RenField *field, size_t at) {
  while (at > 0 && at < field->length && ((unsigned char)field->text[at] & 0xC0) == 0x80) at--;
  return at;
}

static Stretch stretch_of(const RenField *field, bool edited) {
  size_t third = edited ? field->caret / STRETCH_THIRD : 0;
  size_t start = third > 0 ? (third - 1) * STRETCH_THIRD : 0, end = start + 3 * STRETCH_THIRD;
  return (Stretch){whole_character(field, start),
                   whole_character(field, end < field->length ? end : field->length)};
}

static RenEditLine line_of(const RenPaint *paint, const RenField *field, Stretch stretch) {
  return ren_edit_line(paint, field, stretch.start, stretch.end, REN_SANS);
}

void ren_widget_field(const RenPaint *paint, RenId id, RenRect rect, RenLook look, RenField *field,
                      const char *placeholder, float reserve) {
  const RenTheme *theme = paint->theme;
  RenColor border = look.focus ? theme->accent : look.hover ? theme->muted : theme->border;
  ren_frame_box(paint->frame, id, rect, (RenRectShape){theme->bg, border, 1, REN_RADIUS});
  ren_widget_ring(paint, rect, look);
  rect.w -= reserve;
  RenRect inside = text_rect(rect);
  RenEditLine line = line_of(paint, field, stretch_of(field, look.focus));
  if (!line.text) return;
  /* a sentence that nobody edits is read from its beginning */
  field->scroll = look.focus ? ren_edit_line_scroll(paint, &line, field->scroll, inside.w) : 0;
  ren_frame_push_clip(paint->frame, ren_rect_inset(rect, 1));
  if (line.length == 0) ren_widget_label(paint, inside, REN_LEFT, theme->muted, placeholder);
  RenRect caret = ren_edit_line_draw(paint, &line, inside, field->scroll, look.focus);
  if (look.focus) field->caret_rect = caret;
  ren_frame_pop_clip(paint->frame);
}

/* A field that is pressed has the keys by then, but was drawn before: then it shows its beginning. */
size_t ren_widget_field_offset(const RenPaint *paint, RenRect rect, const RenField *field, float x) {
  Stretch stretch = stretch_of(field, field->scroll > 0);
  RenEditLine line = line_of(paint, field, stretch);
  if (!line.text) return stretch.start;
  return stretch.start + ren_edit_line_offset(paint, &line, x - text_rect(rect).x + field->scroll);
}
