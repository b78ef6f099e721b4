/* headscope [MODEL] [TEXT], headscope open FIGURE: the window. The loop waits for an event, for the worker, or for
 * the moment at which time alone changes the picture; it draws when something changed, and never otherwise. */
#include "scripting/app.h"
#include "scripting/cli.h"
#include "scripting/cli_look.h"
#include "scripting/home.h"
#include "scripting/journal.h"
#include "scripting/session.h"

#include "engine/clock.h"
#include "render/theme.h"
#include "render/window.h"

#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct Session {
  RenWindow *window;
  ScrApp *app;
  ScrJournal *journal; /* NULL: no file was asked for */
  float scale;         /* of the window on the screen */
  double time;         /* of the last turn */
  double watched;      /* files were looked at last */
  uint64_t given_back; /* the source that was there when memory was */
  char title[256];
} Session;

static void on_wake(void *context) { ren_window_wake(((Session *)context)->window); }
static char *on_clipboard(void *context) { return ren_window_clipboard(((Session *)context)->window); }

static void on_set_clipboard(void *context, const char *text) {
  ren_window_set_clipboard(((Session *)context)->window, text);
}

static void on_settled(void *context) {
  Session *session = context;
  if (session->journal) scr_journal_settle(session->journal);
}

static void on_ran(void *context, const RenCommandInfo *command, const RenArg *args) {
  Session *session = context;
  if (session->journal) scr_journal_add(session->journal, command, args);
}

static double cpu_seconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* A change of scale leaves the window's pixels as they are: the same window holds more or less. */
static void follow_scale(Session *session) {
  RenUi *ui = scr_app_ui(session->app);
  float wanted = ren_ui_state(ui)->scale;
  if (!(wanted < session->scale || wanted > session->scale)) return;
  RenEvent resize = {.kind = REN_EVENT_RESIZE};
  session->scale = wanted;
  ren_window_set_scale(session->window, wanted);
  ren_window_size(session->window, &resize.at.x, &resize.at.y);
  ren_ui_event(ui, &resize);
}

static void show_title(Session *session) {
  char title[sizeof session->title];
  const char *model = ren_ui_model(scr_app_ui(session->app)), *slash = strrchr(model, '/');
  snprintf(title, sizeof title, "headscope · %s", slash && slash[1] ? slash + 1 : model);
  if (strcmp(title, session->title) == 0) return;
  memcpy(session->title, title, sizeof title);
  ren_window_set_title(session->window, title);
}

static bool present(Session *session, EngError *err) {
  RenRect caret;
  RenUi *ui = scr_app_ui(session->app);
  show_title(session);
  ren_window_set_cursor(session->window, ren_ui_cursor(ui));
  if (!ren_ui_dirty(ui) && !ren_window_broken(session->window)) return true;
  double start = cpu_seconds();
  const RenPixels *pixels = ren_ui_pixels_soon(ui, err);
  if (ren_ui_caret(ui, &caret)) ren_window_set_caret(session->window, caret);
  bool ok = pixels && ren_window_present(session->window, pixels, err);
  ren_ui_timed(ui, (float)(cpu_seconds() - start));
  return ok;
}

/* What opening a model, reading files and the first picture took and is free again goes back to the system, once
 * for each run that is shown. */
static void give_back(Session *session, bool pending) {
  const RenUi *ui = scr_app_ui(session->app);
  const EngSource *source = ren_ui_source(ui);
  uint64_t serial = source ? eng_source_serial(source) : 0;
  if (pending || ren_ui_dirty(ui) || serial == session->given_back) return;
  malloc_trim(0);
  session->given_back = serial;
}

/* How long nothing can happen by itself: while the worker runs, layers may appear at any time, and a picture
 * that was shown before all of it was drawn is drawn on. */
static float wait_for(Session *session, bool pending) {
  static const float frame = 1 / 60.0F;
  if (ren_ui_dirty(scr_app_ui(session->app))) return 0;
  float next = ren_ui_next(scr_app_ui(session->app));
  if (scr_app_ready(session->app)) return 0;
  if (pending) return next >= 0 && next < frame ? next : frame;
  return next;
}

/* Now and then it is looked whether a file changed; that alone draws nothing. */
static float patience(Session *session, bool pending) {
  float wait = wait_for(session, pending), watch = scr_app_watches(session->app);
  return watch >= 0 && (wait < 0 || wait > watch) ? watch : wait;
}

/* Files are looked at no more often than they are waited for. */
static void watch(Session *session, double time) {
  if (time - session->watched < (double)scr_app_watches(session->app)) return;
  session->watched = time;
  scr_app_watch(session->app);
}

/* All events that are there, then one picture. */
static void take_events(Session *session, float wait) {
  RenEvent event;
  RenUi *ui = scr_app_ui(session->app);
  bool got = ren_window_wait(session->window, wait, &event);
  for (int i = 0; got && i < 64 && !scr_app_quits(session->app); i++) {
    ren_ui_event(ui, &event);
    got = ren_window_wait(session->window, 0, &event);
  }
}

/* One round: what the worker and scripts have for the window, a picture, events. It waits at most `most` seconds
 * for them; negative: as long as nothing can happen. */
static bool turn(Session *session, float most, EngError *err) {
  bool pending = scr_app_poll(session->app);
  if (!present(session, err)) return false;
  give_back(session, pending);
  float wait = patience(session, pending);
  take_events(session, most >= 0 && (wait < 0 || wait > most) ? most : wait);
  follow_scale(session);
  double time = eng_clock_seconds();
  ren_ui_step(scr_app_ui(session->app), (float)(time - session->time));
  session->time = time;
  watch(session, time);
  return true;
}

/* A script that cannot be left still lets the window live. */
static void on_pump(void *context, float seconds) {
  EngError ignored;
  turn(context, seconds, &ignored);
}

static bool loop(Session *session, EngError *err) {
  session->time = eng_clock_seconds();
  while (!scr_app_quits(session->app))
    if (!turn(session, -1, err)) return false;
  return true;
}

typedef struct Wanted {
  const char *model, *text, *pair, *size, *scale, *theme, *record; /* NULL: not asked for */
  ScrAppOptions app;
} Wanted;

static bool run_session(Session *session, Wanted *wanted, EngError *err) {
  ScrAppOptions *options = &wanted->app;
  session->window = ren_window_open("headscope", options->width, options->height, options->scale, err);
  if (!session->window) return false;
  ren_window_size(session->window, &options->width, &options->height);
  session->scale = options->scale;
  if (wanted->record) session->journal = scr_journal_open(wanted->record, options, err);
  if (!wanted->record || session->journal) {
    session->app = scr_app_new(options, err);
    options->session = NULL;
    options->figure = NULL;
  }
  bool ok = session->app && loop(session, err);
  scr_app_free(session->app);
  if (!scr_journal_close(session->journal, err)) ok = false;
  ren_window_close(session->window);
  return ok;
}

static int open_window(Wanted *wanted) {
  EngError err = {0};
  char *home = scr_home_find(&err);
  if (!home) {
    scr_session_free(wanted->app.session);
    ren_figure_free(wanted->app.figure);
    return scr_cli_fail(&err);
  }
  Session session = {0};
  wanted->app.home = home;
  wanted->app.wake = on_wake;
  wanted->app.context = &session;
  wanted->app.clipboard = on_clipboard;
  wanted->app.set_clipboard = on_set_clipboard;
  wanted->app.ran = on_ran;
  wanted->app.settled = on_settled;
  wanted->app.pump = on_pump;
  bool ok = run_session(&session, wanted, &err);
  scr_session_free(wanted->app.session);
  ren_figure_free(wanted->app.figure);
  free(home);
  return ok ? SCR_DONE : scr_cli_fail(&err);
}

/* What was asked for, over what is there already. */
static int check(const ScrCommand *command, Wanted *wanted) {
  ScrAppOptions *app = &wanted->app;
  int code = scr_cli_size(command, wanted->size, REN_MIN_WIDTH, REN_MIN_HEIGHT, &app->width, &app->height);
  if (code == SCR_ARGS_OK) code = scr_cli_scale(command, wanted->scale, &app->scale);
  if (code == SCR_ARGS_OK) code = scr_cli_theme(command, wanted->theme);
  if (code != SCR_ARGS_OK) return code;
  if (wanted->theme) app->theme = wanted->theme;
  scr_session_ask(app, wanted->model, wanted->text, wanted->pair);
  return SCR_ARGS_OK;
}

/* A window that cannot keep its state opens all the same. */
static void restore(ScrAppOptions *app) {
  char *folder = scr_session_folder();
  if (folder) app->session = scr_session_open(folder, NULL);
  free(folder);
  scr_session_fill(app->session, app);
  app->width = fmaxf(app->width, REN_MIN_WIDTH);
  app->height = fmaxf(app->height, REN_MIN_HEIGHT);
}

/* Nothing was saved and nothing is asked for: two views, so that the first picture already says something. */
static bool is_first_start(const Wanted *wanted) {
  const ScrSession *session = wanted->app.session;
  bool shipped = !wanted->model || strcmp(wanted->model, scr_app_first_model) == 0;
  return shipped && !wanted->text && !wanted->pair && !(session && session->found);
}

int scr_cli_window(const ScrCommand *command, int argc, char **argv) {
  Wanted wanted = {0};
  const ScrOption options[] = {
      {.name = "--pair", .value = "S", .doc = "a second sentence", .string = &wanted.pair},
      {.name = "--size",
       .value = "WxH",
       .doc = "in logical pixels (default: as it was, 1280x800 at first)",
       .string = &wanted.size},
      {.name = "--scale",
       .value = "N",
       .doc = "device pixels per logical pixel (default: as it was, 1 at first)",
       .string = &wanted.scale},
      {.name = "--theme",
       .value = "dark/light",
       .doc = "(default: as it was, dark at first)",
       .string = &wanted.theme},
      {.name = "--record",
       .value = "F.lua",
       .doc = "write what is done as a script that does it again",
       .string = &wanted.record},
      {.name = NULL},
  };
  const char *operands[SCR_MAX_OPERANDS];
  int code = scr_args_parse(command, options, argc, argv, operands);
  if (code == SCR_ARGS_OK) code = check(command, &wanted); /* before anything is read */
  if (code != SCR_ARGS_OK) return code;
  wanted.model = operands[0];
  wanted.text = operands[1];
  restore(&wanted.app);
  wanted.app.split = is_first_start(&wanted);
  if (wanted.app.split) wanted.app.probe = scr_app_first_probe;
  check(command, &wanted);
  return open_window(&wanted);
}

/* The figure's scale is that of a picture: on the screen one pixel is one, where no other is asked for. */
static int open_figure(const ScrCommand *command, Wanted *wanted, const char *path) {
  EngError err = {0};
  ScrAppOptions *app = &wanted->app;
  if (!scr_app_open_figure(app, path, &err)) return scr_cli_fail(&err);
  app->scale = 1;
  app->width = fmaxf(app->width, REN_MIN_WIDTH);
  app->height = fmaxf(app->height, REN_MIN_HEIGHT);
  check(command, wanted);
  return open_window(wanted);
}

int scr_cli_open(const ScrCommand *command, int argc, char **argv) {
  Wanted wanted = {0};
  const ScrOption options[] = {
      {.name = "--scale",
       .value = "N",
       .doc = "device pixels per logical pixel (default: 1)",
       .string = &wanted.scale},
      {.name = NULL},
  };
  const char *operands[SCR_MAX_OPERANDS];
  int code = scr_args_parse(command, options, argc, argv, operands);
  if (code == SCR_ARGS_OK) code = check(command, &wanted); /* before anything is read */
  if (code != SCR_ARGS_OK) return code;
  wanted.model = operands[1];
  return open_figure(command, &wanted, operands[0]);
}
