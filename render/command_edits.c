/* Edits of the model: the list, taken back and put back, and edit mode. A list that edits otherwise has the text
 * run again by the host. What cannot be edited says so, also where a key asked. */
#include "render/command_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The text runs again. */
static bool follow(RenUi *ui) {
  ren_ui_fit_edits(ui);
  if (ui->host.run) ui->host.run(ui->host.context);
  return true;
}

static bool refuse(RenUi *ui, const EngError *why, EngError *err) {
  ren_ui_say(ui, why->message);
  return eng_error_set(err, NULL, NULL, "%s", why->message);
}

static bool can_edit(RenUi *ui, const EngConfig **config, EngError *err) {
  EngError why = {0};
  *config = ren_ui_edited(ui, &why);
  return *config || refuse(ui, &why, err);
}

/* --- the list */

static const char space[] = " \t\n";

/* The first edit of a text, which then begins behind its semicolon. */
static bool read_one(const char **text, const EngConfig *config, EngEdit *out, EngError *err) {
  char one[ENG_EDIT_TEXT];
  const char *from = *text + strspn(*text, space);
  size_t length = strcspn(from, ";");
  *text = from + length + (from[length] == ';');
  while (length > 0 && strchr(space, from[length - 1])) length--;
  if (length >= sizeof one) return eng_error_set(err, NULL, "edits", "expected \"head 2.5 zero\" or the like");
  memcpy(one, from, length);
  one[length] = '\0';
  return eng_edit_parse(one, config, out, err);
}

/* Edits with ; between them, malloc'ed; NULL and an error. */
static EngEdit *read(const char *text, const EngConfig *config, int *n, EngError *err) {
  int most = 1;
  for (const char *c = text; *c; c++) most += *c == ';';
  EngEdit *edits = malloc((size_t)most * sizeof *edits);
  bool ok = edits || eng_error_memory(err, NULL, "edits");
  for (*n = 0; ok && *n < most; ++*n) ok = read_one(&text, config, &edits[*n], err);
  if (ok) return edits;
  free(edits);
  return NULL;
}

static bool change(RenUi *ui, const char *text, bool (*how)(RenEdits *, const EngEdit *, int, EngError *),
                   EngError *err) {
  int n = 0;
  const EngConfig *config;
  if (!can_edit(ui, &config, err)) return false;
  EngEdit *edits = read(text, config, &n, err);
  bool ok = edits && how(&ui->edits, edits, n, err);
  free(edits);
  return ok && follow(ui);
}

bool ren_do_edits_add(RenUi *ui, const RenArg *args, EngError *err) {
  return change(ui, args[0].string, ren_edits_add, err);
}

bool ren_do_edits_erase(RenUi *ui, const RenArg *args, EngError *err) {
  return change(ui, args[0].string, ren_edits_erase, err);
}

/* Of one of the list by its place. */
static bool change_one(RenUi *ui, const RenArg *arg, bool (*how)(RenEdits *, int, EngError *), EngError *err) {
  int i;
  const RenEditList *list = ren_edits_now(&ui->edits);
  if (!ren_arg_index(arg, "edit", list->n, &i, err) || !how(&ui->edits, i, err)) return false;
  return follow(ui);
}

bool ren_do_edits_remove(RenUi *ui, const RenArg *args, EngError *err) {
  return change_one(ui, &args[0], ren_edits_remove, err);
}

bool ren_do_edits_toggle(RenUi *ui, const RenArg *args, EngError *err) {
  return change_one(ui, &args[0], ren_edits_toggle, err);
}

bool ren_do_edits_clear(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  if (ren_edits_now(&ui->edits)->n == 0) return eng_error_set(err, NULL, "edits", "expected some, found none");
  if (!ren_edits_clear(&ui->edits, err)) return false;
  return follow(ui);
}

bool ren_do_edits_undo(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  if (!ren_edits_undo(&ui->edits))
    return eng_error_set(err, NULL, "edits", "expected a change to take back, found none");
  return follow(ui);
}

bool ren_do_edits_redo(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  if (!ren_edits_redo(&ui->edits))
    return eng_error_set(err, NULL, "edits", "expected a change to put back, found none");
  return follow(ui);
}

/* --- edit mode */

bool ren_do_edits_mode(RenUi *ui, const RenArg *args, EngError *err) {
  const EngConfig *config;
  bool on = args[0].kind == REN_ARG_NONE ? !ui->state.editing : args[0].boolean;
  if (on && !can_edit(ui, &config, err)) return false;
  ui->state.editing = on;
  return true;
}

bool ren_do_edits_brush(RenUi *ui, const RenArg *args, EngError *err) {
  return ren_brush_parse(args[0].string, &ui->state.brush, err);
}

/* "2.5", or the selected head. */
bool ren_do_edits_head(RenUi *ui, const RenArg *args, EngError *err) {
  EngEdit edit;
  const EngConfig *config;
  char text[ENG_EDIT_TEXT], brush[REN_BRUSH_TEXT];
  const RenState *state = &ui->state;
  if (!can_edit(ui, &config, err)) return false;
  ren_brush_print(state->brush, brush);
  if (args[0].kind == REN_ARG_NONE && state->merge.kind != ENG_MERGE_NONE) {
    EngError why = {0};
    eng_error_set(&why, NULL, "edits", "expected one head to edit, found several put together");
    return refuse(ui, &why, err);
  }
  if (args[0].kind == REN_ARG_NONE)
    snprintf(text, sizeof text, "head %d.%d %s", state->layer, state->head, brush);
  else
    snprintf(text, sizeof text, "head %.60s %s", args[0].string, brush);
  return eng_edit_parse(text, config, &edit, err) && ren_ui_flip_edits(ui, &edit, 1);
}

bool ren_do_edits_compare(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  const EngInput *input = ui->base ? eng_source_input(ui->base) : NULL;
  if (!input || !input->text || !*input->text)
    return eng_error_set(err, "compare", NULL, "expected a run to compare with, found none");
  bool pair = input->pair && *input->pair;
  RenArg both[] = {{.kind = REN_ARG_STRING, .string = input->text},
                   {.kind = REN_ARG_STRING, .string = pair ? input->pair : ""}};
  return ren_command_run(ui, "compare.text", both, pair ? 2 : 1, err);
}
