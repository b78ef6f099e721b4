/* What the token strip shows: a number by its name, a neuron, or the user's own numbers. */
#include "render/command_impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What is shown is what the host may have to work out. */
static bool show(RenUi *ui, const char *name, EngError *err) {
  char before[REN_STRIP_NAME];
  strcpy(before, ui->state.strip);
  strcpy(ui->state.strip, name);
  if (!ren_ui_ask(ui, err)) {
    strcpy(ui->state.strip, before);
    return false;
  }
  if (*name) strcpy(ui->strip_before, name);
  ren_ui_drop_hover(ui);
  ren_ui_lay_out(ui);
  ren_ui_clamp_scroll(ui);
  return true;
}

static bool check_name(const char *name, EngError *err) {
  return strlen(name) < REN_STRIP_NAME ||
         eng_error_set(err, NULL, "strip", "expected a name of at most %d bytes, found %zu", REN_STRIP_NAME - 1,
                       strlen(name));
}

bool ren_do_strip_set(RenUi *ui, const RenArg *args, EngError *err) {
  const char *name = args[0].string;
  if (!check_name(name, err)) return false;
  return show(ui, strcmp(name, "none") == 0 ? "" : name, err);
}

bool ren_do_strip_toggle(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  char name[REN_STRIP_NAME];
  strcpy(name, ui->strip_before[0] ? ui->strip_before : "logprob");
  return show(ui, ui->state.strip[0] ? "" : name, err);
}

/* Numbers apart by spaces or commas; "nan" is none. NULL and an error otherwise. */
static float *read_numbers(const char *text, int *n, EngError *err) {
  static const char apart[] = " ,\t\n";
  float *values = malloc((strlen(text) / 2 + 1) * sizeof *values);
  *n = 0;
  for (text += strspn(text, apart); values && *text; text += strspn(text, apart)) {
    char *end;
    size_t length = strcspn(text, apart);
    values[(*n)++] = strtof(text, &end);
    if (end == text + length && !isinf(values[*n - 1])) {
      text = end;
      continue;
    }
    eng_error_set(err, NULL, "numbers", "expected numbers apart by spaces, found %.*s",
                  (int)(length < 40 ? length : 40), text);
    free(values);
    return NULL;
  }
  if (!values) eng_error_memory(err, NULL, "numbers");
  return values;
}

bool ren_do_strip_numbers(RenUi *ui, const RenArg *args, EngError *err) {
  int n, n_tokens = ui->source ? eng_source_input(ui->source)->n_tokens : 0;
  const char *name = args[0].string;
  if (!check_name(name, err)) return false;
  if (!*name || strcmp(name, "none") == 0 || ren_strip_known(name))
    return eng_error_set(err, NULL, "name", "expected one of your own, found \"%s\"", name);
  float *values = read_numbers(args[1].string, &n, err);
  if (!values) return false;
  if (n != n_tokens) {
    free(values);
    return eng_error_set(err, NULL, "numbers", "expected one for each of %d tokens, found %d", n_tokens, n);
  }
  ren_ui_take_numbers(ui, name, values, n);
  return show(ui, name, err);
}
