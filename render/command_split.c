/* Two views beside each other: whether there are two, how the width is shared, which of them keys act on. */
#include "render/command_impl.h"

#include <string.h>

static bool changed(RenUi *ui) {
  ren_ui_lay_out(ui);
  ren_ui_clamp_scroll(ui);
  return true;
}

/* Two different views, the model view at the left. */
static void choose_views(RenState *state) {
  if (state->beside == state->view) state->beside = state->view == REN_VIEW_MODEL ? REN_VIEW_HEAD : REN_VIEW_MODEL;
  if (state->view == REN_VIEW_MODEL || state->beside == REN_VIEW_MODEL)
    state->right = state->view != REN_VIEW_MODEL;
}

bool ren_do_view_split(RenUi *ui, const RenArg *args, EngError *err) {
  RenState *state = &ui->state;
  (void)err;
  state->split = args[0].kind == REN_ARG_BOOL ? args[0].boolean : !state->split;
  if (state->split) choose_views(state);
  ren_ui_drop_hover(ui);
  return changed(ui);
}

bool ren_do_split_side(RenUi *ui, const RenArg *args, EngError *err) {
  bool right = strcmp(args[0].string, "right") == 0;
  if (!right && strcmp(args[0].string, "left") != 0)
    return eng_error_set(err, "split.side", "side", "expected left or right, found %s", args[0].string);
  if (!ui->state.split) return eng_error_set(err, "split.side", NULL, "expected two views, found one");
  ren_ui_activate(ui, right);
  return true;
}

bool ren_do_split_other(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  if (ui->state.split) ren_ui_activate(ui, !ui->state.right);
  return true;
}

static bool share(RenUi *ui, float share) {
  const float least = REN_SPLIT_LEAST;
  ui->state.share = share < least ? least : share > 1 - least ? 1 - least : share;
  return changed(ui);
}

bool ren_do_split_share(RenUi *ui, const RenArg *args, EngError *err) {
  const double least = (double)REN_SPLIT_LEAST;
  if (args[0].kind == REN_ARG_NONE) return share(ui, REN_SPLIT_SHARE);
  if (!(args[0].number >= least && args[0].number <= 1 - least))
    return eng_error_set(err, "split.share", "share", "expected %g to %g, found %g", least, 1 - least,
                         args[0].number);
  return share(ui, (float)args[0].number);
}

bool ren_do_split_more(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return share(ui, ui->state.share + REN_SPLIT_STEP);
}

bool ren_do_split_less(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return share(ui, ui->state.share - REN_SPLIT_STEP);
}
