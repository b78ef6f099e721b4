/* Enlarging: the matrix view's cells, the head and neuron views' rows. What is at a point stays there. */
#include "render/command_impl.h"
#include "render/view_head_layout.h"
#include "render/view_matrix_layout.h"
#include "render/view_neuron_layout.h"

#include <math.h>

static bool enlarge(RenUi *ui, float factor, RenPoint at) {
  RenPane pane;
  const EngBlock *block = ren_ui_block(ui);
  if (!block || !ren_ui_pane_at(ui, at, &pane)) return true;
  if (pane.state.view == REN_VIEW_HEAD) ren_head_zoom(&ui->state, block, pane.area, factor, at.y);
  if (pane.state.view == REN_VIEW_NEURON) ren_neuron_zoom(&ui->state, block, pane.area, factor, at.y);
  if (pane.state.view == REN_VIEW_MATRIX) ren_matrix_zoom(&ui->state, block, pane.area, factor, at);
  ren_ui_drop_hover(ui);
  return true;
}

static RenPoint middle(const RenUi *ui) {
  RenRect view = ui->layout.view;
  return (RenPoint){view.x + view.w / 2, view.y + view.h / 2};
}

bool ren_do_zoom(RenUi *ui, const RenArg *args, EngError *err) {
  RenPoint at = middle(ui);
  double factor = args[0].number;
  if (!(factor > 0 && factor <= (double)REN_MAX_ZOOM))
    return eng_error_set(err, "zoom", "factor", "expected more than 0 and at most %g, found %g",
                         (double)REN_MAX_ZOOM, factor);
  if (args[1].kind != REN_ARG_NONE) at.x = (float)args[1].number;
  if (args[2].kind != REN_ARG_NONE) at.y = (float)args[2].number;
  if (!isfinite(at.x) || !isfinite(at.y))
    return eng_error_set(err, "zoom", NULL, "expected finite numbers, found %g and %g", (double)at.x, (double)at.y);
  return enlarge(ui, (float)factor, at);
}

bool ren_do_zoom_more(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return enlarge(ui, REN_ZOOM_STEP, middle(ui));
}

bool ren_do_zoom_less(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return enlarge(ui, 1 / REN_ZOOM_STEP, middle(ui));
}

/* How far the rows in the middle are enlarged; 0 where cells are. */
static float row_zoom(const RenUi *ui) {
  RenPane pane;
  const EngBlock *block = ren_ui_block(ui);
  if (!block || !ren_ui_pane_at(ui, middle(ui), &pane)) return 0;
  if (pane.state.view == REN_VIEW_HEAD) return ren_head_layout(&pane.state, block, pane.area).zoom;
  return pane.state.view == REN_VIEW_NEURON ? ren_neuron_layout(&pane.state, block, pane.area).zoom : 0;
}

bool ren_do_zoom_reset(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  float rows = row_zoom(ui);
  return enlarge(ui, rows > 0 ? 1 / rows : 1 / REN_MAX_ZOOM, middle(ui));
}

bool ren_do_zoom_whole(RenUi *ui, const RenArg *args, EngError *err) {
  float rows = row_zoom(ui);
  if (rows > 0 && rows < 1) return ren_do_zoom_reset(ui, args, err);
  return enlarge(ui, 1 / REN_MAX_ZOOM, middle(ui));
}
