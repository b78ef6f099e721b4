/* What a headless run may use: the options of every command that runs scripts, the same for all.
 *
 *   ScrLimits limits = {0};
 *   const ScrOption options[] = {…, SCR_LIMIT_OPTIONS(limits), {.name = NULL}};
 *   …parse…
 *   int code = scr_limits_check(command, &limits);
 *   …lua_State *L = scr_limits_new_state(&limits, home, &err), and scr_guard_start(L, limits.seconds) in a
 * protected call… */
#ifndef SCRIPTING_LIMITS_H
#define SCRIPTING_LIMITS_H

#include "scripting/args.h"

#include "engine/error.h"

#include <lua.h>

typedef struct ScrLimits {
  const char *time, *memory; /* as written; NULL: no limit */
  const char *allow;         /* folders of a sandbox, "a:b" */
  bool sandbox;
  double seconds; /* 0: no limit; without `time` those of a sandbox, of each piece of work */
  size_t bytes;
} ScrLimits;

/* clang-format off */
#define SCR_LIMIT_OPTIONS(limits) \
  {.name = "--time", .value = "SECONDS", .doc = "end it with an error after so long, wherever it is", \
   .string = &(limits).time}, \
  {.name = "--memory", .value = "BYTES", .doc = "most memory for Lua, tensors and runs: 200M, 2G", \
   .string = &(limits).memory}, \
  {.name = "--sandbox", .doc = "for a stranger's script: no programs, no native code, no files", \
   .flag = &(limits).sandbox}, \
  {.name = "--allow", .value = "FOLDERS", .doc = "but those in these folders: a:b", .string = &(limits).allow}
/* clang-format on */

/* Reads them, and sets the limit of memory, which is the process's, before there are states or models. Returns
 * SCR_ARGS_OK, or SCR_MISUSE after reporting it. */
int scr_limits_check(const ScrCommand *command, ScrLimits *limits);

/* Seconds of everything together, and of one piece of work: a line that is typed, an answer of a probe. 0: no
 * limit. */
double scr_limits_whole(const ScrLimits *limits);
double scr_limits_each(const ScrLimits *limits);

/* A state within them (host.h). */
lua_State *scr_limits_new_state(const ScrLimits *limits, const char *home, EngError *err);

#endif
