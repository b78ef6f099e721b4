/* Parameters of the active probe under the hands: moved by steps, and their numbers as text. */
#include "render/command.h"
#include "render/ui_impl.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const RenProbeParam *param_at(const RenUi *ui, int i) {
  const RenProbe *probe = ren_ui_probe(ui);
  return probe && i >= 0 && i < probe->n_params ? &probe->params[i] : NULL;
}

static double value_of(const RenUi *ui, const RenProbeParam *param) {
  return ren_settings_value(&ui->state.params, ren_ui_probe(ui), param);
}

void ren_ui_step_param(RenUi *ui, int i, int by) {
  const RenProbeParam *param = param_at(ui, i);
  if (!param) return;
  double before = value_of(ui, param), value = ren_param_step(param, before, by);
  if (value < before || value > before) ren_ui_call_param(ui, param->name, value);
}

void ren_ui_begin_value(RenUi *ui, int i) {
  char text[32];
  const RenProbeParam *param = param_at(ui, i);
  snprintf(text, sizeof text, "%.10g", param ? value_of(ui, param) : 0);
  ren_field_set(&ui->value_field, text);
  ren_field_select_all(&ui->value_field);
}

/* The whole text as a number. */
static bool read_number(const char *text, double *out) {
  char *end;
  *out = strtod(text, &end);
  return end > text && isfinite(*out) && end[strspn(end, " ")] == '\0';
}

bool ren_ui_end_value(RenUi *ui, EngError *err) {
  const RenProbeParam *param = param_at(ui, ui->focus.a);
  const char *text = ren_field_text(&ui->value_field);
  RenArg args[2] = {{.kind = REN_ARG_STRING}, {.kind = REN_ARG_NUMBER}};
  if (!param) return eng_error_set(err, NULL, "param", "expected one of the probe's parameters, found none");
  if (!read_number(text, &args[1].number))
    return eng_error_set(err, NULL, param->name, "expected a number, found %.40s", *text ? text : "nothing");
  args[0].string = param->name;
  return ren_command_run(ui, "probe.param", args, 2, err) && (ren_ui_begin_value(ui, ui->focus.a), true);
}

RenRect ren_ui_value_rect(const RenUi *ui) {
  RenRect rect = {0};
  ren_frame_place(ui->frame, (RenElement){ui->focus, false}, &rect);
  return rect;
}
