/* What only the matrix view has: its cells' size and their ramp. */
#include "render/command_impl.h"
#include "render/view_matrix.h"

#include <math.h>
#include <string.h>

static bool enlarge(RenUi *ui, float factor, RenPoint at) {
  RenPane pane;
  const EngBlock *block = ren_ui_block(ui);
  if (!block || !ren_ui_pane_at(ui, at, &pane) || pane.state.view != REN_VIEW_MATRIX) return true;
  ren_matrix_zoom(&ui->state, block, pane.area, factor, at);
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

bool ren_do_zoom_reset(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return enlarge(ui, 1 / REN_MAX_ZOOM, middle(ui));
}

bool ren_do_ramp_set(RenUi *ui, const RenArg *args, EngError *err) {
  const RenRamp ramps[] = {REN_RAMP_SQRT, REN_RAMP_LINEAR};
  for (int i = 0; i < 2; i++) {
    if (strcmp(args[0].string, ren_ramp_name(ramps[i])) != 0) continue;
    ui->state.ramp = ramps[i];
    return true;
  }
  return eng_error_set(err, NULL, "ramp", "expected sqrt or linear, found %s", args[0].string);
}

bool ren_do_ramp_toggle(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ui->state.ramp = ui->state.ramp == REN_RAMP_SQRT ? REN_RAMP_LINEAR : REN_RAMP_SQRT;
  return true;
}
