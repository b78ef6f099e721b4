/* Completion of Lua names. */
#ifndef SCRIPTING_COMPLETE_H
#define SCRIPTING_COMPLETE_H

#include <lua.h>

/* The names that may stand for the last word of the code: globals, or fields and methods of the value that the
 * names before it lead to ("run.model:"). In order, one a line, malloc'ed; NULL for none. No function is called to
 * find them but those that read fields of our own objects. */
char *scr_complete(lua_State *L, const char *code);

#endif
