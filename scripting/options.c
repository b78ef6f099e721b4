/* Tables are read raw: what an option says does not depend on a metatable, and its strings live as long as
 * the table does. */
#include "scripting/options.h"

#include <lauxlib.h>
#include <limits.h>
#include <string.h>

static bool known(const char *const *names, const char *name) {
  for (; *names; names++)
    if (strcmp(*names, name) == 0) return true;
  return false;
}

/* Raises "unknown option 'x'; expected a, b, c". */
static void refuse(lua_State *L, int arg, const char *const *names, const char *name) {
  luaL_Buffer list;
  luaL_buffinit(L, &list);
  for (int i = 0; names[i]; i++) {
    if (i > 0) luaL_addstring(&list, ", ");
    luaL_addstring(&list, names[i]);
  }
  luaL_pushresult(&list);
  luaL_argerror(L, arg, lua_pushfstring(L, "unknown option '%s'; expected %s", name, lua_tostring(L, -1)));
}

void scr_options_check(lua_State *L, int arg, const char *const *names) {
  if (lua_isnoneornil(L, arg)) return;
  luaL_checktype(L, arg, LUA_TTABLE);
  for (lua_pushnil(L); lua_next(L, arg); lua_pop(L, 1)) {
    if (lua_type(L, -2) != LUA_TSTRING) luaL_argerror(L, arg, "expected options by name, found a list");
    if (!known(names, lua_tostring(L, -2))) refuse(L, arg, names, lua_tostring(L, -2));
  }
}

int scr_options_push(lua_State *L, int arg, const char *name) {
  if (lua_type(L, arg) != LUA_TTABLE) {
    lua_pushnil(L);
    return LUA_TNIL;
  }
  lua_pushstring(L, name);
  return lua_rawget(L, arg);
}

static void refuse_type(lua_State *L, int arg, const char *name, const char *expected) {
  luaL_argerror(L, arg,
                lua_pushfstring(L, "option '%s': expected %s, found %s", name, expected, luaL_typename(L, -1)));
}

bool scr_options_flag(lua_State *L, int arg, const char *name, bool otherwise) {
  int type = scr_options_push(L, arg, name);
  if (type != LUA_TNIL && type != LUA_TBOOLEAN) refuse_type(L, arg, name, "true or false");
  bool value = type == LUA_TNIL ? otherwise : lua_toboolean(L, -1);
  lua_pop(L, 1);
  return value;
}

const char *scr_options_string(lua_State *L, int arg, const char *name, size_t *length) {
  int type = scr_options_push(L, arg, name);
  if (type != LUA_TNIL && type != LUA_TSTRING) refuse_type(L, arg, name, "a string");
  const char *value = lua_tolstring(L, -1, length);
  lua_pop(L, 1);
  return value;
}

/* The whole number at place `i` (from 1) of the sequence at `index`. */
static int read_int(lua_State *L, int index, const char *what, lua_Integer i) {
  int exact = 0;
  lua_rawgeti(L, index, i);
  lua_Integer value = lua_isnumber(L, -1) && lua_type(L, -1) == LUA_TNUMBER ? lua_tointegerx(L, -1, &exact) : 0;
  if (!exact || value < INT_MIN || value > INT_MAX)
    luaL_error(L, "%s: expected whole numbers, found %s at place %I", what, luaL_tolstring(L, -1, NULL), i);
  lua_pop(L, 1);
  return (int)value;
}

int *scr_options_ints(lua_State *L, int index, const char *what, size_t *n) {
  index = lua_absindex(L, index);
  *n = lua_rawlen(L, index);
  int *list = lua_newuserdatauv(L, (*n + 1) * sizeof *list, 0);
  for (size_t i = 0; i < *n; i++) list[i] = read_int(L, index, what, (lua_Integer)i + 1);
  return list;
}
