/* The command palette opens with an empty field and is gone as soon as that loses the focus. What it runs is
 * another command, of which alone the host is told. */
#include "render/command_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int find(const RenUi *ui, const RenCommandInfo *out[REN_LAUNCHER_MOST]) {
  return ren_launcher_find(ren_field_text(&ui->launcher.field), out);
}

static bool mark(RenUi *ui, int to) {
  const RenCommandInfo *found[REN_LAUNCHER_MOST];
  RenLauncher *launcher = &ui->launcher;
  int n = find(ui, found), rows = ren_launcher_rows(ui);
  if (to >= n) to = n - 1;
  if (to < 0) to = 0;
  launcher->marked = to;
  if (launcher->first > to) launcher->first = to;
  if (launcher->first < to - rows + 1) launcher->first = to - rows + 1;
  return true;
}

/* What is typed changes the list: its first entry is marked again. */
void ren_launcher_follow(RenUi *ui) {
  RenLauncher *launcher = &ui->launcher;
  const char *sought = ren_field_text(&launcher->field);
  if (launcher->sought && strcmp(launcher->sought, sought) == 0) return;
  if (ren_ui_replace(&launcher->sought, sought)) launcher->marked = launcher->first = 0;
}

bool ren_do_commands_open(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ui->menu.owner = REN_ID_NONE;
  ui->launcher.marked = ui->launcher.first = 0;
  ren_field_set(&ui->launcher.field, "");
  ren_ui_set_focus(ui, (RenId){REN_ID_PALETTE, 0, 0, 0});
  return true;
}

bool ren_do_commands_close(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  if (ren_ui_launcher_open(ui)) ren_ui_set_focus(ui, REN_NO_ID);
  return true;
}

bool ren_do_commands_next(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return mark(ui, ui->launcher.marked + 1);
}

bool ren_do_commands_previous(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return mark(ui, ui->launcher.marked - 1);
}

bool ren_do_commands_page_down(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return mark(ui, ui->launcher.marked + ren_launcher_rows(ui));
}

bool ren_do_commands_page_up(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return mark(ui, ui->launcher.marked - ren_launcher_rows(ui));
}

/* With arguments behind its name: what is refused stands there again to be corrected, and the status line says why.
 */
static void run_named(RenUi *ui, const RenCommandInfo *command, const char *rest) {
  RenArg args[REN_MAX_ARGS + 1];
  char text[REN_LAUNCHER_LONGEST], *line = strdup(ren_field_text(&ui->launcher.field));
  EngError why = {0};
  int n = ren_launcher_args(command, rest, args, text);
  if (n < 0) eng_error_set(&why, command->name, NULL, "expected less than %d bytes", REN_LAUNCHER_LONGEST);
  ren_ui_call(ui, "commands.close", NULL, 0);
  if (n < 0 || !ren_command_run(ui, command->name, args, (size_t)n, &why)) {
    ren_ui_call(ui, "commands.open", NULL, 0);
    if (line) ren_ui_call_string(ui, "edit.insert", line);
    ren_ui_say(ui, why.message);
  }
  free(line);
}

/* A command that has nothing to act on says so in the status line; of one that asks for arguments the name is
 * written, to go on from. */
bool ren_do_commands_run(RenUi *ui, const RenArg *args, EngError *err) {
  const RenCommandInfo *found[REN_LAUNCHER_MOST];
  int n = find(ui, found), entry = ui->launcher.marked;
  if (args[0].kind != REN_ARG_NONE && !ren_arg_index(&args[0], "entry", n, &entry, err)) return false;
  if (entry >= n) return true;
  const RenCommandInfo *command = found[entry];
  const char *rest = ren_launcher_rest(command, ren_field_text(&ui->launcher.field));
  if (rest && (*rest || !ren_launcher_asks(command))) return run_named(ui, command, rest), true;
  if (ren_launcher_asks(command)) {
    char name[64];
    snprintf(name, sizeof name, "%s ", command->name);
    ren_field_set(&ui->launcher.field, name);
    return true;
  }
  ren_ui_call(ui, "commands.close", NULL, 0);
  ren_ui_try(ui, command->name, NULL, 0);
  return true;
}
