/* How far a view may scroll, and scrolling so that something shows. */
#include "render/ui_impl.h"

#include "render/view.h"

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

/* Rows of the head and neuron views have a fixed pitch under fixed headings. */
void ren_ui_reveal_token(RenUi *ui, int token) {
  RenViewKind view = ui->state.view;
  if (view == REN_VIEW_MODEL || token < 0) return;
  float pitch = view == REN_VIEW_HEAD ? REN_TOKEN_PITCH : REN_NEURON_PITCH;
  float room = ui->layout.view.h - (view == REN_VIEW_HEAD ? REN_HEAD_TOP : REN_NEURON_TOP);
  float top = (float)token * pitch, *scroll = &ui->state.scroll_y[view];
  if (top + pitch > *scroll + room) *scroll = top + pitch - room;
  if (top < *scroll) *scroll = top;
  ren_ui_clamp_scroll(ui);
}

void ren_ui_reveal_tile(RenUi *ui, int head) {
  float left = (float)(head * REN_TILE), room = ui->layout.tiles.w;
  if (left + REN_TILE > ui->tile_scroll + room) ui->tile_scroll = left + REN_TILE - room;
  if (left < ui->tile_scroll) ui->tile_scroll = left;
}
