/* Runs in Lua. */
#ifndef SCRIPTING_BIND_RUN_H
#define SCRIPTING_BIND_RUN_H

#include "engine/run.h"

#include <lua.h>

/* Registers the type. */
void scr_bind_run(lua_State *L);

/* Pushes a closed box whose `run.model` is the value at `model`; a run stored in the place returned belongs
 * to the box. */
EngRun **scr_bind_run_new(lua_State *L, int model);

/* The run of the box at `arg`; raises for another value or a closed run. */
EngRun *scr_bind_run_check(lua_State *L, int arg);

#endif
