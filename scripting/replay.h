/* A session out of its script (journal.h): what its window was opened with, and the commands, in order.
 *
 * The script is a Lua program, so it is run, in a state that has no files and no programs, only a window that
 * writes down what is asked of it. It cannot look at anything: sessions do not. */
#ifndef SCRIPTING_REPLAY_H
#define SCRIPTING_REPLAY_H

#include "engine/error.h"
#include "render/command.h"

typedef struct ScrStep {
  char *command; /* NULL: wait until nothing is pending */
  RenArg args[REN_MAX_ARGS];
  size_t n_args;
} ScrStep;

typedef struct ScrReplay {
  char *path, *model, *text, *pair, *theme; /* all but the path may be NULL */
  bool split;                               /* two views, as a first start has */
  ScrStep *steps;
  size_t n_steps, at; /* `at`: the next one */
} ScrReplay;

/* NULL and an error with the line where it went wrong. */
ScrReplay *scr_replay_read(const char *path, EngError *err);
void scr_replay_free(ScrReplay *replay); /* NULL is fine */

#endif
