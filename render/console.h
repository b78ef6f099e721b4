/* The console of a window: what was said, the code under edit, what was run before. Who runs it is the host. */
#ifndef RENDER_CONSOLE_H
#define RENDER_CONSOLE_H

#include "render/field.h"
#include "render/history.h"
#include "render/log.h"
#include "render/widget.h"

/* A stretch of a line that is shown as one row. */
typedef struct RenLogRow {
  int line;
  size_t from, to;
} RenLogRow;

typedef struct RenConsole {
  bool open;
  float height; /* of the panel, as it was set */
  RenLog log;
  RenField field;
  RenHistory history; /* code alone: no second sentences */
  bool running;       /* a script; since `seconds` */
  float scroll;       /* rows that are out of sight below */

  RenLogRow *rows; /* of the log, wrapped for … */
  int n_rows;
  uint64_t rows_version;
  float rows_width, rows_scale;
} RenConsole;

void ren_console_init(RenConsole *console);
void ren_console_free(RenConsole *console);

/* The panel's parts: the edge at its top, what was said, the code under edit, the button that folds it. */
typedef struct RenConsoleLayout {
  RenRect edge, log, editor, close;
} RenConsoleLayout;
RenConsoleLayout ren_console_layout(const RenConsole *console, RenRect panel);

void ren_console_draw(RenConsole *console, const RenPaint *paint, RenRect panel, RenId hover, bool focus);
/* The place of the log that a point is nearest to. */
RenLogPlace ren_console_place(RenConsole *console, const RenPaint *paint, RenRect panel, RenPoint at);
/* Scrolls by rows, up for positive ones; stays inside. */
void ren_console_scroll(RenConsole *console, RenRect panel, float rows);
/* Rows of the log that show at once. */
int ren_console_page(const RenConsole *console, RenRect panel);

#endif
