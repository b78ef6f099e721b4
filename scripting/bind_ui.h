/* The window without a display, in Lua: hs.ui. */
#ifndef SCRIPTING_BIND_UI_H
#define SCRIPTING_BIND_UI_H

#include "scripting/app.h"
#include "scripting/box.h"

#include <lua.h>

/* Registers windows and adds hs.ui to the module's table on top of the stack. */
void scr_bind_ui(lua_State *L);

/* The open window at `arg`, with what its worker has finished meanwhile; raises otherwise. */
ScrApp *scr_check_app(lua_State *L, int arg);

/* Methods, by file: what a person does; what can be seen; numbers about tokens; the console. */
extern const luaL_Reg scr_ui_input[], scr_ui_output[], scr_ui_numbers[], scr_ui_console[];

int scr_ui_state(lua_State *L); /* ui:state() → table (bind_ui_state.c) */

/* Adds all of them to a registered type whose boxes scr_check_app knows. */
void scr_add_ui_methods(lua_State *L, const ScrType *type);

#endif
