/* Recorded files in Lua: attention and tokens as a run that has no model (scripts/headscope/recorded.lua). */
#ifndef SCRIPTING_BIND_RECORD_H
#define SCRIPTING_BIND_RECORD_H

#include "engine/source.h"

#include <lua.h>

/* Adds hs.recorded to the module's table on top of the stack. */
void scr_bind_record(lua_State *L);

/* Pushes the model and the run behind what is shown: of a recorded file nil, and its block as a run. */
void scr_push_shown(lua_State *L, EngSource *base, int block);

#endif
