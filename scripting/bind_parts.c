/* Strings go to the one parser; tables are checked field by field. */
#include "scripting/bind_parts.h"

#include "scripting/check.h"

#include "engine/parts.h"

#include <lauxlib.h>

typedef bool (*Parse)(const char *text, size_t length, int n_layers, int n, int *layer, int *index, EngError *err);

/* A field of the table at `arg`, a whole number below `count`. */
static int field(lua_State *L, int arg, const char *name, int count) {
  EngError err = {0};
  if (!scr_option(L, arg, name))
    luaL_argerror(L, arg, lua_pushfstring(L, "%s: expected 0 to %d, found none", name, count - 1));
  lua_pop(L, 1);
  lua_Integer value = scr_option_integer(L, arg, name, -1);
  if (!eng_parts_check(name, value, count, &err)) luaL_argerror(L, arg, lua_pushstring(L, err.message));
  return (int)value;
}

/* `what` is "head" or "neuron", of which a layer has `n`. */
static void part(lua_State *L, int arg, Parse parse, const char *what, int n_layers, int n, int *layer,
                 int *index) {
  if (lua_type(L, arg) == LUA_TTABLE) {
    const char *const names[] = {"layer", what, NULL};
    scr_options(L, arg, names);
    *layer = field(L, arg, "layer", n_layers);
    *index = field(L, arg, what, n);
    return;
  }
  EngError err = {0};
  size_t length = 0;
  luaL_checktype(L, arg, LUA_TSTRING);
  const char *text = lua_tolstring(L, arg, &length);
  if (!parse(text, length, n_layers, n, layer, index, &err)) luaL_argerror(L, arg, lua_pushstring(L, err.message));
}

void scr_bind_head(lua_State *L, int arg, const EngConfig *config, int *layer, int *head) {
  part(L, arg, eng_parts_head, "head", config->n_layers, config->n_heads, layer, head);
}

void scr_bind_neuron(lua_State *L, int arg, const EngConfig *config, int *layer, int *neuron) {
  part(L, arg, eng_parts_neuron, "neuron", config->n_layers, config->d_mlp, layer, neuron);
}
