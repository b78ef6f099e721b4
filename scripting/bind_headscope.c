/* The module's table: functions of its own, and those of the types it is made of. */
#include "scripting/bind.h"

#include <lauxlib.h>

int scr_bind_headscope(lua_State *L) {
  lua_createtable(L, 0, 8);
  lua_pushliteral(L, HEADSCOPE_VERSION);
  lua_setfield(L, -2, "version");
  return 1;
}
