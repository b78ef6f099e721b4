/* Fields of a value that are computed when they are read. */
#ifndef SCRIPTING_FIELD_H
#define SCRIPTING_FIELD_H

#include <lauxlib.h>

/* For a type's `field`: calls the function that `fields` lists under the key at 2, with the value at 1; nil
 * for another key. */
int scr_field(lua_State *L, const luaL_Reg *fields);

#endif
