/* What an app is made of: shared by app*.c, by what runs scripts in it (runner, console, probes), and by nobody
 * else. */
#ifndef SCRIPTING_APP_IMPL_H
#define SCRIPTING_APP_IMPL_H

#include "scripting/app.h"
#include "scripting/clipper.h"
#include "scripting/console.h"
#include "scripting/journal.h"
#include "scripting/probes.h"
#include "scripting/replay.h"
#include "scripting/request.h"
#include "scripting/session.h"

#include "engine/job.h"

/* What follows when a run is there: a figure to restore, or a session's commands; NULL: nothing. */
typedef struct ScrAfter {
  RenFigure *figure;
  ScrReplay *replay;
} ScrAfter;

/* A request on its way through the worker. */
typedef struct ScrTask {
  ScrApp *app;
  ScrRequest *request;
  ScrAfter after;
  bool shown; /* its run is the ui's source */
} ScrTask;

typedef struct ScrSecond ScrSecond;
typedef struct ScrWriting ScrWriting;

/* What the first run is compared with. */
typedef struct ScrCompare {
  bool on;
  char *name;        /* of a model or file of its own; NULL: the first run's model */
  char *text, *pair; /* NULL: the first one's text, no pair */
  EngModel *model;   /* its own, once it was opened */
  EngSource *source; /* the run, once there was one */
  ScrSecond *task;   /* on its way */
} ScrCompare;

/* Serials of the sources that the merger is at; 0: none; whether their difference is taken. */
typedef struct ScrMerges {
  uint64_t first, second;
  bool differs;
} ScrMerges;

struct ScrApp {
  RenUi *ui;
  EngJob *job;
  EngJob *merger; /* merges attention beside it */
  ScrMerges merges;
  int n_merged;
  EngJob *writer;       /* writes figures; NULL until there is one */
  ScrWriting *writings; /* the one that it is at, and those that follow */
  EngError wrote;       /* what went wrong with the last one; "" for nothing */
  char *home;
  EngModel *model; /* NULL while none is open, or a file is */
  ScrTask *latest; /* the task that was submitted last, until it is done */
  ScrCompare compare;
  ScrAppOptions options;
  ScrClipper clipper;
  ScrReplay *replay;   /* the session that is done over; NULL: none */
  ScrConsole *console; /* NULL until it is used */
  ScrProbes *probes;   /* NULL until the dock shows, or one is asked */
  char *probes_folder; /* of the user's; NULL: where it usually is */
  bool no_probes;      /* they do not open */
  int n_tasks, n_scripts;
  ScrJournal *journal; /* of all that is done in it */
  int n_settled;       /* tasks that it waits for already */
  void *reads;         /* the task that works out readings, while it is pending */
  struct {
    uint64_t serial; /* of the source; 0: nothing was asked for */
    EngReadingsSpec spec;
  } asked[2];          /* of the run that is shown, of the second one */
  bool fresh;          /* nothing of the model or file that is open has been shown: its first run chooses a head */
  ScrSession *session; /* NULL: nothing is saved */
  bool restores;       /* the saved selection waits for a source */
  bool quits, quiet;   /* quiet: commands that are the app's own */
};

/* app_state.c: what was begun is done. */
void scr_app_settle(ScrApp *app);
/* The run that is shown, once all of it is there: a pass that goes on, or that was cancelled, leaves the last one.
 * NULL: none, or not yet. */
EngRun *scr_app_finished_run(const ScrApp *app);
/* What probes are asked about: the run or the recorded file that is shown, all of it, as it was before anything was
 * put together. NULL: none, or not yet. */
EngSource *scr_app_subject(const ScrApp *app);

/* app_host.c: what the ui may ask of the app. */
RenHost scr_app_host(ScrApp *app);
/* Has the text of the ui run, by the open model or by one that is to be opened; NULL: no name, no pair. */
void scr_app_request(ScrApp *app, const char *name, const char *pair, bool pair_if_taken);
/* Of a figure's file, or of a line of a scan; NULL and an error. */
RenFigure *scr_app_read_figure(const char *path, EngError *err);
/* What a figure was made of: its view follows when the run is there. Takes the figure. */
void scr_app_show_figure(ScrApp *app, RenFigure *figure, const char *model);

/* app_task.c: hands a request to the worker; what comes of it goes to the ui. Takes the request, and what
 * follows it. */
void scr_app_submit(ScrApp *app, ScrRequest *request, ScrAfter after);
/* Shows a run of which a layer is done before the rest is. */
void scr_app_show_progress(ScrApp *app);
/* app_merge.c: hands merged sources to their worker. */
void scr_app_merge(void *context, const RenMerging *of);

/* app_say.c: a command that is the app's own: it is not told of. `string` is its argument; NULL: it has none. */
void scr_app_command(ScrApp *app, const char *name, const char *string);
void scr_app_call(ScrApp *app, const char *name, const struct RenArg *args, size_t n_args);
/* Shows the numbers of the source, and a note; NULL: what there is to say of the saved state. */
void scr_app_show_status(ScrApp *app, const char *note);
/* Says an error in the window. */
void scr_app_fail(ScrApp *app, const EngError *err);

/* app_readings.c: has the worker work out what readings the ui wants, once nothing else is pending. */
void scr_app_read(ScrApp *app);
bool scr_app_on_read(void *context, const char *neuron, EngError *err);

/* app_probes.c: lets them go on; true while there is anything to do. */
bool scr_app_probe(ScrApp *app);
void scr_app_stop_probe(void *app);
bool scr_app_new_probe(void *app, const char *name, EngError *err);

/* app_replay.c: does a session over. */
void scr_app_replay(ScrApp *app, const char *path);
/* Its run is there: the view and the texts are what they were when it began. */
void scr_app_start_over(ScrApp *app, const ScrReplay *replay);
/* Takes what the worker has finished and does the next commands; true while anything is pending. */
bool scr_app_advance(ScrApp *app);
void scr_app_stop_replay(ScrApp *app);

/* app_figure.c: has figures written, the view's picture for the clipboard among them, for the ui. */
bool scr_app_on_write(void *app, struct RenDraft *draft, EngError *err);
void scr_app_on_stop_writing(void *app);
bool scr_app_on_copy_picture(void *app, EngError *err);
bool scr_app_poll_figures(ScrApp *app); /* true while one is pending */
void scr_app_wait_figures(ScrApp *app);

/* app_picture.c: true while a program has not yet taken the picture. */
bool scr_app_poll_picture(ScrApp *app);
void scr_app_wait_picture(ScrApp *app);
/* app_compare.c: what the ui asks for; runs what there is to compare with, once the first run is finished; shows
 * what of it is done. */
void scr_app_on_compare(void *app, const char *name, const char *text, const char *pair);
void scr_app_compare(ScrApp *app);
void scr_app_show_second(ScrApp *app);
void scr_compare_free(ScrCompare *compare);
/* What a figure was compared with, for the next run; empty: nothing. */
void scr_app_take_comparison(ScrApp *app, const RenComparison *comparison);

/* app_session.c: what was saved, in two steps: at the start, and with the first source. */
void scr_app_restore_view(ScrApp *app);
void scr_app_restore_selection(ScrApp *app);
/* Whether a text was asked for, rather than saved. */
bool scr_app_asks_text(const ScrApp *app);
/* The model of a request did not open: where it is only the saved one, another does, and the status line says so.
 */
bool scr_app_fall_back(ScrApp *app, const ScrRequest *failed, const EngError *err);

/* app_keep.c: the other way. */
void scr_app_save(ScrApp *app);
/* Fills the drop-down: the models at hand, and the recent ones. */
void scr_app_list_models(ScrApp *app);
/* The open model is one of the recent ones from now on. */
void scr_app_keep_model(ScrApp *app);
/* The path of what lies in the working folder, which the next start may not share; else the name. Free it. */
char *scr_app_name_for_later(const char *model);

#endif
