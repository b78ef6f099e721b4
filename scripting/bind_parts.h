/* Names of parts as arguments of Lua functions. */
#ifndef SCRIPTING_BIND_PARTS_H
#define SCRIPTING_BIND_PARTS_H

#include "engine/config.h"

#include <lua.h>

/* The head that argument `arg` names: "5.10", "L5H10" or {layer=5, head=10}; raises otherwise. */
void scr_bind_head(lua_State *L, int arg, const EngConfig *config, int *layer, int *head);

/* The neuron: "L3N120" or {layer=3, neuron=120}. */
void scr_bind_neuron(lua_State *L, int arg, const EngConfig *config, int *layer, int *neuron);

#endif
