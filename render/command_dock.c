/* The dock: shown or folded, which probe is asked and with what, where one goes from what it found. */
#include "render/command_impl.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Of a narrow window it is another switch: there it covers the views. */
bool ren_do_dock_toggle(RenUi *ui, const RenArg *args, EngError *err) {
  bool *shows = ui->width >= REN_DOCKED_WIDTH ? &ui->state.dock : &ui->state.dock_floats;
  (void)err;
  *shows = args[0].kind == REN_ARG_BOOL ? args[0].boolean : !*shows;
  if (ren_ui_dock_place(ui, ui->focus) >= 0 || ui->focus.kind == REN_ID_DOCK_FOLD) ren_ui_set_focus(ui, REN_NO_ID);
  ren_ui_drop_hover(ui);
  ren_ui_lay_out(ui);
  ren_ui_clamp_scroll(ui);
  return true;
}

bool ren_do_dock_scroll(RenUi *ui, const RenArg *args, EngError *err) {
  const char *part = args[1].kind == REN_ARG_STRING ? args[1].string : "answer";
  bool list = strcmp(part, "list") == 0;
  if (!list && strcmp(part, "answer") != 0)
    return eng_error_set(err, NULL, "part", "expected list or answer, found %s", part);
  if (!isfinite(args[0].number))
    return eng_error_set(err, NULL, "dy", "expected a finite number, found %g", args[0].number);
  ren_ui_scroll_dock(ui, list, (float)args[0].number);
  return true;
}

static bool step_row(RenUi *ui, int by) {
  int to = ren_ui_dock_place(ui, ui->focus) + by;
  if (to < 0 || to >= ren_ui_dock_count(ui)) return true;
  RenId id = ren_ui_dock_at(ui, to);
  ren_ui_dock_reveal(ui, id);
  ui->dirty = true;
  ren_ui_frame(ui); /* which knows its name */
  ren_ui_set_focus(ui, id);
  return true;
}

bool ren_do_dock_next(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return step_row(ui, 1);
}

bool ren_do_dock_previous(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return step_row(ui, -1);
}

/* --- the probe */

static bool is_id(const char *id) {
  size_t n = 0;
  while (isalnum((unsigned char)id[n]) || id[n] == '_' || id[n] == '-') n++;
  return n > 0 && id[n] == '\0' && n < REN_PROBE_ID;
}

/* Until all are read, any id may be one. */
static bool may_be_probe(const RenUi *ui, const char *id) {
  bool all = ui->dock.n > 0;
  for (int i = 0; i < ui->dock.n; i++) all = all && (ui->dock.probes[i].read || ui->dock.probes[i].error);
  return is_id(id) && (!all || ren_dock_find(&ui->dock, id));
}

bool ren_do_probe_set(RenUi *ui, const RenArg *args, EngError *err) {
  const char *id = strcmp(args[0].string, "none") == 0 ? "" : args[0].string;
  if (*id && !may_be_probe(ui, id))
    return eng_error_set(err, NULL, "probe", "expected the id of a probe or none, found %.80s", id);
  bool same = strcmp(id, ui->state.probe) == 0;
  strcpy(ui->state.probe, id);
  ui->dock.lands = true;
  if (same) return true;
  if (ui->focus.kind == REN_ID_VALUE) ren_ui_set_focus(ui, REN_NO_ID);
  ui->dock.answer_scroll = 0;
  ui->dock.reveals = true;
  ui->dock.stale = false;
  ren_ui_replace(&ui->dock.error, NULL);
  ren_ui_replace(&ui->dock.notice, NULL);
  ren_ui_lay_out(ui);
  return true;
}

bool ren_do_probe_run(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  if (!ui->state.probe[0]) return eng_error_set(err, NULL, "probe", "expected an active one, found none");
  ui->dock.n_changes++;
  ui->dock.lands = true;
  return true;
}

bool ren_do_probe_stop(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  if (ui->host.stop_probe) ui->host.stop_probe(ui->host.context);
  return true;
}

bool ren_do_probe_new(RenUi *ui, const RenArg *args, EngError *err) {
  const char *name = args[0].kind == REN_ARG_STRING ? args[0].string : NULL;
  if (name && !is_id(name))
    return eng_error_set(err, NULL, "name", "expected letters, digits, _ and -, found %.80s", name);
  if (!ui->host.new_probe) return eng_error_set(err, NULL, "probe", "expected a window that has probes");
  return ui->host.new_probe(ui->host.context, name, err);
}

/* --- its parameters */

static bool refuse_value(const RenProbeParam *param, double value, EngError *err) {
  if (param->boolean) return eng_error_set(err, NULL, param->name, "expected 0 or 1, found %g", value);
  char from[32] = "", to[32] = "";
  if (!isnan(param->least)) snprintf(from, sizeof from, " from %g", param->least);
  if (!isnan(param->most)) snprintf(to, sizeof to, " to %g", param->most);
  return eng_error_set(err, NULL, param->name, "expected a %snumber%s%s, found %g", param->whole ? "whole " : "",
                       from, to, value);
}

bool ren_do_probe_param(RenUi *ui, const RenArg *args, EngError *err) {
  const RenProbe *probe = ren_ui_probe(ui);
  double value = args[1].number;
  if (!ui->state.probe[0]) return eng_error_set(err, NULL, "probe", "expected an active one, found none");
  const RenProbeParam *param = probe ? ren_probe_param(probe, args[0].string) : NULL;
  if (probe && probe->read && !param)
    return eng_error_set(err, ui->state.probe, "param", "expected one of its parameters, found %.40s",
                         args[0].string);
  if (param && !ren_param_takes(param, value)) return refuse_value(param, value, err);
  if (!ren_settings_set(&ui->state.params, ui->state.probe, args[0].string, value))
    return eng_error_set(err, NULL, "param", "expected a shorter name");
  ui->dock.n_changes++;
  return true;
}

/* The focused one. */
static bool step_focused(RenUi *ui, int by) {
  if (ui->focus.kind == REN_ID_PARAM) ren_ui_step_param(ui, ui->focus.a, by);
  return true;
}

bool ren_do_probe_more(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return step_focused(ui, 1);
}

bool ren_do_probe_less(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return step_focused(ui, -1);
}

/* --- what it found */

bool ren_do_rank_go(RenUi *ui, const RenArg *args, EngError *err) {
  char name[REN_STRIP_NAME];
  if (ui->dock.answered && ui->dock.answer.kind == REN_PROBE_NEURON) {
    snprintf(name, sizeof name, "L%dN%d", (int)args[0].number, (int)args[1].number);
    RenArg strip = {.kind = REN_ARG_STRING, .string = name};
    return ren_command_run(ui, "strip.set", &strip, 1, err);
  }
  RenArg head[] = {args[1], args[0]};
  return ren_command_run(ui, "head.select", head, 2, err);
}

/* --- the filter */

bool ren_do_heads_filter(RenUi *ui, const RenArg *args, EngError *err) {
  const char *text = args[0].string + strspn(args[0].string, " ");
  if (strlen(text) >= REN_WHERE)
    return eng_error_set(err, NULL, "expression", "expected at most %d bytes, found %zu", REN_WHERE - 1,
                         strlen(text));
  strcpy(ui->state.where, text);
  if (strcmp(ren_field_text(&ui->where_field), text) != 0) ren_field_set(&ui->where_field, text);
  if (!*text) ren_ui_set_passing(ui, NULL, 0, 0, NULL);
  ren_ui_lay_out(ui);
  ren_ui_clamp_scroll(ui);
  return true;
}

bool ren_do_heads_clear(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  RenArg none = {.kind = REN_ARG_STRING, .string = ""};
  return ren_do_heads_filter(ui, &none, err);
}

bool ren_do_heads_hide(RenUi *ui, const RenArg *args, EngError *err) {
  (void)err;
  ui->state.where_hides = args[0].kind == REN_ARG_BOOL ? args[0].boolean : !ui->state.where_hides;
  ren_ui_drop_hover(ui);
  ren_ui_clamp_scroll(ui);
  return true;
}
