/* Nothing dangerous is hidden: it is never put in. The libraries that are opened are listed, and so is what they
 * keep; what reads files is replaced by functions that look at the folders first. So there is nothing for a trick
 * with metatables, coroutines or environments to reach. The module keeps what is listed, too: a function that it
 * gets tomorrow is not in here until somebody has thought about it. */
#include "scripting/sandbox.h"

#include "scripting/allowed.h"
#include "scripting/bind.h"
#include "scripting/bind_scripts.h"

#include <lauxlib.h>
#include <lualib.h>
#include <string.h>

static const luaL_Reg libraries[] = {
    {LUA_GNAME, luaopen_base},       {LUA_LOADLIBNAME, luaopen_package}, {LUA_COLIBNAME, luaopen_coroutine},
    {LUA_TABLIBNAME, luaopen_table}, {LUA_OSLIBNAME, luaopen_os},        {LUA_STRLIBNAME, luaopen_string},
    {LUA_MATHLIBNAME, luaopen_math}, {LUA_UTF8LIBNAME, luaopen_utf8},    {NULL, NULL}};

static const char *const of_os[] = {"clock", "date", "difftime", "time", NULL};
static const char *const of_package[] = {"config", "loaded", "path", "preload", "searchers", NULL};
static const char *const of_module[] = {
    "version", "load",         "tensors",  "save_tensors", "tensor",      "zeros", "range", "stack", "where",
    "picture", "save_picture", "recorded", "files",        "make_folder", "read",  "write", "json",  NULL};

static bool is_listed(const char *const *names, const char *name) {
  for (; *names; names++)
    if (strcmp(*names, name) == 0) return true;
  return false;
}

/* What is called in place of a function that is not there. */
static int refuse(lua_State *L) {
  return luaL_error(L, "%s is not to be had in a sandbox", lua_tostring(L, lua_upvalueindex(1)));
}

/* os.getenv: there is no environment. */
static int no_variable(lua_State *L) { return luaL_checkstring(L, 1), lua_pushnil(L), 1; }

/* Takes out of the table on top what is not listed; functions leave a refusal behind. */
static void keep(lua_State *L, const char *library, const char *const *names) {
  for (lua_pushnil(L); lua_next(L, -2);) {
    bool function = lua_isfunction(L, -1);
    lua_pop(L, 1);
    const char *name = lua_tostring(L, -1);
    if (is_listed(names, name)) continue;
    lua_pushvalue(L, -1);
    lua_pushfstring(L, "%s.%s", library, name);
    lua_pushcclosure(L, refuse, 1);
    if (!function) lua_pop(L, 1), lua_pushnil(L);
    lua_rawset(L, -4);
  }
}

/* load(chunk, name, mode, env): text only; upvalue 1 is Lua's own. */
static int load_text(lua_State *L) {
  luaL_checkany(L, 1);
  bool has_env = lua_gettop(L) >= 4;
  lua_settop(L, has_env ? 4 : 2);
  if (!has_env) lua_pushnil(L);
  lua_pushliteral(L, "t");
  lua_replace(L, 3);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, has_env ? 4 : 3, LUA_MULTRET);
  return lua_gettop(L);
}

/* loadfile(file, mode, env): text only, of a file that may be read. */
static int load_file(lua_State *L) {
  bool has_env = lua_gettop(L) >= 3;
  const char *path = scr_file_to_read(L, 1);
  if (luaL_loadfilex(L, path, "t") != LUA_OK) {
    luaL_pushfail(L);
    lua_insert(L, -2);
    return 2;
  }
  if (has_env) {
    lua_pushvalue(L, 3);
    if (!lua_setupvalue(L, -2, 1)) lua_pop(L, 1);
  }
  return 1;
}

/* A searcher for require; upvalue 1 is package.searchpath, upvalue 2 where it looks. */
static int search(lua_State *L) {
  luaL_checkstring(L, 1);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_pushvalue(L, 1);
  lua_pushvalue(L, lua_upvalueindex(2));
  lua_call(L, 2, 2);
  if (lua_isnil(L, -2)) return 1; /* where it has looked */
  lua_pop(L, 1);
  const char *path = scr_file_to_read(L, -1);
  if (luaL_loadfilex(L, path, "t") != LUA_OK) return lua_error(L);
  lua_insert(L, -2);
  return 2;
}

/* The table `package` is on top: only what is preloaded, or lies in a folder that may be read. */
static void set_searchers(lua_State *L) {
  lua_getfield(L, -1, "searchpath");
  scr_push_allowed_path(L);
  lua_pushvalue(L, -1);
  lua_setfield(L, -4, "path");
  lua_pushcclosure(L, search, 2);
  lua_createtable(L, 2, 0);
  lua_getfield(L, -3, "searchers");
  lua_rawgeti(L, -1, 1); /* of what is preloaded */
  lua_rawseti(L, -3, 1);
  lua_pop(L, 1);
  lua_insert(L, -2);
  lua_rawseti(L, -2, 2);
  /* require looks them up in this very table */
  lua_setfield(L, -2, "searchers");
}

static int open_module(lua_State *L) {
  scr_bind_headscope(L);
  keep(L, "headscope", of_module);
  scr_bind_scripts(L); /* Lua that has no more than the script itself */
  return 1;
}

static void set_global(lua_State *L, const char *name, lua_CFunction function) {
  lua_getglobal(L, name);
  lua_pushcclosure(L, function, 1);
  lua_setglobal(L, name);
}

void scr_sandbox_open(lua_State *L, const char *home, const char *folders) {
  scr_allow_only(L, home, folders);
  for (const luaL_Reg *library = libraries; library->name; library++) {
    luaL_requiref(L, library->name, library->func, 1);
    lua_pop(L, 1);
  }
  set_global(L, "load", load_text);
  set_global(L, "loadfile", load_file);
  lua_pushnil(L);
  lua_setglobal(L, "dofile");
  lua_getglobal(L, LUA_STRLIBNAME);
  lua_pushnil(L);
  lua_setfield(L, -2, "dump");
  lua_getglobal(L, LUA_OSLIBNAME);
  keep(L, LUA_OSLIBNAME, of_os);
  lua_pushcfunction(L, no_variable);
  lua_setfield(L, -2, "getenv");
  lua_getglobal(L, LUA_LOADLIBNAME);
  set_searchers(L);
  keep(L, LUA_LOADLIBNAME, of_package);
  lua_getfield(L, -1, "preload");
  lua_pushcfunction(L, open_module);
  lua_setfield(L, -2, "headscope");
  lua_settop(L, 0);
}
