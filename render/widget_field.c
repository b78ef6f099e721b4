/* A text field. Its text is drawn as a run of its own, shifted so that the caret shows; of a long text only
 * the part that shows is drawn. Control characters show as spaces, which keeps every byte at its place. */
#include "render/widget.h"

#include <math.h>
#include <string.h>

static RenRect text_rect(RenRect rect) {
  rect.x += REN_PAD;
  rect.w -= 2 * REN_PAD;
  return rect;
}

/* The text as it is drawn, in the frame's arena. */
static char *shown(const RenPaint *paint, const RenField *field) {
  char *copy = ren_frame_alloc(paint->frame, field->length + 1);
  if (!copy) return NULL;
  for (size_t i = 0; i < field->length; i++) {
    unsigned char byte = (unsigned char)field->text[i];
    copy[i] = (char)(byte < 0x20 || byte == 0x7F ? ' ' : byte);
  }
  copy[field->length] = '\0';
  return copy;
}

static float x_of(const RenPaint *paint, const char *text, size_t offset) {
  return ren_text_caret(paint->text, REN_SANS, REN_TEXT_CONTROL, paint->scale, text, offset);
}

static size_t offset_at(const RenPaint *paint, const char *text, float x) {
  return ren_text_offset(paint->text, REN_SANS, REN_TEXT_CONTROL, paint->scale, text, x);
}

/* Keeps the caret inside, and no gap behind the end of a long text. */
static void scroll_to_caret(const RenPaint *paint, RenField *field, const char *text, float width) {
  float caret = x_of(paint, text, field->caret),
        end = fmaxf(x_of(paint, text, 0), x_of(paint, text, field->length));
  if (field->scroll > end - width) field->scroll = end - width;
  if (caret - field->scroll > width - REN_CARET) field->scroll = caret - width + REN_CARET;
  if (caret < field->scroll) field->scroll = caret;
  field->scroll = field->scroll > 0 ? floorf(field->scroll) : 0;
}

static void draw_selection(const RenPaint *paint, const RenField *field, const char *text, RenRect rect) {
  size_t from, to;
  RenSpan spans[16];
  if (!ren_field_selected(field, &from, &to)) return;
  int n = ren_text_spans(paint->text, REN_SANS, REN_TEXT_CONTROL, paint->scale, text, from, to, spans, 16);
  for (int i = 0; i < n; i++) {
    RenRect mark = {rect.x + spans[i].left - field->scroll, rect.y + REN_GRID, spans[i].right - spans[i].left,
                    rect.h - 2 * REN_GRID};
    ren_frame_fill(paint->frame, REN_NO_ID, mark, ren_color_fade(paint->theme->accent, REN_FADE_SELECTION));
  }
}

static void draw_caret(const RenPaint *paint, const RenField *field, const char *text, RenRect rect) {
  RenRect caret = {rect.x + x_of(paint, text, field->caret) - field->scroll, rect.y + REN_GRID + 1, REN_CARET,
                   rect.h - 2 * REN_GRID - 2};
  ren_frame_fill(paint->frame, REN_NO_ID, caret, paint->theme->text);
}

static void draw_run(const RenPaint *paint, const char *run, RenRect rect, bool ellipsis) {
  ren_frame_text(paint->frame, REN_NO_ID, rect,
                 (RenTextShape){.text = run,
                                .font = REN_SANS,
                                .size = REN_TEXT_CONTROL,
                                .align = REN_LEFT,
                                .color = paint->theme->text,
                                .ellipsis = ellipsis});
}

static void draw_whole(const RenPaint *paint, const RenField *field, const char *text, RenRect rect, bool edited) {
  float width = ren_text_width(paint->text, REN_SANS, REN_TEXT_CONTROL, paint->scale, text);
  RenRect run = {rect.x - field->scroll, rect.y, width + 1, rect.h};
  draw_run(paint, text, edited ? run : rect, !edited);
}

/* The part of the text that shows, set at its place; while nobody edits it, it ends in an ellipsis. Text that
 * turns its direction cannot be cut and is drawn whole. */
static void draw_text(const RenPaint *paint, const RenField *field, char *text, RenRect rect, bool edited) {
  if (ren_text_turns(text)) {
    draw_whole(paint, field, text, rect, edited);
    return;
  }
  size_t from = field->scroll > 0 ? offset_at(paint, text, field->scroll - REN_TEXT_CONTROL * 2) : 0;
  size_t to = offset_at(paint, text, field->scroll + rect.w + REN_TEXT_CONTROL * 2);
  float left = x_of(paint, text, from);
  char kept = text[to];
  text[to] = '\0';
  RenRect run = {rect.x + left - field->scroll, rect.y, x_of(paint, text, to) - left + 1, rect.h};
  draw_run(paint, text + from, edited ? run : rect, !edited);
  text[to] = kept;
}

void ren_widget_field(const RenPaint *paint, RenId id, RenRect rect, RenLook look, RenField *field,
                      const char *placeholder, float reserve) {
  const RenTheme *theme = paint->theme;
  RenColor border = look.focus ? theme->accent : look.hover ? theme->muted : theme->border;
  ren_frame_box(paint->frame, id, rect, (RenRectShape){theme->bg, border, 1, REN_RADIUS});
  ren_widget_ring(paint, rect, look);
  rect.w -= reserve;
  RenRect inside = text_rect(rect);
  char *text = shown(paint, field);
  if (!text) return;
  if (look.focus)
    scroll_to_caret(paint, field, text, inside.w);
  else
    field->scroll = 0; /* a sentence is read from its beginning */
  ren_frame_push_clip(paint->frame, ren_rect_inset(rect, 1));
  if (field->length == 0) ren_widget_label(paint, inside, REN_LEFT, theme->muted, placeholder);
  if (look.focus) draw_selection(paint, field, text, inside);
  draw_text(paint, field, text, inside, look.focus);
  if (look.focus) draw_caret(paint, field, text, inside);
  ren_frame_pop_clip(paint->frame);
}

size_t ren_widget_field_offset(const RenPaint *paint, RenRect rect, const RenField *field, float x) {
  char *text = shown(paint, field);
  return text ? offset_at(paint, text, x - text_rect(rect).x + field->scroll) : 0;
}
