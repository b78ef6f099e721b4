/* What an app is made of: shared by app.c and app_task.c, and by nobody else. */
#ifndef SCRIPTING_APP_IMPL_H
#define SCRIPTING_APP_IMPL_H

#include "scripting/app.h"
#include "scripting/request.h"

#include "engine/job.h"

/* A request on its way through the worker. */
typedef struct ScrTask {
  ScrApp *app;
  ScrRequest *request;
  bool shown; /* its run is the ui's source */
} ScrTask;

struct ScrApp {
  RenUi *ui;
  EngJob *job;
  char *home;
  EngModel *model; /* NULL while none is open, or a file is */
  ScrTask *latest; /* the task that was submitted last, until it is done */
  ScrAppOptions options;
  int n_tasks;
  bool fresh;        /* nothing of the model or file that is open has been shown: its first run chooses a head */
  bool quits, quiet; /* quiet: commands that are the app's own */
};

/* app_task.c: hands a request to the worker; what comes of it goes to the ui. Takes the request. */
void scr_app_submit(ScrApp *app, ScrRequest *request);
/* Shows a run of which a layer is done before the rest is. */
void scr_app_show_progress(ScrApp *app);
/* Says an error in the window. */
void scr_app_fail(ScrApp *app, const EngError *err);
/* A command that is the app's own: it is not told of. */
void scr_app_command(ScrApp *app, const char *name, const char *string);

#endif
