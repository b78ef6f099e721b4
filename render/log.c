/* A ring of lines. Places count lines from the first that there ever was, so that a selection stays where it is
 * while older lines fall out. */
#include "render/log.h"

#include <stdlib.h>
#include <string.h>

enum { TAB = 8 };

const char *ren_log_kind_name(RenLogKind kind) {
  static const char *const names[] = {"code", "text", "note", "error"};
  return names[kind];
}

static RenLogLine *line_at(const RenLog *log, int i) { return &log->lines[(log->first + i) % REN_LOG_LINES]; }

const RenLogLine *ren_log_at(const RenLog *log, int i) { return line_at(log, i); }

static void drop_oldest(RenLog *log) {
  free(line_at(log, 0)->text);
  log->first = (log->first + 1) % REN_LOG_LINES;
  log->n--;
  log->gone++;
}

void ren_log_clear(RenLog *log) {
  while (log->n > 0) drop_oldest(log);
  log->anchor = log->caret = (RenLogPlace){log->gone, 0};
  log->version++;
}

void ren_log_free(RenLog *log) {
  ren_log_clear(log);
  free(log->lines);
  *log = (RenLog){0};
}

/* The longest beginning of a text that is at most `most` bytes and whole characters. */
static size_t cut(const char *text, size_t length, size_t most) {
  if (length <= most) return length;
  while (most > 0 && ((unsigned char)text[most] & 0xC0) == 0x80) most--;
  return most;
}

/* A line as it is kept: what has no ink is a space, a tab as many as lead to the next multiple of eight. */
static size_t write_line(char *out, const char *text, size_t length) {
  size_t used = 0, columns = 0;
  for (size_t i = 0; i < length && used + TAB < REN_LOG_LINE_BYTES; i++) {
    unsigned char c = (unsigned char)text[i];
    size_t spaces = c == '\t' ? TAB - columns % TAB : c < 0x20 || c == 0x7F;
    memset(out + used, ' ', spaces);
    if (spaces == 0) out[used] = (char)c;
    columns += spaces > 0 ? spaces : (c & 0xC0) != 0x80;
    used += spaces > 0 ? spaces : 1;
  }
  if (length <= REN_LOG_LINE_BYTES - TAB && used < REN_LOG_LINE_BYTES - TAB) return used;
  static const char ellipsis[] = "…";
  used = cut(out, used, REN_LOG_LINE_BYTES - TAB - sizeof ellipsis);
  memcpy(out + used, ellipsis, sizeof ellipsis - 1);
  return used + sizeof ellipsis - 1;
}

static void add_line(RenLog *log, RenLogKind kind, const char *text, size_t length) {
  char shown[REN_LOG_LINE_BYTES + 1];
  size_t used = write_line(shown, text, length);
  char *copy = malloc(used + 1);
  if (!copy) return;
  memcpy(copy, shown, used);
  copy[used] = '\0';
  if (log->n == REN_LOG_LINES) drop_oldest(log);
  *line_at(log, log->n++) = (RenLogLine){copy, used, kind};
}

void ren_log_add(RenLog *log, RenLogKind kind, const char *text, size_t length) {
  if (!log->lines) log->lines = calloc(REN_LOG_LINES, sizeof *log->lines);
  if (!log->lines) return;
  const char *end = text + length;
  for (;;) {
    const char *stop = memchr(text, '\n', (size_t)(end - text));
    add_line(log, kind, text, (size_t)((stop ? stop : end) - text));
    if (!stop) break;
    text = stop + 1;
  }
  log->version++;
}

/* --- the selection */

static bool is_before(RenLogPlace a, RenLogPlace b) {
  return a.line < b.line || (a.line == b.line && a.offset < b.offset);
}

static RenLogPlace clamp(const RenLog *log, RenLogPlace place) {
  if (log->n == 0 || place.line < log->gone) return (RenLogPlace){log->gone, 0};
  uint64_t last = log->gone + (uint64_t)log->n - 1;
  bool beyond = place.line > last;
  if (beyond) place.line = last;
  size_t length = line_at(log, (int)(place.line - log->gone))->length;
  if (beyond || place.offset > length) place.offset = length;
  return place;
}

void ren_log_select(RenLog *log, RenLogPlace place, bool extend) {
  log->caret = clamp(log, place);
  log->anchor = extend ? clamp(log, log->anchor) : log->caret;
}

void ren_log_select_all(RenLog *log) {
  ren_log_select(log, (RenLogPlace){0, 0}, false);
  ren_log_select(log, (RenLogPlace){UINT64_MAX, 0}, true);
}

/* False: nothing is selected. The places are in order. */
static bool find_selected(const RenLog *log, RenLogPlace *from, RenLogPlace *to) {
  RenLogPlace anchor = clamp(log, log->anchor), caret = clamp(log, log->caret);
  bool forward = is_before(anchor, caret);
  *from = forward ? anchor : caret;
  *to = forward ? caret : anchor;
  return is_before(*from, *to);
}

bool ren_log_part(const RenLog *log, int i, size_t *from, size_t *to) {
  RenLogPlace start, stop;
  uint64_t line = log->gone + (uint64_t)i;
  if (!find_selected(log, &start, &stop) || line < start.line || line > stop.line) return false;
  *from = line == start.line ? start.offset : 0;
  *to = line == stop.line ? stop.offset : line_at(log, i)->length;
  return true;
}

char *ren_log_copy(const RenLog *log) {
  RenLogPlace start, stop;
  if (!find_selected(log, &start, &stop)) return NULL;
  int first = (int)(start.line - log->gone), last = (int)(stop.line - log->gone);
  size_t size = 1, used = 0, from = 0, to = 0;
  for (int i = first; i <= last; i++) size += line_at(log, i)->length + 1;
  char *text = malloc(size);
  for (int i = first; text && i <= last; i++) {
    ren_log_part(log, i, &from, &to);
    memcpy(text + used, line_at(log, i)->text + from, to - from);
    used += to - from;
    text[used++] = i < last ? '\n' : '\0';
  }
  return text;
}
