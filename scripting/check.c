/* Lua's own checks take "7" for 7; these do not. Tables are read raw: an option is what the caller wrote. */
#include "scripting/check.h"

#include <lauxlib.h>
#include <string.h>

lua_Integer scr_integer(lua_State *L, int arg) {
  int is_integer = 0;
  lua_Integer value = lua_tointegerx(L, arg, &is_integer);
  if (lua_type(L, arg) != LUA_TNUMBER) luaL_typeerror(L, arg, "integer");
  luaL_argcheck(L, is_integer, arg, "expected an integer, found a fraction");
  return value;
}

const char *scr_name(lua_State *L, int arg) {
  size_t length = 0;
  luaL_checktype(L, arg, LUA_TSTRING);
  const char *name = lua_tolstring(L, arg, &length);
  luaL_argcheck(L, strlen(name) == length, arg, "expected a name without NUL bytes");
  return name;
}

size_t scr_list(lua_State *L, int index, const char *what) {
  index = lua_absindex(L, index);
  size_t n = lua_rawlen(L, index);
  for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
    lua_Integer key = lua_isinteger(L, -2) ? lua_tointeger(L, -2) : 0;
    if (key < 1 || (size_t)key > n)
      luaL_error(L, "%s: expected a list, found a table with a field %s", what, luaL_tolstring(L, -2, NULL));
  }
  return n;
}

static int out_of_range(lua_State *L, lua_Integer i, size_t last, size_t n, const char *what) {
  lua_Integer high = (lua_Integer)last, low = -(lua_Integer)n;
  if (n == 0 && last == 0) return luaL_error(L, "%s %I: expected 0", what, i);
  return luaL_error(L, "%s %I: expected 0 to %I (or %I to -1)", what, i, high, low);
}

size_t scr_index(lua_State *L, int arg, size_t n, const char *what) {
  lua_Integer given = scr_integer(L, arg), i = given < 0 ? given + (lua_Integer)n : given;
  if (n == 0) luaL_error(L, "%s %I: expected none, there are 0", what, given);
  if (i < 0 || (size_t)i >= n) out_of_range(L, given, n - 1, n, what);
  return (size_t)i;
}

size_t scr_bound(lua_State *L, int arg, size_t n, const char *what) {
  lua_Integer given = scr_integer(L, arg), i = given < 0 ? given + (lua_Integer)n : given;
  if (i < 0 || (size_t)i > n) out_of_range(L, given, n, n, what);
  return (size_t)i;
}

static bool is_known(const char *key, const char *const *names) {
  for (; *names; names++)
    if (strcmp(key, *names) == 0) return true;
  return false;
}

/* Raises for the key on top of the stack. */
static void unknown_option(lua_State *L, const char *const *names) {
  const char *key = luaL_tolstring(L, -1, NULL);
  luaL_Buffer list;
  luaL_buffinit(L, &list);
  for (size_t i = 0; names[i]; i++) {
    luaL_addstring(&list, i ? ", " : "");
    luaL_addstring(&list, names[i]);
  }
  luaL_pushresult(&list);
  luaL_error(L, "unknown option \"%s\": expected one of %s", key, lua_tostring(L, -1));
}

void scr_options(lua_State *L, int arg, const char *const *names) {
  if (lua_isnoneornil(L, arg)) return;
  luaL_checktype(L, arg, LUA_TTABLE);
  lua_pushnil(L);
  while (lua_next(L, arg)) {
    lua_pop(L, 1);
    if (lua_type(L, -1) != LUA_TSTRING || !is_known(lua_tostring(L, -1), names)) unknown_option(L, names);
  }
}

bool scr_option(lua_State *L, int arg, const char *name) {
  if (!lua_istable(L, arg)) return false;
  lua_pushstring(L, name);
  if (lua_rawget(L, arg) != LUA_TNIL) return true;
  lua_pop(L, 1);
  return false;
}

/* The value on top of the stack must be of that type. */
static void check_option(lua_State *L, const char *name, bool ok, const char *expected) {
  if (!ok) luaL_error(L, "option \"%s\": expected %s, found %s", name, expected, luaL_typename(L, -1));
}

bool scr_option_boolean(lua_State *L, int arg, const char *name, bool fallback) {
  if (!scr_option(L, arg, name)) return fallback;
  check_option(L, name, lua_isboolean(L, -1), "a boolean");
  bool value = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return value;
}

lua_Integer scr_option_integer(lua_State *L, int arg, const char *name, lua_Integer fallback) {
  if (!scr_option(L, arg, name)) return fallback;
  int is_integer = 0;
  lua_Integer value = lua_tointegerx(L, -1, &is_integer);
  check_option(L, name, is_integer && lua_type(L, -1) == LUA_TNUMBER, "an integer");
  lua_pop(L, 1);
  return value;
}

lua_Number scr_option_number(lua_State *L, int arg, const char *name, lua_Number fallback) {
  if (!scr_option(L, arg, name)) return fallback;
  check_option(L, name, lua_type(L, -1) == LUA_TNUMBER, "a number");
  lua_Number value = lua_tonumber(L, -1);
  lua_pop(L, 1);
  return value;
}

const char *scr_option_string(lua_State *L, int arg, const char *name, size_t *length) {
  if (!scr_option(L, arg, name)) return NULL;
  check_option(L, name, lua_type(L, -1) == LUA_TSTRING, "a string");
  const char *value = lua_tolstring(L, -1, length);
  lua_pop(L, 1);
  return value;
}
