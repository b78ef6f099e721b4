/* Every text is a task for the worker; a newer one replaces it. While a task runs, its run is already
 * public: as soon as a layer is done the ui gets it as its source, and from then on looks at how far it is.
 * The old picture stays until then, and stays altogether when the task fails. */
#include "scripting/app.h"

#include "scripting/models.h"
#include "scripting/request.h"
#include "scripting/shorten.h"
#include "scripting/status.h"

#include "engine/job.h"
#include "render/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char first_sentence[] = "The doctor asked the nurse a question. She";

typedef struct Task {
  ScrApp *app;
  ScrRequest *request;
  bool shown; /* its run is the ui's source */
} Task;

struct ScrApp {
  RenUi *ui;
  EngJob *job;
  char *home;
  EngModel *model; /* NULL while none is open, or a file is */
  Task *latest;    /* the task that was submitted last, until it is done */
  ScrAppOptions options;
  int n_tasks;
  bool fresh;        /* nothing of the model or file that is open has been shown: its first run chooses a head */
  bool quits, quiet; /* quiet: commands that are the app's own */
};

/* --- what a task brings --- */

static void command_string(ScrApp *app, const char *name, const char *string) {
  RenArg arg = {.kind = REN_ARG_STRING, .string = string};
  app->quiet = true;
  ren_command_run(app->ui, name, &arg, 1, NULL);
  app->quiet = false;
}

static void choose_head(ScrApp *app, const EngSource *source) {
  int layer, head;
  scr_status_best_head(source, &layer, &head);
  RenArg args[] = {{.kind = REN_ARG_NUMBER, .number = head}, {.kind = REN_ARG_NUMBER, .number = layer}};
  app->quiet = true;
  ren_command_run(app->ui, "head.select", args, 2, NULL);
  app->quiet = false;
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
}

/* A recorded file brings its own text. */
static void take_texts(ScrApp *app, const EngSource *source) {
  const EngInput *input = eng_source_input(source);
  bool pair = input->pair && *input->pair;
  ren_ui_set_model(app->ui, ren_ui_model(app->ui), pair ? 2 : 0, false);
  command_string(app, "text.set", input->text ? input->text : "");
  command_string(app, "pair.set", pair ? input->pair : "");
}

static void show(Task *task, EngSource *source) {
  ScrApp *app = task->app;
  adopt(app, task->request);
  ren_ui_set_error(app->ui, NULL, NULL);
  ren_ui_set_source(app->ui, source);
  task->shown = true;
}

/* A run of which a layer is done is shown before the rest is. */
static void show_progress(ScrApp *app) {
  Task *task = app->latest;
  EngRun *run = task && !task->shown ? atomic_load(&task->request->run) : NULL;
  if (!run || eng_run_layers_done(run) == 0) return;
  EngSource *source = eng_source_from_run(run, NULL);
  if (source) show(task, source);
  eng_source_release(source);
}

static void finish(Task *task) {
  ScrApp *app = task->app;
  ScrRequest *request = task->request;
  if (!request->source) {
    show(task, NULL);
  } else {
    if (!task->shown) show(task, request->source);
    if (!request->model) take_texts(app, request->source);
    if (app->fresh) choose_head(app, request->source);
    app->fresh = false;
  }
  scr_status_show(app->ui, ren_ui_source(app->ui));
}

/* The sentence of an error, and where it came from. */
static void fail(ScrApp *app, const EngError *err) {
  ren_ui_set_error(app->ui, err->message, NULL);
  scr_status_show(app->ui, ren_ui_source(app->ui));
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

/* A model that was opened stays, so that a better text can be tried. */
static void give_up(Task *task, const EngError *err) {
  ScrApp *app = task->app;
  if (task->request->opened && !task->shown) adopt(app, task->request);
  if (err) {
    fail(app, err);
    offer_part(app, err);
  } else {
    scr_status_show(app->ui, ren_ui_source(app->ui));
  }
}

/* On the worker. */
static bool work(void *context, const EngCancel *cancel, EngError *err) {
  return scr_request_work(((Task *)context)->request, cancel, err);
}

static void done(void *context, bool ok, bool cancelled, const EngError *err) {
  Task *task = context;
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
  free(task);
}

/* --- what the ui asks for --- */

static void submit(ScrApp *app, ScrRequest *request) {
  Task *task = calloc(1, sizeof *task);
  if (!task) {
    scr_request_free(request);
    ren_ui_set_error(app->ui, "expected memory for a run, found none", NULL);
    return;
  }
  *task = (Task){.app = app, .request = request};
  app->latest = task;
  app->n_tasks++;
  ren_ui_set_busy(app->ui, true);
  eng_job_submit(app->job, (EngTask){.work = work, .done = done, .context = task});
}

static void request(ScrApp *app, const char *name, const char *pair, bool pair_if_taken) {
  EngError err = {0};
  ScrRequest *made =
      scr_request_new(app->home, name, app->model, ren_ui_text(app->ui), pair, ren_ui_bos(app->ui), &err);
  if (!made) {
    fail(app, &err);
    return;
  }
  made->pair_if_taken = pair_if_taken;
  submit(app, made);
}

static void on_run(void *context) {
  ScrApp *app = context;
  /* A model that is still being opened: this text takes its place in the same opening. */
  const char *opening =
      app->latest && app->latest->request->name && !app->latest->shown ? app->latest->request->name : NULL;
  if (app->model || opening) {
    request(app, opening, ren_ui_pair(app->ui), opening != NULL);
    return;
  }
  EngError err = {0};
  eng_error_set(&err, *ren_ui_model(app->ui) ? ren_ui_model(app->ui) : NULL, NULL,
                "expected a model to run the text, found %s; choose a model",
                ren_ui_source(app->ui) ? "a recorded run" : "none");
  fail(app, &err);
}

static void on_open(void *context, const char *model) {
  ScrApp *app = context;
  request(app, model, ren_ui_pair(app->ui), true);
}

static void on_cancel(void *context) { eng_job_cancel(((ScrApp *)context)->job); }
static void on_shorten(void *context, bool last) {
  ScrApp *app = context;
  char *shorter = app->model ? scr_shorten(app->model, ren_ui_text(app->ui), ren_ui_bos(app->ui), last) : NULL;
  if (!shorter) return;
  command_string(app, "text.set", shorter);
  free(shorter);
  on_run(app);
}

static void on_quit(void *context) { ((ScrApp *)context)->quits = true; }

static char *on_clipboard(void *context) {
  ScrApp *app = context;
  return app->options.clipboard(app->options.context);
}

static void on_set_clipboard(void *context, const char *text) {
  ScrApp *app = context;
  app->options.set_clipboard(app->options.context, text);
}

static void on_ran(void *context, const RenCommandInfo *command, const RenArg *args) {
  ScrApp *app = context;
  if (!app->quiet) app->options.ran(app->options.context, command, args);
}

/* --- the app --- */

static bool make_ui(ScrApp *app, const ScrAppOptions *options, EngError *err) {
  char fonts[4096];
  snprintf(fonts, sizeof fonts, "%s/fonts", options->home);
  RenHost host = {
      .context = app, .run = on_run, .open = on_open, .cancel = on_cancel, .shorten = on_shorten, .quit = on_quit};
  if (options->clipboard) host.clipboard = on_clipboard;
  if (options->set_clipboard) host.set_clipboard = on_set_clipboard;
  if (options->ran) host.ran = on_ran;
  RenUiOptions ui = {.fonts = fonts,
                     .width = options->width,
                     .height = options->height,
                     .scale = options->scale,
                     .theme = options->theme,
                     .chrome = true,
                     .host = host};
  app->ui = ren_ui_new(&ui, err);
  return app->ui != NULL;
}

static void list_models(ScrApp *app) {
  ScrModels models = scr_models_list(app->home);
  ren_ui_set_models(app->ui, (const char *const *)models.names, (int)models.n_names);
  scr_models_free(&models);
}

/* A pair that was asked for is refused by a model without second sentences; later ones are just left out. */
static void start(ScrApp *app, const ScrAppOptions *options) {
  const char *pair = options->pair && *options->pair ? options->pair : NULL;
  ren_ui_set_model(app->ui, options->model, pair ? 2 : 0, false);
  command_string(app, "text.set", options->text ? options->text : first_sentence);
  if (pair) command_string(app, "pair.set", pair);
  list_models(app);
  request(app, options->model, pair, false);
}

ScrApp *scr_app_new(const ScrAppOptions *options, EngError *err) {
  ScrApp *app = calloc(1, sizeof *app);
  char *home = app ? strdup(options->home) : NULL;
  if (!home) {
    free(app);
    eng_error_set(err, NULL, NULL, "expected memory for a window, found none");
    return NULL;
  }
  app->home = home;
  app->options = *options;
  app->job = make_ui(app, options, err) ? eng_job_new(options->wake, options->context, err) : NULL;
  if (!app->job) {
    scr_app_free(app);
    return NULL;
  }
  start(app, options);
  return app;
}

void scr_app_free(ScrApp *app) {
  if (!app) return;
  if (app->job) eng_job_free(app->job);
  ren_ui_free(app->ui);
  eng_model_release(app->model);
  free(app->home);
  free(app);
}

RenUi *scr_app_ui(ScrApp *app) { return app->ui; }
int scr_app_tasks(const ScrApp *app) { return app->n_tasks; }
bool scr_app_quits(const ScrApp *app) { return app->quits; }

bool scr_app_poll(ScrApp *app) {
  show_progress(app);
  return eng_job_poll(app->job);
}

void scr_app_wait(ScrApp *app) {
  eng_job_wait(app->job);
  scr_app_poll(app);
}
