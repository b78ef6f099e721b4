/* Arguments of Lua functions that are tables: options by name, lists of ids. Everything here raises where
 * the caller is wrong, so no engine object may be held meanwhile. */
#ifndef SCRIPTING_OPTIONS_H
#define SCRIPTING_OPTIONS_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

/* Checks that argument `arg` is nil, absent or a table whose keys are all in `names` (NULL ends them). */
void scr_options_check(lua_State *L, int arg, const char *const *names);

/* One option of the table at `arg` onto the stack, nil where the table or the option is absent. */
int scr_options_push(lua_State *L, int arg, const char *name); /* returns its Lua type */

/* A boolean; `otherwise` where absent. */
bool scr_options_flag(lua_State *L, int arg, const char *name, bool otherwise);

/* A string that the table keeps alive; NULL where absent. */
const char *scr_options_string(lua_State *L, int arg, const char *name, size_t *length);

/* The whole numbers of the sequence at `index` as an array of ints, pushed as a userdata that owns it.
 * `what` is what errors call it. */
int *scr_options_ints(lua_State *L, int index, const char *what, size_t *n);

#endif
