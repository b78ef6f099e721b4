/* One state runs one script. Everything here that can raise happens inside a protected call, and the one
 * place that prints a script's error is report(). */
#include "scripting/host.h"

#include "scripting/bind.h"
#include "scripting/guard.h"
#include "scripting/sandbox.h"

#include "engine/budget.h"

#include <errno.h>
#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char home_key[] = "headscope.home";

/* As Lua's os.exit, but always closes the state: models and runs are given back, files are flushed. */
static int os_exit(lua_State *L) {
  int code = EXIT_SUCCESS;
  if (lua_isboolean(L, 1))
    code = lua_toboolean(L, 1) ? EXIT_SUCCESS : EXIT_FAILURE;
  else
    code = (int)luaL_optinteger(L, 1, EXIT_SUCCESS);
  scr_guard_leave();
  lua_close(L);
  exit(code);
}

/* Puts scripts/ of the home in front of package.path. */
static void add_path(lua_State *L, const char *home) {
  lua_getglobal(L, "package");
  lua_getfield(L, -1, "path");
  lua_pushfstring(L, "%s/scripts/?.lua;%s/scripts/?/init.lua;%s", home, home, lua_tostring(L, -1));
  lua_setfield(L, -3, "path");
  lua_pop(L, 2);
}

static void preload(lua_State *L) {
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
  lua_pushcfunction(L, scr_bind_headscope);
  lua_setfield(L, -2, "headscope");
  lua_pop(L, 1);
}

void scr_host_settle(lua_State *L, const char *home) {
  lua_pushstring(L, home);
  lua_setfield(L, LUA_REGISTRYINDEX, home_key);
  add_path(L, home);
}

static int prepare(lua_State *L) {
  luaL_openlibs(L);
  scr_host_settle(L, lua_touserdata(L, 1));
  lua_getglobal(L, "os");
  lua_pushcfunction(L, os_exit);
  lua_setfield(L, -2, "exit");
  preload(L);
  return 0;
}

/* (home, folders) */
static int prepare_sandbox(lua_State *L) {
  const char *home = lua_touserdata(L, 1);
  lua_pushstring(L, home);
  lua_setfield(L, LUA_REGISTRYINDEX, home_key);
  scr_sandbox_open(L, home, lua_touserdata(L, 2));
  return 0;
}

/* Calls the function below its `n_args` arguments. */
static bool prepare_by(lua_State *L, int n_args, EngError *err) {
  if (lua_pcall(L, n_args, 0, 0) == LUA_OK) return true;
  const char *message = lua_tostring(L, -1);
  eng_error_set(err, NULL, NULL, "%s", message ? message : "Lua did not start");
  lua_pop(L, 1);
  return false;
}

bool scr_host_prepare(lua_State *L, const char *home, EngError *err) {
  lua_pushcfunction(L, prepare);
  lua_pushlightuserdata(L, (void *)(uintptr_t)home);
  return prepare_by(L, 1, err);
}

static bool prepare_as_sandbox(lua_State *L, const char *home, const char *folders, EngError *err) {
  lua_pushcfunction(L, prepare_sandbox);
  lua_pushlightuserdata(L, (void *)(uintptr_t)home);
  lua_pushlightuserdata(L, (void *)(uintptr_t)folders);
  return prepare_by(L, 2, err);
}

/* Within the budget, as realloc. */
static void *allocate(void *context, void *block, size_t old, size_t size) {
  size_t had = block ? old : 0;
  (void)context;
  if (size > had && !eng_budget_take(size - had)) return NULL;
  void *moved = size > 0 ? realloc(block, size) : (free(block), NULL);
  if (size > 0 && !moved)
    eng_budget_give(size > had ? size - had : 0);
  else if (size < had)
    eng_budget_give(had - size);
  return moved;
}

/* Where memory is limited Lua's is counted, with what it has already. */
static lua_State *new_state(EngError *err) {
  lua_State *L = luaL_newstate();
  if (!L) eng_error_memory(err, NULL, "Lua");
  if (!L || !eng_budget_limited()) return L;
  eng_budget_take((size_t)lua_gc(L, LUA_GCCOUNT) * 1024 + (size_t)lua_gc(L, LUA_GCCOUNTB));
  lua_setallocf(L, allocate, NULL);
  return L;
}

static lua_State *close_unless(bool ready, lua_State *L) {
  if (ready) return L;
  lua_close(L);
  return NULL;
}

lua_State *scr_host_new(const char *home, EngError *err) {
  lua_State *L = new_state(err);
  return L ? close_unless(scr_host_prepare(L, home, err), L) : NULL;
}

lua_State *scr_host_new_sandbox(const char *home, const char *folders, EngError *err) {
  lua_State *L = new_state(err);
  return L ? close_unless(prepare_as_sandbox(L, home, folders, err), L) : NULL;
}

const char *scr_host_home(lua_State *L) {
  lua_getfield(L, LUA_REGISTRYINDEX, home_key);
  const char *home = lua_tostring(L, -1); /* the registry keeps it */
  lua_pop(L, 1);
  return home;
}

/* What was raised, in words that are the same on every run: not where a table lies in memory. */
static const char *words(lua_State *L, int index) {
  bool speaks = lua_isstring(L, index) || luaL_getmetafield(L, index, "__tostring") != LUA_TNIL;
  if (speaks) return luaL_tolstring(L, index, NULL);
  return lua_pushfstring(L, "an error that is a %s", luaL_typename(L, index));
}

int scr_host_traceback(lua_State *L) {
  luaL_traceback(L, L, words(L, 1), 1);
  return 1;
}

/* Prints the error on top of the stack and drops it. */
static void report(lua_State *L, int status) {
  const char *message = lua_tostring(L, -1);
  fflush(stdout);
  fprintf(stderr, "headscope: %s", message ? message : "(an error without a message)");
  if (status == LUA_ERRMEM && eng_budget_limited())
    fprintf(stderr, ": expected at most %zu bytes (--memory), found more wanted", eng_budget_limited());
  fputc('\n', stderr);
  lua_pop(L, 1);
}

/* The global `arg`: the script at 0, its arguments from 1, what stood before it below 0. */
static void set_arg(lua_State *L, int argc, char **argv, int before) {
  lua_createtable(L, argc, before + 1);
  for (int i = -before; i < argc; i++) {
    lua_pushstring(L, argv[i]);
    lua_rawseti(L, -2, i);
  }
  lua_setglobal(L, "arg");
}

typedef struct Script {
  int argc, before;
  char **argv;
  double seconds;
} Script;

static int run_script(lua_State *L) {
  const Script *script = lua_touserdata(L, 1);
  const char *path = script->argv[0];
  scr_guard_start(L, script->seconds);
  set_arg(L, script->argc, script->argv, script->before);
  if (luaL_loadfile(L, strcmp(path, "-") == 0 ? NULL : path) != LUA_OK) return lua_error(L);
  luaL_checkstack(L, script->argc, "too many arguments");
  for (int i = 1; i < script->argc; i++) lua_pushstring(L, script->argv[i]);
  lua_call(L, script->argc - 1, 0);
  return 0;
}

bool scr_host_run_file(lua_State *L, int argc, char **argv, int before, double seconds) {
  if (strcmp(argv[0], "-") != 0 && access(argv[0], R_OK) != 0) {
    fprintf(stderr, "headscope: %s: expected a readable script, found: %s\n", argv[0], strerror(errno));
    return false;
  }
  Script script = {argc, before, argv, seconds};
  lua_pushcfunction(L, scr_host_traceback);
  lua_pushcfunction(L, run_script);
  lua_pushlightuserdata(L, &script);
  int status = lua_pcall(L, 1, 0, -3);
  scr_guard_leave();
  if (status != LUA_OK) report(L, status);
  lua_pop(L, 1);
  return status == LUA_OK;
}
