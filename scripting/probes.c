/* One thing at a time: files that changed are read, the active one first, then the active probe is asked if what it
 * was asked about last is not what there is now, then heads are filtered. */
#include "scripting/probes_impl.h"

#include "engine/path.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

/* --- what there is to do */

static bool is_unread(const ScrProbes *probes, int i) { return i >= 0 && !probes->files.files[i].read; }

static int next_file(const ScrProbes *probes) {
  int active = scr_probes_active(probes);
  if (is_unread(probes, active)) return active;
  for (int i = 0; i < probes->files.n; i++)
    if (is_unread(probes, i)) return i;
  return -1;
}

static void begin_next(ScrProbes *probes) {
  ScrQuestion asked;
  ScrFiltering filter;
  int file = next_file(probes);
  if (file >= 0)
    scr_probes_begin_reading(probes, file);
  else if (scr_probes_wants_answer(probes, &asked))
    scr_probes_begin_asking(probes, &asked);
  else if (scr_probes_wants_filter(probes, &filter))
    scr_probes_begin_filter(probes, &filter);
}

static void show_list(ScrProbes *probes) {
  const ScrProbeFiles *files = &probes->files;
  RenProbeFile *list = calloc((size_t)files->n + 1, sizeof *list);
  for (int i = 0; list && i < files->n; i++) list[i] = (RenProbeFile){files->files[i].path, files->files[i].own};
  bool ok = list && ren_ui_list_probes(scr_probes_ui(probes), list, files->n);
  free(list);
  if (!ok) scr_probe_files_free(&probes->files);
}

static void over(ScrRunner *runner, lua_State *thread, bool failed) {
  ScrProbes *probes = (ScrProbes *)runner;
  if (probes->reading >= 0) {
    scr_probes_over_reading(probes, thread, failed);
    if (next_file(probes) < 0 && scr_probe_files_sort(&probes->files)) show_list(probes);
  } else if (probes->filtering)
    scr_probes_over_filter(probes, thread, failed);
  else
    scr_probes_over_asking(probes, thread, failed);
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
  return next_file(probes) >= 0 || scr_probes_wants_answer(probes, &asked) ||
         scr_probes_wants_filter(probes, &filter);
}

bool scr_probes_poll(ScrProbes *probes) {
  ScrRunner *runner = &probes->runner;
  if (runner->inside) return true;
  if (scr_probes_answer_is_old(probes) || (probes->filtering && scr_probes_filter_is_old(probes))) {
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
