/* Heads of several layers at once, in the order of picking. The last one that is dropped leads back to the heads of
 * one layer, as choosing any of those does. */
#include "render/command_impl.h"

#include <string.h>

static bool read_head(const RenUi *ui, const RenArg *args, RenPanel *out, EngError *err) {
  bool merged = ui->base && ui->state.merge.kind == ENG_MERGE_PICKED;
  const EngBlock *block = merged ? eng_source_block(ui->base, ui->state.block) : ren_ui_block(ui);
  return ren_arg_index(&args[0], "layer", block ? block->n_layers : 0, &out->layer, err) &&
         ren_arg_index(&args[1], "head", block ? block->n_heads : 0, &out->head, err);
}

/* The place of a head that has to be picked. */
static bool read_pick(const RenUi *ui, const RenArg *args, int *out, EngError *err) {
  RenPanel head;
  if (!read_head(ui, args, &head, err)) return false;
  *out = ren_state_pick(&ui->state, head);
  return *out >= 0 ||
         eng_error_set(err, NULL, "head", "expected a picked head, found %d.%d", head.layer, head.head);
}

static void append(RenState *state, RenPanel head) { state->picks[state->n_picks++] = (RenPick){.head = head}; }

static void select_pick(RenState *state, int place) {
  state->layer = state->picks[place].head.layer;
  state->head = state->picks[place].head.head;
  ren_state_head_set(state, state->head, true);
  if (state->panel_open) state->panel = state->picks[place].head;
}

/* The selected head is always one of those that are on; then the window follows. */
static bool follow(RenUi *ui) {
  RenState *state = &ui->state;
  int place = ren_state_pick(state, (RenPanel){state->layer, state->head});
  for (int i = state->n_picks - 1; i >= 0 && !ren_state_slot_on(state, place); i--)
    if (!state->picks[i].off) select_pick(state, place = i);
  state->preview = -1;
  ren_ui_lay_out(ui);
  ren_ui_drop_hover(ui);
  ren_ui_clamp_scroll(ui);
  return true;
}

static bool is_merged(const RenUi *ui) { return ui->state.merge.kind == ENG_MERGE_PICKED; }

bool ren_do_pick_add(RenUi *ui, const RenArg *args, EngError *err) {
  RenPanel head;
  RenState *state = &ui->state;
  if (!read_head(ui, args, &head, err)) return false;
  if (is_merged(ui)) return ren_ui_add_merged(ui, head, err);
  int place = ren_state_pick(state, head);
  if (place < 0 && state->n_picks == REN_MAX_PICKS)
    return eng_error_set(err, NULL, "head", "expected at most %d picked heads, found another", REN_MAX_PICKS);
  if (place < 0) {
    append(state, head);
    place = state->n_picks - 1;
  }
  state->picks[place].off = false;
  select_pick(state, place);
  follow(ui);
  ren_ui_reveal_tile(ui, place);
  return true;
}

/* Of those that stay one is on. */
bool ren_do_pick_drop(RenUi *ui, const RenArg *args, EngError *err) {
  int place;
  RenPanel head;
  RenState *state = &ui->state;
  if (is_merged(ui)) return read_head(ui, args, &head, err) && ren_ui_drop_merged(ui, head, err);
  if (!read_pick(ui, args, &place, err)) return false;
  state->n_picks--;
  memmove(&state->picks[place], &state->picks[place + 1],
          (size_t)(state->n_picks - place) * sizeof state->picks[0]);
  if (state->n_picks > 0 && ren_state_slots_on(state, 0) == 0) state->picks[state->n_picks - 1].off = false;
  return follow(ui);
}

bool ren_do_pick_toggle(RenUi *ui, const RenArg *args, EngError *err) {
  int place;
  RenState *state = &ui->state;
  if (!read_pick(ui, args, &place, err)) return false;
  RenPick *pick = &state->picks[place];
  if (!pick->off && ren_state_slots_on(state, 0) == 1) return true;
  pick->off = !pick->off;
  if (!pick->off) select_pick(state, place);
  return follow(ui);
}

bool ren_do_pick_isolate(RenUi *ui, const RenArg *args, EngError *err) {
  int place;
  RenState *state = &ui->state;
  if (!read_pick(ui, args, &place, err)) return false;
  bool alone = !state->picks[place].off && ren_state_slots_on(state, 0) == 1;
  for (int i = 0; i < state->n_picks; i++) state->picks[i].off = !alone && i != place;
  select_pick(state, place);
  return follow(ui);
}

bool ren_do_pick_clear(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  if (ui->state.n_picks == 0) return true;
  ui->state.n_picks = 0;
  return follow(ui);
}
