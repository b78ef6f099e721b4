/* What a headless run may use: the options of every command that runs scripts.
 *
 *   ScrLimits limits = {0};
 *   const ScrOption options[] = {…, SCR_LIMIT_OPTIONS(limits), {.name = NULL}};
 *   …parse…
 *   int code = scr_limits_check(command, &limits);
 *   …lua_State *L = scr_host_new(home, &err), scr_guard_start(L, limits.seconds) in a protected call… */
#ifndef SCRIPTING_LIMITS_H
#define SCRIPTING_LIMITS_H

#include "scripting/args.h"

typedef struct ScrLimits {
  const char *time, *memory; /* as written; NULL: no limit */
  double seconds;            /* 0: no limit */
  size_t bytes;
} ScrLimits;

#define SCR_LIMIT_OPTIONS(limits)                                                                                  \
  {.name = "--time",                                                                                               \
   .value = "SECONDS",                                                                                             \
   .doc = "end it with an error after so long, wherever it is",                                                    \
   .string = &(limits).time},                                                                                      \
  {                                                                                                                \
    .name = "--memory", .value = "BYTES", .doc = "most memory for Lua, tensors and runs: 200M, 2G",                \
    .string = &(limits).memory                                                                                     \
  }

/* Reads both, and sets the limit of memory, which is the process's, before there are states or models. Returns
 * SCR_ARGS_OK, or SCR_MISUSE after reporting it. */
int scr_limits_check(const ScrCommand *command, ScrLimits *limits);

#endif
