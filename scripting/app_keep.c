/* What an app puts into its saved state: the window as it stands; and the models that are listed from there. */
#include "scripting/app_impl.h"
#include "scripting/models.h"

#include "render/strip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *scr_app_name_for_later(const char *model) {
  return access(model, F_OK) == 0 ? realpath(model, NULL) : strdup(model);
}

static char *copy(const char *text) { return text ? strdup(text) : NULL; }

/* Without a source there is no selection: the saved one may fit again. */
static void take_state(ScrApp *app, ScrSaved *out) {
  const EngSource *source = ren_ui_source(app->ui);
  const ScrSaved *before = &app->session->saved;
  const RenState *now = ren_ui_state(app->ui);
  out->state = source ? *now : before->state;
  out->state.view = now->view;
  out->state.split = now->split;
  out->state.beside = now->beside;
  out->state.right = now->right;
  out->state.share = now->share;
  out->state.shown = now->shown;
  out->state.beside_shown = now->beside_shown;
  out->state.threshold = now->threshold;
  out->state.sink_hidden = now->sink_hidden;
  out->state.merge = now->merge;
  out->state.theme = now->theme;
  out->state.palette = now->palette;
  out->state.lines = now->lines;
  out->state.thumbs = now->thumbs;
  out->state.sorted = now->sorted;
  out->state.sort = now->sort;
  out->state.by_probe = now->by_probe;
  out->state.grouped = now->grouped;
  out->state.ramp = now->ramp;
  out->state.dimensions = now->dimensions;
  if (!source) out->state.dimensions.selected = before->state.dimensions.selected;
  out->state.scale = now->scale;
  out->state.inspector = now->inspector;
  out->state.dock = now->dock;
  out->state.dock_floats = false;
  strcpy(out->state.probe, now->probe);
  out->state.params = now->params;
  out->state.scores = NULL;
  out->state.passing = NULL;
  strcpy(out->state.where, now->where);
  out->state.where_hides = now->where_hides;
  out->state.classes = NULL;
  strcpy(out->state.classes_file, now->classes_file);
  strcpy(out->state.strip, now->strip);
  if (strcmp(now->strip, ren_ui_numbers(app->ui)->name) == 0)
    out->state.strip[0] = '\0'; /* they go with the text */
  memcpy(out->filter, before->filter, sizeof out->filter);
  if (!source) return;
  const EngBlock *block = eng_source_block(source, out->state.block);
  snprintf(out->filter, sizeof out->filter, "%s", block->key);
  for (int head = block->n_heads; head < REN_MAX_HEADS; head++) ren_state_head_set(&out->state, head, false);
}

static void take_lists(ScrApp *app, ScrSaved *out) {
  const ScrSaved *before = &app->session->saved;
  const RenHistory *history = ren_ui_history(app->ui);
  for (int i = before->n_recent - 1; i >= 0; i--) scr_saved_add_recent(out, before->recent[i]);
  for (int i = 0; i < history->n; i++)
    ren_history_add(&out->history, history->inputs[i].text, history->inputs[i].pair);
}

static void take_console(ScrApp *app, ScrSaved *out) {
  const RenConsole *console = ren_ui_console(app->ui);
  for (int i = 0; i < console->history.n; i++)
    ren_history_add(&out->scripts, console->history.inputs[i].text, NULL);
  out->console_height = console->height;
  out->console_open = console->open;
}

static void take(ScrApp *app, ScrSaved *out) {
  RenUi *ui = app->ui;
  scr_saved_init(out);
  out->model = scr_app_name_for_later(ren_ui_model(ui));
  out->text = copy(ren_ui_text(ui));
  out->pair = copy(ren_ui_pair(ui));
  out->bos = app->restores ? app->session->saved.bos : ren_ui_bos(ui);
  out->width = ren_ui_width(ui);
  out->height = ren_ui_height(ui);
  take_state(app, out);
  take_lists(app, out);
  take_console(app, out);
  ren_comparison_of(ui, &out->comparison);
}

void scr_app_keep_model(ScrApp *app) {
  char *name = app->session ? scr_app_name_for_later(ren_ui_model(app->ui)) : NULL;
  if (!name) return;
  scr_saved_add_recent(&app->session->saved, name);
  scr_app_list_models(app);
  free(name);
}

/* A window in which no model ever opened has nothing to add to what is saved. */
void scr_app_save(ScrApp *app) {
  ScrSaved now;
  EngError err = {0};
  if (!app->session || !(app->model || ren_ui_source(app->ui))) return;
  take(app, &now);
  bool ok = scr_session_write(app->session, &now, &err);
  if (!ok) snprintf(app->session->notice, sizeof app->session->notice, "not saved: %.400s", err.message);
  scr_saved_free(&now);
}

void scr_app_list_models(ScrApp *app) {
  const ScrSaved *saved = app->session ? &app->session->saved : NULL;
  RenModels models = scr_models_list(app->home, saved ? saved->recent : NULL, saved ? saved->n_recent : 0);
  ren_ui_set_models(app->ui, &models);
}
