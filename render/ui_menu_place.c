/* Where the entries of the open drop-down lie: below each other, and settings in as many columns as they need and
 * the window has room for, each group whole in one of them. Where there is no room for all, one column scrolls. */
#include "render/ui_impl.h"

#include <math.h>

typedef struct Grid {
  int n, columns, rows;
  bool whole; /* all entries show, and no group is cut */
} Grid;

static bool is_heading(const RenUi *ui, int i) { return ren_menu_heading(ui, ui->menu.owner, i); }

/* Entries from a heading to the next one. */
static int group_size(const RenUi *ui, int i, int n) {
  int size = 1;
  while (i + size < n && !is_heading(ui, i + size)) size++;
  return size;
}

/* The cell of an entry, counted down the columns one after the other, where groups are whole. */
static int whole_cell(const RenUi *ui, const Grid *grid, int entry) {
  int cell = 0;
  for (int i = 0; i <= entry; i++, cell++) {
    int row = cell % grid->rows;
    if (row > 0 && is_heading(ui, i) && row + group_size(ui, i, grid->n) > grid->rows) cell += grid->rows - row;
  }
  return cell - 1;
}

static float row_height(const RenUi *ui) {
  return ui->menu.owner == REN_ID_OPTIONS ? REN_OPTIONS_ROW : REN_CONTROL_HEIGHT;
}

static int rows_that_fit(const RenUi *ui, RenRect owner) {
  int fit = (int)((ui->height - owner.y - owner.h - 2 * REN_PAD) / row_height(ui));
  if (fit > REN_MENU_ROWS && ui->menu.owner != REN_ID_OPTIONS) fit = REN_MENU_ROWS;
  return fit < 1 ? 1 : fit;
}

/* As few columns as there may be, and those as low as they may be. */
static Grid grid_of(const RenUi *ui) {
  RenRect owner = ren_menu_owner_rect(ui);
  Grid grid = {.n = ren_menu_count(ui, ui->menu.owner), .whole = true};
  int fit = rows_that_fit(ui, owner), most = 1;
  if (ui->menu.owner == REN_ID_OPTIONS) most = (int)fmaxf((ui->width - 2 * REN_PAD) / fmaxf(owner.w, 1), 1);
  for (grid.columns = 1; grid.columns <= most; grid.columns++)
    for (grid.rows = (grid.n + grid.columns - 1) / grid.columns; grid.rows > 0 && grid.rows <= fit; grid.rows++)
      if (whole_cell(ui, &grid, grid.n - 1) < grid.columns * grid.rows) return grid;
  return (Grid){grid.n, 1, fit < grid.n ? fit : grid.n < 1 ? 1 : grid.n, false};
}

int ren_menu_cells(const RenUi *ui) {
  Grid grid = grid_of(ui);
  return grid.whole ? grid.n : grid.rows;
}

RenRect ren_menu_rect(const RenUi *ui) {
  Grid grid = grid_of(ui);
  RenRect owner = ren_menu_owner_rect(ui);
  float height = (float)grid.rows * row_height(ui) + 2, width = (float)grid.columns * owner.w;
  float x = fmaxf(fminf(owner.x, ui->width - width - REN_PAD), REN_PAD);
  return (RenRect){x, owner.y + owner.h + REN_GRID, width, height};
}

RenRect ren_menu_entry_rect(const RenUi *ui, int i) {
  Grid grid = grid_of(ui);
  RenRect box = ren_rect_inset(ren_menu_rect(ui), 1);
  int cell = grid.whole ? whole_cell(ui, &grid, i) : i - ui->menu.first;
  if (cell < 0 || cell >= grid.columns * grid.rows) return (RenRect){0, 0, 0, 0};
  float width = floorf(box.w / (float)grid.columns);
  return (RenRect){box.x + (float)(cell / grid.rows) * width, box.y + (float)(cell % grid.rows) * row_height(ui),
                   width, row_height(ui)};
}

int ren_menu_beside(const RenUi *ui, int by) {
  RenRect from = ren_menu_entry_rect(ui, ui->menu.marked);
  int nearest = -1;
  float least = HUGE_VALF;
  for (int i = 0; i < ren_menu_count(ui, ui->menu.owner); i++) {
    RenRect rect = ren_menu_entry_rect(ui, i);
    float column = roundf((rect.x - from.x) / fmaxf(from.w, 1)), away = fabsf(rect.y - from.y);
    if (rect.w <= 0 || (int)column != by || !ren_menu_choosable(ui, ui->menu.owner, i) || away >= least) continue;
    nearest = i;
    least = away;
  }
  return nearest;
}

/* The next that can be chosen. A heading shows with the first row below it. */
void ren_menu_mark(RenUi *ui, int i) {
  int n = ren_menu_count(ui, ui->menu.owner), cells = ren_menu_cells(ui);
  if (i >= n) i = n - 1;
  if (i < 0) i = 0;
  while (i < n - 1 && !ren_menu_choosable(ui, ui->menu.owner, i)) i++;
  ui->menu.marked = i;
  int top = i > 0 && !ren_menu_choosable(ui, ui->menu.owner, i - 1) ? i - 1 : i;
  if (ui->menu.first > top) ui->menu.first = top;
  if (ui->menu.first < i - cells + 1) ui->menu.first = i - cells + 1;
  if (cells >= n) ui->menu.first = 0;
  ren_ui_touch(ui);
}
