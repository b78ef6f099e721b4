/* One line of a text under edit, as fields and editors draw it: its text, what is selected, what an input method
 * puts together, the caret. */
#ifndef RENDER_WIDGET_LINE_H
#define RENDER_WIDGET_LINE_H

#include "render/widget.h"

typedef struct RenEditLine {
  char *text; /* as it is drawn, in the frame's arena; NULL when memory is short */
  size_t length;
  RenFont font;
  bool has_caret;
  size_t caret;                      /* in `text`: behind what is being composed */
  size_t from, to;                   /* selected bytes of `text`; equal: none */
  size_t composed_from, composed_to; /* bytes that are no part of the field's text yet */
} RenEditLine;

/* The bytes `start` to `end` of the field's text, without newlines. */
RenEditLine ren_edit_line(const RenPaint *paint, const RenField *field, size_t start, size_t end, RenFont font);

/* The byte of `text` so many logical pixels from the line's start. */
size_t ren_edit_line_offset(const RenPaint *paint, const RenEditLine *line, float x);

/* How far to scroll from `scroll` so that the caret shows in `width`, and no gap behind a long line's end. */
float ren_edit_line_scroll(const RenPaint *paint, const RenEditLine *line, float scroll, float width);

/* Draws what shows of it in `rect`. While nobody edits it, it ends in an ellipsis and has neither selection nor
 * caret. Returns where the caret is. */
RenRect ren_edit_line_draw(const RenPaint *paint, const RenEditLine *line, RenRect rect, float scroll, bool edited);

#endif
