/* The command palette: a field, and the commands that match what is typed into it, the best first. It is open
 * while its field has the focus. */
#ifndef RENDER_LAUNCHER_H
#define RENDER_LAUNCHER_H

#include "render/command.h"

#define REN_LAUNCHER_MOST 256 /* commands that are looked at */

/* Commands that run without arguments and match: each word of the query begins a word of a command's name or
 * doc, or stands in them, or its letters do in order. Returns how many. */
int ren_launcher_find(const char *query, const RenCommandInfo *out[REN_LAUNCHER_MOST]);

#endif
