/* The Lua console of a window: a Lua state of its own (runner.h), made at first use. Its globals `hs`, `model`,
 * `run` and `view` are what the window shows, and follow it. */
#ifndef SCRIPTING_CONSOLE_H
#define SCRIPTING_CONSOLE_H

#include "engine/error.h"

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

struct ScrApp;
typedef struct ScrConsole ScrConsole;

/* NULL and an error when memory is short. */
ScrConsole *scr_console_new(struct ScrApp *app, EngError *err);
void scr_console_free(ScrConsole *console); /* stops what runs; NULL is allowed */

/* Begins a script; what goes wrong with it is said in the console. None may be running. */
void scr_console_start(ScrConsole *console, const char *code);
/* Ends the script with an error, again and again until it has let go. */
void scr_console_stop(ScrConsole *console);

/* Lets the script go on for a slice of time; true while it is not over. */
bool scr_console_poll(ScrConsole *console);
/* The script could go on at once. */
bool scr_console_ready(const ScrConsole *console);
/* Until the worker has done what the script waits for. */
void scr_console_wait(ScrConsole *console);

/* Whether the code is only the beginning of a script. */
bool scr_console_unfinished(ScrConsole *console, const char *code);
/* The names that may stand for the last word of the code, one a line, malloc'ed; NULL for none. */
char *scr_console_names(ScrConsole *console, const char *code);

size_t scr_console_bytes(const ScrConsole *console); /* of Lua's memory in use */

/* print(…), for any runner's state. */
int scr_console_print(lua_State *L);

#endif
