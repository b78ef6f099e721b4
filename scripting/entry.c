/* Code is tried as an expression first. */
#include "scripting/entry.h"

#include <lauxlib.h>
#include <string.h>

/* Whether the text on top ends so. */
static bool ends_in(lua_State *L, const char *end, size_t n, size_t *length) {
  const char *text = lua_tolstring(L, -1, length);
  return text && *length >= n && memcmp(text + *length - n, end, n) == 0;
}

int scr_entry_compile(lua_State *L) {
  const char *code = lua_touserdata(L, 1), *returned = lua_pushfstring(L, "return %s", code);
  if (luaL_loadbufferx(L, returned, strlen(returned), "=console", "t") == LUA_OK) return 1;
  lua_settop(L, 1);
  return luaL_loadbufferx(L, code, strlen(code), "=console", "t") == LUA_OK ? 1 : lua_error(L);
}

bool scr_entry_unfinished(lua_State *L, const char *code) {
  static const char mark[] = "<eof>";
  size_t length = 0;
  lua_pushcfunction(L, scr_entry_compile);
  lua_pushlightuserdata(L, (void *)(uintptr_t)code);
  bool failed = lua_pcall(L, 1, 1, 0) != LUA_OK;
  bool unfinished = failed && ends_in(L, mark, sizeof mark - 1, &length);
  lua_pop(L, 1);
  return unfinished;
}

int scr_entry_join(lua_State *L) {
  int n = lua_gettop(L);
  luaL_Buffer line;
  luaL_buffinit(L, &line);
  for (int i = 1; i <= n; i++) {
    if (i > 1) luaL_addchar(&line, '\t');
    luaL_tolstring(L, i, NULL);
    luaL_addvalue(&line);
  }
  luaL_pushresult(&line);
  return 1;
}

void scr_entry_cut_traceback(lua_State *L) {
  static const char last[] = "\n\t[C]: in ?";
  size_t length = 0;
  if (!ends_in(L, last, sizeof last - 1, &length)) return;
  lua_pushlstring(L, lua_tostring(L, -1), length - (sizeof last - 1));
  lua_replace(L, -2);
}
