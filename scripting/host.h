/* A Lua state as scripts find it: standard libraries, module `headscope`, the folder scripts/ in
 * package.path, `arg`, errors with a traceback on stderr. */
#ifndef SCRIPTING_HOST_H
#define SCRIPTING_HOST_H

#include "engine/error.h"

#include <lua.h>
#include <stdbool.h>

/* A prepared state, closed with lua_close; NULL and an error when memory is short. Its memory counts where there is
 * a budget (engine/budget.h). */
lua_State *scr_host_new(const char *home, EngError *err);

/* The same as a sandbox (sandbox.h), whose scripts see files of `folders` ("a:b"; NULL: none) only. */
lua_State *scr_host_new_sandbox(const char *home, const char *folders, EngError *err);

/* Prepares a fresh state that somebody else made. Raises nothing; what was done so far goes with the state. */
bool scr_host_prepare(lua_State *L, const char *home, EngError *err);

/* Tells a state where the program's own files are, scripts among them, as scr_host_prepare does. May raise. */
void scr_host_settle(lua_State *L, const char *home);

/* The folder that holds scripts/ and models/, as it was told. */
const char *scr_host_home(lua_State *L);

/* Message handler for lua_pcall: the message, then a traceback. */
int scr_host_traceback(lua_State *L);

/* Loads and runs a script; argv[0] is its path ("-" reads stdin), the rest its arguments. `before` words
 * stand in front of argv[0] and get negative indices in `arg`. Ctrl+C stops it, and so does its time when it is
 * over (0: never is); the state is then only good for closing. On failure prints the error to stderr and returns
 * false. */
bool scr_host_run_file(lua_State *L, int argc, char **argv, int before, double seconds);

#endif
