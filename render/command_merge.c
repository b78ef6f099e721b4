/* Attention put together: heads, layers, words, and what is left without the sink. While heads are merged their
 * tiles say which: the commands of heads then change that. */
#include "render/command_impl.h"

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

/* Those that are on; all that are merged already where they are. */
static void take_selected(const RenUi *ui, EngMerge *merge) {
  if (ren_ui_merges_heads(ui)) return;
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
  if (selected) merge.kind = ENG_MERGE_HEADS;
  if (args[1].kind != REN_ARG_NONE) {
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

/* The last one stays. */
bool ren_ui_toggle_merged(RenUi *ui, int head, EngError *err) {
  EngMerge merge = ui->state.merge;
  bool there = eng_merge_has_head(&merge, head);
  if (there && count_heads(ui, &merge) == 1) return true;
  merge.heads[head / 64] ^= (uint64_t)1 << (head % 64);
  return ren_ui_merge(ui, &merge, err);
}

bool ren_ui_isolate_merged(RenUi *ui, int head, EngError *err) {
  EngMerge merge = ui->state.merge;
  bool alone = eng_merge_has_head(&merge, head) && count_heads(ui, &merge) == 1;
  set_heads(&merge, alone);
  add_head(&merge, head);
  return ren_ui_merge(ui, &merge, err);
}

bool ren_ui_merge_all(RenUi *ui, EngError *err) {
  EngMerge merge = ui->state.merge;
  set_heads(&merge, true);
  return ren_ui_merge(ui, &merge, err);
}
