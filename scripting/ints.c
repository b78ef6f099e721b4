/* The array belongs to Lua, so that raising later leaks nothing. */
#include "scripting/ints.h"

#include "scripting/check.h"

#include <lauxlib.h>
#include <limits.h>

/* The number at place `i` (from 1) of the sequence at `index`. */
static int read_int(lua_State *L, int index, const char *what, lua_Integer i) {
  int exact = 0;
  lua_rawgeti(L, index, i);
  lua_Integer value = lua_tointegerx(L, -1, &exact);
  if (!exact || lua_type(L, -1) != LUA_TNUMBER || value < INT_MIN || value > INT_MAX)
    luaL_error(L, "%s: expected whole numbers, found %s at place %I", what, luaL_tolstring(L, -1, NULL), i);
  lua_pop(L, 1);
  return (int)value;
}

int *scr_check_ints(lua_State *L, int index, const char *what, size_t *n) {
  index = lua_absindex(L, index);
  *n = scr_list(L, index, what);
  int *list = lua_newuserdatauv(L, (*n + 1) * sizeof *list, 0);
  for (size_t i = 0; i < *n; i++) list[i] = read_int(L, index, what, (lua_Integer)i + 1);
  return list;
}
