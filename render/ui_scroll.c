/* How far a view may scroll, and scrolling so that something shows. */
#include "render/ui_impl.h"

#include "render/view.h"
#include "render/view_head_layout.h"
#include "render/view_matrix_layout.h"
#include "render/view_neuron_layout.h"
#include "render/view_panel.h"

#include <math.h>

static float clamp(float x, float most) {
  if (!(x < most)) x = most;
  return x > 0 ? floorf(x) : 0;
}

/* Two views of one kind scroll together, as far as the longer one goes. */
void ren_ui_clamp_scroll(RenUi *ui) {
  RenPane panes[2];
  RenState *state = &ui->state;
  float most_x[REN_VIEW_COUNT] = {0}, most_y[REN_VIEW_COUNT] = {0};
  int n = ren_ui_panes(ui, panes);
  for (int i = 0; i < n; i++) {
    const RenPane *pane = &panes[i];
    RenViewKind view = pane->state.view;
    float width, height;
    ren_view_extent(ren_view_of(view), &pane->state, pane->source, pane->area, &width, &height);
    most_x[view] = fmaxf(most_x[view], width - pane->area.w);
    most_y[view] = fmaxf(most_y[view], height - pane->area.h);
  }
  for (int i = 0; i < n; i++) {
    RenViewKind view = panes[i].state.view;
    state->scroll_x[view] = clamp(state->scroll_x[view], most_x[view]);
    state->scroll_y[view] = clamp(state->scroll_y[view], most_y[view]);
  }
}

void ren_ui_scroll_by(RenUi *ui, RenViewKind view, float dx, float dy) {
  ui->state.scroll_x[view] += dx;
  ui->state.scroll_y[view] += dy;
  ren_ui_clamp_scroll(ui);
  ren_ui_touch(ui);
}

/* Where a token's row is below the headings, how high it is, and the height that rows have. */
typedef struct Row {
  float top, height, room;
} Row;

/* The matrix view reveals the row of the selected head. */
static Row matrix_row(const RenPane *pane, const EngBlock *block, int token) {
  RenRect view = pane->area;
  RenMatrixLayout layout = ren_matrix_layout(&pane->state, block, view);
  int place = ren_matrix_place(&pane->state, block);
  RenRect head = ren_matrix_head(&layout, place < 0 ? 0 : place);
  float top = head.y + layout.scroll_y - view.y - layout.top;
  return (Row){top + (float)token * layout.pitch, layout.pitch, view.h - layout.top};
}

static Row head_row(const RenPane *pane, const EngBlock *block, int token) {
  RenHeadLayout layout = ren_head_layout(&pane->state, block, pane->area);
  return (Row){(float)token * layout.pitch, layout.pitch, layout.rows.h};
}

/* The panels', which scroll together; no room where none is open, or all of it shows. */
static Row panel_row(const RenPane *pane, const EngBlock *block, int token) {
  float width, height;
  ren_view_extent(&ren_view_model, &pane->state, pane->source, pane->area, &width, &height);
  float more = height - pane->area.h;
  return (Row){(float)(token * REN_PANEL_PITCH), REN_PANEL_PITCH, more > 0 ? ren_panel_rows(block) - more : 0};
}

static Row neuron_row(const RenPane *pane, const EngBlock *block, int token) {
  RenNeuronLayout layout = ren_neuron_layout(&pane->state, block, pane->area);
  return (Row){(float)token * layout.pitch, layout.pitch, layout.rows.h};
}

static Row row_of(const RenPane *pane, const EngBlock *block, int token) {
  switch (pane->state.view) {
  case REN_VIEW_HEAD:
    return head_row(pane, block, token);
  case REN_VIEW_NEURON:
    return neuron_row(pane, block, token);
  case REN_VIEW_MATRIX:
    return matrix_row(pane, block, token);
  default:
    return panel_row(pane, block, token);
  }
}

static void reveal(RenUi *ui, const RenPane *pane, const EngBlock *block, int token) {
  RenViewKind view = pane->state.view;
  Row row = row_of(pane, block, token);
  if (row.room <= 0) return;
  float *scroll = &ui->state.scroll_y[view];
  if (row.top + row.height > *scroll + row.room) *scroll = row.top + row.height - row.room;
  if (row.top < *scroll) *scroll = row.top;
}

void ren_ui_reveal_token(RenUi *ui, int token) {
  RenPane panes[2];
  const EngBlock *block = ren_ui_block(ui);
  if (token < 0 || !block) return;
  int n = ren_ui_panes(ui, panes);
  for (int i = 0; i < n; i++) reveal(ui, &panes[i], block, token);
  ren_ui_clamp_scroll(ui);
}

static void reveal_column(RenUi *ui, const RenPane *pane, const EngBlock *block, int token) {
  RenMatrixLayout layout = ren_matrix_layout(&pane->state, block, pane->area);
  int place = ren_matrix_place(&pane->state, block);
  RenRect head = ren_matrix_head(&layout, place < 0 ? 0 : place);
  float *scroll = &ui->state.scroll_x[REN_VIEW_MATRIX];
  float left = head.x + layout.scroll_x - pane->area.x - layout.left + (float)token * layout.pitch;
  float room = pane->area.w - layout.left;
  if (left + layout.pitch > *scroll + room) *scroll = left + layout.pitch - room;
  if (left < *scroll) *scroll = left;
}

/* In the matrix view keys lie across. */
void ren_ui_reveal(RenUi *ui, RenId id) {
  RenPane panes[2];
  const EngBlock *block = ren_ui_block(ui);
  bool key = id.kind == REN_ID_KEY, cell = id.kind == REN_ID_CELL;
  bool panel = id.kind == REN_ID_PANEL_QUERY || id.kind == REN_ID_PANEL_KEY;
  if (!block || !(key || cell || panel || id.kind == REN_ID_QUERY)) return;
  int n = ren_ui_panes(ui, panes);
  for (int i = 0; i < n; i++) {
    bool across = panes[i].state.view == REN_VIEW_MATRIX && (key || cell);
    if (across) reveal_column(ui, &panes[i], block, key ? id.a : id.b);
    if (panel && panes[i].state.view != REN_VIEW_MODEL) continue;
    if (!key || !across) reveal(ui, &panes[i], block, panel ? id.c : id.a);
  }
  ren_ui_clamp_scroll(ui);
}

void ren_ui_reveal_tile(RenUi *ui, int i) {
  if (i < 0) return;
  float width = ren_ui_tile_width(ui), left = (float)i * width, room = ui->layout.tiles.w;
  if (left + width > ui->tile_scroll + room) ui->tile_scroll = left + width - room;
  if (left < ui->tile_scroll) ui->tile_scroll = left;
}
