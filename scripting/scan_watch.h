/* The time that a scan may take, and each answer of its probe: a thread that looks at the clock. Who is late is
 * cancelled; who is still there a second later (in a pattern that does not end, in a finalizer) takes the process
 * with it, and what was found by then stays in the result. */
#ifndef SCRIPTING_SCAN_WATCH_H
#define SCRIPTING_SCAN_WATCH_H

#include "scripting/limits.h"

#include "engine/cancel.h"

/* When a worker's probe was asked, in seconds of engine/clock.h; 0: it is not being asked. */
typedef _Atomic double ScrAsked;

typedef struct ScrWatch ScrWatch;

/* NULL and an error where there is no memory. `cancel` (NULL: there are no limits) is raised when the time is over.
 */
ScrWatch *scr_watch_start(const ScrLimits *limits, int n_workers, EngCancel *cancel, EngError *err);
ScrAsked *scr_watch_asked(ScrWatch *watch, int worker);

/* Puts what was exceeded in front of an error that came of it. */
void scr_watch_explain(const ScrWatch *watch, EngError *err);
void scr_watch_end(ScrWatch *watch); /* NULL is fine */

#endif
