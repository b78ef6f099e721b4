/* The views that show, from left to right: one, or two beside each other. Each has a state of its own to draw
 * from, which is the one selection as that side sees it. */
#include "render/ui_impl.h"

#include "render/view.h"

static RenPane pane_of(const RenUi *ui, bool active, bool right) {
  RenPane pane = {
      .state = ui->state, .area = active ? ui->layout.view : ui->layout.beside, .active = active, .right = right};
  pane.source = ren_ui_shown_source(ui, active, &pane.shown);
  if (!active) pane.state.view = ui->state.beside;
  return pane;
}

int ren_ui_panes(const RenUi *ui, RenPane out[2]) {
  int n = ren_rect_empty(ui->layout.beside) ? 1 : 2;
  bool right = n == 2 && ui->state.right;
  for (int i = 0; i < n; i++) out[i] = pane_of(ui, right == (i == 1), i == 1);
  RenShown hovered = out[ui->state.hover_right && n == 2].shown;
  for (int i = 0; i < n; i++) ren_ui_translate_pane(ui, &out[i], hovered);
  return n;
}

RenPane ren_ui_active_pane(const RenUi *ui) {
  RenPane panes[2];
  int n = ren_ui_panes(ui, panes);
  return panes[n == 2 && panes[1].active];
}

bool ren_ui_hovered_pane(const RenUi *ui, RenPane *out) {
  RenPane panes[2];
  int n = ren_ui_panes(ui, panes), i = ui->state.hover_right;
  if (i >= n) return false;
  *out = panes[i];
  return true;
}

bool ren_ui_pane_at(const RenUi *ui, RenPoint at, RenPane *out) {
  RenPane panes[2];
  int n = ren_ui_panes(ui, panes);
  for (int i = 0; i < n; i++) {
    if (!ren_rect_contains(panes[i].area, at)) continue;
    *out = panes[i];
    return true;
  }
  return false;
}

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

int ren_ui_views(const RenUi *ui, RenViewKind out[2]) {
  RenPane panes[2];
  int n = ren_ui_panes(ui, panes);
  for (int i = 0; i < n; i++) out[i] = panes[i].state.view;
  return n;
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
