/* Numbers about tokens are worked out on the worker when nothing else is to be done: a text that is run is never
 * kept waiting by them, and takes their place. They are asked for once for each source. */
#include "scripting/app_impl.h"
#include "scripting/readings.h"

#include <stdlib.h>
#include <string.h>

typedef struct Task {
  ScrApp *app;
  bool second; /* of the run to compare with */
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
static EngSource *shown_source(const ScrApp *app, bool second) {
  EngSource *source = (EngSource *)(uintptr_t)(second ? ren_ui_second(app->ui) : ren_ui_source(app->ui));
  return source ? eng_source_base(source) : NULL;
}

static void hand_over(Task *task, const char *failed) {
  RenUi *ui = task->app->ui;
  ren_ui_set_readings(ui, task->second, task->readings, task->neuron[0] ? task->neuron : NULL, failed);
  task->readings = NULL;
}

/* What was cancelled is asked for again when it is still wanted. */
static void done(void *context, bool ok, bool cancelled, const EngError *err) {
  Task *task = context;
  ScrApp *app = task->app;
  bool shown = shown_source(app, task->second) == task->source;
  if (app->reads == task) app->reads = NULL;
  const Task *next = app->reads;
  if (!cancelled && shown)
    hand_over(task, ok ? NULL : err->message);
  else if (!next || next->second != task->second)
    app->asked[task->second].serial = 0;
  free_task(task);
  if (!cancelled) scr_app_read(app);
}

static bool is_asked(const ScrApp *app, bool second, const EngSource *source, const EngReadingsSpec *spec) {
  const EngReadingsSpec *asked = &app->asked[second].spec;
  return app->asked[second].serial == eng_source_serial(source) && (asked->predictions || !spec->predictions) &&
         (spec->layer < 0 || (asked->layer == spec->layer && asked->neuron == spec->neuron));
}

static void submit(ScrApp *app, bool second, EngSource *source, EngReadingsSpec spec, const char *neuron) {
  Task *task = calloc(1, sizeof *task);
  if (!task) return;
  *task = (Task){.app = app, .second = second, .source = eng_source_retain(source), .spec = spec};
  if (neuron) strncpy(task->neuron, neuron, sizeof task->neuron - 1);
  app->asked[second].serial = eng_source_serial(source);
  app->asked[second].spec = spec;
  app->reads = task;
  eng_job_submit(app->job, (EngTask){.work = work, .done = done, .context = task});
}

static void read_run(ScrApp *app, bool second, const char *neuron) {
  EngError err = {0};
  EngReadingsSpec spec;
  EngSource *source = shown_source(app, second);
  if (!source) return;
  if (!scr_readings_spec(app->ui, second, neuron, &spec, &err))
    ren_ui_set_readings(app->ui, second, NULL, NULL, err.message); /* a neuron that another model had */
  else if (!is_asked(app, second, source, &spec))
    submit(app, second, source, spec, neuron);
}

/* Those of the second run wait until the first one's are there: a task takes the place of what runs. */
void scr_app_read(ScrApp *app) {
  RenWants wants = ren_ui_wants(app->ui);
  if (!wants.readings || app->latest || app->compare.task) return;
  read_run(app, false, wants.neuron);
  if (wants.second && ren_ui_difference(app->ui) && !app->reads) read_run(app, true, wants.neuron);
}

bool scr_app_on_read(void *context, const char *neuron, EngError *err) {
  ScrApp *app = context;
  EngReadingsSpec spec;
  if (!scr_readings_spec(app->ui, false, neuron, &spec, err)) return false;
  scr_app_read(app);
  return true;
}
