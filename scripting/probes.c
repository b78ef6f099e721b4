/* One thing at a time: files that changed are read, the active one first, then the active probe is asked if what it
 * was asked about last is not what there is now. What an error leaves is an answer to that question, too: it is not
 * asked again. */
#include "scripting/probes_impl.h"

#include "scripting/bind_record.h"

#include "engine/path.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static RenUi *ui_of(const ScrProbes *probes) { return probes->runner.app->ui; }

int scr_probes_active(const ScrProbes *probes) {
  const RenDock *dock = ren_ui_dock(ui_of(probes));
  const char *id = ren_ui_state(ui_of(probes))->probe;
  for (int i = 0; *id && i < dock->n; i++)
    if (strcmp(dock->probes[i].id, id) == 0) return i;
  return -1;
}

/* --- what there is to do */

static bool is_unread(const ScrProbes *probes, int i) { return i >= 0 && !probes->files.files[i].read; }

static int next_file(const ScrProbes *probes) {
  int active = scr_probes_active(probes);
  if (is_unread(probes, active)) return active;
  for (int i = 0; i < probes->files.n; i++)
    if (is_unread(probes, i)) return i;
  return -1;
}

bool scr_probes_subject(const ScrProbes *probes, RenSubject *out) {
  const ScrApp *app = probes->runner.app;
  *out = ren_ui_subject(app->ui);
  return scr_app_subject(app) != NULL;
}

/* What the active probe would be asked; false where nothing can be. */
static bool question(const ScrProbes *probes, ScrQuestion *out) {
  const RenUi *ui = ui_of(probes);
  int i = scr_probes_active(probes);
  *out = (ScrQuestion){.changes = ren_ui_dock(ui)->n_changes};
  if (i < 0 || !probes->files.files[i].read || probes->files.files[i].failed ||
      !scr_probes_subject(probes, &out->subject))
    return false;
  strcpy(out->id, ren_ui_state(ui)->probe);
  out->version = probes->files.files[i].version;
  return true;
}

static bool is_same(const ScrQuestion *a, const ScrQuestion *b) {
  return strcmp(a->id, b->id) == 0 && a->version == b->version && ren_subject_equal(a->subject, b->subject) &&
         a->changes == b->changes;
}

static bool wants_answer(const ScrProbes *probes, ScrQuestion *out) {
  return question(probes, out) && !is_same(out, &probes->asked);
}

/* --- begun */

/* Pushes a function of scripts/headscope/dock.lua. */
int scr_probes_push_function(lua_State *L) {
  lua_getglobal(L, "require");
  lua_pushliteral(L, "headscope.dock");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, lua_touserdata(L, 1));
  return 1;
}

void scr_probes_push_subject(lua_State *L) {
  const ScrApp *app = scr_runner_of(L)->app;
  scr_push_shown(L, scr_app_subject(app), ren_ui_subject(app->ui).block);
}

static int push_ask(lua_State *L) {
  ScrProbes *probes = (ScrProbes *)scr_runner_of(L);
  ScrApp *app = probes->runner.app;
  const ScrProbeFile *file = lua_touserdata(L, 2);
  scr_probes_push_function(L);
  lua_pushstring(L, file->path);
  scr_probes_push_subject(L);
  const RenProbe *probe = &ren_ui_dock(app->ui)->probes[file - probes->files.files];
  scr_probes_push_params(L, &ren_ui_state(app->ui)->params, probe);
  return 5;
}

const char *scr_probes_error(lua_State *L) {
  const char *text = lua_tostring(L, -1);
  return text ? text : "an error without a message";
}

bool scr_probes_start(ScrProbes *probes, const char *function, const ScrProbeFile *file, lua_CFunction push,
                      size_t most) {
  lua_State *L = probes->runner.L;
  int top = lua_gettop(L);
  lua_pushcfunction(L, push);
  lua_pushlightuserdata(L, (void *)(uintptr_t)function);
  lua_pushlightuserdata(L, (void *)(uintptr_t)file);
  probes->runner.most = most;
  probes->dropped = false;
  return lua_pcall(L, 2, LUA_MULTRET, 0) == LUA_OK && scr_runner_start(&probes->runner, lua_gettop(L) - top - 1);
}

static void say_captures(ScrProbes *probes, int i) {
  char text[256];
  ScrApp *app = probes->runner.app;
  const ScrProbeFile *file = &probes->files.files[i];
  const EngRun *run = scr_app_finished_run(app);
  if (run && file->keep)
    scr_probes_say_captures(file, eng_model_config(eng_run_model(run)), eng_run_input(run, 0)->n_tokens, text,
                            sizeof text);
  else
    strcpy(text, "Looks at the recorded run.");
  if (file->keep) ren_ui_set_captures(app->ui, i, text);
}

static void begin_asking(ScrProbes *probes, const ScrQuestion *asked) {
  int i = scr_probes_active(probes);
  probes->asked = *asked;
  say_captures(probes, i);
  probes->asking = scr_probes_start(probes, "ask", &probes->files.files[i], push_ask, 0);
  ren_ui_set_probing(ui_of(probes), probes->asking);
  if (probes->asking) return;
  ren_ui_fail_probe(ui_of(probes), scr_probes_error(probes->runner.L), NULL);
  lua_pop(probes->runner.L, 1);
}

static void begin_next(ScrProbes *probes) {
  ScrQuestion asked;
  ScrFiltering filter;
  int file = next_file(probes);
  if (file >= 0)
    scr_probes_begin_reading(probes, file);
  else if (wants_answer(probes, &asked))
    begin_asking(probes, &asked);
  else if (scr_probes_wants_filter(probes, &filter))
    scr_probes_begin_filter(probes, &filter);
}

/* --- over */

void scr_probes_message(const ScrProbes *probes, const char *error, int i, char *out, size_t size) {
  const ScrRunner *runner = &probes->runner;
  const char *path = probes->files.files[i].path, *name = strrchr(path, '/') + 1;
  if (!runner->stopping)
    snprintf(out, size, "%s", error);
  else if (runner->most && runner->turns > runner->most)
    snprintf(out, size, "%s: stopped: expected it to be read at once", runner->where[0] ? runner->where : name);
  else
    snprintf(out, size, "%s: stopped", runner->where[0] ? runner->where : name);
}

static void show_list(ScrProbes *probes) {
  const ScrProbeFiles *files = &probes->files;
  RenProbeFile *list = calloc((size_t)files->n + 1, sizeof *list);
  for (int i = 0; list && i < files->n; i++) list[i] = (RenProbeFile){files->files[i].path, files->files[i].own};
  bool ok = list && ren_ui_list_probes(ui_of(probes), list, files->n);
  free(list);
  if (!ok) scr_probe_files_free(&probes->files);
}

/* Whether what is being asked is no question any more. */
static bool is_old(const ScrProbes *probes) {
  ScrQuestion now;
  return probes->asking && (!question(probes, &now) || !is_same(&now, &probes->asked));
}

static void over_asking(ScrProbes *probes, lua_State *thread, bool failed) {
  char message[1024];
  RenAnswer answer = {0};
  lua_State *L = probes->runner.L;
  int i = scr_probes_active(probes);
  probes->dropped = probes->dropped || is_old(probes);
  probes->asking = false;
  lua_pushcfunction(L, scr_probes_take_answer);
  lua_pushlightuserdata(L, &answer);
  lua_xmove(thread, L, 1);
  bool ok = !failed && lua_pcall(L, 2, 0, 0) == LUA_OK;
  if (ok && !probes->dropped) {
    strcpy(answer.id, probes->asked.id);
    answer.of = probes->asked.subject;
    if (answer.lacks) ren_ui_set_captures(ui_of(probes), i, NULL);
    ren_ui_set_answer(ui_of(probes), &answer);
  } else if (!ok && !probes->dropped && i >= 0) {
    scr_probes_message(probes, scr_probes_error(L), i, message, sizeof message);
    ren_ui_fail_probe(ui_of(probes), message, NULL);
  }
  lua_settop(L, 0);
  ren_answer_clear(&answer);
  ren_ui_set_probing(ui_of(probes), false);
}

static void over(ScrRunner *runner, lua_State *thread, bool failed) {
  ScrProbes *probes = (ScrProbes *)runner;
  if (probes->reading >= 0) {
    scr_probes_over_reading(probes, thread, failed);
    if (next_file(probes) < 0 && scr_probe_files_sort(&probes->files)) show_list(probes);
  } else if (probes->filtering)
    scr_probes_over_filter(probes, thread, failed);
  else
    over_asking(probes, thread, failed);
}

/* --- its life */

static int open_globals(lua_State *L) {
  lua_register(L, "print", scr_console_print);
  return 0;
}

static bool open_probes(ScrProbes *probes, ScrApp *app, const char *folder, EngError *err) {
  ScrRunner *runner = &probes->runner;
  runner->over = over;
  probes->reading = -1;
  probes->files.shipped = eng_path_join(app->home, "scripts/probes");
  probes->files.own = folder ? strdup(folder) : scr_probe_files_folder();
  if (!probes->files.shipped) return eng_error_memory(err, NULL, "probes");
  if (!scr_runner_open(runner, app, err)) return false;
  lua_pushcfunction(runner->L, open_globals);
  if (lua_pcall(runner->L, 0, 0, 0) != LUA_OK) return eng_error_memory(err, NULL, "probes");
  scr_probes_watch(probes);
  return true;
}

ScrProbes *scr_probes_new(ScrApp *app, const char *folder, EngError *err) {
  ScrProbes *probes = calloc(1, sizeof *probes);
  if (!probes) {
    eng_error_memory(err, NULL, "probes");
    return NULL;
  }
  if (open_probes(probes, app, folder, err)) return probes;
  scr_probes_free(probes);
  return NULL;
}

void scr_probes_free(ScrProbes *probes) {
  if (!probes) return;
  scr_runner_close(&probes->runner);
  scr_probe_files_free(&probes->files);
  free(probes);
}

/* What is being read is left alone: places in the list would be others. */
void scr_probes_watch(ScrProbes *probes) {
  if (probes->reading >= 0 || !scr_probe_files_update(&probes->files)) return;
  for (int i = 0; i < probes->files.n; i++) /* what was wrong may have been that another one was there */
    if (probes->files.files[i].failed) probes->files.files[i].read = false;
  show_list(probes);
}

static bool has_next(const ScrProbes *probes) {
  ScrQuestion asked;
  ScrFiltering filter;
  return next_file(probes) >= 0 || wants_answer(probes, &asked) || scr_probes_wants_filter(probes, &filter);
}

bool scr_probes_poll(ScrProbes *probes) {
  ScrRunner *runner = &probes->runner;
  if (runner->inside) return true;
  if (is_old(probes) || (probes->filtering && scr_probes_filter_is_old(probes))) {
    probes->dropped = true;
    scr_runner_stop(runner);
  }
  if (!runner->thread) begin_next(probes);
  return scr_runner_poll(runner) || has_next(probes);
}

bool scr_probes_ready(const ScrProbes *probes) {
  return probes->runner.thread ? scr_runner_ready(&probes->runner) : has_next(probes);
}

void scr_probes_wait(ScrProbes *probes) { scr_runner_wait(&probes->runner); }
void scr_probes_stop(ScrProbes *probes) { scr_runner_stop(&probes->runner); }
