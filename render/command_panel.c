/* Panels of the model view. One follows the selection; pinned ones stay where they are until they are closed. */
#include "render/command_impl.h"

#include <math.h>
#include <string.h>

/* The head of an open panel that the arguments name. */
static bool read_panel(RenUi *ui, const RenArg *args, RenPanel *out, EngError *err) {
  const EngBlock *block = ren_ui_block(ui);
  const RenState *state = &ui->state;
  if (!ren_arg_index(&args[0], "layer", block ? block->n_layers : 0, &out->layer, err)) return false;
  if (!ren_arg_index(&args[1], "head", block ? block->n_heads : 0, &out->head, err)) return false;
  bool follows = state->panel_open && state->panel.layer == out->layer && state->panel.head == out->head;
  if (follows || ren_state_pinned_panel(state, *out) >= 0) return true;
  return eng_error_set(err, NULL, "panel", "expected an open panel, found none of head %d.%d", out->layer,
                       out->head);
}

static void drop(RenState *state, int i) {
  RenPinnedPanel *pinned = &state->pinned_panels[i];
  state->n_pinned_panels--;
  memmove(pinned, pinned + 1, (size_t)(state->n_pinned_panels - i) * sizeof *pinned);
}

/* The pinned panel of a head, which it becomes if it is not; NULL where there are as many as there may be. */
static RenPinnedPanel *pin(RenState *state, RenPanel panel) {
  int i = ren_state_pinned_panel(state, panel);
  if (i >= 0) return &state->pinned_panels[i];
  if (state->n_pinned_panels == REN_MAX_PANELS) return NULL;
  state->panel_open = false;
  RenPinnedPanel *pinned = &state->pinned_panels[state->n_pinned_panels++];
  *pinned = (RenPinnedPanel){.panel = panel};
  return pinned;
}

static bool too_many(EngError *err) {
  return eng_error_set(err, NULL, "panel", "expected at most %d pinned panels, found more", REN_MAX_PANELS);
}

/* A panel that is no longer pinned is the one that follows the selection, which goes to its head. */
bool ren_do_panel_pin(RenUi *ui, const RenArg *args, EngError *err) {
  RenPanel panel;
  RenState *state = &ui->state;
  if (!read_panel(ui, args, &panel, err)) return false;
  int i = ren_state_pinned_panel(state, panel);
  if (i < 0) return pin(state, panel) != NULL || too_many(err);
  drop(state, i);
  state->panel_open = true;
  state->panel = panel;
  return true;
}

bool ren_do_panel_move(RenUi *ui, const RenArg *args, EngError *err) {
  RenPanel panel;
  if (!read_panel(ui, args, &panel, err)) return false;
  if (!isfinite(args[2].number) || !isfinite(args[3].number))
    return eng_error_set(err, NULL, "panel", "expected finite numbers, found %g and %g", args[2].number,
                         args[3].number);
  RenPinnedPanel *pinned = pin(&ui->state, panel);
  if (!pinned) return too_many(err);
  pinned->moved = true;
  pinned->at = (RenPoint){(float)args[2].number, (float)args[3].number};
  return true;
}

static void close_last(RenState *state) {
  if (!ren_state_panel_shown(state) && state->n_pinned_panels > 0) drop(state, state->n_pinned_panels - 1);
  state->panel_open = false;
}

bool ren_do_panel_close(RenUi *ui, const RenArg *args, EngError *err) {
  RenPanel panel;
  RenState *state = &ui->state;
  if (args[0].kind == REN_ARG_NONE) {
    close_last(state);
  } else {
    if (!read_panel(ui, args, &panel, err)) return false;
    int i = ren_state_pinned_panel(state, panel);
    if (i >= 0) drop(state, i);
    if (i < 0 || (state->panel.layer == panel.layer && state->panel.head == panel.head)) state->panel_open = false;
  }
  ren_ui_drop_hover(ui);
  ren_ui_clamp_scroll(ui);
  return true;
}
