/* The line is drawn as a run of its own, shifted so that the caret shows; of a long line only the part that shows
 * is drawn. Control characters show as spaces, which keeps every byte at its place; what an input method composes
 * is put in at the caret, underlined. */
#include "render/widget_line.h"

#include <math.h>
#include <string.h>

static void copy_shown(char *out, const char *text, size_t length) {
  for (size_t i = 0; i < length; i++) {
    unsigned char byte = (unsigned char)text[i];
    out[i] = (char)(byte < 0x20 || byte == 0x7F ? ' ' : byte);
  }
}

/* The part of the field's selection that is in the line; behind the caret it is moved by what is composed there. */
static void select_part(RenEditLine *line, const RenField *field, size_t start, size_t end, size_t composed) {
  size_t from, to;
  if (!ren_field_selected(field, &from, &to) || to < start || from > end) return;
  line->from = from > start ? from - start : 0;
  line->to = (to < end ? to : end) - start;
  if (composed > 0 && field->caret <= from) line->from += composed, line->to += composed;
}

RenEditLine ren_edit_line(const RenPaint *paint, const RenField *field, size_t start, size_t end, RenFont font) {
  bool has_caret = field->caret >= start && field->caret <= end;
  size_t composed = has_caret && field->composed ? strlen(field->composed) : 0;
  RenEditLine line = {.font = font, .length = end - start + composed, .has_caret = has_caret};
  line.text = ren_frame_alloc(paint->frame, line.length + 1);
  if (!line.text) return line;
  size_t before = has_caret ? field->caret - start : end - start;
  copy_shown(line.text, ren_field_text(field) + start, before);
  if (composed > 0) copy_shown(line.text + before, field->composed, composed);
  copy_shown(line.text + before + composed, ren_field_text(field) + start + before, end - start - before);
  line.text[line.length] = '\0';
  line.composed_from = before;
  line.composed_to = line.caret = before + composed;
  select_part(&line, field, start, end, composed);
  return line;
}

/* Logical pixels from the line's start. */
static float place_of(const RenPaint *paint, const RenEditLine *line, size_t offset) {
  return ren_text_caret(paint->text, line->font, REN_TEXT_CONTROL, paint->scale, line->text, offset);
}

size_t ren_edit_line_offset(const RenPaint *paint, const RenEditLine *line, float x) {
  return ren_text_offset(paint->text, line->font, REN_TEXT_CONTROL, paint->scale, line->text, x);
}

float ren_edit_line_scroll(const RenPaint *paint, const RenEditLine *line, float scroll, float width) {
  float caret = place_of(paint, line, line->caret),
        end = fmaxf(place_of(paint, line, 0), place_of(paint, line, line->length));
  if (scroll > end - width) scroll = end - width;
  if (caret - scroll > width - REN_CARET) scroll = caret - width + REN_CARET;
  if (caret < scroll) scroll = caret;
  return scroll > 0 ? floorf(scroll) : 0;
}

/* Fills the stretches where some bytes stand: `top` and `height` are those of the mark in the line's box. */
static void mark_bytes(const RenPaint *paint, const RenEditLine *line, RenRect rect, size_t from, size_t to,
                       RenColor color) {
  RenSpan spans[16];
  if (from >= to) return;
  int n = ren_text_spans(paint->text, line->font, REN_TEXT_CONTROL, paint->scale, line->text, from, to, spans, 16);
  for (int i = 0; i < n; i++) {
    RenRect mark = {rect.x + spans[i].left, rect.y, spans[i].right - spans[i].left, rect.h};
    ren_frame_fill(paint->frame, REN_NO_ID, mark, color);
  }
}

static void draw_run(const RenPaint *paint, RenFont font, const char *run, RenRect rect, bool ellipsis) {
  ren_frame_text(paint->frame, REN_NO_ID, rect,
                 (RenTextShape){.text = run,
                                .font = font,
                                .size = REN_TEXT_CONTROL,
                                .align = REN_LEFT,
                                .color = paint->theme->text,
                                .ellipsis = ellipsis});
}

static void draw_whole(const RenPaint *paint, const RenEditLine *line, RenRect rect, float scroll, bool edited) {
  float width = ren_text_width(paint->text, line->font, REN_TEXT_CONTROL, paint->scale, line->text);
  RenRect run = {rect.x - scroll, rect.y, width + 1, rect.h};
  draw_run(paint, line->font, line->text, edited ? run : rect, !edited);
}

/* The part of the text that shows, set at its place; while nobody edits it, it ends in an ellipsis. Text that
 * turns its direction cannot be cut and is drawn whole. */
static void draw_text(const RenPaint *paint, const RenEditLine *line, RenRect rect, float scroll, bool edited) {
  if (ren_text_turns(line->text)) {
    draw_whole(paint, line, rect, scroll, edited);
    return;
  }
  size_t from = scroll > 0 ? ren_edit_line_offset(paint, line, scroll - REN_TEXT_CONTROL * 2) : 0;
  size_t to = ren_edit_line_offset(paint, line, scroll + rect.w + REN_TEXT_CONTROL * 2);
  float left = place_of(paint, line, from);
  char kept = line->text[to];
  line->text[to] = '\0';
  RenRect run = {rect.x + left - scroll, rect.y, place_of(paint, line, to) - left + 1, rect.h};
  draw_run(paint, line->font, line->text + from, edited ? run : rect, !edited);
  line->text[to] = kept;
}

RenRect ren_edit_line_draw(const RenPaint *paint, const RenEditLine *line, RenRect rect, float scroll,
                           bool edited) {
  const RenTheme *theme = paint->theme;
  RenRect all = {rect.x - scroll, rect.y, rect.w, rect.h}, body = ren_rect_inset(rect, REN_GRID), below = all;
  body.x = all.x;
  if (!edited) {
    draw_text(paint, line, rect, scroll, false);
    return (RenRect){0};
  }
  mark_bytes(paint, line, body, line->from, line->to, ren_color_fade(theme->accent, REN_FADE_SELECTION));
  draw_text(paint, line, rect, scroll, true);
  below = (RenRect){all.x, body.y + body.h - REN_CARET, 0, REN_CARET};
  mark_bytes(paint, line, below, line->composed_from, line->composed_to, theme->text);
  if (!line->has_caret) return (RenRect){0};
  RenRect caret = {all.x + place_of(paint, line, line->caret), body.y + 1, REN_CARET, body.h - 2};
  ren_frame_fill(paint->frame, REN_NO_ID, caret, theme->text);
  return caret;
}
