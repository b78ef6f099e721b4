/* Every text is a task for the worker; a newer one replaces it. The ui asks for them through its host, which is
 * this object. */
#include "scripting/app_impl.h"
#include "scripting/classes.h"
#include "scripting/fonts.h"
#include "scripting/models.h"
#include "scripting/scan_place.h"
#include "scripting/shorten.h"

#include "render/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const scr_app_first_model = "novella";
const char *const scr_app_first_probe = "previous";
const char *const scr_app_first_sentence = "The doctor asked the nurse a question. She";

static void request(ScrApp *app, const char *name, const char *pair, bool pair_if_taken) {
  EngError err = {0};
  ScrRequest *made =
      scr_request_new(app->home, name, app->model, ren_ui_text(app->ui), pair, ren_ui_bos(app->ui), &err);
  if (!made) {
    scr_app_fail(app, &err);
    return;
  }
  made->pair_if_taken = pair_if_taken;
  scr_app_submit(app, made, (ScrAfter){0});
}

/* It was there to be read until now. */
static void forget_notice(ScrApp *app) {
  if (app->session && !app->restores) app->session->notice[0] = '\0';
}

static void on_run(void *context) {
  ScrApp *app = context;
  forget_notice(app);
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
  scr_app_fail(app, &err);
}

/* What a figure was made of: its view follows when the run is there. Takes the figure. */
static void show_figure(ScrApp *app, RenFigure *figure, const char *model) {
  EngError err = {0};
  ScrRequest *made = scr_request_new(app->home, model, app->model, figure->text, figure->pair, figure->bos, &err);
  if (made) {
    scr_app_submit(app, made, (ScrAfter){.figure = figure});
    return;
  }
  ren_figure_free(figure);
  scr_app_fail(app, &err);
}

static void open_figure(ScrApp *app, const char *path) {
  EngError err = {0};
  RenFigure *figure = scr_scan_is_place(path) ? scr_scan_place(path, &err) : ren_figure_read(path, &err);
  if (figure)
    show_figure(app, figure, figure->model);
  else
    scr_app_fail(app, &err);
}

/* A session cannot open another: it might be itself. */
static void open_session(ScrApp *app, const char *path) {
  EngError err = {0};
  bool first = !app->replay || eng_error_set(&err, path, NULL, "expected no session inside another, found one");
  if (first)
    scr_app_replay(app, path);
  else
    scr_app_fail(app, &err);
}

static void on_open(void *context, const char *name) {
  ScrApp *app = context;
  forget_notice(app);
  if (!app->quiet) scr_app_stop_replay(app);
  if (scr_replay_is_session(name))
    open_session(app, name);
  else if (scr_scan_is_place(name) || ren_figure_is_file(name))
    open_figure(app, name);
  else
    request(app, name, ren_ui_pair(app->ui), true);
}

static void on_cancel(void *context) { eng_job_cancel(((ScrApp *)context)->job); }
static void on_shorten(void *context, bool last) {
  ScrApp *app = context;
  char *shorter = app->model ? scr_shorten(app->model, ren_ui_text(app->ui), ren_ui_bos(app->ui), last) : NULL;
  if (!shorter) return;
  scr_app_command(app, "text.set", shorter);
  free(shorter);
  on_run(app);
}

/* The console is made when it is first used. */
static ScrConsole *console_of(ScrApp *app) {
  EngError err = {0};
  if (!app->console) app->console = scr_console_new(app, &err);
  if (!app->console) ren_ui_print(app->ui, REN_LOG_ERROR, err.message, strlen(err.message));
  return app->console;
}

static void on_console(void *context, const char *code) {
  ScrApp *app = context;
  if (!console_of(app)) return;
  app->n_scripts++;
  scr_console_start(app->console, code);
}

static void on_stop(void *context) {
  ScrApp *app = context;
  if (app->console) scr_console_stop(app->console);
}

static bool on_unfinished(void *context, const char *code) {
  ScrApp *app = context;
  return console_of(app) && scr_console_unfinished(app->console, code);
}

static char *on_names(void *context, const char *code) {
  ScrApp *app = context;
  return console_of(app) ? scr_console_names(app->console, code) : NULL;
}

EngRun *scr_app_finished_run(const ScrApp *app) {
  const EngSource *source = ren_ui_source(app->ui);
  EngRun *run = source && !ren_ui_busy(app->ui) ? eng_source_run((EngSource *)(uintptr_t)source) : NULL;
  return run && eng_run_layers_done(run) == eng_model_config(eng_run_model(run))->n_layers ? run : NULL;
}

void scr_app_scripted(ScrApp *app) { scr_app_save(app); }

static size_t on_lua_bytes(void *context) { return scr_console_bytes(((ScrApp *)context)->console); }

static void on_quit(void *context) { ((ScrApp *)context)->quits = true; }

static char *on_clipboard(void *context) {
  ScrApp *app = context;
  return app->options.clipboard(app->options.context);
}

static void on_set_clipboard(void *context, const char *text) {
  ScrApp *app = context;
  app->options.set_clipboard(app->options.context, text);
}

static RenClasses *on_classify(void *context, const char *file, EngSource *source, EngError *err) {
  return scr_classes_mark(((ScrApp *)context)->home, file, source, err);
}

static void on_ran(void *context, const RenCommandInfo *command, const RenArg *args) {
  ScrApp *app = context;
  if (!app->quiet) app->options.ran(app->options.context, command, args);
}

/* --- the app --- */

static bool make_ui(ScrApp *app, const ScrAppOptions *options, EngError *err) {
  char fonts[4096];
  snprintf(fonts, sizeof fonts, "%s/fonts", options->home);
  RenHost host = {.context = app,
                  .run = on_run,
                  .open = on_open,
                  .cancel = on_cancel,
                  .shorten = on_shorten,
                  .quit = on_quit,
                  .copy_picture = scr_app_on_copy_picture,
                  .write = scr_app_on_write,
                  .stop_writing = scr_app_on_stop_writing,
                  .console = on_console,
                  .stop = on_stop,
                  .unfinished = on_unfinished,
                  .names = on_names,
                  .lua_bytes = on_lua_bytes,
                  .read = scr_app_on_read,
                  .merge = scr_app_merge,
                  .classify = on_classify,
                  .compare = scr_app_on_compare,
                  .stop_probe = scr_app_stop_probe,
                  .new_probe = scr_app_new_probe};
  if (options->clipboard) host.clipboard = on_clipboard;
  if (options->set_clipboard) host.set_clipboard = on_set_clipboard;
  if (options->ran) host.ran = on_ran;
  char *more_fonts = scr_fonts_folders();
  RenUiOptions ui = {.fonts = fonts,
                     .more_fonts = more_fonts,
                     .width = options->width,
                     .height = options->height,
                     .scale = options->scale,
                     .theme = options->theme,
                     .chrome = true,
                     .dock = options->dock,
                     .host = host};
  app->ui = ren_ui_new(&ui, err);
  free(more_fonts);
  return app->ui != NULL;
}

void scr_app_list_models(ScrApp *app) {
  ScrModels models = scr_models_list(app->home);
  for (int i = 0; app->session && i < app->session->saved.n_recent; i++)
    scr_models_add(&models, app->session->saved.recent[i]);
  ren_ui_set_models(app->ui, (const char *const *)models.names, (int)models.n_names);
  scr_models_free(&models);
}

static void start_figure(ScrApp *app, RenFigure *figure, const char *model) {
  ren_ui_set_model(app->ui, model, figure->pair ? 2 : 0, figure->bos);
  ren_ui_set_bos(app->ui, figure->bos);
  scr_app_command(app, "text.set", figure->text);
  if (figure->pair) scr_app_command(app, "pair.set", figure->pair);
  scr_app_list_models(app);
  show_figure(app, figure, model);
}

/* A pair that was asked for is refused by a model without second sentences; other ones are just left out. */
static void start(ScrApp *app, const ScrAppOptions *options) {
  const char *pair = options->pair && *options->pair ? options->pair : NULL;
  ren_ui_set_model(app->ui, options->model, pair ? 2 : 0, false);
  scr_app_command(app, "text.set", options->text ? options->text : scr_app_first_sentence);
  if (pair) scr_app_command(app, "pair.set", pair);
  scr_app_list_models(app);
  if (options->split) scr_app_command(app, "view.split", NULL);
  if (options->probe) scr_app_command(app, "probe.set", options->probe);
  scr_app_restore_view(app);
  ren_ui_remember(app->ui, ren_ui_text(app->ui), pair);
  request(app, options->model, pair, options->pair_if_taken);
  if (app->latest) app->latest->request->text_given = scr_app_asks_text(app);
}

bool scr_app_open_figure(ScrAppOptions *options, const char *path, EngError *err) {
  RenFigure *figure = scr_scan_is_place(path) ? scr_scan_place(path, err) : ren_figure_read(path, err);
  options->figure = figure;
  if (!figure) return false;
  ren_figure_window(figure, &options->width, &options->height);
  options->scale = figure->state.scale;
  options->theme = figure->state.theme->name;
  return true;
}

static void begin(ScrApp *app, const ScrAppOptions *options) {
  if (options->figure)
    start_figure(app, options->figure, options->model ? options->model : options->figure->model);
  else
    start(app, options);
}

ScrApp *scr_app_new(const ScrAppOptions *options, EngError *err) {
  ScrApp *app = calloc(1, sizeof *app);
  char *home = app ? strdup(options->home) : NULL;
  if (!home) {
    free(app);
    scr_session_free(options->session);
    ren_figure_free(options->figure);
    eng_error_memory(err, NULL, "a window");
    return NULL;
  }
  app->home = home;
  app->options = *options;
  app->session = options->session;
  app->probes_folder = options->probes ? strdup(options->probes) : NULL;
  app->job = make_ui(app, options, err) ? eng_job_new(options->wake, options->context, err) : NULL;
  app->merger = app->job ? eng_job_new(options->wake, options->context, err) : NULL;
  if (!app->merger) {
    ren_figure_free(options->figure);
    scr_app_free(app);
    return NULL;
  }
  begin(app, options);
  return app;
}

void scr_app_free(ScrApp *app) {
  if (!app) return;
  if (app->ui) scr_app_save(app);
  scr_console_free(app->console);
  scr_probes_free(app->probes);
  if (app->job) eng_job_free(app->job);
  if (app->merger) eng_job_free(app->merger);
  scr_app_wait_figures(app); /* what was asked for is written, whole */
  if (app->writer) eng_job_free(app->writer);
  ren_ui_free(app->ui);
  scr_app_stop_replay(app);
  scr_clipper_end(&app->clipper);
  eng_model_release(app->model);
  scr_compare_free(&app->compare);
  scr_session_free(app->session);
  free(app->probes_folder);
  free(app->home);
  free(app);
}

RenUi *scr_app_ui(ScrApp *app) { return app->ui; }
int scr_app_tasks(const ScrApp *app) { return app->n_tasks + app->n_merged + app->n_scripts; }
bool scr_app_ready(const ScrApp *app) {
  return (app->console && scr_console_ready(app->console)) || (app->probes && scr_probes_ready(app->probes));
}
bool scr_app_quits(const ScrApp *app) { return app->quits; }

bool scr_app_poll(ScrApp *app) {
  scr_app_show_progress(app);
  bool copying = scr_app_poll_picture(app), works = scr_app_advance(app);
  bool runs = app->console && scr_console_poll(app->console);
  ren_ui_advance(app->ui);
  bool merges = eng_job_poll(app->merger), writes = scr_app_poll_figures(app), asks = scr_app_probe(app);
  return works || copying || runs || merges || writes || asks;
}

void scr_app_wait(ScrApp *app) {
  scr_app_watch(app);
  do {
    eng_job_wait(app->job);
    scr_app_wait_figures(app);
    scr_app_wait_picture(app);
    if (app->console) scr_console_wait(app->console);
    if (app->probes) scr_probes_wait(app->probes);
    eng_job_wait(app->merger);
  } while (scr_app_poll(app));
}
