/* The table hs.json, and the mark that tells an empty object from an empty array: a metatable. */
#include "scripting/bind_json.h"

#include <lauxlib.h>

static const char mark; /* its address is the registry's key */

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

/* hs.json.object(t) → t, which is written as an object even when it is empty. */
static int object(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  scr_json_mark_object(L, 1);
  return 1;
}

static const luaL_Reg functions[] = {
    {"encode", scr_json_encode},
    {"decode", scr_json_decode},
    {"object", object},
    {NULL, NULL},
};

void scr_bind_json(lua_State *L) {
  lua_newtable(L);
  lua_pushliteral(L, "json object");
  lua_setfield(L, -2, "__name");
  lua_rawsetp(L, LUA_REGISTRYINDEX, &mark);
  luaL_newlib(L, functions);
  lua_pushlightuserdata(L, NULL);
  lua_setfield(L, -2, "null");
  lua_setfield(L, -2, "json");
}
