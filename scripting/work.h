/* Long work of the engine's that a script asks for: done at once, or, in a window, on a worker while the script
 * waits (runner_task.c). It touches no Lua; what it reads and writes lies in memory that the calling function
 * keeps on its stack. */
#ifndef SCRIPTING_WORK_H
#define SCRIPTING_WORK_H

#include "engine/cancel.h"
#include "engine/error.h"

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

/* The beginning of a userdata that describes the work. */
typedef struct ScrWork ScrWork;
struct ScrWork {
  bool (*run)(ScrWork *work, const EngCancel *cancel, EngError *err);
  /* How far it is, in words and from 0 to 1, asked while it runs; false: it does not know yet. NULL: it never does.
   */
  bool (*tell)(ScrWork *work, char *text, size_t size, float *share);
  void (*told)(void *context); /* called from its thread when it would tell something else; NULL: nobody asks */
  void *context;
  bool ok; /* once it is done */
  EngError error;
};

/* Who waits for the work of a state's scripts. */
typedef struct ScrPatience {
  /* Has the work done, then calls `then`, in this call or when the script goes on. */
  int (*wait)(void *context, lua_State *L, ScrWork *work, lua_KFunction then);
  void *context;
} ScrPatience;

/* For the rest of the state's life, which `patience` must outlive. */
void scr_work_set_patience(lua_State *L, const ScrPatience *patience);

/* `return scr_work(L, work, then)`: `then` gets the work as its context, with the stack as it was. */
int scr_work(lua_State *L, ScrWork *work, lua_KFunction then);

#endif
