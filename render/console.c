/* The panel from top to bottom: an edge that is dragged, what was said, the code under edit. The log stands on its
 * last row and is wrapped once for a width; a row is a stretch of a line. */
#include "render/console.h"

#include "render/view_scroll.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void ren_console_init(RenConsole *console) {
  *console = (RenConsole){.height = REN_CONSOLE_HEIGHT};
  console->field.lines = true;
}

void ren_console_free(RenConsole *console) {
  ren_log_free(&console->log);
  ren_field_free(&console->field);
  ren_history_free(&console->history);
  free(console->rows);
  *console = (RenConsole){0};
}

/* --- wrapping */

static bool is_ascii(const RenLogLine *line) {
  for (size_t i = 0; i < line->length; i++)
    if ((unsigned char)line->text[i] >= 0x80) return false;
  return true;
}

/* As many columns as fit, or as much text as is that wide. */
static size_t fill_row(const RenPaint *paint, const RenLogLine *line, bool ascii, size_t from, float width,
                       float column) {
  size_t columns = (size_t)fmaxf(1, floorf(width / column)), left = line->length - from;
  if (ascii) return from + (left < columns ? left : columns);
  size_t part =
      ren_text_offset(paint->text, REN_MONO, REN_TEXT_CONTROL, paint->scale, line->text + from, width - column);
  return from + (part > 0 && part < left ? part : left);
}

/* The end of the row that starts at `from`: behind the last space in the second half of what fits, where there is
 * one. */
static size_t end_of_row(const RenPaint *paint, const RenLogLine *line, bool ascii, size_t from, float width,
                         float column) {
  size_t to = fill_row(paint, line, ascii, from, width, column), at = to;
  if (to == line->length) return to;
  while (at > from + (to - from) / 2 && line->text[at - 1] != ' ') at--;
  return at > from + (to - from) / 2 ? at : to;
}

static bool add_row(RenConsole *console, int *room, RenLogRow row) {
  if (console->n_rows == *room) {
    int more = *room * 2 + 64;
    RenLogRow *grown = realloc(console->rows, (size_t)more * sizeof *grown);
    if (!grown) return false;
    console->rows = grown;
    *room = more;
  }
  console->rows[console->n_rows++] = row;
  return true;
}

static bool wrap_line(RenConsole *console, const RenPaint *paint, int *room, int i, float width, float column) {
  const RenLogLine *line = ren_log_at(&console->log, i);
  bool ascii = is_ascii(line);
  size_t from = 0;
  do {
    size_t to = end_of_row(paint, line, ascii, from, width, column);
    if (!add_row(console, room, (RenLogRow){i, from, to})) return false;
    from = to;
  } while (from < line->length);
  return true;
}

/* Brings the rows up to date for a width in logical pixels. False when memory is short: then there are none. */
static bool bring_rows(RenConsole *console, const RenPaint *paint, float width) {
  bool same = !(console->rows_width < width || console->rows_width > width || console->rows_scale < paint->scale ||
                console->rows_scale > paint->scale);
  if (console->rows && same && console->rows_version == console->log.version) return true;
  float column = ren_text_width(paint->text, REN_MONO, REN_TEXT_CONTROL, paint->scale, "0");
  int room = 0;
  free(console->rows);
  console->rows = NULL;
  console->n_rows = 0;
  for (int i = 0; i < console->log.n; i++)
    if (!wrap_line(console, paint, &room, i, width, fmaxf(column, 1))) return false;
  console->rows_version = console->log.version;
  console->rows_width = width;
  console->rows_scale = paint->scale;
  return true;
}

/* --- where things are */

RenConsoleLayout ren_console_layout(const RenConsole *console, RenRect panel) {
  RenConsoleLayout layout = {.edge = {panel.x, panel.y - REN_CONSOLE_EDGE / 2.0f, panel.w, REN_CONSOLE_EDGE}};
  ren_rect_cut_top(&panel, 1);
  ren_rect_cut_left(&panel, REN_PAD);
  ren_rect_cut_bottom(&panel, REN_GRID);
  layout.editor = ren_rect_cut_bottom(&panel, ren_widget_editor_height(&console->field, REN_CONSOLE_LINES));
  RenRect right = ren_rect_cut_right(&panel, REN_PANEL_CONTROL + REN_GRID);
  layout.close = ren_rect_cut_top(&right, REN_PANEL_CONTROL);
  layout.close.w = REN_PANEL_CONTROL;
  layout.editor.w -= REN_PAD;
  ren_rect_cut_bottom(&panel, REN_GRID);
  layout.log = panel;
  return layout;
}

int ren_console_page(const RenConsole *console, RenRect panel) {
  int rows = (int)(ren_console_layout(console, panel).log.h / REN_LINE_CODE);
  return rows < 1 ? 1 : rows;
}

void ren_console_scroll(RenConsole *console, RenRect panel, float rows) {
  float most = (float)(console->n_rows - ren_console_page(console, panel));
  console->scroll = fmaxf(0, fminf(floorf(console->scroll + rows), most));
}

/* The first row that shows, and where: a short log begins at the top, a long one ends at the bottom. */
static int first_row(const RenConsole *console, RenRect log, float *y) {
  int fit = (int)(log.h / REN_LINE_CODE), last = console->n_rows - (int)console->scroll;
  bool all = console->n_rows <= fit;
  *y = all ? log.y : log.y + log.h - (float)(fit * REN_LINE_CODE);
  return all || last < fit ? 0 : last - fit;
}

RenLogPlace ren_console_place(RenConsole *console, const RenPaint *paint, RenRect panel, RenPoint at) {
  float y;
  RenRect log = ren_console_layout(console, panel).log;
  if (!bring_rows(console, paint, log.w) || console->n_rows == 0) return (RenLogPlace){0};
  int row = first_row(console, log, &y) + (int)floorf((at.y - y) / REN_LINE_CODE);
  if (row < 0) return (RenLogPlace){0};
  if (row >= console->n_rows) return (RenLogPlace){UINT64_MAX, 0};
  const RenLogRow *found = &console->rows[row];
  const RenLogLine *line = ren_log_at(&console->log, found->line);
  char *text = ren_frame_alloc(paint->frame, found->to - found->from + 1);
  RenLogPlace place = {console->log.gone + (uint64_t)found->line, found->from};
  if (!text) return place;
  memcpy(text, line->text + found->from, found->to - found->from);
  text[found->to - found->from] = '\0';
  place.offset += ren_text_offset(paint->text, REN_MONO, REN_TEXT_CONTROL, paint->scale, text, at.x - log.x);
  return place;
}

/* --- the picture */

static RenColor color_of(const RenTheme *theme, RenLogKind kind) {
  return kind == REN_LOG_ERROR  ? theme->error
         : kind == REN_LOG_NOTE ? theme->muted
         : kind == REN_LOG_CODE ? theme->accent
                                : theme->text;
}

static void draw_selected(const RenConsole *console, const RenPaint *paint, const RenLogRow *row, const char *text,
                          RenRect rect) {
  RenSpan spans[8];
  size_t from, to;
  if (!ren_log_part(&console->log, row->line, &from, &to) || to < row->from || from > row->to) return;
  from = from > row->from ? from - row->from : 0;
  to = (to < row->to ? to : row->to) - row->from;
  int n = ren_text_spans(paint->text, REN_MONO, REN_TEXT_CONTROL, paint->scale, text, from, to, spans, 8);
  for (int i = 0; i < n; i++) {
    RenRect mark = {rect.x + spans[i].left, rect.y, spans[i].right - spans[i].left, rect.h};
    ren_frame_fill(paint->frame, REN_NO_ID, mark, ren_color_fade(paint->theme->accent, REN_FADE_SELECTION));
  }
}

static void draw_row(const RenConsole *console, const RenPaint *paint, const RenLogRow *row, RenRect rect) {
  const RenLogLine *line = ren_log_at(&console->log, row->line);
  const char *text = ren_frame_format(paint->frame, "%.*s", (int)(row->to - row->from), line->text + row->from);
  if (!text) return;
  draw_selected(console, paint, row, text, rect);
  ren_frame_text(paint->frame, REN_NO_ID, rect,
                 (RenTextShape){.text = text,
                                .font = REN_MONO,
                                .size = REN_TEXT_CONTROL,
                                .align = REN_LEFT,
                                .color = color_of(paint->theme, line->kind)});
}

static void draw_log(RenConsole *console, const RenPaint *paint, RenRect log) {
  float y;
  ren_frame_area(paint->frame, (RenId){REN_ID_CONSOLE_LOG, 0, 0, 0}, log);
  if (!bring_rows(console, paint, log.w)) return;
  ren_frame_push_clip(paint->frame, log);
  for (int i = first_row(console, log, &y); i < console->n_rows && y < log.y + log.h; i++, y += REN_LINE_CODE)
    draw_row(console, paint, &console->rows[i], (RenRect){log.x, y, log.w, REN_LINE_CODE});
  ren_frame_pop_clip(paint->frame);
  float page = floorf(log.h / REN_LINE_CODE), above = (float)console->n_rows - page - console->scroll;
  RenRect track = {log.x, log.y, log.w + REN_PANEL_CONTROL, log.h};
  track.y += REN_PANEL_CONTROL - REN_GRID;
  track.h -= REN_PANEL_CONTROL - REN_GRID;
  ren_scroll_mark_y(paint->frame, track, (float)console->n_rows * track.h / page, above * track.h / page,
                    paint->theme->muted);
}

void ren_console_draw(RenConsole *console, const RenPaint *paint, RenRect panel, RenId hover, bool focus) {
  const RenTheme *theme = paint->theme;
  RenConsoleLayout layout = ren_console_layout(console, panel);
  RenId edge = {REN_ID_CONSOLE_EDGE, 0, 0, 0}, close = {REN_ID_CONSOLE_CLOSE, 0, 0, 0},
        id = {REN_ID_CONSOLE, 0, 0, 0};
  bring_rows(console, paint, layout.log.w);
  ren_console_scroll(console, panel, 0);
  ren_frame_fill(paint->frame, id, panel, theme->panel);
  draw_log(console, paint, layout.log);
  RenLook look = {.focus = focus};
  ren_widget_editor(paint, (RenId){REN_ID_CONSOLE_INPUT, 0, 0, 0}, layout.editor, look, &console->field);
  RenRect ring = ren_rect_inset(layout.editor, REN_RING); /* the prompt stands inside of it */
  ring.x -= REN_RING, ring.w += REN_RING;
  ren_widget_ring(paint, ring, look);
  ren_widget_label(paint, layout.close, REN_CENTER, ren_id_equal(hover, close) ? theme->text : theme->muted, "×");
  ren_frame_area(paint->frame, close, layout.close);
  bool held = ren_id_equal(hover, edge);
  RenRect line = {panel.x, panel.y, panel.w, held ? 2 : 1};
  ren_frame_fill(paint->frame, REN_NO_ID, line, focus || held ? theme->accent : theme->border);
  ren_frame_area(paint->frame, edge, layout.edge);
}
