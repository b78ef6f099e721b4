/* A script as a coroutine. A hook counts instructions: it raises while the script is to be stopped, and hands the
 * window its turn when the slice is over. Work for the worker yields with a continuation. Only the script's own
 * thread yields, and only where Lua can; elsewhere the window's events are pumped from where the script is. */
#include "scripting/console_impl.h"

#include <lauxlib.h>
#include <string.h>
#include <time.h>

static const double slice_seconds = 0.004;
static const float pump_seconds = 1 / 60.0F;
static const char thread_key;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* --- the turn of the window */

static bool may_yield(const ScrConsole *console, lua_State *L) {
  return L == console->thread && lua_isyieldable(L);
}

/* What a person does meanwhile is theirs, not the script's. Without a window nothing can happen by itself. */
static void pump(ScrConsole *console, float seconds) {
  ScrApp *app = console->app;
  bool quiet = app->quiet;
  app->quiet = false;
  if (app->options.pump) app->options.pump(app->options.context, seconds);
  app->quiet = quiet;
  if (app->quits) scr_console_stop(console);
  console->slice = now();
}

/* After an error is caught the next instruction raises again, wherever the script goes on. */
static void raise_stop(lua_State *L) {
  lua_sethook(L, scr_console_hook, LUA_MASKCOUNT, 1);
  luaL_error(L, "stopped");
}

void scr_console_hook(lua_State *L, lua_Debug *at) {
  ScrConsole *console = scr_console_of(L);
  (void)at;
  if (!console->stopping && lua_gethookcount(L) == 1)
    lua_sethook(L, scr_console_hook, LUA_MASKCOUNT, SCR_CONSOLE_COUNT); /* a coroutine that outlived a stop */
  if (!console->stopping && now() - console->slice >= slice_seconds) {
    if (may_yield(console, L)) {
      lua_yield(L, 0);
      return;
    }
    pump(console, 0);
  }
  if (console->stopping) raise_stop(L);
}

/* --- work for the worker */

static bool on_work(void *context, const EngCancel *cancel, EngError *err) {
  ScrWork *work = ((ScrConsole *)context)->work;
  return work->run(work, cancel, err);
}

static void on_done(void *context, bool ok, bool cancelled, const EngError *err) {
  ScrConsole *console = context;
  ScrWork *work = console->work;
  (void)cancelled;
  work->ok = ok;
  if (err)
    work->error = *err;
  else if (!ok)
    eng_error_set(&work->error, NULL, NULL, "cancelled");
  console->work = NULL;
}

int scr_console_work(void *context, lua_State *L, ScrWork *work, lua_KFunction then) {
  ScrConsole *console = context;
  console->work = work;
  eng_job_submit(console->job, (EngTask){.work = on_work, .done = on_done, .context = console});
  if (may_yield(console, L)) return lua_yieldk(L, 0, (lua_KContext)work, then);
  while (console->work) {
    if (console->app->options.pump)
      pump(console, pump_seconds);
    else
      eng_job_wait(console->job);
    eng_job_poll(console->job);
  }
  return then(L, LUA_OK, (lua_KContext)work);
}

static bool window_works(ScrApp *app) {
  scr_app_show_progress(app);
  return eng_job_poll(app->job);
}

static int waited(lua_State *L, int status, lua_KContext context) {
  ScrConsole *console = scr_console_of(L);
  (void)status, (void)context;
  console->waits = false;
  scr_console_follow(console);
  return 0;
}

int scr_console_wait_window(lua_State *L) {
  ScrConsole *console = scr_console_of(L);
  console->waits = true;
  if (may_yield(console, L)) return lua_yieldk(L, 0, 0, waited);
  while (!console->stopping && window_works(console->app)) {
    if (console->app->options.pump)
      pump(console, pump_seconds);
    else
      eng_job_wait(console->app->job);
  }
  return waited(L, LUA_OK, 0);
}

/* --- the script */

static int say_results(lua_State *L, int status, lua_KContext context) {
  (void)status, (void)context;
  return lua_gettop(L) > 0 ? scr_console_print(L) : 0;
}

/* (chunk): runs it and prints what it gives, all of it on the script's thread. */
static int run_chunk(lua_State *L) {
  lua_callk(L, 0, LUA_MULTRET, 0, say_results);
  return say_results(L, LUA_OK, 0);
}

/* (code as light userdata): a thread that is about to run it. */
static int make_thread(lua_State *L) {
  scr_console_compile(L);
  lua_State *thread = lua_newthread(L);
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &thread_key);
  lua_pushcfunction(thread, run_chunk);
  lua_pushvalue(L, -2);
  lua_xmove(L, thread, 1);
  lua_pushlightuserdata(L, thread);
  return 1;
}

void scr_console_start(ScrConsole *console, const char *code) {
  lua_State *L = console->L;
  console->stopping = console->waits = false;
  lua_pushcfunction(L, make_thread);
  lua_pushlightuserdata(L, (void *)(uintptr_t)code);
  if (lua_pcall(L, 1, 1, 0) != LUA_OK) {
    scr_console_say_error(console);
    return;
  }
  console->thread = lua_touserdata(L, -1);
  lua_pop(L, 1);
  ren_ui_set_script(console->app->ui, true);
}

void scr_console_stop(ScrConsole *console) {
  if (!console->thread && !console->inside) return;
  console->stopping = true;
  if (console->thread) lua_sethook(console->thread, scr_console_hook, LUA_MASKCOUNT, 1);
  eng_job_cancel(console->job);
}

/* (thread as light userdata, error): the message and where it came from, without the line that is run_chunk. */
static int describe_error(lua_State *L) {
  static const char last[] = "\n\t[C]: in ?";
  size_t length, n = sizeof last - 1;
  lua_State *thread = lua_touserdata(L, 1);
  luaL_traceback(L, thread, luaL_tolstring(L, 2, NULL), 0);
  const char *text = lua_tolstring(L, -1, &length);
  if (length > n && memcmp(text + length - n, last, n) == 0) lua_pushlstring(L, text, length - n);
  return 1;
}

static void say_failure(ScrConsole *console, lua_State *thread) {
  lua_State *L = console->L;
  lua_pushcfunction(L, describe_error);
  lua_pushlightuserdata(L, thread);
  lua_xmove(thread, L, 1);
  lua_pcall(L, 2, 1, 0);
  scr_console_say_error(console);
}

/* The thread is no longer the script's when its variables are closed: nothing yields from there. */
static void end(ScrConsole *console, lua_State *thread, bool failed) {
  lua_State *L = console->L;
  console->thread = NULL;
  if (failed) say_failure(console, thread);
  if (failed) lua_resetthread(thread);
  lua_pushnil(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &thread_key);
  console->stopping = console->waits = false;
  lua_sethook(L, scr_console_hook, LUA_MASKCOUNT, SCR_CONSOLE_COUNT);
  ren_ui_set_script(console->app->ui, false);
  scr_app_scripted(console->app);
}

static void go_on(ScrConsole *console) {
  int n_results = 0;
  lua_State *thread = console->thread;
  bool quiet = console->app->quiet;
  console->app->quiet = true; /* what the script does, a replay does by running it */
  scr_console_follow(console);
  console->slice = now();
  int status = lua_resume(thread, console->L, lua_status(thread) == LUA_OK ? 1 : 0, &n_results);
  if (status == LUA_YIELD)
    lua_pop(thread, n_results);
  else
    end(console, thread, status != LUA_OK);
  console->app->quiet = quiet;
}

bool scr_console_ready(const ScrConsole *console) {
  return console->thread && !console->inside && !console->work &&
         (!console->waits || console->stopping || !ren_ui_busy(console->app->ui));
}

bool scr_console_poll(ScrConsole *console) {
  eng_job_poll(console->job);
  if (scr_console_ready(console)) {
    console->inside = true;
    go_on(console);
    console->inside = false;
  }
  return console->thread != NULL;
}

void scr_console_wait(ScrConsole *console) { eng_job_wait(console->job); }
