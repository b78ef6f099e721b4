/* What is selected and what is left out: layer, heads, filter, threshold, sink. One selection holds for all
 * views; it survives a change of layer or filter, the hover does not. */
#include "render/command_impl.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static int n_layers(const RenUi *ui) {
  const EngBlock *block = ren_ui_block(ui);
  return block ? block->n_layers : 0;
}

static int n_heads(const RenUi *ui) {
  const EngBlock *block = ren_ui_block(ui);
  return block ? block->n_heads : 0;
}

/* An open panel shows what is selected. */
static void follow(RenUi *ui) {
  RenState *state = &ui->state;
  if (state->panel_open) state->panel = (RenPanel){state->layer, state->head};
  ren_ui_drop_hover(ui);
}

/* Whoever chooses heads of a layer has done with those of several. */
static void leave_picks(RenUi *ui) { ren_do_pick_clear(ui, NULL, NULL); }

static bool set_layer(RenUi *ui, int layer) {
  leave_picks(ui);
  if (layer < 0 || layer >= n_layers(ui) || layer == ui->state.layer) return true;
  ui->state.layer = layer;
  follow(ui);
  return true;
}

bool ren_do_layer_set(RenUi *ui, const RenArg *args, EngError *err) {
  int layer;
  return ren_arg_index(&args[0], "layer", n_layers(ui), &layer, err) && set_layer(ui, layer);
}

bool ren_do_layer_next(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return set_layer(ui, ui->state.layer + 1);
}

bool ren_do_layer_previous(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return set_layer(ui, ui->state.layer - 1);
}

static void set_all(RenUi *ui, bool active) { memset(ui->state.heads, active ? 0xFF : 0, sizeof ui->state.heads); }

static bool set_alone(RenUi *ui, int head) {
  if (head < 0 || head >= n_heads(ui)) return true;
  leave_picks(ui);
  set_all(ui, false);
  ren_state_head_set(&ui->state, head, true);
  ui->state.head = head;
  ui->state.preview = -1;
  ren_ui_reveal_tile(ui, head);
  return true;
}

bool ren_do_head_select(RenUi *ui, const RenArg *args, EngError *err) {
  int head, layer = ui->state.layer;
  if (!ren_arg_index(&args[0], "head", n_heads(ui), &head, err)) return false;
  if (args[1].kind != REN_ARG_NONE && !ren_arg_index(&args[1], "layer", n_layers(ui), &layer, err)) return false;
  ui->state.layer = layer;
  set_alone(ui, head);
  follow(ui);
  return true;
}

static bool step_head(RenUi *ui, int by) {
  set_alone(ui, ui->state.head + by);
  follow(ui);
  return true;
}

bool ren_do_head_next(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return step_head(ui, 1);
}

bool ren_do_head_previous(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return step_head(ui, -1);
}

/* The selected head is always one of those that are on. */
static void keep_selected_active(RenUi *ui) {
  for (int head = 0; !ren_state_head_active(&ui->state, ui->state.head) && head < n_heads(ui); head++)
    if (ren_state_head_active(&ui->state, head)) ui->state.head = head;
}

bool ren_do_head_toggle(RenUi *ui, const RenArg *args, EngError *err) {
  int head;
  if (!ren_arg_index(&args[0], "head", ren_ui_n_tiles(ui), &head, err)) return false;
  leave_picks(ui);
  if (ren_ui_merges_heads(ui)) return ren_ui_toggle_merged(ui, head, err);
  bool active = ren_state_head_active(&ui->state, head);
  if (active && ren_state_heads_active(&ui->state, n_heads(ui)) == 1) return true;
  ren_state_head_set(&ui->state, head, !active);
  if (!active) ui->state.head = head;
  ui->state.preview = -1;
  keep_selected_active(ui);
  return true;
}

bool ren_do_head_isolate(RenUi *ui, const RenArg *args, EngError *err) {
  int head;
  if (!ren_arg_index(&args[0], "head", ren_ui_n_tiles(ui), &head, err)) return false;
  leave_picks(ui);
  if (ren_ui_merges_heads(ui)) return ren_ui_isolate_merged(ui, head, err);
  bool alone = ren_state_head_active(&ui->state, head) && ren_state_heads_active(&ui->state, n_heads(ui)) == 1;
  set_alone(ui, head);
  if (alone) set_all(ui, true);
  return true;
}

bool ren_do_head_all(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  leave_picks(ui);
  if (ren_ui_merges_heads(ui)) return ren_ui_merge_all(ui, err);
  set_all(ui, true);
  return true;
}

bool ren_do_head_open(RenUi *ui, const RenArg *args, EngError *err) {
  int layer, head;
  RenState *state = &ui->state;
  if (!ren_arg_index(&args[0], "layer", n_layers(ui), &layer, err)) return false;
  if (!ren_arg_index(&args[1], "head", n_heads(ui), &head, err)) return false;
  bool pinned = ren_state_pinned_panel(state, (RenPanel){layer, head}) >= 0, shown = ren_state_panel_shown(state);
  state->panel_open = !pinned && !(shown && state->panel.layer == layer && state->panel.head == head);
  state->panel = (RenPanel){layer, head};
  state->layer = layer;
  return set_alone(ui, head);
}

/* The same token in another part, or none where that part lacks it. */
static int token_in(const EngBlock *from, const EngBlock *to, int token) {
  bool there = token >= 0 && ren_pins_same_sequence(from, to, REN_SIDE_QUERY);
  int moved = there ? from->row_start + token - to->row_start : -1;
  return moved >= 0 && moved < to->n_rows ? moved : -1;
}

/* Names the parts that there are. */
static bool refuse_filter(const RenUi *ui, const char *filter, EngError *err) {
  char parts[96] = "all";
  int n = ui->source ? eng_source_n_blocks(ui->source) : 0;
  for (int i = 0, at = 0; i < n; i++)
    at += snprintf(parts + at, sizeof parts - (size_t)at, "%s%s",
                   i == 0       ? ""
                   : i + 1 == n ? " or "
                                : ", ",
                   eng_source_block(ui->source, i)->key);
  return eng_error_set(err, NULL, "filter", "expected %s, found %s", parts, filter);
}

bool ren_do_filter_set(RenUi *ui, const RenArg *args, EngError *err) {
  int block = ui->source ? eng_source_find_block(ui->source, args[0].string) : -1;
  if (block < 0) return refuse_filter(ui, args[0].string, err);
  const EngBlock *from = ren_ui_block(ui), *to = eng_source_block(ui->source, block);
  ui->state.token = token_in(from, to, ui->state.token);
  ren_pins_move(&ui->state.pins, from, to);
  ui->state.block = block;
  ren_state_fit(&ui->state, ui->source);
  ren_ui_clamp_scroll(ui);
  return true;
}

bool ren_do_threshold_set(RenUi *ui, const RenArg *args, EngError *err) {
  double value = args[0].number;
  if (!(value >= 0 && value <= 1)) return eng_error_set(err, NULL, "threshold", "expected 0 to 1, found %g", value);
  ui->state.threshold = (float)value;
  return true;
}

/* Along the slider, whose places are square roots, in twentieths. */
static bool step_threshold(RenUi *ui, float by) {
  float place = fminf(fmaxf(sqrtf(ui->state.threshold) + by, 0), 1);
  ui->state.threshold = roundf(place * place * 1000) / 1000;
  return true;
}

bool ren_do_threshold_more(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return step_threshold(ui, REN_THRESHOLD_STEP);
}

bool ren_do_threshold_less(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return step_threshold(ui, -REN_THRESHOLD_STEP);
}

bool ren_do_sink_toggle(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ren_ui_hide_sink(ui, !ui->state.sink_hidden);
  return true;
}

bool ren_do_tiles_scroll(RenUi *ui, const RenArg *args, EngError *err) {
  if (!isfinite(args[0].number))
    return eng_error_set(err, NULL, "dx", "expected a finite number, found %g", args[0].number);
  ui->tile_scroll += (float)args[0].number;
  ren_ui_lay_out(ui);
  return true;
}
