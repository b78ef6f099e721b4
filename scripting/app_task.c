/* While a task runs, its run is already public: as soon as a layer is done the ui gets it as its source, and from
 * then on looks at how far it is. The old picture stays until then, and stays altogether when the task fails. */
#include "scripting/app_impl.h"
#include "scripting/shorten.h"
#include "scripting/status.h"

#include "render/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void choose_head(ScrApp *app, const EngSource *source) {
  int layer, head;
  scr_status_best_head(source, &layer, &head);
  RenArg args[] = {{.kind = REN_ARG_NUMBER, .number = head}, {.kind = REN_ARG_NUMBER, .number = layer}};
  scr_app_call(app, "head.select", args, 2);
}

/* The request's model or file becomes the open one. */
static void adopt(ScrApp *app, ScrRequest *request) {
  if (!request->name) return;
  EngModel *model = request->model;
  const EngConfig *config = model ? eng_model_config(model) : NULL;
  if (model) eng_model_retain(model);
  eng_model_release(app->model);
  app->model = model;
  app->fresh = true;
  ren_ui_set_model(app->ui, request->name, config ? config->n_token_types : 0, config && config->bos_token_id >= 0);
  scr_app_keep_model(app);
}

/* A recorded file brings its own text. */
static void take_texts(ScrApp *app, const EngSource *source) {
  const EngInput *input = eng_source_input(source);
  bool pair = input->pair && *input->pair;
  ren_ui_set_model(app->ui, ren_ui_model(app->ui), pair ? 2 : 0, false);
  scr_app_command(app, "text.set", input->text ? input->text : "");
  scr_app_command(app, "pair.set", pair ? input->pair : "");
}

/* What a figure was made of. */
static void take_figure(ScrApp *app, const RenFigure *figure, const EngModel *model) {
  ren_ui_set_bos(app->ui, figure->bos);
  scr_app_command(app, "text.set", figure->text);
  scr_app_command(app, "pair.set", figure->pair ? figure->pair : "");
  ren_ui_remember(app->ui, figure->text, figure->pair);
  if (model) ren_ui_begin_edits(app->ui, figure->edits, figure->n_edits, eng_model_config(model), NULL);
  scr_app_take_comparison(app, &figure->comparison);
}

static void show(ScrTask *task, EngSource *source) {
  ScrApp *app = task->app;
  adopt(app, task->request);
  if (task->after.figure) take_figure(app, task->after.figure, task->request->model);
  if (task->after.replay) scr_app_start_over(app, task->after.replay);
  ren_ui_set_error(app->ui, NULL, NULL);
  ren_ui_set_source(app->ui, source);
  task->shown = true;
  scr_app_restore_selection(app);
}

static void say_progress(ScrApp *app, const ScrRequest *request) {
  char text[128];
  EngRun *run = atomic_load(&request->run);
  int done = run ? eng_run_layers_done(run) : 0, n = run ? eng_model_config(eng_run_model(run))->n_layers : 0;
  if (run)
    snprintf(text, sizeof text, "layer %d of %d", done < n ? done + 1 : n, n);
  else
    snprintf(text, sizeof text, "%s %.100s", request->name ? "opening" : "reading",
             request->name ? request->name : "the text");
  ren_ui_set_progress(app->ui, text, run ? (float)done / (float)n : -1);
}

/* A run of which a layer is done is shown before the rest is; but where only edits differ the whole picture as it
 * was says more than half of the next one. */
void scr_app_show_progress(ScrApp *app) {
  scr_app_show_second(app);
  ScrTask *task = app->latest;
  if (task) say_progress(app, task->request);
  bool again = task && task->request->base;
  EngRun *run = task && !task->shown && !again ? atomic_load(&task->request->run) : NULL;
  if (!run || eng_run_layers_done(run) == 0) return;
  EngSource *source = eng_source_from_run(run, NULL);
  if (source) show(task, source);
  eng_source_release(source);
}

/* A picture of another model's attention is shown, but not without a word. */
static void restore_figure(ScrApp *app, const RenFigure *figure, EngSource *source) {
  EngError err = {0};
  if (!ren_figure_apply(figure, app->ui, &err)) {
    choose_head(app, source);
    scr_app_fail(app, &err);
  } else if (!ren_figure_check(figure, source, &err)) {
    scr_app_fail(app, &err);
  }
}

static void finish(ScrTask *task) {
  ScrApp *app = task->app;
  ScrRequest *request = task->request;
  bool unused = false;
  if (!request->source) {
    show(task, NULL);
  } else {
    if (!task->shown) show(task, request->source);
    if (!request->model) take_texts(app, request->source);
    unused = !request->model && request->text_given && strcmp(request->text, ren_ui_text(app->ui)) != 0;
    if (task->after.figure)
      restore_figure(app, task->after.figure, request->source);
    else if (app->fresh)
      choose_head(app, request->source);
    app->fresh = false;
  }
  scr_app_read(app);
  if (task->after.replay) app->replay = task->after.replay;
  task->after.replay = NULL;
  scr_app_save(app);
  scr_app_compare(app);
  scr_app_show_status(app, unused ? "a recorded run has its own text" : NULL);
}

/* A single text that is too long can be cut to what the model reads. */
static void offer_part(ScrApp *app, const EngError *err) {
  char sentence[128];
  RenUi *ui = app->ui;
  if (!app->model || ren_ui_pair(ui)) return;
  size_t n = scr_shorten_count(app->model, ren_ui_text(ui), ren_ui_bos(ui));
  int limit = eng_model_config(app->model)->n_ctx;
  if (n <= (size_t)limit) return;
  snprintf(sentence, sizeof sentence, "%zu tokens; this model reads %d", n, limit);
  ren_ui_set_error(ui, sentence, err->message);
  ren_ui_set_limit(ui, limit);
}

/* What was stopped says how far it came: what it leaves behind is no whole picture. */
static void tell_stopped(const ScrTask *task) {
  char note[96] = "stopped";
  if (task->request->base) strcpy(note, "stopped: the last change of the edits does not show; ctrl+enter runs it");
  const EngRun *run = task->shown ? atomic_load(&task->request->run) : NULL;
  int n = run ? eng_model_config(eng_run_model(run))->n_layers : 0, done = run ? eng_run_layers_done(run) : 0;
  if (run) snprintf(note, sizeof note, "stopped after %d of %d layers", done, n);
  scr_app_show_status(task->app, run && done == n ? NULL : note);
}

/* A model that was opened stays, so that a better text can be tried; not one of which the opening was cancelled,
 * nor that of a figure, whose text is not there to be bettered. */
static void give_up(ScrTask *task, const EngError *err) {
  ScrApp *app = task->app;
  bool figure = task->after.figure && ren_ui_source(app->ui);
  bool opened = task->request->opened && !figure && (err || atomic_load(&task->request->run));
  if (opened && !task->shown) adopt(app, task->request);
  scr_app_read(app);
  if (err && scr_app_fall_back(app, task->request, err)) return;
  ren_ui_set_unopened(app->ui, !app->model && !ren_ui_source(app->ui));
  if (err) {
    scr_app_fail(app, err);
    offer_part(app, err);
  } else {
    tell_stopped(task);
  }
}

/* On the worker. A figure's model is compared by its hash, which takes as long as reading the file. */
static bool work(void *context, const EngCancel *cancel, EngError *err) {
  ScrTask *task = context;
  bool ok = scr_request_work(task->request, cancel, err);
  if (!ok || !task->after.figure || !task->request->source) return ok;
  return eng_source_hash_until(task->request->source, cancel) || eng_error_set(err, NULL, NULL, "cancelled");
}

static void drop(ScrAfter *after) {
  ren_figure_free(after->figure);
  scr_replay_free(after->replay);
}

static void done(void *context, bool ok, bool cancelled, const EngError *err) {
  ScrTask *task = context;
  ScrApp *app = task->app;
  if (app->latest == task) {
    app->latest = NULL;
    ren_ui_set_busy(app->ui, false);
    if (ok && !cancelled)
      finish(task);
    else
      give_up(task, cancelled ? NULL : err);
  }
  scr_request_free(task->request);
  drop(&task->after);
  free(task);
}

void scr_app_submit(ScrApp *app, ScrRequest *request, ScrAfter after) {
  ScrTask *task = calloc(1, sizeof *task);
  if (!task) {
    scr_request_free(request);
    drop(&after);
    ren_ui_set_error(app->ui, "expected memory for a run, found none", NULL);
    return;
  }
  *task = (ScrTask){.app = app, .request = request, .after = after};
  app->latest = task;
  app->n_tasks++;
  ren_ui_set_busy(app->ui, true);
  eng_job_submit(app->job, (EngTask){.work = work, .done = done, .context = task});
}
