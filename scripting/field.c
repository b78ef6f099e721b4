/* Lists are short, so they are searched as they stand. */
#include "scripting/field.h"

#include <string.h>

int scr_field(lua_State *L, const luaL_Reg *fields) {
  const char *key = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
  for (; fields->name; fields++)
    if (strcmp(fields->name, key) == 0) return fields->func(L);
  lua_pushnil(L);
  return 1;
}
