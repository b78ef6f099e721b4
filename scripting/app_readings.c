/* Numbers about tokens are worked out on the worker when nothing else is to be done: a text that is run is never
 * kept waiting by them, and takes their place. They are asked for once for each source. */
#include "scripting/app_impl.h"
#include "scripting/readings.h"

#include <stdlib.h>
#include <string.h>

typedef struct Task {
  ScrApp *app;
  EngSource *source;
  EngReadingsSpec spec;
  char neuron[REN_STRIP_NAME];
  EngReadings *readings;
} Task;

static bool work(void *context, const EngCancel *cancel, EngError *err) {
  Task *task = context;
  task->readings = eng_readings_new(task->source, &task->spec, cancel, err);
  return task->readings != NULL;
}

static void free_task(Task *task) {
  eng_readings_free(task->readings);
  eng_source_release(task->source);
  free(task);
}

/* What is shown, or what it is derived from. */
static EngSource *shown_source(const ScrApp *app) {
  EngSource *source = (EngSource *)(uintptr_t)ren_ui_source(app->ui);
  return source ? eng_source_base(source) : NULL;
}

/* What was cancelled is asked for again when it is still wanted. */
static void done(void *context, bool ok, bool cancelled, const EngError *err) {
  Task *task = context;
  ScrApp *app = task->app;
  bool shown = shown_source(app) == task->source;
  if (app->reads == task) app->reads = NULL;
  if (cancelled || !shown) {
    if (!app->reads) app->asked.serial = 0;
  } else {
    ren_ui_set_readings(app->ui, task->readings, task->neuron[0] ? task->neuron : NULL, ok ? NULL : err->message);
    task->readings = NULL;
  }
  free_task(task);
}

static bool is_asked(const ScrApp *app, const EngSource *source, const EngReadingsSpec *spec) {
  const EngReadingsSpec *asked = &app->asked.spec;
  return app->asked.serial == eng_source_serial(source) && (asked->predictions || !spec->predictions) &&
         (spec->layer < 0 || (asked->layer == spec->layer && asked->neuron == spec->neuron));
}

static void submit(ScrApp *app, EngSource *source, EngReadingsSpec spec, const char *neuron) {
  Task *task = calloc(1, sizeof *task);
  if (!task) return;
  *task = (Task){.app = app, .source = eng_source_retain(source), .spec = spec};
  if (neuron) strncpy(task->neuron, neuron, sizeof task->neuron - 1);
  app->asked.serial = eng_source_serial(source);
  app->asked.spec = spec;
  app->reads = task;
  eng_job_submit(app->job, (EngTask){.work = work, .done = done, .context = task});
}

void scr_app_read(ScrApp *app) {
  EngReadingsSpec spec;
  RenWants wants = ren_ui_wants(app->ui);
  EngSource *source = shown_source(app);
  if (!wants.readings || !source || app->latest || app->compare.task) return;
  EngError err = {0};
  if (!scr_readings_spec(app->ui, wants.neuron, &spec, &err))
    ren_ui_set_readings(app->ui, NULL, NULL, err.message); /* a neuron that another model had */
  else if (!is_asked(app, source, &spec))
    submit(app, source, spec, wants.neuron);
}

bool scr_app_on_read(void *context, const char *neuron, EngError *err) {
  ScrApp *app = context;
  EngReadingsSpec spec;
  if (!scr_readings_spec(app->ui, neuron, &spec, err)) return false;
  scr_app_read(app);
  return true;
}
