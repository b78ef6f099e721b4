/* What is shown is made from what the host gave, by the merge that is set: nothing else draws the difference.
 * Its layers show as they are done (ui_second.c). What is selected follows: a token to its word, a head to the one
 * pattern that it went into, and back to where it was. */
#include "render/ui_impl.h"

#include <stdio.h>
#include <string.h>

/* --- the selection */

static void follow_heads(RenState *state, bool merged) {
  if (merged) {
    state->kept.head = state->head;
    memcpy(state->kept.heads, state->heads, sizeof state->heads);
    state->head = 0;
    memset(state->heads, 0xFF, sizeof state->heads);
  } else {
    state->head = state->kept.head;
    memcpy(state->heads, state->kept.heads, sizeof state->heads);
  }
}

static void follow_layers(RenState *state, bool merged) {
  if (merged) state->kept.layer = state->layer;
  state->layer = merged ? 0 : state->kept.layer;
}

static void follow_kind(RenState *state, EngMergeKind from, EngMergeKind to) {
  if (eng_merge_takes_heads(from) != eng_merge_takes_heads(to)) follow_heads(state, eng_merge_takes_heads(to));
  if (eng_merge_takes_layers(from) != eng_merge_takes_layers(to)) follow_layers(state, eng_merge_takes_layers(to));
  if (from == to) return;
  state->n_pinned_panels = state->n_picks = 0;
  state->panel = (RenPanel){state->layer, state->head};
}

/* What was picked is picked again. */
static void take_back(RenState *state, const EngMerge *before) {
  if (before->kind != ENG_MERGE_PICKED) return;
  state->n_picks = before->n_picked;
  for (int i = 0; i < before->n_picked; i++)
    state->picks[i] = (RenPick){.head = {before->picked[i].layer, before->picked[i].head}};
  RenPanel last = state->picks[state->n_picks - 1].head;
  if (ren_state_pick(state, (RenPanel){state->layer, state->head}) >= 0) return;
  state->layer = last.layer, state->head = last.head;
}

static int follow_token(const EngSource *from, const EngSource *to, int block, bool column, int token) {
  return eng_source_place(to, block, column, eng_source_token(from, block, column, token));
}

/* Two sources of one base. */
static void follow_tokens(RenState *state, const EngSource *from, const EngSource *to) {
  RenPins pins = {.n = 0};
  const EngBlock *block = eng_source_block(from, state->block);
  if (state->token >= 0 && state->token < block->n_rows)
    state->token = follow_token(from, to, state->block, false, state->token);
  ren_pins_fit(&state->pins, block);
  for (int i = 0; i < state->pins.n; i++) {
    RenPin pin = state->pins.at[i];
    ren_pins_set(&pins, pin.side, follow_token(from, to, state->block, pin.side == REN_SIDE_KEY, pin.token), true);
  }
  for (; pins.n_away < state->pins.n_away; pins.n_away++) {
    int whole = state->pins.away[pins.n_away].whole;
    RenPin pin = state->pins.away[pins.n_away].pin;
    pin.token = follow_token(from, to, whole, pin.side == REN_SIDE_KEY, pin.token);
    pins.away[pins.n_away].pin = pin, pins.away[pins.n_away].whole = whole;
  }
  state->pins = pins;
}

/* --- the source */

static EngSource *make_source(const RenUi *ui, EngError *err) {
  EngMerge merge = ren_ui_wanted_merge(ui);
  if (!ui->base || eng_merge_is_nothing(&merge)) return ui->base ? eng_source_retain(ui->base) : NULL;
  return eng_source_derive(ui->base, &merge, err);
}

/* A merge that cannot be had any more is dropped, and said. */
static EngSource *make_or_drop(RenUi *ui) {
  EngError err = {0};
  EngSource *made = make_source(ui, &err);
  if (made || !ui->base) return made;
  follow_kind(&ui->state, ui->state.merge.kind, ENG_MERGE_NONE);
  ui->state.merge = (EngMerge){.kind = ENG_MERGE_NONE};
  ren_ui_say(ui, err.message);
  return eng_source_retain(ui->base);
}

static void show(RenUi *ui, EngSource *made) {
  eng_source_release(ui->source);
  ui->source = made;
  ui->merges_away = false;
  ren_ui_show_second(ui);
  ren_state_fit(&ui->state, made);
  ren_ui_advance(ui);
  ren_ui_lay_out(ui);
  ren_ui_clamp_scroll(ui);
  ren_ui_touch(ui);
}

/* The same tokens lie where they were: the mouse is still on what it was on. */
static void keep_hover(RenUi *ui, RenId hover, float seconds) {
  ren_state_hover(&ui->state, hover);
  ui->state.hover_seconds = seconds;
}

void ren_ui_set_source(RenUi *ui, EngSource *source) {
  EngSource *old = ui->base;
  RenId hover = ui->state.hover;
  float seconds = ui->state.hover_seconds;
  ui->base = source ? eng_source_retain(source) : NULL;
  ui->sink = (RenSink){0};
  EngSource *made = make_or_drop(ui);
  ren_pins_follow(&ui->state.pins, ui->source, made);
  ren_ui_leave_source(ui, ui->source, made);
  ren_ui_fit_edits(ui);
  bool same = old && source && ren_pins_same_text(old, source);
  show(ui, made);
  if (same) keep_hover(ui, hover, seconds);
  eng_source_release(old);
}

bool ren_ui_merge(RenUi *ui, const EngMerge *merge, EngError *err) {
  EngMerge before = ui->state.merge, was = ren_ui_wanted_merge(ui);
  ui->state.merge = *merge;
  EngMerge now = ren_ui_wanted_merge(ui);
  if (eng_merge_equal(&was, &now)) return true;
  EngSource *made = make_source(ui, err);
  if (ui->base && !made) {
    ui->state.merge = before;
    return false;
  }
  if (made) follow_tokens(&ui->state, ui->source, made);
  follow_kind(&ui->state, before.kind, merge->kind);
  if (merge->kind == ENG_MERGE_NONE) take_back(&ui->state, &before);
  show(ui, made);
  return true;
}

void ren_ui_hide_sink(RenUi *ui, bool hidden) {
  EngMerge was = ren_ui_wanted_merge(ui), now;
  ui->state.sink_hidden = hidden;
  now = ren_ui_wanted_merge(ui);
  if (!eng_merge_equal(&was, &now)) show(ui, make_or_drop(ui));
}

/* --- in words */

const char *ren_ui_aggregate(const RenUi *ui) {
  const EngMerge *merge = &ui->state.merge;
  bool all = true;
  for (int head = 0; head < ren_ui_n_tiles(ui); head++) all = all && eng_merge_has_head(merge, head);
  bool selected = (merge->kind == ENG_MERGE_HEADS && !all) || merge->kind == ENG_MERGE_PICKED;
  return selected ? "selected" : eng_merge_name(merge->kind);
}

void ren_ui_say_merge(const RenUi *ui, char *out, size_t size) {
  const EngMerge *merge = &ui->state.merge;
  const char *measure = merge->maximum ? "max" : "mean";
  int n = 0, used = 0;
  for (int head = 0; head < ren_ui_n_tiles(ui); head++) n += eng_merge_has_head(merge, head);
  out[0] = '\0';
  if (merge->kind == ENG_MERGE_HEADS)
    used = snprintf(out, size, "%s of %d head%s · ", measure, n, n == 1 ? "" : "s");
  if (merge->kind == ENG_MERGE_LAYERS) used = snprintf(out, size, "%s of layers · ", measure);
  if (merge->kind == ENG_MERGE_PICKED)
    used = snprintf(out, size, "%s of %d picked heads · ", measure, merge->n_picked);
  if (merge->kind == ENG_MERGE_ALL) used = snprintf(out, size, "%s of %d heads of all layers · ", measure, n);
  if (merge->kind == ENG_MERGE_ROLLOUT)
    used = snprintf(out, size, "rollout over %d head%s · ", n, n == 1 ? "" : "s");
  if (merge->words) used += snprintf(out + used, size - (size_t)used, "words · ");
  if (ren_ui_wanted_merge(ui).renormalise) snprintf(out + used, size - (size_t)used, "renormalised · ");
}
