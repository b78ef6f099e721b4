/* Finding a token: what is typed selects the first query token from the selected one on that it lies in or begins
 * in; Enter goes to the next. */
#include "render/command_impl.h"
#include "render/find.h"

#include <string.h>

/* The token that matches first among all, from `start` on in steps of `by`; -1 for none. */
static int search(const RenUi *ui, const EngBlock *block, const char *sought, int start, int by) {
  for (int i = 0; i < block->n_rows; i++) {
    int token = ((start + i * by) % block->n_rows + block->n_rows) % block->n_rows;
    if (ren_find_at(ui->source, block, token, sought)) return token;
  }
  return -1;
}

/* With what stands before and after it. */
static void show(RenUi *ui, const EngBlock *block, int token) {
  enum { AROUND = 3 };
  int last = block->n_rows - 1;
  ren_ui_reveal_token(ui, token + AROUND < last ? token + AROUND : last);
  ren_ui_reveal_token(ui, token > AROUND ? token - AROUND : 0);
  ren_ui_reveal_token(ui, token);
}

static bool go(RenUi *ui, int from, int by) {
  const EngBlock *block = ren_ui_block(ui);
  const char *sought = ren_field_text(&ui->find_field);
  int token = block ? search(ui, block, sought, from, by) : -1;
  if (token < 0) return true;
  ren_ui_call_int(ui, "token.select", token, 0, 1);
  show(ui, block, token);
  return true;
}

RenFound ren_find_count(const RenUi *ui) {
  const EngBlock *block = ren_ui_block(ui);
  const char *sought = ren_field_text(&ui->find_field);
  RenFound found = {0, 0};
  for (int i = 0; block && i < block->n_rows; i++) {
    if (!ren_find_at(ui->source, block, i, sought)) continue;
    found.n++;
    if (i == ui->state.token) found.place = found.n;
  }
  return found;
}

void ren_find_follow(RenUi *ui) {
  const char *sought = ren_field_text(&ui->find_field);
  if (ui->sought && strcmp(ui->sought, sought) == 0) return;
  if (ren_ui_replace(&ui->sought, sought)) go(ui, ui->state.token < 0 ? 0 : ui->state.token, 1);
}

bool ren_do_find_open(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  if (!ren_ui_block(ui)) return eng_error_set(err, NULL, "find", "expected tokens to search, found none");
  ui->find_open = true;
  ui->menu.owner = REN_ID_NONE;
  ren_field_select_all(&ui->find_field);
  ren_ui_set_focus(ui, (RenId){REN_ID_FIND, 0, 0, 0});
  return true;
}

bool ren_do_find_next(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return go(ui, ui->state.token + 1, 1);
}

bool ren_do_find_previous(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return go(ui, ui->state.token < 0 ? -1 : ui->state.token - 1, -1);
}

bool ren_do_find_close(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ui->find_open = false;
  if (ui->focus.kind == REN_ID_FIND) ren_ui_set_focus(ui, REN_NO_ID);
  return true;
}
