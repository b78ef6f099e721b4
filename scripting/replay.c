/* The window of the script is a table whose functions note down their arguments. What a script may use beside it
 * is what journal.c writes and a person adds by hand: tables, strings, numbers, loops. */
#include "scripting/replay.h"

#include <lauxlib.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_STEPS = 1 << 20, MOST_INSTRUCTIONS = 100000000, MOST_BYTES = 1 << 28 };

static void free_step(ScrStep *step) {
  for (size_t i = 0; i < step->n_args; i++)
    if (step->args[i].kind == REN_ARG_STRING) free((char *)(uintptr_t)step->args[i].string);
  free(step->command);
}

void scr_replay_free(ScrReplay *replay) {
  if (!replay) return;
  for (size_t i = 0; i < replay->n_steps; i++) free_step(&replay->steps[i]);
  free(replay->steps);
  free(replay->path);
  free(replay->model);
  free(replay->text);
  free(replay->pair);
  free(replay->theme);
  free(replay);
}

/* --- what the script calls: the replay is upvalue 1 */

static ScrReplay *of(lua_State *L) { return lua_touserdata(L, lua_upvalueindex(1)); }

static char *copy(lua_State *L, const char *string) {
  char *made = strdup(string);
  if (!made) luaL_error(L, "expected memory for a session, found none");
  return made;
}

static ScrStep *add_step(lua_State *L) {
  ScrReplay *replay = of(L);
  size_t n = replay->n_steps;
  if (n == MOST_STEPS) luaL_error(L, "expected at most %d commands", MOST_STEPS);
  /* Room for twice as many whenever their number is a power of two. */
  if ((n & (n - 1)) == 0) {
    ScrStep *steps = realloc(replay->steps, (n > 0 ? 2 * n : 1) * sizeof *steps);
    if (!steps) luaL_error(L, "expected memory for a session, found none");
    replay->steps = steps;
  }
  replay->steps[n] = (ScrStep){0};
  replay->n_steps++;
  return &replay->steps[n];
}

static const char *text_at(lua_State *L, int i) {
  size_t length;
  const char *text = lua_tolstring(L, i, &length);
  if (strlen(text) != length) luaL_error(L, "expected text without NUL bytes");
  return text;
}

/* The value on top of the stack. */
static RenArg arg_at_top(lua_State *L) {
  switch (lua_type(L, -1)) {
  case LUA_TNUMBER:
    return (RenArg){.kind = REN_ARG_NUMBER, .number = lua_tonumber(L, -1)};
  case LUA_TSTRING:
    return (RenArg){.kind = REN_ARG_STRING, .string = copy(L, text_at(L, -1))};
  case LUA_TBOOLEAN:
    return (RenArg){.kind = REN_ARG_BOOL, .boolean = lua_toboolean(L, -1)};
  case LUA_TNIL:
    return (RenArg){.kind = REN_ARG_NONE};
  default:
    luaL_error(L, "expected numbers, strings or booleans, found a %s", luaL_typename(L, -1));
    return (RenArg){0};
  }
}

/* ui:command(name, { arguments }) */
static int command(lua_State *L) {
  luaL_checktype(L, 2, LUA_TSTRING);
  if (!ren_command_find(text_at(L, 2)))
    return luaL_error(L, "%s: expected the name of a command", lua_tostring(L, 2));
  ScrStep *step = add_step(L);
  step->command = copy(L, lua_tostring(L, 2));
  if (lua_isnoneornil(L, 3)) return 0;
  luaL_checktype(L, 3, LUA_TTABLE);
  for (int i = 1; i <= REN_MAX_ARGS; i++) {
    lua_rawgeti(L, 3, i);
    step->args[i - 1] = arg_at_top(L);
    if (step->args[i - 1].kind != REN_ARG_NONE) step->n_args = (size_t)i;
    lua_pop(L, 1);
  }
  return 0;
}

static int wait(lua_State *L) {
  add_step(L);
  return lua_settop(L, 1), 1;
}

static int nothing(lua_State *L) {
  (void)L;
  return 0;
}

static void take_option(lua_State *L, const char *name, char **out) {
  lua_getfield(L, 1, name);
  if (lua_type(L, -1) == LUA_TSTRING && !*out) *out = copy(L, text_at(L, -1));
  lua_pop(L, 1);
}

/* hs.ui.open{…}: what it was opened with; `ui` is upvalue 2. */
static int open_ui(lua_State *L) {
  ScrReplay *replay = of(L);
  luaL_checktype(L, 1, LUA_TTABLE);
  take_option(L, "model", &replay->model);
  take_option(L, "text", &replay->text);
  take_option(L, "pair", &replay->pair);
  take_option(L, "theme", &replay->theme);
  lua_getfield(L, 1, "split");
  replay->split = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return lua_pushvalue(L, lua_upvalueindex(2)), 1;
}

/* require "headscope": the table that is upvalue 1. */
static int require_headscope(lua_State *L) {
  if (strcmp(luaL_checkstring(L, 1), "headscope") != 0)
    return luaL_error(L, "expected a session, which uses headscope alone; found %s", lua_tostring(L, 1));
  return lua_pushvalue(L, lua_upvalueindex(1)), 1;
}

/* --- the state */

static void stop(lua_State *L, lua_Debug *unused) {
  (void)unused;
  luaL_error(L, "expected a session, found a script that goes on for very long");
}

/* Lua's memory, up to a limit; what is used is counted at `context`. */
static void *allocate(void *context, void *block, size_t old, size_t size) {
  size_t *used = context;
  size_t before = block ? old : 0;
  if (size > before && size - before > MOST_BYTES - *used) return NULL;
  void *moved = size > 0 ? realloc(block, size) : (free(block), NULL);
  if (moved || size == 0) *used += size - before;
  return moved;
}

static void add_libraries(lua_State *L) {
  static const luaL_Reg libraries[] = {
      {LUA_STRLIBNAME, luaopen_string}, {LUA_TABLIBNAME, luaopen_table}, {LUA_MATHLIBNAME, luaopen_math}};
  static const char *const unsafe[] = {"dofile", "loadfile", "load", "print", "collectgarbage"};
  luaL_requiref(L, LUA_GNAME, luaopen_base, true);
  for (size_t i = 0; i < sizeof libraries / sizeof libraries[0]; i++)
    luaL_requiref(L, libraries[i].name, libraries[i].func, true);
  for (size_t i = 0; i < sizeof unsafe / sizeof unsafe[0]; i++) {
    lua_pushnil(L);
    lua_setglobal(L, unsafe[i]);
  }
}

/* The replay is the light userdata at 1. */
static void add_window(lua_State *L) {
  static const luaL_Reg methods[] = {
      {"command", command}, {"wait", wait}, {"image", nothing}, {"close", nothing}, {NULL, NULL}};
  lua_newtable(L); /* headscope */
  lua_newtable(L); /* headscope.ui */
  lua_pushvalue(L, 1);
  luaL_newlibtable(L, methods);
  lua_pushvalue(L, 1);
  luaL_setfuncs(L, methods, 1);
  lua_pushcclosure(L, open_ui, 2);
  lua_setfield(L, -2, "open");
  lua_setfield(L, -2, "ui");
  lua_pushcclosure(L, require_headscope, 1);
  lua_setglobal(L, "require");
}

static int run(lua_State *L) {
  const ScrReplay *replay = lua_touserdata(L, 1);
  add_libraries(L);
  add_window(L);
  lua_sethook(L, stop, LUA_MASKCOUNT, MOST_INSTRUCTIONS);
  if (luaL_loadfilex(L, replay->path, "t") != LUA_OK) return lua_error(L);
  lua_call(L, 0, 0);
  return 0;
}

/* Lua's own error says file and line. */
static bool run_script(ScrReplay *replay, EngError *err) {
  size_t used = 0;
  lua_State *L = lua_newstate(allocate, &used);
  if (!L) return eng_error_memory(err, replay->path, "a session");
  lua_pushcfunction(L, run);
  lua_pushlightuserdata(L, replay);
  bool ok = lua_pcall(L, 1, 0, 0) == LUA_OK;
  if (!ok) eng_error_set(err, NULL, NULL, "%s", luaL_tolstring(L, -1, NULL));
  lua_close(L);
  return ok;
}

ScrReplay *scr_replay_read(const char *path, EngError *err) {
  ScrReplay *replay = calloc(1, sizeof *replay);
  if (replay) replay->path = strdup(path);
  bool ok = replay && replay->path ? run_script(replay, err) : eng_error_memory(err, path, "a session");
  if (ok && replay->n_steps == 0)
    ok = eng_error_set(err, path, NULL, "expected a session, found no command of a window");
  if (ok) return replay;
  scr_replay_free(replay);
  return NULL;
}
