/* Looking things up in the dock's lists, and their ends. */
#include "render/dock.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[REN_PROBE_KINDS] = {"head", "neuron", "token", "run"};

RenProbeKind ren_probe_kind_parse(const char *name) {
  for (int i = 0; i < REN_PROBE_KINDS; i++)
    if (strcmp(kinds[i], name) == 0) return (RenProbeKind)i;
  return REN_PROBE_RUN;
}

void ren_probe_clear(RenProbe *probe) {
  free(probe->name);
  free(probe->doc);
  free(probe->path);
  free(probe->error);
  free(probe->captures);
  *probe = (RenProbe){0};
}

void ren_answer_clear(RenAnswer *answer) {
  free(answer->scores);
  free(answer->values);
  free(answer->text);
  free(answer->lacks);
  *answer = (RenAnswer){0};
}

bool ren_subject_equal(RenSubject a, RenSubject b) { return a.serial == b.serial && a.block == b.block; }

void ren_dock_free(RenDock *dock) {
  for (int i = 0; i < dock->n; i++) ren_probe_clear(&dock->probes[i]);
  free(dock->probes);
  ren_answer_clear(&dock->answer);
  free(dock->error);
  free(dock->notice);
  free(dock->pass);
  free(dock->where_error);
  *dock = (RenDock){0};
}

const RenProbe *ren_dock_find(const RenDock *dock, const char *id) {
  for (int i = 0; i < dock->n; i++)
    if (strcmp(dock->probes[i].id, id) == 0) return &dock->probes[i];
  return NULL;
}

const RenProbeParam *ren_probe_param(const RenProbe *probe, const char *name) {
  for (int i = 0; i < probe->n_params; i++)
    if (strcmp(probe->params[i].name, name) == 0) return &probe->params[i];
  return NULL;
}

bool ren_param_takes(const RenProbeParam *param, double value) {
  if (param->boolean) return !(value < 0 || value > 0) || !(value < 1 || value > 1);
  if (!isfinite(value) || (param->whole && floor(value) < value)) return false;
  return !(value < param->least) && !(value > param->most);
}

static double unit_of(const RenProbeParam *param) {
  double size = fabs(param->preset);
  return size > 0 ? pow(10, floor(log10(size)) - 1) : 0.1;
}

double ren_param_step(const RenProbeParam *param, double value, int by) {
  double step = param->whole || param->boolean ? 1
                : param->bounded               ? (param->most - param->least) / 50
                                               : unit_of(param);
  return fmin(fmax(value + by * step, param->least), param->most);
}

double ren_param_at(const RenProbeParam *param, double place) {
  double span = param->most - param->least, unit = param->whole ? 1 : pow(10, floor(log10(fmax(span, 1e-300))) - 2);
  double value = round((param->least + place * span) / unit) * unit;
  return fmin(fmax(value, param->least), param->most);
}

static int find_setting(const RenSettings *settings, const char *probe, const char *name) {
  int i = settings->n - 1;
  while (i >= 0 && (strcmp(settings->at[i].probe, probe) != 0 || strcmp(settings->at[i].name, name) != 0)) i--;
  return i;
}

double ren_settings_value(const RenSettings *settings, const RenProbe *probe, const RenProbeParam *param) {
  int i = find_setting(settings, probe->id, param->name);
  return i >= 0 && ren_param_takes(param, settings->at[i].value) ? settings->at[i].value : param->preset;
}

bool ren_settings_set(RenSettings *settings, const char *probe, const char *name, double value) {
  int i = find_setting(settings, probe, name);
  if (strlen(probe) >= REN_PROBE_ID || strlen(name) >= REN_PROBE_NAME) return false;
  if (i < 0 && settings->n == REN_DOCK_SETTINGS)
    memmove(&settings->at[0], &settings->at[1], (size_t)--settings->n * sizeof settings->at[0]);
  if (i < 0) i = settings->n++;
  strcpy(settings->at[i].probe, probe);
  strcpy(settings->at[i].name, name);
  settings->at[i].value = value;
  return true;
}
