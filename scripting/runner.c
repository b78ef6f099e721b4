/* The state and its memory. The allocator's context is the runner, which is how C functions find it. */
#include "scripting/runner.h"

#include "scripting/app_impl.h"
#include "scripting/host.h"
#include "scripting/runner_impl.h"

#include <stdlib.h>

static void *allocate(void *context, void *block, size_t old, size_t size) {
  ScrRunner *runner = context;
  size_t had = block ? old : 0;
  if (size == 0) {
    free(block);
    runner->bytes -= had;
    return NULL;
  }
  if (size > had && size - had > SCR_RUNNER_BYTES - runner->bytes) return NULL;
  void *moved = realloc(block, size);
  if (moved) runner->bytes += size - had;
  return moved;
}

ScrRunner *scr_runner_of(lua_State *L) {
  void *context;
  lua_getallocf(L, &context);
  return context;
}

bool scr_runner_open(ScrRunner *runner, ScrApp *app, EngError *err) {
  runner->app = app;
  runner->patience = (ScrPatience){scr_runner_work, runner};
  runner->job = eng_job_new(app->options.wake, app->options.context, err);
  if (!runner->job) return false;
  runner->L = lua_newstate(allocate, runner);
  if (!runner->L) return eng_error_memory(err, NULL, "Lua");
  if (!scr_host_prepare(runner->L, app->home, err)) return false;
  scr_work_set_patience(runner->L, &runner->patience);
  lua_sethook(runner->L, scr_runner_hook, LUA_MASKCOUNT, SCR_RUNNER_COUNT);
  return true;
}

void scr_runner_close(ScrRunner *runner) {
  if (runner->job) eng_job_free(runner->job); /* nobody writes into Lua's memory any more */
  runner->job = NULL;
  runner->inside = runner->stopping = true; /* finalizers do not get far */
  if (runner->L) lua_close(runner->L);
  runner->L = NULL;
}

void scr_runner_wait(ScrRunner *runner) { eng_job_wait(runner->job); }
