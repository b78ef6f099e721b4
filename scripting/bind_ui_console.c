/* The window's console, as a Lua value. */
#include "scripting/bind_ui.h"

static void push_lines(lua_State *L, const RenLog *log) {
  lua_createtable(L, log->n, 0);
  for (int i = 0; i < log->n; i++) {
    lua_createtable(L, 0, 2);
    RenLogLine line = *ren_log_at(log, i); /* a finalizer that prints may drop it at the next allocation */
    lua_pushlstring(L, line.text, line.length);
    lua_setfield(L, -2, "text");
    lua_pushstring(L, ren_log_kind_name(line.kind));
    lua_setfield(L, -2, "kind");
    lua_rawseti(L, -2, i + 1);
  }
}

/* ui:console() → {open, height, running, input, lines}; a line is {kind, text}. */
static int console(lua_State *L) {
  const RenConsole *seen = ren_ui_console(scr_app_ui(scr_check_app(L, 1)));
  lua_createtable(L, 0, 5);
  lua_pushboolean(L, seen->open);
  lua_setfield(L, -2, "open");
  lua_pushnumber(L, (lua_Number)seen->height);
  lua_setfield(L, -2, "height");
  lua_pushboolean(L, seen->running);
  lua_setfield(L, -2, "running");
  lua_pushstring(L, ren_field_text(&seen->field));
  lua_setfield(L, -2, "input");
  push_lines(L, &seen->log);
  lua_setfield(L, -2, "lines");
  return 1;
}

const luaL_Reg scr_ui_console[] = {{"console", console}, {NULL, NULL}};
