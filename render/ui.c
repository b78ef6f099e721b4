/* The window's object, plainly: what it holds is read here, and what the host says (a status, an error) is put
 * there. Everything that changes the state is a command (command_*.c). */
#include "render/ui_impl.h"

#include <stdlib.h>
#include <string.h>

void ren_ui_touch(RenUi *ui) { ui->dirty = ui->unshown = true; }

bool ren_ui_replace(char **string, const char *with) {
  char *copy = with ? strdup(with) : NULL;
  if (with && !copy) return false;
  free(*string);
  *string = copy;
  return true;
}

const RenState *ren_ui_state(const RenUi *ui) { return &ui->state; }
const EngSource *ren_ui_source(const RenUi *ui) { return ui->source; }
const char *ren_ui_model(const RenUi *ui) { return ui->model ? ui->model : ""; }
const char *ren_ui_text(const RenUi *ui) { return ren_field_text(&ui->text_field); }
const char *ren_ui_error(const RenUi *ui) { return ui->error; }
bool ren_ui_busy(const RenUi *ui) { return ui->busy; }
bool ren_ui_bos(const RenUi *ui) { return ui->bos && ui->has_bos; }
bool ren_ui_takes_pair(const RenUi *ui) { return ui->n_token_types > 1; }
float ren_ui_width(const RenUi *ui) { return ui->width; }
float ren_ui_height(const RenUi *ui) { return ui->height; }

char *ren_ui_clipboard(const RenUi *ui) {
  if (ui->host.clipboard) return ui->host.clipboard(ui->host.context);
  return ui->clipboard ? strdup(ui->clipboard) : NULL;
}

const char *ren_ui_pair(const RenUi *ui) {
  bool used = ren_ui_takes_pair(ui) && ui->pair_open && ui->pair_field.length > 0;
  return used ? ren_field_text(&ui->pair_field) : NULL;
}

bool ren_ui_dock_shows(const RenUi *ui) {
  bool wide = ui->width >= REN_DOCKED_WIDTH;
  return ui->chrome && (wide ? ui->state.dock : ui->state.dock_floats);
}

const EngBlock *ren_ui_block(const RenUi *ui) {
  if (!ui->source || ui->state.block >= eng_source_n_blocks(ui->source)) return NULL;
  return eng_source_block(ui->source, ui->state.block);
}

/* What the source is made by: without the sink only while that is hidden. */
EngMerge ren_ui_wanted_merge(const RenUi *ui) {
  EngMerge merge = ui->state.merge;
  merge.renormalise = merge.renormalise && ui->state.sink_hidden;
  return merge;
}

void ren_ui_remember(RenUi *ui, const char *text, const char *pair) { ren_history_add(&ui->history, text, pair); }
const RenHistory *ren_ui_history(const RenUi *ui) { return &ui->history; }

void ren_ui_print(RenUi *ui, RenLogKind kind, const char *text, size_t length) {
  ren_log_add(&ui->console.log, kind, text, length);
  if (ui->console.open) ren_ui_touch(ui);
}

const RenConsole *ren_ui_console(const RenUi *ui) { return &ui->console; }

void ren_ui_say(RenUi *ui, const char *notice) {
  ren_ui_replace(&ui->status_right, notice);
  ui->says_written = false;
  if (ui->details == REN_ID_NOTICE) ui->details = REN_ID_NONE;
}

void ren_ui_set_status(RenUi *ui, const char *left, const char *right) {
  ren_ui_replace(&ui->status_left, left);
  ren_ui_say(ui, right);
  ren_ui_touch(ui);
}

void ren_ui_set_error(RenUi *ui, const char *sentence, const char *details) {
  ren_ui_replace(&ui->error, sentence);
  ren_ui_replace(&ui->error_details, sentence ? details : NULL);
  if (ui->details == REN_ID_ERROR) ui->details = REN_ID_NONE;
  ui->limit = 0;
  ren_ui_touch(ui);
}

void ren_ui_set_limit(RenUi *ui, int limit) {
  ui->limit = limit;
  ren_ui_touch(ui);
}

RenRect ren_ui_view_area(const RenUi *ui) { return ui->layout.view; }
