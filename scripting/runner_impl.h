/* What runner.c and runner_task.c share, and nobody else. */
#ifndef SCRIPTING_RUNNER_IMPL_H
#define SCRIPTING_RUNNER_IMPL_H

#include "scripting/runner.h"

void scr_runner_hook(lua_State *L, lua_Debug *at);
int scr_runner_work(void *context, lua_State *L, ScrWork *work, lua_KFunction then); /* of the patience */

#endif
