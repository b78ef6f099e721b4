/* Runs in Lua. */
#ifndef SCRIPTING_BIND_RUN_H
#define SCRIPTING_BIND_RUN_H

#include "engine/run.h"

#include <lua.h>

/* Registers runs. */
void scr_bind_run(lua_State *L);

/* model:run(input, options) → run; raises where it cannot. In bind_forward.c. */
int scr_model_run(lua_State *L);
/* model:runs(inputs, options): one pass over several inputs; a list of runs. */
int scr_model_runs(lua_State *L);

/* Pushes a closed run of the model at stack index `model`; a run put into the place returned belongs to it. */
void **scr_new_run(lua_State *L, int model);

/* Pushes a run that belongs to the model at stack index `model`; takes a reference. */
void scr_push_run(lua_State *L, EngRun *run, int model);

/* The same, one of its packed sequences as a run of its own. */
void scr_push_sequence(lua_State *L, EngRun *run, int sequence, int model);
/* The open run at `arg`, and which of its sequences; NULL, and nothing raised, where it is none or closed. */
EngRun *scr_test_run(lua_State *L, int arg, int *sequence);
/* Makes what run:token gives of a token, whose text and piece are on top of the stack. */
void scr_make_token(lua_State *L, const EngToken *token, int position);
/* Gives the run at `arg` back, as its `close` does. Raises nothing. */
void scr_close_run(lua_State *L, int arg);

#endif
