/* The second run: when the first is there, a task of its own runs the second text (or opens its file) and takes the
 * difference. A second run that still holds is not run again: then only the difference is new. */
#include "scripting/app_impl.h"

#include <stdlib.h>
#include <string.h>

struct ScrSecond {
  ScrApp *app;
  ScrRequest *request; /* NULL: `second` holds */
  EngSource *first, *second, *difference;
  bool shown; /* the unfinished run is the ui's second */
};

static void forget_run(ScrCompare *compare) {
  eng_source_release(compare->source);
  compare->source = NULL;
}

static void forget_model(ScrCompare *compare) {
  eng_model_release(compare->model);
  free(compare->name);
  compare->model = NULL;
  compare->name = NULL;
}

void scr_compare_free(ScrCompare *compare) {
  forget_run(compare);
  forget_model(compare);
  free(compare->text);
  free(compare->pair);
  *compare = (ScrCompare){0};
}

static bool replace(char **string, const char *with) {
  char *copy = with ? strdup(with) : NULL;
  if (with && !copy) return false;
  free(*string);
  *string = copy;
  return true;
}

static void free_second(ScrSecond *task) {
  scr_request_free(task->request);
  eng_source_release(task->first);
  eng_source_release(task->second);
  eng_source_release(task->difference);
  free(task);
}

/* On the worker. */
static bool work(void *context, const EngCancel *cancel, EngError *err) {
  ScrSecond *task = context;
  ScrRequest *request = task->request;
  if (request) {
    if (!scr_request_work(request, cancel, err)) return false;
    if (!request->source)
      return eng_error_set(err, request->name, "text", "expected a second text to run, found none");
    task->second = eng_source_retain(request->source);
  }
  task->difference = eng_source_difference(task->first, task->second, cancel, err);
  return task->difference != NULL;
}

/* What shows of an earlier one is of another first run. */
static void fail(ScrApp *app, const EngError *err) {
  if (!ren_ui_compares(app->ui)) ren_ui_set_second(app->ui, NULL, NULL, NULL);
  scr_app_fail(app, err);
}

/* A model is opened once. */
static void keep(ScrCompare *compare, const ScrSecond *task) {
  forget_run(compare);
  compare->source = eng_source_retain(task->second);
  if (!task->request || !task->request->opened) return;
  eng_model_release(compare->model);
  compare->model = eng_model_retain(task->request->model);
}

static void done(void *context, bool ok, bool cancelled, const EngError *err) {
  ScrSecond *task = context;
  ScrApp *app = task->app;
  ScrCompare *compare = &app->compare;
  if (compare->task == task) {
    compare->task = NULL;
    ren_ui_set_busy(app->ui, app->latest != NULL);
    if (ok && !cancelled) {
      keep(compare, task);
      ren_ui_set_error(app->ui, NULL, NULL);
      ren_ui_set_second(app->ui, task->second, task->difference, compare->name);
      scr_app_save(app);
      scr_app_show_status(app, NULL);
    } else if (!cancelled) {
      fail(app, err);
    }
    scr_app_read(app);
  }
  free_second(task);
}

static EngSource *first_run(const ScrApp *app) {
  EngSource *source = (EngSource *)(uintptr_t)ren_ui_source(app->ui);
  return source ? eng_source_base(source) : NULL;
}

static bool is_finished(const EngSource *source) {
  return eng_source_layers_done(source) >= eng_source_block(source, 0)->n_layers; /* another part may have more */
}

/* Nothing that it depends on has changed since. */
static bool still_holds(const ScrApp *app) {
  const ScrCompare *compare = &app->compare;
  EngRun *run = compare->source ? eng_source_run(compare->source) : NULL;
  if (!run) return compare->source != NULL;
  bool same_bos = eng_source_input(compare->source)->bos == ren_ui_bos(app->ui);
  return same_bos && eng_run_model(run) == (compare->name ? compare->model : app->model);
}

/* NULL and an error where there is nothing to run it with. */
static ScrRequest *make_request(const ScrApp *app, EngError *err) {
  const ScrCompare *compare = &app->compare;
  EngModel *model = compare->name ? compare->model : app->model;
  if (!compare->name && !model) {
    eng_error_set(err, ren_ui_model(app->ui), NULL,
                  "expected a model to run the second text, found a recorded run; compare.open takes another");
    return NULL;
  }
  const char *text = compare->text ? compare->text : eng_source_input(first_run(app))->text;
  ScrRequest *request = scr_request_new(app->home, model ? NULL : compare->name, model, text, compare->pair,
                                        ren_ui_bos(app->ui), err);
  if (request) request->pair_if_taken = true;
  return request;
}

void scr_app_compare(ScrApp *app) {
  EngError err = {0};
  ScrCompare *compare = &app->compare;
  EngSource *first = first_run(app);
  if (!compare->on || !first || !is_finished(first)) return;
  ScrSecond *task = calloc(1, sizeof *task);
  if (!task) return;
  *task = (ScrSecond){.app = app, .first = eng_source_retain(first)};
  if (still_holds(app))
    task->second = eng_source_retain(compare->source);
  else
    task->request = make_request(app, &err);
  if (!task->second && !task->request) {
    free_second(task);
    fail(app, &err);
    return;
  }
  compare->task = task;
  ren_ui_set_busy(app->ui, true);
  eng_job_submit(app->job, (EngTask){.work = work, .done = done, .context = task});
}

static bool same_shape(const EngSource *a, const EngSource *b) {
  const EngBlock *left = eng_source_block(a, 0), *right = eng_source_block(b, 0);
  return left->n_layers == right->n_layers && left->n_heads == right->n_heads;
}

void scr_app_show_second(ScrApp *app) {
  ScrSecond *task = app->compare.task;
  EngRun *run = task && task->request && !task->shown ? atomic_load(&task->request->run) : NULL;
  if (!run || eng_run_layers_done(run) == 0) return;
  EngSource *source = eng_source_from_run(run, NULL);
  task->shown = true;
  if (source && same_shape(source, task->first)) ren_ui_set_second(app->ui, source, NULL, app->compare.name);
  eng_source_release(source);
}

/* The text of a recorded file is its own; a model runs the second text, or the first one's. */
static bool take(ScrCompare *compare, const char *name, const char *text, const char *pair) {
  bool was_file = compare->name && !compare->model;
  forget_run(compare);
  if (name || (text && was_file)) forget_model(compare);
  compare->on = true;
  if (name) return replace(&compare->name, name);
  return replace(&compare->text, text) && replace(&compare->pair, pair);
}

void scr_app_on_compare(void *context, const char *name, const char *text, const char *pair) {
  ScrApp *app = context;
  if (!name && !text) {
    scr_compare_free(&app->compare);
    scr_app_show_status(app, NULL);
    return;
  }
  if (!take(&app->compare, name, text, pair)) return;
  if (!app->latest) scr_app_compare(app); /* else when that is done */
}

void scr_app_take_comparison(ScrApp *app, const RenComparison *comparison) {
  ScrCompare *compare = &app->compare;
  scr_compare_free(compare);
  if (comparison->text && take(compare, NULL, comparison->text, comparison->pair) && comparison->model)
    take(compare, comparison->model, NULL, NULL);
}
