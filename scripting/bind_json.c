/* The table hs.json. */
#include "scripting/bind_json.h"

#include <lauxlib.h>

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
  scr_json_new_mark(L);
  luaL_newlib(L, functions);
  lua_pushlightuserdata(L, NULL);
  lua_setfield(L, -2, "null");
  lua_setfield(L, -2, "json");
}
