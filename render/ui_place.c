/* What is selected, as a place in the whole text. */
#include "render/ui_impl.h"

static int from_block(const RenUi *ui, RenSide side, int token) {
  const EngBlock *base = eng_source_block(ui->base, ui->state.block);
  bool key = side == REN_SIDE_KEY;
  if (token < 0) return -1;
  return eng_source_token(ui->source, ui->state.block, key, token) + (key ? base->column_start : base->row_start);
}

RenPlace ren_ui_place(const RenUi *ui) {
  const RenState *state = &ui->state;
  RenPlace place = {state->layer, state->head, -1, -1};
  if (!ren_ui_block(ui) || !ui->base) return place;
  place.query = from_block(ui, REN_SIDE_QUERY, state->token);
  for (int i = 0; i < state->pins.n; i++)
    if (state->pins.at[i].side == REN_SIDE_KEY) place.key = from_block(ui, REN_SIDE_KEY, state->pins.at[i].token);
  return place;
}
