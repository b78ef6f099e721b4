/* The keys of the command table, in two columns where both have room for whole sentences; closer together where the
 * window is low; where even that has no room they scroll. */
#include "render/command.h"
#include "render/ui_impl.h"
#include "render/view_scroll.h"
#include "render/widget.h"

#include <math.h>

static void draw_small(const RenPaint *paint, RenRect rect, RenFont font, RenColor color, const char *text) {
  ren_frame_text(
      paint->frame, REN_NO_ID, rect,
      (RenTextShape){
          .text = text, .font = font, .size = REN_TEXT_SMALL, .align = REN_LEFT, .color = color, .ellipsis = true});
}

/* One command with its keys. */
static void draw_key(const RenPaint *paint, RenRect row, const RenCommandInfo *command) {
  RenRect keys = ren_rect_cut_left(&row, fminf(REN_HELP_KEYS, floorf(REN_HELP_KEYS_SHARE * row.w)));
  draw_small(paint, keys, REN_MONO, paint->theme->accent, command->keys);
  draw_small(paint, row, REN_SANS, paint->theme->text, command->doc);
}

static bool is_listed(const RenCommandInfo *command) {
  return command->keys && (command->scope == REN_SCOPE_VIEW || command->scope == REN_SCOPE_ALWAYS);
}

/* Rows of a column: all, and those that show at once. */
typedef struct Grid {
  int columns, rows, shown;
  float line, column;
} Grid;

static Grid grid_of(const RenUi *ui) {
  size_t n;
  const RenCommandInfo *table = ren_command_table(&n);
  int listed = 0;
  for (size_t i = 0; i < n; i++) listed += is_listed(&table[i]);
  Grid grid = {.columns = ui->width >= 2 * (REN_HELP_COLUMN + 5 * REN_PAD) ? 2 : 1};
  grid.rows = (listed + grid.columns - 1) / grid.columns;
  float room = fmaxf(ui->height - 6 * REN_PAD - REN_CONTROL_HEIGHT, REN_LINE_HELP);
  float line = fminf(REN_LINE_HELP, floorf(room / (float)grid.rows));
  grid.line = line < REN_LINE_HELP_LEAST ? REN_LINE_HELP : line;
  grid.shown = (int)fminf((float)grid.rows, floorf(room / grid.line));
  grid.column = fminf(REN_HELP_COLUMN, floorf(ui->width / (float)grid.columns) - 5 * REN_PAD);
  return grid;
}

int ren_help_rows(const RenUi *ui) { return grid_of(ui).shown; }

bool ren_help_scroll(RenUi *ui, int by) {
  Grid grid = grid_of(ui);
  int most = grid.rows - grid.shown, to = ui->help_first + by;
  ui->help_first = to > most ? most : to < 0 ? 0 : to;
  return most > 0;
}

static void draw_keys(const RenUi *ui, const RenPaint *paint, RenRect box, Grid grid) {
  size_t n;
  const RenCommandInfo *table = ren_command_table(&n);
  for (int i = 0, at = 0; i < (int)n; i++) {
    if (!is_listed(&table[i])) continue;
    int row = at % grid.rows - ui->help_first, column = at / grid.rows;
    at++;
    if (row < 0 || row >= grid.shown) continue;
    float x = box.x + (float)column * (grid.column + 2 * REN_PAD), y = box.y + (float)row * grid.line;
    draw_key(paint, (RenRect){x, y, grid.column, grid.line}, &table[i]);
  }
}

void ren_ui_draw_help(RenUi *ui, const RenPaint *paint) {
  if (!ui->help_open) return;
  ren_help_scroll(ui, 0);
  Grid grid = grid_of(ui);
  RenId id = {REN_ID_HELP, 0, 0, 0};
  RenRect window = {0, 0, ui->width, ui->height};
  ren_frame_fill(ui->frame, id, window, ren_color_fade(ui->state.theme->bg, REN_FADE_VEIL));
  float width = (float)grid.columns * (grid.column + 2 * REN_PAD) + 2 * REN_PAD;
  float height = (float)grid.shown * grid.line + REN_CONTROL_HEIGHT + 4 * REN_PAD;
  RenRect box = {floorf((ui->width - width) / 2), floorf((ui->height - height) / 2), width, height}, frame = box;
  ren_widget_menu(paint, box);
  box = ren_rect_inset(box, 2 * REN_PAD);
  RenRect title = ren_rect_cut_top(&box, REN_CONTROL_HEIGHT);
  ren_frame_text(ui->frame, REN_NO_ID, title,
                 (RenTextShape){.text = "Keys",
                                .font = REN_SANS_BOLD,
                                .size = REN_TEXT_HEADING,
                                .align = REN_LEFT,
                                .color = ui->state.theme->text});
  draw_keys(ui, paint, box, grid);
  frame = ren_rect_inset(frame, 1);
  float share = frame.h / (float)grid.shown;
  ren_scroll_mark_y(ui->frame, frame, (float)grid.rows * share, (float)ui->help_first * share,
                    paint->theme->border);
}
