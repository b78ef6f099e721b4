/* The module `headscope` and what it is made of: one opener a type, each in its bind_*.c. */
#ifndef SCRIPTING_BIND_H
#define SCRIPTING_BIND_H

#include <lua.h>

/* What `require "headscope"` calls: returns the module's table. */
int scr_bind_headscope(lua_State *L);

#endif
