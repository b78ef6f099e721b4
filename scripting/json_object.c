/* The mark that tells an empty object from an empty array: a metatable. */
#include "scripting/bind_json.h"

static const char mark; /* its address is the registry's key */

void scr_json_new_mark(lua_State *L) {
  lua_newtable(L);
  lua_pushliteral(L, "json object");
  lua_setfield(L, -2, "__name");
  lua_rawsetp(L, LUA_REGISTRYINDEX, &mark);
}

void scr_json_mark_object(lua_State *L, int index) {
  index = lua_absindex(L, index);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &mark);
  lua_setmetatable(L, index);
}

bool scr_json_is_object(lua_State *L, int index) {
  if (!lua_getmetatable(L, index)) return false;
  lua_rawgetp(L, LUA_REGISTRYINDEX, &mark);
  bool same = lua_rawequal(L, -1, -2);
  lua_pop(L, 2);
  return same;
}
