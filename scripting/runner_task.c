/* A script as a coroutine. A hook counts instructions: it raises while the script is to be stopped, and hands the
 * window its turn when the slice is over. Work for the worker yields with a continuation. Only the script's own
 * thread yields, and only where Lua can; elsewhere the window's events are pumped from where the script is. */
#include "scripting/app_impl.h"
#include "scripting/box.h"
#include "scripting/guard.h"
#include "scripting/runner_impl.h"

#include "engine/clock.h"

#include <lauxlib.h>
#include <stdio.h>

static const double slice_seconds = 0.004;
static const float pump_seconds = 1 / 60.0F;
static const char thread_key;

/* --- the turn of the window */

static bool may_yield(const ScrRunner *runner, lua_State *L) { return L == runner->thread && lua_isyieldable(L); }

/* What a person does meanwhile is theirs, not the script's. Without a window nothing can happen by itself. */
static void pump(ScrRunner *runner, float seconds) {
  ScrApp *app = runner->app;
  bool quiet = app->quiet;
  app->quiet = false;
  if (app->options.pump) app->options.pump(app->options.context, seconds);
  app->quiet = quiet;
  if (app->quits) scr_runner_stop(runner);
  runner->slice = eng_clock_seconds();
}

/* After an error is caught the next instruction raises again, wherever the script goes on. */
static void raise_stop(ScrRunner *runner, lua_State *L, lua_Debug *at) {
  if (!runner->where[0] && lua_getinfo(L, "Sl", at))
    snprintf(runner->where, sizeof runner->where, "%s:%d", at->short_src, at->currentline);
  lua_sethook(L, scr_runner_hook, LUA_MASKCOUNT, 1);
  luaL_error(L, "stopped");
}

static void take_turn(ScrRunner *runner) {
  if (runner->most && ++runner->turns > runner->most) runner->stopping = true;
}

void scr_runner_hook(lua_State *L, lua_Debug *at) {
  ScrRunner *runner = scr_runner_of(L);
  if (!runner->stopping && lua_gethookcount(L) == 1)
    lua_sethook(L, scr_runner_hook, LUA_MASKCOUNT, SCR_RUNNER_COUNT); /* a coroutine that outlived a stop */
  if (scr_guard_stopped()) runner->stopping = true; /* whoever opened the window is to end, and waits for it */
  if (!runner->stopping) take_turn(runner);
  if (!runner->stopping && eng_clock_seconds() - runner->slice >= slice_seconds) {
    if (may_yield(runner, L)) {
      lua_yield(L, 0);
      return;
    }
    pump(runner, 0);
  }
  if (runner->stopping) raise_stop(runner, L, at);
}

/* --- work for the worker */

static bool on_work(void *context, const EngCancel *cancel, EngError *err) {
  ScrWork *work = ((ScrRunner *)context)->work;
  return work->run(work, cancel, err);
}

/* In the window's progress row, where nothing else is. */
static void tell(const ScrRunner *runner) {
  char text[160];
  float share = -1;
  ScrWork *work = runner->work;
  RenUi *ui = runner->app->ui;
  if (!work || !work->tell || ren_ui_busy(ui)) return;
  if (!work->tell(work, text, sizeof text, &share)) text[0] = '\0';
  ren_ui_set_progress(ui, text, share);
}

static void on_done(void *context, bool ok, bool cancelled, const EngError *err) {
  ScrRunner *runner = context;
  ScrWork *work = runner->work;
  (void)cancelled;
  work->ok = ok;
  if (err)
    work->error = *err;
  else if (!ok)
    eng_error_set(&work->error, NULL, NULL, "cancelled");
  runner->work = NULL;
  if (work->tell && !ren_ui_busy(runner->app->ui)) ren_ui_set_progress(runner->app->ui, "", -1);
}

int scr_runner_work(void *context, lua_State *L, ScrWork *work, lua_KFunction then) {
  ScrRunner *runner = context;
  work->told = runner->app->options.wake;
  work->context = runner->app->options.context;
  runner->work = work;
  eng_job_submit(runner->job, (EngTask){.work = on_work, .done = on_done, .context = runner});
  if (may_yield(runner, L)) return lua_yieldk(L, 0, (lua_KContext)work, then);
  while (runner->work) {
    tell(runner);
    if (runner->app->options.pump)
      pump(runner, pump_seconds);
    else
      eng_job_wait(runner->job);
    eng_job_poll(runner->job);
  }
  return then(L, LUA_OK, (lua_KContext)work);
}

/* --- the window's own jobs */

static bool writes(const ScrApp *app) { return app->writings != NULL; }
static bool works(const ScrApp *app) { return ren_ui_busy(app->ui) || writes(app); }

static void poll_window(ScrApp *app) {
  scr_app_show_progress(app);
  eng_job_poll(app->job);
  scr_app_poll_figures(app);
}

/* `figures`: those alone were waited for. */
static int waited(lua_State *L, int status, lua_KContext figures) {
  ScrRunner *runner = scr_runner_of(L);
  (void)status;
  runner->waits = NULL;
  if (runner->follow) runner->follow(runner);
  return figures && runner->app->wrote.message[0] ? scr_raise(L, &runner->app->wrote) : 0;
}

static int wait_for(lua_State *L, bool (*what)(const ScrApp *app), lua_KContext figures) {
  ScrRunner *runner = scr_runner_of(L);
  ScrApp *app = runner->app;
  runner->waits = what;
  if (may_yield(runner, L)) return lua_yieldk(L, 0, figures, waited);
  for (poll_window(app); !runner->stopping && what(app); poll_window(app)) {
    if (app->options.pump)
      pump(runner, pump_seconds);
    else
      eng_job_wait(app->job);
  }
  return waited(L, LUA_OK, figures);
}

int scr_runner_wait_window(lua_State *L) { return wait_for(L, works, false); }
int scr_runner_wait_figures(lua_State *L) { return wait_for(L, writes, true); }

/* --- the script */

/* (function, arguments): a thread that is about to run it. */
static int make_thread(lua_State *L) {
  int n = lua_gettop(L);
  lua_State *thread = lua_newthread(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &thread_key);
  lua_xmove(L, thread, n);
  lua_pushlightuserdata(L, thread);
  return 1;
}

bool scr_runner_start(ScrRunner *runner, int n_args) {
  lua_State *L = runner->L;
  runner->stopping = false;
  runner->waits = NULL;
  runner->turns = 0;
  runner->where[0] = '\0';
  lua_pushcfunction(L, make_thread);
  lua_insert(L, -n_args - 2);
  if (lua_pcall(L, n_args + 1, 1, 0) != LUA_OK) return false;
  runner->thread = lua_touserdata(L, -1);
  lua_pop(L, 1);
  return true;
}

void scr_runner_stop(ScrRunner *runner) {
  if (!runner->thread && !runner->inside) return;
  runner->stopping = true;
  if (runner->thread) lua_sethook(runner->thread, scr_runner_hook, LUA_MASKCOUNT, 1);
  eng_job_cancel(runner->job);
}

/* The thread is no longer the script's when its variables are closed: nothing yields from there. */
static void end(ScrRunner *runner, lua_State *thread, bool failed) {
  lua_State *L = runner->L;
  runner->thread = NULL;
  runner->over(runner, thread, failed);
  if (failed) lua_resetthread(thread);
  lua_pushnil(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &thread_key);
  runner->stopping = false;
  runner->waits = NULL;
  lua_sethook(L, scr_runner_hook, LUA_MASKCOUNT, SCR_RUNNER_COUNT);
}

/* The arguments of its function are what a thread that has not begun has on its stack, above the function. */
static void go_on(ScrRunner *runner) {
  int n_results = 0;
  lua_State *thread = runner->thread;
  if (runner->follow) runner->follow(runner);
  runner->slice = eng_clock_seconds();
  int n_args = lua_status(thread) == LUA_OK ? lua_gettop(thread) - 1 : 0;
  int status = lua_resume(thread, runner->L, n_args, &n_results);
  if (status == LUA_YIELD)
    lua_pop(thread, n_results);
  else
    end(runner, thread, status != LUA_OK);
}

bool scr_runner_ready(const ScrRunner *runner) {
  return runner->thread && !runner->inside && !runner->work &&
         (!runner->waits || runner->stopping || !runner->waits(runner->app));
}

/* What the script does, a replay does by running it. */
bool scr_runner_poll(ScrRunner *runner) {
  tell(runner);
  eng_job_poll(runner->job);
  if (scr_runner_ready(runner)) {
    bool quiet = runner->app->quiet;
    runner->app->quiet = runner->inside = true;
    go_on(runner);
    runner->inside = false;
    runner->app->quiet = quiet;
  }
  return runner->thread != NULL;
}
