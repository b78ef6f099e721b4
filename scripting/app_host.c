/* What the ui asks of its host. Every text is a task for the worker; a newer one replaces it. */
#include "scripting/app_impl.h"
#include "scripting/classes.h"
#include "scripting/open.h"
#include "scripting/scan_place.h"
#include "scripting/shorten.h"

#include "engine/path.h"
#include "render/command.h"
#include "render/paths.h"

#include <stdlib.h>
#include <string.h>

/* Edits are of the open model. */
static bool take_edits(ScrRequest *request, const RenEditList *list, EngError *err) {
  char text[ENG_EDIT_TEXT];
  for (int i = 0; !request->name && i < list->n; i++) {
    if (list->at[i].off) continue;
    eng_edit_print(&list->at[i].edit, text, sizeof text);
    if (!scr_request_edit(request, text, false, err)) return false;
  }
  return true;
}

/* What is shown is much of what comes, where only edits differ. */
static void take_base(ScrRequest *request, const ScrApp *app) {
  int n = 0;
  const EngSource *source = ren_ui_source(app->ui);
  EngRun *run = source && !request->name ? eng_source_run(source) : NULL;
  if (!run || !eng_run_finished(run)) return;
  const EngInput *input = eng_run_input(run, 0);
  if (!eng_input_says(input, request->text, request->pair) || input->bos != request->bos) return;
  eng_run_edits(run, &n);
  if (n > 0 || request->n_edits > 0) request->base = eng_run_retain(run);
}

void scr_app_request(ScrApp *app, const char *name, const char *pair, bool pair_if_taken) {
  EngError err = {0};
  ScrRequest *made =
      scr_request_new(app->home, name, app->model, ren_ui_text(app->ui), pair, ren_ui_bos(app->ui), &err);
  if (!made || !take_edits(made, ren_ui_edits(app->ui), &err)) {
    scr_request_free(made);
    scr_app_fail(app, &err);
    return;
  }
  take_base(made, app);
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
    scr_app_request(app, opening, ren_ui_pair(app->ui), opening != NULL);
    return;
  }
  EngError err = {0};
  eng_error_set(&err, *ren_ui_model(app->ui) ? ren_ui_model(app->ui) : NULL, NULL,
                "expected a model to run the text, found %s; choose a model",
                ren_ui_source(app->ui) ? "a recorded run" : "none");
  scr_app_fail(app, &err);
}

static bool take_texts(ScrRequest *request, const RenFigure *figure, EngError *err) {
  for (int i = 0; i < figure->n_edits; i++)
    if (!scr_request_edit(request, figure->edits[i].text, figure->edits[i].off, err)) return false;
  return true;
}

void scr_app_show_figure(ScrApp *app, RenFigure *figure, const char *model) {
  EngError err = {0};
  ScrRequest *made = scr_request_new(app->home, model, app->model, figure->text, figure->pair, figure->bos, &err);
  if (made && take_texts(made, figure, &err)) {
    scr_app_submit(app, made, (ScrAfter){.figure = figure});
    return;
  }
  scr_request_free(made);
  ren_figure_free(figure);
  scr_app_fail(app, &err);
}

RenFigure *scr_app_read_figure(const char *path, EngError *err) {
  return scr_scan_is_place(path) ? scr_scan_place(path, err) : ren_figure_read(path, err);
}

static void open_figure(ScrApp *app, const char *path) {
  EngError err = {0};
  RenFigure *figure = scr_app_read_figure(path, &err);
  if (figure)
    scr_app_show_figure(app, figure, figure->model);
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

/* A file that is no folder, and by its beginning nothing that can be opened. */
static bool is_strange(const char *name, EngError *err) {
  if (!eng_path_is_file(name) || scr_open_is_record_like(name)) return false;
  eng_error_set(err, name, NULL,
                "expected a model's folder, a recorded run, a figure or a session, found another file");
  return true;
}

static void on_open(void *context, const char *name) {
  ScrApp *app = context;
  EngError err = {0};
  forget_notice(app);
  if (!app->quiet) scr_app_stop_replay(app);
  if (ren_paths_is_session(name))
    open_session(app, name);
  else if (scr_scan_is_place(name) || ren_figure_is_file(name))
    open_figure(app, name);
  else if (is_strange(name, &err))
    scr_app_fail(app, &err);
  else
    scr_app_request(app, name, ren_ui_pair(app->ui), true);
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
  if (app->quiet || strcmp(command->name, "session.save") == 0) return;
  scr_journal_add(app->journal, command, args);
  if (app->options.ran) app->options.ran(app->options.context, command, args);
}

static bool on_save_session(void *context, const char *path, EngError *err) {
  return scr_journal_copy(((ScrApp *)context)->journal, path, err);
}

RenHost scr_app_host(ScrApp *app) {
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
                  .new_probe = scr_app_new_probe,
                  .ran = on_ran,
                  .save_session = on_save_session};
  if (app->options.clipboard) host.clipboard = on_clipboard;
  if (app->options.set_clipboard) host.set_clipboard = on_set_clipboard;
  return host;
}
