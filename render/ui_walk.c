/* The keyboard's place inside of a view: a thumbnail, a token or a cell. For Tab a view is one stop, and so is a
 * panel; arrows go from element to element as they lie, in the matrix view from its cells to the tokens at their
 * ends. What the keyboard is on is pointed at as by the mouse: its lines, and its numbers after their time. */
#include "render/ui_impl.h"

#include "render/view_scene.h"

static bool is_panel(RenIdKind kind) { return kind == REN_ID_PANEL_QUERY || kind == REN_ID_PANEL_KEY; }

/* The view that shows an element; the active one where both do. */
static RenPane pane_of(RenUi *ui, RenId id) {
  RenPane panes[2];
  RenElement element = {REN_NO_ID, false};
  RenRect rect;
  int n = ren_ui_panes(ui, panes);
  bool shows = ren_focus_find(ui, id, &element, &rect), right = shows ? element.right : ui->state.right;
  return panes[n == 2 && right];
}

static const EngBlock *block_of(const RenPane *pane) {
  return pane->source ? ren_scene_block(&pane->state, pane->source) : NULL;
}

/* The element with another index on its axis that the arrows go along. */
static RenId with_token(RenId id, int token) {
  *(is_panel(id.kind) ? &id.c : &id.a) = token;
  return id;
}

/* The selected one, else the first that shows. */
static RenId first_of(RenUi *ui, RenId id, int selected, int n) {
  if (selected >= 0 && selected < n) return with_token(id, selected);
  for (int i = 0; i < n; i++)
    if (ren_focus_shows(ui, with_token(id, i))) return with_token(id, i);
  return with_token(id, 0);
}

static RenId first_cell(RenUi *ui, const EngBlock *block, int selected) {
  RenId row = first_of(ui, (RenId){REN_ID_QUERY, 0, 0, 0}, selected, block->n_rows);
  RenId column = first_of(ui, (RenId){REN_ID_KEY, 0, 0, 0}, -1, block->n_columns);
  return (RenId){REN_ID_CELL, row.a, column.a, 0};
}

/* Where Tab comes in: at what is selected. */
static RenId entry(RenUi *ui, const RenPane *pane, RenId id) {
  const EngBlock *block = block_of(pane);
  const RenState *state = &pane->state;
  if (!block) return REN_NO_ID;
  if (is_panel(id.kind))
    return first_of(ui, (RenId){REN_ID_PANEL_QUERY, id.a, id.b, 0}, state->token, block->n_rows);
  if (state->view == REN_VIEW_MODEL) return (RenId){REN_ID_THUMB, state->layer, state->head, 0};
  if (state->view == REN_VIEW_MATRIX) return first_cell(ui, block, state->token);
  return first_of(ui, (RenId){REN_ID_QUERY, 0, 0, 0}, state->token, block->n_rows);
}

/* Thumbnails lie by layer and head, or in the order of their ranks. */
static RenId step_thumb(const RenPane *pane, const EngBlock *block, RenId id, int dx, int dy) {
  const RenRanking *ranking = pane->state.ranking;
  int n = block->n_heads, place = ren_clamp_index(id.a, block->n_layers) * n + ren_clamp_index(id.b, n);
  if (ranking) place = ranking->places[place];
  place = ren_clamp_index(place / n + dy, block->n_layers) * n + ren_clamp_index(place % n + dx, n);
  if (ranking) place = ranking->order[place];
  return (RenId){REN_ID_THUMB, place / n, place % n, 0};
}

/* The next thumbnail that shows in this direction: others lie under a panel. */
static RenId next_thumb(RenUi *ui, const RenPane *pane, const EngBlock *block, RenId id, int dx, int dy) {
  for (RenId from = id, to;; from = to) {
    to = step_thumb(pane, block, from, dx, dy);
    if (ren_id_equal(to, from)) return id;
    if (ren_focus_shows(ui, to)) return to;
  }
}

static RenId step_pair(const EngBlock *block, RenId id, int dx, int dy) {
  bool panel = is_panel(id.kind), key = id.kind == REN_ID_KEY || id.kind == REN_ID_PANEL_KEY;
  if (dx != 0) key = dx > 0;
  id.kind = key ? (panel ? REN_ID_PANEL_KEY : REN_ID_KEY) : panel ? REN_ID_PANEL_QUERY : REN_ID_QUERY;
  return with_token(id, ren_clamp_index((panel ? id.c : id.a) + dy, key ? block->n_columns : block->n_rows));
}

/* Cells end at their tokens: at the left the queries, above the keys. */
static RenId step_matrix(RenUi *ui, const EngBlock *block, RenId id, int dx, int dy) {
  RenId first = id.kind == REN_ID_CELL ? id : first_cell(ui, block, -1);
  int row = id.kind == REN_ID_KEY ? -1 : id.a, column = id.kind == REN_ID_QUERY ? -1
                                                        : id.kind == REN_ID_KEY ? id.a
                                                                                : id.b;
  if (row < 0 && dy > 0) row = first.a - 1;
  if (column < 0 && dx > 0) column = first.b - 1;
  row += dy, column += dx;
  if (row >= block->n_rows) row = block->n_rows - 1;
  if (column >= block->n_columns) column = block->n_columns - 1;
  if (row < 0 && column < 0) return id;
  if (column < 0) return (RenId){REN_ID_QUERY, row, 0, 0};
  if (row < 0) return (RenId){REN_ID_KEY, column, 0, 0};
  return (RenId){REN_ID_CELL, row, column, 0};
}

/* Shown, the keys' and pointed at. */
static void go(RenUi *ui, RenId id) {
  RenElement element;
  RenRect rect;
  ren_ui_reveal(ui, id);
  ui->dirty = true;
  ren_ui_frame(ui);
  if (!ren_focus_find(ui, id, &element, &rect)) return;
  if (!ren_rect_empty(ui->layout.beside)) ren_ui_activate(ui, element.right);
  ren_ui_set_focus(ui, id);
  ui->state.mouse = (RenPoint){rect.x + rect.w / 2, rect.y + rect.h / 2};
  ui->state.hover_right = element.right;
  ui->state.hover_seconds = 0;
  ren_state_hover(&ui->state, id);
}

void ren_walk_enter(RenUi *ui, RenId id) {
  RenPane pane = pane_of(ui, id);
  RenId first = entry(ui, &pane, id);
  if (first.kind != REN_ID_NONE) go(ui, first);
}

void ren_walk_follow(RenUi *ui) {
  if (!ren_focus_walks(ui->focus.kind)) return;
  ren_ui_set_focus(ui, REN_NO_ID);
  ren_walk_enter(ui, REN_NO_ID);
}

void ren_walk_step(RenUi *ui, int dx, int dy) {
  RenPane pane = pane_of(ui, ui->focus);
  const EngBlock *block = block_of(&pane);
  RenId id = ui->focus;
  if (!block || !ren_focus_walks(id.kind)) return;
  if (id.kind == REN_ID_THUMB)
    id = next_thumb(ui, &pane, block, id, dx, dy);
  else if (pane.state.view == REN_VIEW_MATRIX)
    id = step_matrix(ui, block, id, dx, dy);
  else
    id = step_pair(block, id, dx, dy);
  go(ui, id);
}

void ren_walk_set(RenUi *ui, RenId id) { go(ui, id); }

RenId ren_walk_id(RenUi *ui) {
  RenElement element = {ui->focus, false};
  RenRect rect;
  if (!ren_focus_walks(ui->focus.kind) || !ren_focus_find(ui, ui->focus, &element, &rect)) return ui->focus;
  return ren_ui_selected_id(ui, element);
}
