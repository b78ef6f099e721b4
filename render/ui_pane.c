/* The views that show, from left to right: one, or two beside each other. Each has a state of its own to draw
 * from, which is the one selection as that side sees it. */
#include "render/ui_impl.h"

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

int ren_ui_views(const RenUi *ui, RenViewKind out[2]) {
  RenPane panes[2];
  int n = ren_ui_panes(ui, panes);
  for (int i = 0; i < n; i++) out[i] = panes[i].state.view;
  return n;
}
