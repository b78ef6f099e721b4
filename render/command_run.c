/* The one way through the table: look the name up, check the arguments, run, tell the host. A composite command
 * only calls others; the host is then told of those, so that a replay does not depend on what the composite
 * looked at. */
#include "render/command_impl.h"

#include <math.h>
#include <string.h>

const RenCommandInfo *ren_command_find(const char *name) {
  size_t n;
  const RenCommandInfo *table = ren_command_table(&n);
  for (size_t i = 0; i < n; i++)
    if (strcmp(table[i].name, name) == 0) return &table[i];
  return NULL;
}

static bool lists_key(const char *keys, const char *key) {
  size_t length = strlen(key);
  while (keys && *keys) {
    size_t n = strcspn(keys, " ");
    if (n == length && memcmp(keys, key, n) == 0) return true;
    keys += n + (keys[n] == ' ');
  }
  return false;
}

const RenCommandInfo *ren_command_of_key(const char *key, RenScope scope) {
  size_t n;
  const RenCommandInfo *table = ren_command_table(&n);
  for (size_t i = 0; i < n; i++)
    if (table[i].scope == scope && lists_key(table[i].keys, key)) return &table[i];
  return NULL;
}

static const char *kind_name(RenArgKind kind) {
  static const char *const names[] = {"nothing", "a number", "a string", "a boolean"};
  return names[kind];
}

static bool check_args(const RenCommandInfo *command, const RenArg *args, size_t n_args, RenArg *out,
                       EngError *err) {
  size_t n = 0;
  for (; command->parameters[n].name; n++) {
    const RenParameter *parameter = &command->parameters[n];
    out[n] = n < n_args ? args[n] : (RenArg){0};
    if (out[n].kind == parameter->kind || (out[n].kind == REN_ARG_NONE && parameter->optional)) continue;
    return eng_error_set(err, command->name, parameter->name, "expected %s, found %s", kind_name(parameter->kind),
                         kind_name(out[n].kind));
  }
  if (n_args <= n) return true;
  return eng_error_set(err, command->name, NULL, "expected %zu arguments, found %zu", n, n_args);
}

bool ren_command_run(RenUi *ui, const char *name, const RenArg *args, size_t n_args, EngError *err) {
  RenArg checked[REN_MAX_ARGS] = {{0}};
  const RenCommandInfo *command = ren_command_find(name);
  if (!command) return eng_error_set(err, NULL, name, "expected the name of a command, found none such");
  if (!check_args(command, args, n_args, checked, err)) return false;
  if (!command->composite) ui->depth++;
  bool ok = command->run(ui, checked, err);
  if (ok && ui->find_open && !command->composite) ren_find_follow(ui);
  if (ok) ren_launcher_follow(ui);
  if (ok) ren_chooser_follow(ui);
  if (!command->composite) ui->depth--;
  ren_ui_touch(ui);
  bool tell = ok && ui->depth == 0 && !command->composite && ui->host.ran;
  if (tell) ui->host.ran(ui->host.context, command, checked);
  return ok;
}

bool ren_arg_index(const RenArg *arg, const char *name, int count, int *out, EngError *err) {
  double number = arg->number;
  if (count <= 0) return eng_error_set(err, NULL, name, "expected something to choose from, found nothing shown");
  if (!(number >= 0 && number < count && floor(number) == number))
    return eng_error_set(err, NULL, name, "expected 0 to %d, found %g", count - 1, number);
  *out = (int)number;
  return true;
}

static RenArg number_arg(int number) { return (RenArg){.kind = REN_ARG_NUMBER, .number = number}; }

/* What the ui itself calls: a refusal changes nothing and needs no word, as when a key has no effect. */
void ren_ui_call(RenUi *ui, const char *name, const RenArg *args, size_t n_args) {
  EngError ignored;
  ren_command_run(ui, name, args, n_args, &ignored);
}

void ren_ui_try(RenUi *ui, const char *name, const RenArg *args, size_t n_args) {
  EngError why = {0};
  if (!ren_command_run(ui, name, args, n_args, &why)) ren_ui_say(ui, why.message);
}

void ren_ui_call_int(RenUi *ui, const char *name, int a, int b, int n) {
  RenArg args[2] = {number_arg(a), number_arg(b)};
  ren_ui_call(ui, name, args, (size_t)n);
}

void ren_ui_call_number(RenUi *ui, const char *name, float number) {
  RenArg arg = {.kind = REN_ARG_NUMBER, .number = (double)number};
  ren_ui_call(ui, name, &arg, 1);
}

void ren_ui_call_param(RenUi *ui, const char *name, double value) {
  RenArg args[2] = {{.kind = REN_ARG_STRING, .string = name}, {.kind = REN_ARG_NUMBER, .number = value}};
  ren_ui_call(ui, "probe.param", args, 2);
}

void ren_ui_call_string(RenUi *ui, const char *name, const char *string) {
  RenArg arg = {.kind = REN_ARG_STRING, .string = string};
  ren_ui_call(ui, name, &arg, 1);
}
