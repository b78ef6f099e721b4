/* The window's host: it opens models and runs texts on a worker and brings what comes of it to the ui, each
 * layer as it is finished. The same object serves the screen and scripts. One thread calls everything. */
#ifndef SCRIPTING_APP_H
#define SCRIPTING_APP_H

#include "engine/error.h"
#include "render/figure.h"
#include "render/ui.h"

typedef struct ScrApp ScrApp;
struct ScrSession;

extern const char *const scr_app_first_sentence;
extern const char *const scr_app_first_probe;
extern const char *const scr_app_first_model; /* ships, and is opened where none is asked for */

typedef struct ScrAppOptions {
  const char *home;   /* holds fonts/ and models/ */
  const char *model;  /* name, folder or recorded file; NULL: the figure's */
  const char *text;   /* NULL: the first sentence; "": none */
  const char *pair;   /* NULL for none */
  bool pair_if_taken; /* a model without second sentences leaves it out, instead of refusing */
  bool dock;          /* it shows, where the window is wide enough … */
  const char *probe;  /* … with this one active; NULL: none */
  const char *probes; /* folder of the user's probes; NULL: where it usually is */
  bool split;         /* two views, where nothing else was saved */
  float width, height, scale;
  const char *theme;
  const char *figure_path;     /* where the figure was read; NULL for none */
  RenFigure *figure;           /* to restore: its texts and its view; taken, also on failure; NULL for none */
  void (*wake)(void *context); /* from the worker: scr_app_poll has something to do; may be NULL */
  void *context;               /* of all callbacks; the others may be NULL too */
  char *(*clipboard)(void *context);
  void (*set_clipboard)(void *context, const char *text);
  void (*ran)(void *context, const struct RenCommandInfo *command, const struct RenArg *args);
  void (*pump)(void *context, float seconds); /* events, for at most so long, where a script cannot be left */
  void (*settled)(void *context);             /* what was begun is done, and commands that follow count on it */
  struct ScrSession *session; /* saved state, taken also on failure; NULL: none is read or written */
} ScrAppOptions;

/* Reads a figure into the options: what is in it, and a window of its size, scale and theme. */
bool scr_app_open_figure(ScrAppOptions *options, const char *path, EngError *err);

/* Starts opening the model at once. NULL and an error when the window cannot be made. */
ScrApp *scr_app_new(const ScrAppOptions *options, EngError *err);
void scr_app_free(ScrApp *app); /* cancels what runs */

RenUi *scr_app_ui(ScrApp *app);

/* Takes what the worker has finished; true while anything is pending. */
bool scr_app_poll(ScrApp *app);
/* Looks whether files that are shown, such as probes, were saved anew; how long it should wait until then, in
 * seconds, negative: for ever. */
void scr_app_watch(ScrApp *app);
float scr_app_watches(const ScrApp *app);
/* A script could go on at once: scr_app_poll is not to be waited with. */
bool scr_app_ready(const ScrApp *app);
/* Until nothing is pending, be it a script. */
void scr_app_wait(ScrApp *app);
/* How much was begun so far that takes its time: a model to open, a text or a script to run, attention to merge. */
int scr_app_tasks(const ScrApp *app);
/* Somebody asked to quit. */
bool scr_app_quits(const ScrApp *app);

#endif
