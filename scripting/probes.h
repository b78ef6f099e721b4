/* The probes of a window: a Lua state of their own (runner.h) that reads their files and asks the active one about
 * what is shown, again whenever that, the file or a parameter changes. A newer question ends an older one. */
#ifndef SCRIPTING_PROBES_H
#define SCRIPTING_PROBES_H

#include "engine/error.h"

#include <stdbool.h>

struct ScrApp;
typedef struct ScrProbes ScrProbes;

/* `folder`: the user's; NULL: where it usually is. */
ScrProbes *scr_probes_new(struct ScrApp *app, const char *folder, EngError *err);
void scr_probes_free(ScrProbes *probes); /* stops what runs; NULL is allowed */

/* Looks whether files came, changed or went. */
void scr_probes_watch(ScrProbes *probes);
/* Goes on for a slice of time; true while anything is to be done. */
bool scr_probes_poll(ScrProbes *probes);
bool scr_probes_ready(const ScrProbes *probes); /* it could at once */
void scr_probes_wait(ScrProbes *probes);        /* until its worker has done what it does */
void scr_probes_stop(ScrProbes *probes);        /* what runs is an error from now on, until something changes */

/* Writes a new one into the user's folder, from the template that ships; it becomes the active one. */
bool scr_probes_begin(ScrProbes *probes, const char *name, EngError *err);

#endif
