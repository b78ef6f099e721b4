/* A model's numbers as a Lua table. */
#ifndef SCRIPTING_BIND_CONFIG_H
#define SCRIPTING_BIND_CONFIG_H

#include "engine/config.h"

#include <lua.h>

/* Pushes a new table with every number under Hugging Face's names (of both families) and TransformerLens's.
 * `config` must not belong to something that a finalizer may close. */
void scr_bind_config(lua_State *L, const EngConfig *config);

/* The same of sizes and of the direction of attention alone; sizes below 0 are not known, and are left out. */
void scr_bind_sizes(lua_State *L, const EngConfig *config);

#endif
