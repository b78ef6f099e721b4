/* A probe as one thread of a scan holds it: in a Lua state of its own, over a model that all share. */
#ifndef SCRIPTING_SCAN_PROBE_H
#define SCRIPTING_SCAN_PROBE_H

#include "scripting/gathered.h"
#include "scripting/scan.h"
#include "scripting/scan_plan.h"
#include "scripting/scan_watch.h"

#include "engine/run.h"

typedef struct ScrProbe ScrProbe;

/* Opens the probe that the scan names. What it runs stops once `cancel` is raised; `asked` says since when it runs.
 */
ScrProbe *scr_probe_open(const ScrScan *scan, ScrAsked *asked, const EngCancel *cancel, EngError *err);
void scr_probe_close(ScrProbe *probe); /* NULL is fine */

const ScrPlan *scr_probe_plan(const ScrProbe *probe);
const char *scr_probe_path(const ScrProbe *probe); /* of its file */

/* The score of one sequence of a finished run: `numbers` (places; one for each token of token probes, NaN for those
 * that have none). */
bool scr_probe_score(ScrProbe *probe, EngRun *run, int sequence, float *numbers, EngError *err);
/* Adds what the probe gathers of one sequence; it may be nothing. Then the mean over all, for its scores. */
bool scr_probe_gather(ScrProbe *probe, EngRun *run, int sequence, ScrGathered *out, EngError *err);
bool scr_probe_learn(ScrProbe *probe, const EngTensor *mean, EngError *err);
/* What a probe of kind "run" says, as JSON: malloc'ed. */
char *scr_probe_say(ScrProbe *probe, EngRun *run, int sequence, EngError *err);
/* Whether the probe's predicate takes the token, as a query or as a key. */
bool scr_probe_takes(ScrProbe *probe, EngRun *run, int sequence, int token, bool as_key, bool *takes,
                     EngError *err);

#endif
