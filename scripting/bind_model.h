/* Models in Lua. */
#ifndef SCRIPTING_BIND_MODEL_H
#define SCRIPTING_BIND_MODEL_H

#include "engine/model.h"

#include <lua.h>

/* Registers the type and sets hs.load in the module's table on top of the stack. */
void scr_bind_model(lua_State *L);

/* The model of the box at `arg`; raises for another value or a closed model. */
EngModel *scr_bind_model_check(lua_State *L, int arg);

/* model:run(input, options) → run, in bind_forward.c. */
int scr_bind_forward(lua_State *L);

#endif
