/* Scans in Lua. */
#ifndef SCRIPTING_BIND_SCAN_H
#define SCRIPTING_BIND_SCAN_H

#include <lua.h>

/* Adds hs.scan to the module's table on top of the stack. */
void scr_bind_scan(lua_State *L);

#endif
