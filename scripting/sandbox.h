/* A state for scripts of strangers: Lua without io, debug, native code and bytecode, without a way to start
 * programs, remove files or end the process, and with files of some folders only (allowed.h). */
#ifndef SCRIPTING_SANDBOX_H
#define SCRIPTING_SANDBOX_H

#include <lua.h>

/* Opens what a fresh state may have, in place of luaL_openlibs, and module `headscope`. `folders` as for
 * scr_allow_only. May raise. */
void scr_sandbox_open(lua_State *L, const char *home, const char *folders);

#endif
