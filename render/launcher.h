/* The command palette: a field, and the commands that match what is typed into it, the best first. It is open
 * while its field has the focus. */
#ifndef RENDER_LAUNCHER_H
#define RENDER_LAUNCHER_H

#include "render/command.h"

#define REN_LAUNCHER_MOST 256    /* commands that are looked at */
#define REN_LAUNCHER_LONGEST 512 /* bytes of typed arguments */

/* Commands that match: each word of the query begins a word of a command's name or doc, or stands in them, or its
 * letters do in order within one word. Without a query those that run without arguments; with a command's name
 * and a space that one alone. Returns how many. */
int ren_launcher_find(const char *query, const RenCommandInfo *out[REN_LAUNCHER_MOST]);

/* Whether a command cannot run without arguments. */
bool ren_launcher_asks(const RenCommandInfo *command);

/* What the query has behind the command's name, NULL where it does not begin with that and a space. */
const char *ren_launcher_rest(const RenCommandInfo *command, const char *query);

/* The arguments in `rest`, which are numbers, true or false, or text: words, or in quotes; the last text takes all
 * that is left. They lie in `text`. Returns how many, or -1: longer than that. */
int ren_launcher_args(const RenCommandInfo *command, const char *rest, RenArg args[REN_MAX_ARGS + 1],
                      char text[REN_LAUNCHER_LONGEST]);

#endif
