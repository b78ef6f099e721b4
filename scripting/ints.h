/* Lists of whole numbers from Lua. */
#ifndef SCRIPTING_INTS_H
#define SCRIPTING_INTS_H

#include <lua.h>
#include <stddef.h>

/* The sequence at `index` as an array of ints, pushed as a userdata that owns it; raises where it holds
 * anything else. `what` is what the error calls it. */
int *scr_check_ints(lua_State *L, int index, const char *what, size_t *n);

#endif
