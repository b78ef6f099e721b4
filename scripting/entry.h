/* What is typed into the window's console or at the prompt of the terminal: compiled, completed, its results as
 * text. */
#ifndef SCRIPTING_ENTRY_H
#define SCRIPTING_ENTRY_H

#include <lua.h>
#include <stdbool.h>

/* (code as light userdata) → function; raises what is wrong with it. An expression gives its values, everything
 * else is a chunk. */
int scr_entry_compile(lua_State *L);

/* Whether the code is only the beginning of an entry. Raises nothing. */
bool scr_entry_unfinished(lua_State *L, const char *code);

/* (…) → one text: values by tostring, with tabs between them, as print writes them. */
int scr_entry_join(lua_State *L);

/* Takes the last line off the traceback on top: it is the function that called the entry. */
void scr_entry_cut_traceback(lua_State *L);

#endif
