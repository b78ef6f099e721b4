/* Stepping through the inputs that were run. An input goes into the fields as if it were typed over what stands
 * there, so that it can be taken back. */
#include "render/command_impl.h"

static bool fill(RenField *field, const char *text) {
  ren_field_select_all(field);
  return ren_field_insert(field, text, false);
}

/* In the field that finds a token, the keys go through what it finds. */
static bool step(RenUi *ui, int by, EngError *err) {
  if (ui->focus.kind == REN_ID_FIND)
    return by > 0 ? ren_do_find_previous(ui, NULL, err) : ren_do_find_next(ui, NULL, err);
  if (ren_ui_launcher_open(ui) || ren_ui_chooser_open(ui)) return true;
  const char *pair = ren_ui_pair(ui);
  const RenInput *input = ren_history_step(&ui->history, by, ren_ui_text(ui), pair ? pair : "");
  if (!input) return true;
  bool ok = fill(&ui->text_field, input->text);
  if (ren_ui_takes_pair(ui)) {
    ok = fill(&ui->pair_field, input->pair) && ok;
    ui->pair_open = *input->pair || ui->focus.kind == REN_ID_PAIR;
  }
  return ok || eng_error_set(err, NULL, "text", "expected memory for a text, found none");
}

bool ren_do_history_previous(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  return step(ui, 1, err);
}

bool ren_do_history_next(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  return step(ui, -1, err);
}
