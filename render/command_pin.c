/* Pins. A click pins a query and selects it, so letting the selected one go lets its pin go. */
#include "render/command_impl.h"

static int n_tokens(const RenUi *ui, RenSide side) {
  const EngBlock *block = ren_ui_block(ui);
  if (!block) return 0;
  return side == REN_SIDE_QUERY ? block->n_rows : block->n_columns;
}

static bool set_pin(RenUi *ui, RenSide side, int token, EngError *err) {
  RenPins *pins = &ui->state.pins;
  if (ren_pins_set(pins, side, token, !ren_pins_has(pins, side, token))) return true;
  return eng_error_set(err, NULL, "pin", "expected at most %d pinned tokens, found more", REN_MAX_PINS);
}

bool ren_do_pin_toggle(RenUi *ui, const RenArg *args, EngError *err) {
  RenSide side;
  int token;
  if (!ren_side_parse(args[0].string, &side))
    return eng_error_set(err, NULL, "side", "expected query or key, found %s", args[0].string);
  return ren_arg_index(&args[1], "token", n_tokens(ui, side), &token, err) && set_pin(ui, side, token, err);
}

bool ren_do_pin_selected(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  int token = ui->state.token;
  if (token < 0) return eng_error_set(err, NULL, "token", "expected a selected one, found none");
  return set_pin(ui, REN_SIDE_QUERY, token, err);
}

bool ren_do_pin_clear(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  if (ren_pins_has(&ui->state.pins, REN_SIDE_QUERY, ui->state.token)) ui->state.token = -1;
  ren_pins_clear(&ui->state.pins);
  return true;
}

void ren_ui_deselect(RenUi *ui) {
  ren_pins_set(&ui->state.pins, REN_SIDE_QUERY, ui->state.token, false);
  ui->state.token = -1;
}
