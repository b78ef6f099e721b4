/* How far a view may scroll, and scrolling so that something shows. */
#include "render/ui_impl.h"

#include "render/view.h"
#include "render/view_matrix.h"

#include <math.h>

static float clamp(float x, float most) {
  if (!(x < most)) x = most;
  return x > 0 ? floorf(x) : 0;
}

void ren_ui_clamp_scroll(RenUi *ui) {
  float width, height;
  RenState *state = &ui->state;
  RenRect area = ui->layout.view;
  ren_view_of(state->view)->extent(state, ui->source, ui->fonts, area, &width, &height);
  state->scroll_x[state->view] = clamp(state->scroll_x[state->view], width - area.w);
  state->scroll_y[state->view] = clamp(state->scroll_y[state->view], height - area.h);
}

void ren_ui_scroll_by(RenUi *ui, float dx, float dy) {
  ui->state.scroll_x[ui->state.view] += dx;
  ui->state.scroll_y[ui->state.view] += dy;
  ren_ui_clamp_scroll(ui);
  ren_ui_touch(ui);
}

/* Where a token's row is below the headings, how high it is, and the height that rows have. */
typedef struct Row {
  float top, height, room;
} Row;

/* The matrix view reveals the row of the selected head. */
static Row matrix_row(const RenUi *ui, const EngBlock *block, int token) {
  RenRect view = ui->layout.view;
  RenMatrixLayout layout = ren_matrix_layout(&ui->state, block, view);
  int place = ren_matrix_place(&ui->state, block, ui->state.head);
  RenRect head = ren_matrix_head(&layout, place < 0 ? 0 : place);
  float top = head.y + layout.scroll_y - view.y - layout.top;
  return (Row){top + (float)token * layout.pitch, layout.pitch, view.h - layout.top};
}

static Row row_of(const RenUi *ui, const EngBlock *block, int token) {
  float room = ui->layout.view.h;
  switch (ui->state.view) {
  case REN_VIEW_HEAD:
    return (Row){(float)(token * REN_TOKEN_PITCH), REN_TOKEN_PITCH, room - REN_HEAD_TOP};
  case REN_VIEW_NEURON:
    return (Row){(float)(token * REN_NEURON_PITCH), REN_NEURON_PITCH, room - REN_NEURON_TOP};
  case REN_VIEW_MATRIX:
    return matrix_row(ui, block, token);
  default:
    return (Row){0};
  }
}

void ren_ui_reveal_token(RenUi *ui, int token) {
  RenViewKind view = ui->state.view;
  const EngBlock *block = ren_ui_block(ui);
  if (view == REN_VIEW_MODEL || token < 0 || !block) return;
  Row row = row_of(ui, block, token);
  float *scroll = &ui->state.scroll_y[view];
  if (row.top + row.height > *scroll + row.room) *scroll = row.top + row.height - row.room;
  if (row.top < *scroll) *scroll = row.top;
  ren_ui_clamp_scroll(ui);
}

void ren_ui_reveal_tile(RenUi *ui, int head) {
  float left = (float)(head * REN_TILE), room = ui->layout.tiles.w;
  if (left + REN_TILE > ui->tile_scroll + room) ui->tile_scroll = left + REN_TILE - room;
  if (left < ui->tile_scroll) ui->tile_scroll = left;
}
