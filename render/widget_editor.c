/* A text of several lines behind a prompt, in the font of numbers. What does not fit scrolls: lines so that the one
 * with the caret shows, all of them together to the side. */
#include "render/widget_line.h"

#include <string.h>

static size_t end_of_line(const char *text, size_t at) { return at + strcspn(text + at, "\n"); }

static int count_lines(const char *text, size_t length) {
  int n = 1;
  for (size_t i = 0; i < length; i++) n += text[i] == '\n';
  return n;
}

static int caret_line(const RenField *field) { return count_lines(ren_field_text(field), field->caret) - 1; }

float ren_widget_editor_height(const RenField *field, int most) {
  int n = count_lines(ren_field_text(field), field->length);
  return (float)((n < most ? n : most) * REN_LINE_CODE);
}

/* The first line that shows. */
static int first_line(const RenField *field, float height) {
  int rows = (int)(height / REN_LINE_CODE), caret = caret_line(field);
  return caret < rows ? 0 : caret - rows + 1;
}

static RenRect text_rect(RenRect rect) {
  ren_rect_cut_left(&rect, REN_PROMPT_WIDTH);
  return rect;
}

static void draw_prompt(const RenPaint *paint, RenRect row, bool first, RenColor color) {
  ren_frame_text(paint->frame, REN_NO_ID, ren_rect_cut_left(&row, REN_PROMPT_WIDTH),
                 (RenTextShape){.text = first ? ">" : "·",
                                .font = REN_MONO,
                                .size = REN_TEXT_CONTROL,
                                .align = REN_LEFT,
                                .color = color});
}

/* Where the caret shows, for all lines alike. */
static void scroll_to_caret(const RenPaint *paint, RenField *field, float width) {
  const char *text = ren_field_text(field);
  size_t start = field->caret;
  while (start > 0 && text[start - 1] != '\n') start--;
  RenEditLine line = ren_edit_line(paint, field, start, end_of_line(text, start), REN_MONO);
  if (line.text) field->scroll = ren_edit_line_scroll(paint, &line, field->scroll, width);
}

void ren_widget_editor(const RenPaint *paint, RenId id, RenRect rect, RenLook look, RenField *field) {
  const RenTheme *theme = paint->theme;
  const char *text = ren_field_text(field);
  int first = first_line(field, rect.h), i = 0;
  ren_frame_area(paint->frame, id, rect);
  scroll_to_caret(paint, field, text_rect(rect).w);
  ren_frame_push_clip(paint->frame, rect);
  for (size_t start = 0; start <= field->length; i++) {
    size_t end = end_of_line(text, start);
    RenRect row = {rect.x, rect.y + (float)((i - first) * REN_LINE_CODE), rect.w, REN_LINE_CODE};
    RenEditLine line = ren_edit_line(paint, field, start, end, REN_MONO);
    start = end + 1;
    if (i < first || row.y + row.h > rect.y + rect.h + 1 || !line.text) continue;
    draw_prompt(paint, row, i == 0, look.focus ? theme->accent : theme->muted);
    RenRect inside = text_rect(row), roomy = {inside.x, inside.y - 2, inside.w, inside.h + 4};
    ren_frame_push_clip(paint->frame, inside);
    RenRect caret = ren_edit_line_draw(paint, &line, roomy, field->scroll, look.focus);
    if (look.focus && line.has_caret) field->caret_rect = caret;
    ren_frame_pop_clip(paint->frame);
  }
  ren_frame_pop_clip(paint->frame);
}

size_t ren_widget_editor_offset(const RenPaint *paint, RenRect rect, const RenField *field, RenPoint at) {
  const char *text = ren_field_text(field);
  int line = first_line(field, rect.h) + (int)((at.y - rect.y) / REN_LINE_CODE);
  size_t start = 0;
  for (int i = 0; i < line && text[end_of_line(text, start)]; i++) start = end_of_line(text, start) + 1;
  RenEditLine shown = ren_edit_line(paint, field, start, end_of_line(text, start), REN_MONO);
  if (!shown.text) return start;
  return start + ren_edit_line_offset(paint, &shown, at.x - text_rect(rect).x + field->scroll);
}
