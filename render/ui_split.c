/* Two views beside each other: drawn, and which of them keys act on. */
#include "render/ui_impl.h"

#include "render/view.h"

/* The strip between two views, under both. */
static void draw_gap(const RenPane panes[2], RenFrame *frame) {
  const RenTheme *theme = panes[0].state.theme;
  RenRect left = panes[0].area, gap = {left.x + left.w, left.y, panes[1].area.x - left.x - left.w, left.h};
  ren_frame_fill(frame, (RenId){REN_ID_VIEW, 0, 0, 0}, gap, theme->panel);
  ren_frame_fill(frame, REN_NO_ID, ren_rect_cut_left(&gap, 1), theme->border);
  ren_frame_fill(frame, REN_NO_ID, ren_rect_cut_right(&gap, 1), theme->border);
}

void ren_panes_draw(RenUi *ui, RenPane *panes, int n_panes, RenFrame *frame) {
  if (n_panes == 2) draw_gap(panes, frame);
  for (int i = 0; i < n_panes; i++) {
    RenPane *pane = &panes[i];
    ren_ui_receive(ui, pane);
    ren_frame_side(frame, pane->right);
    ren_view_of(pane->state.view)->draw(&pane->state, pane->source, ui->fonts, pane->area, frame);
  }
  ren_frame_side(frame, false);
}

void ren_ui_activate(RenUi *ui, bool right) {
  RenState *state = &ui->state;
  if (state->right == right) return;
  RenViewKind other = state->beside;
  RenShown shown = state->beside_shown;
  state->beside = state->view;
  state->beside_shown = state->shown;
  state->view = other;
  state->shown = shown;
  state->right = right;
  ren_ui_lay_out(ui);
  ren_ui_clamp_scroll(ui);
}
