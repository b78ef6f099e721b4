/* What the module offers from scripts/headscope: each function finds its Lua file when it is first called. */
#include "scripting/bind_scripts.h"

#include <lauxlib.h>

typedef struct Script {
  const char *name, *file, *function;
  const char *table; /* of the module that it goes into; NULL: the module itself */
} Script;

static const Script scripts[] = {
    {"filter", "headscope.filter", "heads", NULL},
    {"contrast", "headscope.contrast", "new", NULL},
    {"diff", "headscope.effect", "of", NULL},
    {"help", "headscope.help", "help", NULL},
    {"probe", "headscope.probe", "new", NULL},
    {"repeated", "headscope.repeated", "ids", NULL},
    {"mean", "headscope.stats", "mean", "stats"},
    {"paired", "headscope.stats", "paired", "stats"},
    {"ranks", "headscope.stats", "ranks", "stats"},
    {"spearman", "headscope.stats", "spearman", "stats"},
};

/* Calls a function of a Lua file with the arguments; upvalues 1 and 2 name both. */
static int forward(lua_State *L) {
  lua_getglobal(L, "require");
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_call(L, 1, 1);
  lua_getfield(L, -1, lua_tostring(L, lua_upvalueindex(2)));
  lua_replace(L, -2);
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
  return lua_gettop(L);
}

void scr_bind_scripts(lua_State *L) {
  for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
    if (scripts[i].table)
      luaL_getsubtable(L, -1, scripts[i].table);
    else
      lua_pushvalue(L, -1);
    lua_pushstring(L, scripts[i].file);
    lua_pushstring(L, scripts[i].function);
    lua_pushcclosure(L, forward, 2);
    lua_setfield(L, -2, scripts[i].name);
    lua_pop(L, 1);
  }
}
