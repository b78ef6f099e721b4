/* An app from its first text or figure to its end, and what of it takes its time: each has a job, and a poll that
 * brings to the ui what is finished. */
#include "scripting/app_impl.h"
#include "scripting/fonts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const scr_app_first_model = "novella";
const char *const scr_app_first_probe = "previous";
const char *const scr_app_first_sentence = "The doctor asked the nurse a question. She";

static bool make_ui(ScrApp *app, const ScrAppOptions *options, EngError *err) {
  char fonts[4096];
  snprintf(fonts, sizeof fonts, "%s/fonts", options->home);
  char *more_fonts = scr_fonts_folders();
  RenUiOptions ui = {.fonts = fonts,
                     .more_fonts = more_fonts,
                     .width = options->width,
                     .height = options->height,
                     .scale = options->scale,
                     .theme = options->theme,
                     .chrome = true,
                     .dock = options->dock,
                     .host = scr_app_host(app)};
  app->ui = ren_ui_new(&ui, err);
  free(more_fonts);
  return app->ui != NULL;
}

static void start_figure(ScrApp *app, RenFigure *figure, const char *model) {
  ren_ui_set_model(app->ui, model, figure->pair ? 2 : 0, figure->bos);
  ren_ui_set_bos(app->ui, figure->bos);
  scr_app_command(app, "text.set", figure->text);
  if (figure->pair) scr_app_command(app, "pair.set", figure->pair);
  scr_app_list_models(app);
  scr_app_show_figure(app, figure, model);
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
  scr_app_request(app, options->model, pair, options->pair_if_taken);
  if (app->latest) app->latest->request->text_given = scr_app_asks_text(app);
}

bool scr_app_open_figure(ScrAppOptions *options, const char *path, EngError *err) {
  RenFigure *figure = scr_app_read_figure(path, err);
  options->figure = figure;
  options->figure_path = path;
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
  app->journal = scr_journal_open(NULL, options, err);
  app->job = app->journal && make_ui(app, options, err) ? eng_job_new(options->wake, options->context, err) : NULL;
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
  scr_journal_close(app->journal, NULL);
  free(app->probes_folder);
  free(app->home);
  free(app);
}

bool scr_app_ready(const ScrApp *app) {
  return (app->console && scr_console_ready(app->console)) || (app->probes && scr_probes_ready(app->probes));
}

bool scr_app_poll(ScrApp *app) {
  scr_app_show_progress(app);
  bool copying = scr_app_poll_picture(app), works = scr_app_advance(app);
  bool runs = app->console && scr_console_poll(app->console);
  ren_ui_advance(app->ui);
  bool merges = eng_job_poll(app->merger), writes = scr_app_poll_figures(app), asks = scr_app_probe(app);
  bool pending = works || copying || runs || merges || writes || asks;
  if (!pending) scr_app_settle(app);
  return pending;
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
