/* JSON lines in, JSON lines out: what encode and decode have in common. */
#ifndef SCRIPTING_LINES_H
#define SCRIPTING_LINES_H

#include "engine/error.h"

#include <jansson.h>
#include <stdbool.h>

/* Turns one line's value into the value to print, a new reference; NULL and an error. */
typedef json_t *(*ScrLine)(void *context, const json_t *value, EngError *err);

/* Calls `line` for every line of stdin and prints its answer at once. Stops at the first bad line with an
 * error that names its number; the answers before it have been printed. */
bool scr_lines_map(ScrLine line, void *context, EngError *err);

#endif
