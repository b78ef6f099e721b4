/* What a console has said: lines of text, bounded in number and length, wrapped into rows where they are shown,
 * with a selection of their text. Knows neither pixels nor Lua. */
#ifndef RENDER_LOG_H
#define RENDER_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define REN_LOG_LINES 2000      /* the oldest go first */
#define REN_LOG_LINE_BYTES 4096 /* a longer line is cut, and says so */

typedef enum RenLogKind {
  REN_LOG_CODE, /* what was asked */
  REN_LOG_TEXT, /* what was printed */
  REN_LOG_NOTE,
  REN_LOG_ERROR
} RenLogKind;

const char *ren_log_kind_name(RenLogKind kind); /* "code", "text", "note", "error" */

typedef struct RenLogLine {
  char *text; /* without tabs and control characters */
  size_t length;
  RenLogKind kind;
} RenLogLine;

/* A line, counted from the first that there ever was, and a byte of it. */
typedef struct RenLogPlace {
  uint64_t line;
  size_t offset;
} RenLogPlace;

typedef struct RenLog { /* zeroed: empty */
  RenLogLine *lines;    /* a ring of REN_LOG_LINES, NULL while nothing was said */
  int first, n;
  uint64_t gone;             /* lines that were dropped */
  uint64_t version;          /* changes with the lines */
  RenLogPlace anchor, caret; /* the selection lies between them */
} RenLog;

void ren_log_free(RenLog *log);
void ren_log_clear(RenLog *log);

/* Adds text, a line for each newline; a tab goes on to the next multiple of eight. A line for which memory is short
 * is left out. */
void ren_log_add(RenLog *log, RenLogKind kind, const char *text, size_t length);

const RenLogLine *ren_log_at(const RenLog *log, int i); /* 0 is the oldest that is left */

/* Selects from a place, or on to it. A place that is no more, or not yet, becomes the nearest one. */
void ren_log_select(RenLog *log, RenLogPlace place, bool extend);
void ren_log_select_all(RenLog *log);
/* The bytes of a line that are selected; false for none. */
bool ren_log_part(const RenLog *log, int i, size_t *from, size_t *to);
/* The selected text, malloc'ed; NULL for none or when memory is short. */
char *ren_log_copy(const RenLog *log);

#endif
