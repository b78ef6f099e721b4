/* Stops a script from outside, wherever it is: at Ctrl+C, and when its time is over. A stop is an error with a
 * traceback, raised again whatever the script catches; what the engine does for the script ends, too. A script that
 * is still there a second after its time (in a pattern that does not end, in a finalizer) takes the process with
 * it: a message, exit code 1. So does a second Ctrl+C.
 *
 * One script is guarded at a time: a signal finds it without being told where it is. Call all of this from the
 * thread that runs the script. */
#ifndef SCRIPTING_GUARD_H
#define SCRIPTING_GUARD_H

#include <lua.h>
#include <stdbool.h>

/* From now on signals stop the state's scripts; `seconds` of 0 is no limit. Puts functions into `coroutine` that
 * tell which coroutine runs. May raise. */
void scr_guard_start(lua_State *L, double seconds);

/* The time begins anew, with as many seconds; 0: it has no end. */
void scr_guard_clock(double seconds);

/* Whether a stop has come. */
bool scr_guard_stopped(void);

/* A stop that came is over and done with: what the prompt of a terminal does before the next line. True when there
 * was one. */
bool scr_guard_settle(lua_State *L);

/* The state is about to be closed: signals leave it alone, and its time goes on. */
void scr_guard_leave(void);

#endif
