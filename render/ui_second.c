/* The second run is merged as the first one is, and the difference is then that of the merged ones. Little is
 * computed at once; much is handed to the host, both sources and the difference together, since it has one thread
 * for that. */
#include "render/ui_impl.h"

/* Weights that may be merged between two frames. */
#define AT_ONCE ((size_t)1 << 21)

/* --- what shows */

static EngSource *hold(EngSource *source) { return source ? eng_source_retain(source) : NULL; }

static void keep_shown(RenUi *ui, EngSource *second, EngSource *difference, EngSource *compared) {
  EngSource *old[] = {ui->second, ui->difference, ui->compared};
  ui->second = second;
  ui->difference = difference;
  ui->compared = compared;
  for (int i = 0; i < 3; i++) eng_source_release(old[i]);
}

static void set_shown(RenUi *ui, EngSource *second, EngSource *difference, EngSource *compared) {
  keep_shown(ui, second, difference, compared);
  ren_ui_mark_difference(ui);
}

void ren_ui_show_second(RenUi *ui) {
  EngError err = {0};
  EngMerge merge = ren_ui_wanted_merge(ui);
  if (!ui->given.second || eng_merge_is_nothing(&merge)) {
    set_shown(ui, hold(ui->given.second), hold(ui->given.difference), hold(ui->given.first));
    return;
  }
  EngSource *merged = eng_source_derive(ui->given.second, &merge, &err);
  if (!merged) ren_ui_say(ui, err.message);
  set_shown(ui, merged, NULL, NULL);
}

void ren_ui_set_second(RenUi *ui, EngSource *second, EngSource *difference, const char *model) {
  EngSource *old[] = {ui->given.second, ui->given.difference, ui->given.first};
  ui->given.second = hold(second);
  ui->given.difference = hold(difference);
  ui->given.first = difference ? hold(ui->base) : NULL;
  for (int i = 0; i < 3; i++) eng_source_release(old[i]);
  ren_ui_replace(&ui->second_model, second ? model : NULL);
  const char *text = second ? eng_source_input(second)->text : NULL;
  if (text && ui->focus.kind != REN_ID_SECOND) ren_field_set(&ui->second_field, text);
  ren_ui_mark_second(ui);
  ren_ui_show_second(ui);
  ren_ui_advance(ui);
  ren_ui_lay_out(ui);
  ren_ui_clamp_scroll(ui);
  ren_ui_touch(ui);
}

void ren_ui_free_second(RenUi *ui) {
  keep_shown(ui, NULL, NULL, NULL);
  eng_source_release(ui->given.second);
  eng_source_release(ui->given.difference);
  eng_source_release(ui->given.first);
}

/* --- bringing it up to date */

/* Both runs are finished, and only the plain difference is there. */
static bool lacks_difference(const RenUi *ui) {
  return ui->source && ui->source != ui->base && ui->second && !ui->difference && ren_ui_compares(ui);
}

bool ren_ui_behind(const RenUi *ui) {
  return (ui->source && eng_source_behind(ui->source)) || (ui->second && eng_source_behind(ui->second)) ||
         lacks_difference(ui);
}

static size_t count_weights(const EngSource *source) {
  size_t n = 0;
  for (int i = 0; source && i < eng_source_n_blocks(source); i++) {
    const EngBlock *block = eng_source_block(source, i);
    if (block->whole != i) continue;
    n += (size_t)block->n_layers * (size_t)block->n_heads * (size_t)block->n_rows * (size_t)block->n_columns;
  }
  return n;
}

bool ren_merging_work(RenMerging *merging, const EngCancel *cancel, EngError *err) {
  if (!eng_source_advance(merging->first, cancel, err)) return false;
  if (merging->second && !eng_source_advance(merging->second, cancel, err)) return false;
  if (!merging->differs) return true;
  merging->difference = eng_source_difference(merging->first, merging->second, cancel, err);
  return merging->difference != NULL;
}

void ren_ui_merged(RenUi *ui, RenMerging *merging) {
  bool fits = merging->difference && merging->first == ui->source && merging->second == ui->second;
  if (fits) set_shown(ui, hold(ui->second), hold(merging->difference), hold(ui->source));
  eng_source_release(merging->difference);
  merging->difference = NULL;
  if (fits) ren_ui_touch(ui);
}

void ren_ui_advance(RenUi *ui) {
  EngError err = {0};
  if (!ren_ui_behind(ui) || !ui->source) return;
  RenMerging merging = {.first = ui->source, .second = ui->second, .differs = lacks_difference(ui)};
  bool much = count_weights(ui->base) > AT_ONCE || count_weights(ui->given.second) > AT_ONCE;
  ui->merges_away = ui->merges_away || (much && ui->host.merge);
  if (ui->merges_away) {
    ui->host.merge(ui->host.context, &merging);
    return;
  }
  if (!ren_merging_work(&merging, NULL, &err)) ren_ui_say(ui, err.message);
  ren_ui_merged(ui, &merging);
}
