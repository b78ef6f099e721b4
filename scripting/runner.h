/* A Lua state of a window's, in which scripts run as coroutines while the window lives: the console's, and that of
 * probes.
 *
 * A script gives the window its turn every few milliseconds and while the worker does what it asked for. Where it
 * cannot (inside a C function such as table.sort, or in a coroutine of its own) the window's events are pumped
 * instead (ScrAppOptions.pump). Memory of the scripts' own is bounded. */
#ifndef SCRIPTING_RUNNER_H
#define SCRIPTING_RUNNER_H

#include "scripting/work.h"

#include "engine/job.h"

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

#define SCR_RUNNER_BYTES ((size_t)1 << 30)
/* Instructions between two looks at the clock. */
#define SCR_RUNNER_COUNT 1000

struct ScrApp;
typedef struct ScrRunner ScrRunner;

struct ScrRunner {
  struct ScrApp *app;
  lua_State *L;
  size_t bytes; /* that L has */
  ScrPatience patience;

  lua_State *thread;                       /* of the script that runs, kept by the registry; NULL: none */
  bool inside;                             /* it is on the processor: polling must leave it alone */
  bool stopping;                           /* every few instructions an error is raised */
  bool (*waits)(const struct ScrApp *app); /* while that says so of the window; NULL: it does not wait */
  size_t turns, most;                      /* looks at the clock since it began, and how many it may have; 0: any */
  char where[96];                          /* it was when it was stopped; "" otherwise */
  double slice;                            /* when its turn began, in seconds */
  EngJob *job;                             /* a worker of its own: the window's texts do not push its work aside */
  ScrWork *work;                           /* what the worker does for it; NULL: nothing */

  void (*follow)(ScrRunner *runner); /* before it goes on; may be NULL */
  /* It ended: its results, or the error, are what is on the thread's stack, which is dropped afterwards. */
  void (*over)(ScrRunner *runner, lua_State *thread, bool failed);
};

/* A prepared state (host.h) in a runner that is zero but for its callbacks. On failure it can be closed. */
bool scr_runner_open(ScrRunner *runner, struct ScrApp *app, EngError *err);
void scr_runner_close(ScrRunner *runner); /* stops what runs */

/* Whose state it is. */
ScrRunner *scr_runner_of(lua_State *L);

/* Begins what is on top of the state's stack: a function and its arguments, which are taken. False, with an error
 * there instead, when memory is short. None may be running. */
bool scr_runner_start(ScrRunner *runner, int n_args);
/* Ends the script with an error, again and again until it has let go. */
void scr_runner_stop(ScrRunner *runner);

/* Lets the script go on for a slice of time; true while it is not over. */
bool scr_runner_poll(ScrRunner *runner);
/* The script could go on at once. */
bool scr_runner_ready(const ScrRunner *runner);
/* Until the worker has done what the script waits for. */
void scr_runner_wait(ScrRunner *runner);

/* From a C function of a script: waits until no job of the window's is pending; or only until its figures are
 * written, and raises what went wrong with the last one. */
int scr_runner_wait_window(lua_State *L);
int scr_runner_wait_figures(lua_State *L);

#endif
