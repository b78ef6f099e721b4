/* Functions of the module that are written in Lua. */
#ifndef SCRIPTING_BIND_SCRIPTS_H
#define SCRIPTING_BIND_SCRIPTS_H

#include <lua.h>

/* Adds hs.probe and hs.repeated to the module's table on top of the stack. */
void scr_bind_scripts(lua_State *L);

#endif
