/* The state, its globals and its memory. Everything that may raise runs in a protected call, so that the window
 * sees messages and never a longjmp. The allocator's context is the console, which is how C functions find it. */
#include "scripting/console_impl.h"

#include "scripting/bind_model.h"
#include "scripting/bind_run.h"
#include "scripting/bind_view.h"
#include "scripting/complete.h"
#include "scripting/host.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

static void *allocate(void *context, void *block, size_t old, size_t size) {
  ScrConsole *console = context;
  size_t had = block ? old : 0;
  if (size == 0) {
    free(block);
    console->bytes -= had;
    return NULL;
  }
  if (size > had && size - had > SCR_CONSOLE_BYTES - console->bytes) return NULL;
  void *moved = realloc(block, size);
  if (moved) console->bytes += size - had;
  return moved;
}

ScrConsole *scr_console_of(lua_State *L) {
  void *context;
  lua_getallocf(L, &context);
  return context;
}

ScrApp *scr_console_app(lua_State *L) { return scr_console_of(L)->app; }

/* --- what scripts find */

/* As lua's: values by tostring, with tabs between them. */
int scr_console_print(lua_State *L) {
  int n = lua_gettop(L);
  luaL_Buffer line;
  luaL_buffinit(L, &line);
  for (int i = 1; i <= n; i++) {
    if (i > 1) luaL_addchar(&line, '\t');
    luaL_tolstring(L, i, NULL);
    luaL_addvalue(&line);
  }
  luaL_pushresult(&line);
  size_t length;
  const char *text = lua_tolstring(L, -1, &length);
  ren_ui_print(scr_console_app(L)->ui, REN_LOG_TEXT, text, length);
  return 0;
}

/* os.exit closes the window, as its own command does. */
static int os_exit(lua_State *L) {
  scr_console_app(L)->quits = true;
  scr_console_stop(scr_console_of(L));
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

/* A run counts when all of it is there: a pass that goes on, or that was cancelled, leaves the last one. */
static EngRun *finished_run(ScrApp *app) {
  const EngSource *source = ren_ui_source(app->ui);
  EngRun *run = source && !ren_ui_busy(app->ui) ? eng_source_run((EngSource *)(uintptr_t)source) : NULL;
  return run && eng_run_layers_done(run) == eng_model_config(eng_run_model(run))->n_layers ? run : NULL;
}

static int set_globals(lua_State *L) {
  ScrApp *app = scr_console_app(L);
  EngRun *run = finished_run(app);
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

/* Globals are set anew when the window shows another model or run, and are the script's own until then. */
void scr_console_follow(ScrConsole *console) {
  ScrApp *app = console->app;
  const EngSource *source = ren_ui_source(app->ui);
  uint64_t serial = source ? eng_source_serial(source) : 0;
  bool settled = !source || !eng_source_run((EngSource *)(uintptr_t)source) || finished_run(app);
  if (!settled || (console->model == app->model && console->serial == serial)) return;
  console->model = app->model;
  console->serial = serial;
  lua_pushcfunction(console->L, set_globals);
  if (lua_pcall(console->L, 0, 0, 0) != LUA_OK) scr_console_say_error(console);
}

void scr_console_say_error(ScrConsole *console) {
  size_t length = 0;
  const char *message = lua_tolstring(console->L, -1, &length);
  if (!message) message = "(an error without a message)", length = strlen(message);
  ren_ui_print(console->app->ui, REN_LOG_ERROR, message, length);
  lua_pop(console->L, 1);
}

/* --- its life */

static bool start_lua(ScrConsole *console, EngError *err) {
  console->L = lua_newstate(allocate, console);
  if (!console->L) return eng_error_memory(err, NULL, "Lua");
  if (!scr_host_prepare(console->L, console->app->home, err)) return false;
  scr_work_set_patience(console->L, &console->patience);
  lua_sethook(console->L, scr_console_hook, LUA_MASKCOUNT, SCR_CONSOLE_COUNT);
  lua_pushcfunction(console->L, open_globals);
  if (lua_pcall(console->L, 0, 0, 0) == LUA_OK) return true;
  const char *message = lua_tostring(console->L, -1);
  return eng_error_set(err, NULL, "console", "%s", message ? message : "Lua did not start");
}

ScrConsole *scr_console_new(ScrApp *app, EngError *err) {
  ScrConsole *console = calloc(1, sizeof *console);
  if (!console) {
    eng_error_memory(err, NULL, "a console");
    return NULL;
  }
  console->app = app;
  console->patience = (ScrPatience){scr_console_work, console};
  console->job = eng_job_new(app->options.wake, app->options.context, err);
  if (console->job && start_lua(console, err)) return console;
  scr_console_free(console);
  return NULL;
}

void scr_console_free(ScrConsole *console) {
  if (!console) return;
  eng_job_free(console->job); /* nobody writes into Lua's memory any more */
  console->job = NULL;
  console->inside = console->stopping = true; /* finalizers do not get far */
  if (console->L) lua_close(console->L);
  free(console);
}

size_t scr_console_bytes(const ScrConsole *console) { return console ? console->bytes : 0; }

/* --- code */

/* An expression gives its values, everything else is a chunk. */
int scr_console_compile(lua_State *L) {
  const char *code = lua_touserdata(L, 1), *returned = lua_pushfstring(L, "return %s", code);
  if (luaL_loadbufferx(L, returned, strlen(returned), "=console", "t") == LUA_OK) return 1;
  lua_settop(L, 1);
  return luaL_loadbufferx(L, code, strlen(code), "=console", "t") == LUA_OK ? 1 : lua_error(L);
}

bool scr_console_unfinished(ScrConsole *console, const char *code) {
  static const char mark[] = "<eof>";
  size_t length = 0, n = sizeof mark - 1;
  lua_State *L = console->L;
  lua_pushcfunction(L, scr_console_compile);
  lua_pushlightuserdata(L, (void *)(uintptr_t)code);
  bool compiles = lua_pcall(L, 1, 1, 0) == LUA_OK;
  const char *message = compiles ? NULL : lua_tolstring(L, -1, &length);
  bool unfinished = message && length >= n && memcmp(message + length - n, mark, n) == 0;
  lua_pop(L, 1);
  return unfinished;
}

char *scr_console_names(ScrConsole *console, const char *code) {
  bool inside = console->inside;
  console->inside = true;
  if (!console->thread) scr_console_follow(console);
  char *names = scr_complete(console->L, code);
  console->inside = inside;
  return names;
}
