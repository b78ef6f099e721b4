/* Heads filtered by what probes say of them (scripts/headscope/filter.lua). */
#ifndef SCRIPTING_FILTER_H
#define SCRIPTING_FILTER_H

#include "scripting/limits.h"

#include "render/ui.h"

#include <lua.h>

/* A C function of Lua, (ui as light userdata, mask [layer, head]): hands the heads that pass to the ui. */
int scr_filter_take(lua_State *L);

/* Works out at once which heads of what is shown pass the ui's filter, where it has one; for those who have no
 * window to keep going. False and an error where nobody can tell, or the limits do not suffice. */
bool scr_filter_now(RenUi *ui, const char *home, const ScrLimits *limits, EngError *err);

#endif
