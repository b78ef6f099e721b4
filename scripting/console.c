/* The globals, the code that is run, and what comes of it. Everything that may raise runs in a protected call, so
 * that the window sees messages and never a longjmp. */
#include "scripting/console.h"

#include "scripting/app_impl.h"

#include "scripting/bind_model.h"
#include "scripting/bind_run.h"
#include "scripting/bind_view.h"
#include "scripting/complete.h"
#include "scripting/entry.h"
#include "scripting/runner.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

struct ScrConsole {
  ScrRunner runner;
  const EngModel *model; /* what the globals were taken from; compared, not used */
  uint64_t serial;
};

static ScrApp *app_of(lua_State *L) { return scr_runner_of(L)->app; }

/* --- what scripts find */

int scr_console_print(lua_State *L) {
  scr_entry_join(L);
  size_t length;
  const char *text = lua_tolstring(L, -1, &length);
  ren_ui_print(app_of(L)->ui, REN_LOG_TEXT, text, length);
  return 0;
}

/* os.exit closes the window, as its own command does. */
static int os_exit(lua_State *L) {
  app_of(L)->quits = true;
  scr_runner_stop(scr_runner_of(L));
  return luaL_error(L, "exit");
}

static int open_globals(lua_State *L) {
  lua_register(L, "print", scr_console_print);
  lua_getglobal(L, "os");
  lua_pushcfunction(L, os_exit);
  lua_setfield(L, -2, "exit");
  lua_getglobal(L, "require");
  lua_pushliteral(L, "headscope");
  lua_call(L, 1, 1);
  lua_setglobal(L, "hs");
  scr_bind_view(L);
  lua_setglobal(L, "view");
  return 0;
}

static int set_globals(lua_State *L) {
  ScrApp *app = app_of(L);
  EngRun *run = scr_app_finished_run(app);
  lua_settop(L, 0);
  if (app->model)
    scr_push_model(L, app->model);
  else
    lua_pushnil(L);
  if (run && app->model)
    scr_push_run(L, run, 1);
  else
    lua_pushnil(L);
  lua_setglobal(L, "run");
  lua_setglobal(L, "model");
  return 0;
}

static void say_error(ScrConsole *console) {
  size_t length = 0;
  lua_State *L = console->runner.L;
  const char *message = lua_tolstring(L, -1, &length);
  if (!message) message = "(an error without a message)", length = strlen(message);
  ren_ui_print(console->runner.app->ui, REN_LOG_ERROR, message, length);
  lua_pop(L, 1);
}

/* Globals are set anew when the window shows another model or run, and are the script's own until then. */
static void follow(ScrRunner *runner) {
  ScrConsole *console = (ScrConsole *)runner;
  ScrApp *app = runner->app;
  const EngSource *source = ren_ui_source(app->ui);
  uint64_t serial = source ? eng_source_serial(source) : 0;
  bool settled = !source || !eng_source_run((EngSource *)(uintptr_t)source) || scr_app_finished_run(app);
  if (!settled || (console->model == app->model && console->serial == serial)) return;
  console->model = app->model;
  console->serial = serial;
  lua_pushcfunction(runner->L, set_globals);
  if (lua_pcall(runner->L, 0, 0, 0) != LUA_OK) say_error(console);
}

/* --- a script */

static int say_results(lua_State *L, int status, lua_KContext context) {
  (void)status, (void)context;
  return lua_gettop(L) > 0 ? scr_console_print(L) : 0;
}

/* (chunk): runs it and prints what it gives, all of it on the script's thread. */
static int run_chunk(lua_State *L) {
  lua_callk(L, 0, LUA_MULTRET, 0, say_results);
  return say_results(L, LUA_OK, 0);
}

void scr_console_start(ScrConsole *console, const char *code) {
  lua_State *L = console->runner.L;
  lua_pushcfunction(L, run_chunk);
  lua_pushcfunction(L, scr_entry_compile);
  lua_pushlightuserdata(L, (void *)(uintptr_t)code);
  bool ok = lua_pcall(L, 1, 1, 0) == LUA_OK;
  if (ok && scr_runner_start(&console->runner, 1)) {
    ren_ui_set_script(console->runner.app->ui, true);
    return;
  }
  say_error(console);
  if (!ok) lua_pop(L, 1);
}

/* (thread as light userdata, error): the message and where it came from, without the line that is run_chunk. */
static int describe_error(lua_State *L) {
  luaL_traceback(L, lua_touserdata(L, 1), luaL_tolstring(L, 2, NULL), 0);
  scr_entry_cut_traceback(L);
  return 1;
}

static void over(ScrRunner *runner, lua_State *thread, bool failed) {
  lua_State *L = runner->L;
  if (failed) {
    lua_pushcfunction(L, describe_error);
    lua_pushlightuserdata(L, thread);
    lua_xmove(thread, L, 1);
    lua_pcall(L, 2, 1, 0);
    say_error((ScrConsole *)runner);
  }
  ren_ui_set_script(runner->app->ui, false);
  scr_app_save(runner->app);
}

void scr_console_stop(ScrConsole *console) { scr_runner_stop(&console->runner); }
bool scr_console_ready(const ScrConsole *console) { return scr_runner_ready(&console->runner); }
bool scr_console_poll(ScrConsole *console) { return scr_runner_poll(&console->runner); }
void scr_console_wait(ScrConsole *console) { scr_runner_wait(&console->runner); }

/* --- its life */

static bool open_console(ScrConsole *console, ScrApp *app, EngError *err) {
  ScrRunner *runner = &console->runner;
  runner->follow = follow;
  runner->over = over;
  if (!scr_runner_open(runner, app, err)) return false;
  lua_pushcfunction(runner->L, open_globals);
  if (lua_pcall(runner->L, 0, 0, 0) == LUA_OK) return true;
  const char *message = lua_tostring(runner->L, -1);
  return eng_error_set(err, NULL, "console", "%s", message ? message : "Lua did not start");
}

ScrConsole *scr_console_new(ScrApp *app, EngError *err) {
  ScrConsole *console = calloc(1, sizeof *console);
  if (!console) {
    eng_error_memory(err, NULL, "a console");
    return NULL;
  }
  if (open_console(console, app, err)) return console;
  scr_console_free(console);
  return NULL;
}

void scr_console_free(ScrConsole *console) {
  if (!console) return;
  scr_runner_close(&console->runner);
  free(console);
}

size_t scr_console_bytes(const ScrConsole *console) { return console ? console->runner.bytes : 0; }

/* --- code under edit */

bool scr_console_unfinished(ScrConsole *console, const char *code) {
  return scr_entry_unfinished(console->runner.L, code);
}

char *scr_console_names(ScrConsole *console, const char *code) {
  ScrRunner *runner = &console->runner;
  bool inside = runner->inside;
  runner->inside = true;
  if (!runner->thread) follow(runner);
  char *names = scr_complete(runner->L, code);
  runner->inside = inside;
  return names;
}
