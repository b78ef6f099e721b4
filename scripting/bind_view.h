/* The window of a console, in Lua: `view`. */
#ifndef SCRIPTING_BIND_VIEW_H
#define SCRIPTING_BIND_VIEW_H

#include "scripting/app.h"

#include <lua.h>

/* Pushes the window that the state is the console of. It has the methods of hs.ui's windows. */
void scr_bind_view(lua_State *L);

/* The window at `arg` when it is one; NULL otherwise. */
ScrApp *scr_test_view(lua_State *L, int arg);

#endif
