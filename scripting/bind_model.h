/* Models in Lua. */
#ifndef SCRIPTING_BIND_MODEL_H
#define SCRIPTING_BIND_MODEL_H

#include "engine/model.h"

#include <lua.h>

/* Registers models and adds hs.load to the module's table on top of the stack. */
void scr_bind_model(lua_State *L);

/* The open model at `arg`, as long as it stays on the stack; raises otherwise. */
EngModel *scr_check_model(lua_State *L, int arg);

/* Pushes a model; takes a reference. */
void scr_push_model(lua_State *L, EngModel *model);
/* Pushes the model at `arg` in a box of its own, which nobody else can close. */
void scr_push_same_model(lua_State *L, int arg);

#endif
