/* Methods are found first, so that a field's function runs only when the field is read. */
#include "scripting/bind_type.h"

/* __index with two upvalues: methods, fields. */
static int index_value(lua_State *L) {
  lua_settop(L, 2);
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) return 1;
  lua_settop(L, 2);
  if (lua_rawget(L, lua_upvalueindex(2)) == LUA_TNIL) return 1;
  lua_pushvalue(L, 1);
  lua_call(L, 1, 1);
  return 1;
}

static void push_functions(lua_State *L, const luaL_Reg *functions) {
  lua_newtable(L);
  luaL_setfuncs(L, functions, 0);
}

void scr_bind_type(lua_State *L, const char *name, const luaL_Reg *metamethods, const luaL_Reg *methods,
                   const luaL_Reg *fields) {
  luaL_newmetatable(L, name);
  luaL_setfuncs(L, metamethods, 0);
  push_functions(L, methods);
  push_functions(L, fields);
  lua_pushcclosure(L, index_value, 2);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
}

int scr_bind_raise(lua_State *L, const EngError *err) { return luaL_error(L, "%s", err->message); }
