/* Attention put together: heads, layers, words, and what is left without the sink. While heads are merged their
 * tiles say which: the commands of heads then change that. */
#include "render/command_impl.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void set_heads(EngMerge *merge, bool all) { memset(merge->heads, all ? 0xFF : 0, sizeof merge->heads); }

static void add_head(EngMerge *merge, int head) { merge->heads[head / 64] |= (uint64_t)1 << (head % 64); }

/* "1,3,5", each of a head that there is. */
static bool read_heads(const RenUi *ui, const char *list, EngMerge *merge, EngError *err) {
  int n = ren_ui_n_tiles(ui) > 0 ? ren_ui_n_tiles(ui) : REN_MAX_HEADS;
  set_heads(merge, false);
  for (const char *at = list;; at++) {
    char *end;
    long head = strtol(at, &end, 10);
    if (end == at || *at == '-' || *at == '+' || head >= n || head < 0 || (*end && *end != ','))
      return eng_error_set(err, NULL, "heads", "expected numbers of 0 to %d such as 1,3, found %s", n - 1, list);
    add_head(merge, (int)head);
    if (!*end) return true;
    at = end;
  }
}

/* "2.5,4.1", each of a head that there is. */
static bool read_picked(const RenUi *ui, const char *list, EngMerge *merge, EngError *err) {
  const EngBlock *block = ui->base ? eng_source_block(ui->base, ui->state.block) : NULL;
  merge->n_picked = 0;
  for (const char *at = list;; at++) {
    EngMergeHead head = {-1, -1};
    int length = 0;
    bool ok = isdigit((unsigned char)*at) && sscanf(at, "%9d.%9d%n", &head.layer, &head.head, &length) == 2 &&
              head.layer >= 0 && head.head >= 0 && merge->n_picked < ENG_MERGE_MOST_PICKED;
    ok = ok && (!block || (head.layer < block->n_layers && head.head < block->n_heads));
    at += length;
    if (!ok || (*at && *at != ','))
      return eng_error_set(err, NULL, "heads",
                           "expected heads that there are such as 2.5,4.1, %d at most, found %s",
                           ENG_MERGE_MOST_PICKED, list);
    if (!eng_merge_has(merge, head.layer, head.head)) merge->picked[merge->n_picked++] = head;
    if (!*at) return true;
  }
}

/* Picked heads that are on become one pattern. */
static void take_picks(const RenState *state, EngMerge *merge) {
  merge->kind = ENG_MERGE_PICKED;
  merge->n_picked = 0;
  for (int i = 0; i < state->n_picks; i++) {
    RenPanel head = state->picks[i].head;
    if (!state->picks[i].off) merge->picked[merge->n_picked++] = (EngMergeHead){head.layer, head.head};
  }
}

/* Those that are on; all that are merged already where they are. */
static void take_selected(const RenUi *ui, EngMerge *merge) {
  if (ui->state.merge.kind == ENG_MERGE_PICKED) merge->kind = ENG_MERGE_PICKED;
  if (ren_ui_merges_heads(ui)) return;
  if (ui->state.n_picks > 0) {
    take_picks(&ui->state, merge);
    return;
  }
  set_heads(merge, false);
  for (int head = 0; head < REN_MAX_HEADS; head++)
    if (ren_state_head_active(&ui->state, head)) add_head(merge, head);
}

bool ren_do_aggregate_set(RenUi *ui, const RenArg *args, EngError *err) {
  EngMerge merge = ui->state.merge;
  bool selected = strcmp(args[0].string, "selected") == 0;
  if (!selected && !eng_merge_parse(args[0].string, &merge.kind))
    return eng_error_set(err, NULL, "aggregate", "expected none, heads, selected, layers, all or rollout, found %s",
                         args[0].string);
  bool picked = merge.kind == ENG_MERGE_PICKED && !selected;
  if (selected) merge.kind = ENG_MERGE_HEADS;
  if (picked && args[1].kind != REN_ARG_NONE) {
    if (!read_picked(ui, args[1].string, &merge, err)) return false;
  } else if (picked) {
    if (ui->state.n_picks == 0 && ui->state.merge.kind != ENG_MERGE_PICKED)
      return eng_error_set(err, NULL, "aggregate", "expected picked heads, found none");
    take_selected(ui, &merge);
  } else if (args[1].kind != REN_ARG_NONE) {
    if (!read_heads(ui, args[1].string, &merge, err)) return false;
  } else if (selected) {
    take_selected(ui, &merge);
  } else {
    set_heads(&merge, true);
  }
  return ren_ui_merge(ui, &merge, err);
}

bool ren_do_aggregate_by(RenUi *ui, const RenArg *args, EngError *err) {
  EngMerge merge = ui->state.merge;
  merge.maximum = strcmp(args[0].string, "max") == 0;
  if (!merge.maximum && strcmp(args[0].string, "mean") != 0)
    return eng_error_set(err, NULL, "by", "expected mean or max, found %s", args[0].string);
  return ren_ui_merge(ui, &merge, err);
}

bool ren_do_words_toggle(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  EngMerge merge = ui->state.merge;
  merge.words = !merge.words;
  return ren_ui_merge(ui, &merge, err);
}

bool ren_do_renormalise_toggle(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  EngMerge merge = ui->state.merge;
  merge.renormalise = !merge.renormalise;
  return ren_ui_merge(ui, &merge, err);
}

/* --- which heads are merged */

static int count_heads(const RenUi *ui, const EngMerge *merge) {
  int n = 0;
  for (int head = 0; head < ren_ui_n_tiles(ui); head++) n += eng_merge_has_head(merge, head);
  return n;
}

static bool is_picked(const RenUi *ui, EngError *err) {
  bool picked = ui->state.merge.kind == ENG_MERGE_PICKED;
  if (picked)
    eng_error_set(err, NULL, "head", "expected heads of one layer, found picked ones that are put together");
  return picked;
}

bool ren_ui_add_merged(RenUi *ui, RenPanel head, EngError *err) {
  EngMerge merge = ui->state.merge;
  if (eng_merge_has(&merge, head.layer, head.head)) return true;
  if (merge.n_picked == ENG_MERGE_MOST_PICKED)
    return eng_error_set(err, NULL, "head", "expected at most %d picked heads, found another",
                         ENG_MERGE_MOST_PICKED);
  merge.picked[merge.n_picked++] = (EngMergeHead){head.layer, head.head};
  return ren_ui_merge(ui, &merge, err);
}

/* The last one stays. */
bool ren_ui_drop_merged(RenUi *ui, RenPanel head, EngError *err) {
  EngMerge merge = ui->state.merge;
  int n = 0;
  for (int i = 0; i < merge.n_picked; i++)
    if (merge.picked[i].layer != head.layer || merge.picked[i].head != head.head)
      merge.picked[n++] = merge.picked[i];
  if (n == 0) return true;
  merge.n_picked = n;
  return ren_ui_merge(ui, &merge, err);
}

/* The last one stays. */
bool ren_ui_toggle_merged(RenUi *ui, int head, EngError *err) {
  if (is_picked(ui, err)) return false;
  EngMerge merge = ui->state.merge;
  bool there = eng_merge_has_head(&merge, head);
  if (there && count_heads(ui, &merge) == 1) return true;
  merge.heads[head / 64] ^= (uint64_t)1 << (head % 64);
  return ren_ui_merge(ui, &merge, err);
}

bool ren_ui_isolate_merged(RenUi *ui, int head, EngError *err) {
  if (is_picked(ui, err)) return false;
  EngMerge merge = ui->state.merge;
  bool alone = eng_merge_has_head(&merge, head) && count_heads(ui, &merge) == 1;
  set_heads(&merge, alone);
  add_head(&merge, head);
  return ren_ui_merge(ui, &merge, err);
}

bool ren_ui_merge_all(RenUi *ui, EngError *err) {
  if (is_picked(ui, err)) return false;
  EngMerge merge = ui->state.merge;
  set_heads(&merge, true);
  return ren_ui_merge(ui, &merge, err);
}
