/* What the types of the module have in common: a metatable with methods, fields that are computed, and an
 * end that comes once, by close(), by <close> or by the collector. */
#ifndef SCRIPTING_BIND_TYPE_H
#define SCRIPTING_BIND_TYPE_H

#include "engine/error.h"

#include <lauxlib.h>

/* Registers `name`: a key of a value is a method, else a field (a function of the value alone), else nil. */
void scr_bind_type(lua_State *L, const char *name, const luaL_Reg *metamethods, const luaL_Reg *methods,
                   const luaL_Reg *fields);

/* Raises an engine's error. Only where no engine object is held. */
int scr_bind_raise(lua_State *L, const EngError *err);

#endif
