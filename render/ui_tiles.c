/* The tiles of the bar: the heads of the base, where they are merged; picked heads, where there are any. */
#include "render/ui_impl.h"

bool ren_ui_merges_heads(const RenUi *ui) { return eng_merge_takes_heads(ui->state.merge.kind); }

int ren_ui_n_tiles(const RenUi *ui) {
  const EngBlock *block = ren_ui_block(ui);
  if (!block) return 0;
  return ren_ui_merges_heads(ui) ? eng_source_block(ui->base, ui->state.block)->n_heads : block->n_heads;
}

int ren_ui_n_picked(const RenUi *ui) {
  const EngMerge *merge = &ui->state.merge;
  return merge->kind == ENG_MERGE_PICKED ? merge->n_picked : ui->state.n_picks;
}

RenPanel ren_ui_picked(const RenUi *ui, int i) {
  const EngMerge *merge = &ui->state.merge;
  if (merge->kind == ENG_MERGE_PICKED) return (RenPanel){merge->picked[i].layer, merge->picked[i].head};
  return ui->state.picks[i].head;
}

int ren_ui_n_shown_tiles(const RenUi *ui) {
  int n = ren_ui_n_picked(ui);
  return n > 0 ? n : ren_ui_n_tiles(ui);
}

float ren_ui_tile_width(const RenUi *ui) { return ren_ui_n_picked(ui) > 0 ? REN_PICK : REN_TILE; }

RenId ren_ui_tile_id(const RenUi *ui, int i) {
  return (RenId){ren_ui_n_picked(ui) > 0 ? REN_ID_PICK : REN_ID_TILE, i, 0, 0};
}

bool ren_ui_tile_lit(const RenUi *ui, int head) {
  const RenState *state = &ui->state;
  bool neuron = state->view == REN_VIEW_NEURON;
  if (state->merge.kind == ENG_MERGE_PICKED) return true;
  if (state->n_picks > 0 && neuron) return head == ren_state_pick(state, (RenPanel){state->layer, state->head});
  if (state->n_picks > 0) return ren_state_slot_on(state, head);
  if (ren_ui_merges_heads(ui)) return eng_merge_has_head(&state->merge, head);
  return neuron ? head == state->head : ren_state_head_active(state, head);
}
