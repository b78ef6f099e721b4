/* headscope.so: `require "headscope"` in any Lua 5.4. It has the same libraries in it as the program, but Lua's own
 * functions are those of the interpreter that loads it. */
#include "scripting/bind.h"
#include "scripting/box.h"
#include "scripting/home.h"
#include "scripting/host.h"

#include <dlfcn.h>
#include <stdlib.h>

int luaopen_headscope(lua_State *L);

/* Pushes the folder of the program's own files; raises where there is none. */
static void push_home(lua_State *L) {
  EngError err = {0};
  Dl_info here = {0};
  int (*self)(lua_State *) = luaopen_headscope;
  dladdr(*(void **)&self, &here);
  char *home = scr_home_of(here.dli_fname ? here.dli_fname : ".", &err);
  if (!home) scr_raise(L, &err);
  lua_pushstring(L, home); /* should Lua have no memory for it, a path is lost */
  free(home);
}

int luaopen_headscope(lua_State *L) {
  luaL_checkversion(L);
  push_home(L);
  scr_host_settle(L, lua_tostring(L, -1));
  return scr_bind_headscope(L);
}
