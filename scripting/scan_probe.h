/* A probe as one thread of a scan holds it: in a Lua state of its own, over a model that all share. */
#ifndef SCRIPTING_SCAN_PROBE_H
#define SCRIPTING_SCAN_PROBE_H

#include "scripting/scan.h"
#include "scripting/scan_watch.h"

#include "engine/edges.h"
#include "engine/run.h"

typedef enum ScrProbeKind {
  SCR_PROBE_EDGE,
  SCR_PROBE_RUN,
  SCR_PROBE_HEAD,
  SCR_PROBE_NEURON,
  SCR_PROBE_TOKEN
} ScrProbeKind;

/* What a probe asks for; the same in every state. */
typedef struct ScrPlan {
  ScrProbeKind kind;
  EngKeep keep;
  EngLogits logits;
  int n_layers;        /* that are computed; 0: all, and the head */
  EngActivation until; /* of the last of them */
  size_t width;        /* heads or neurons of a layer; 1 for tokens */
  size_t places;       /* numbers of a score: layers times width; 1 for tokens, which add up */
  size_t from;         /* of tokens: the first that has a number */
  /* of edges */
  EngEdgeRule rule;
  bool *heads; /* (n_layers of the model, n_heads): which are looked at */
  bool asks_query, asks_key;
} ScrPlan;

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
/* What a probe of kind "run" says, as JSON: malloc'ed. */
char *scr_probe_say(ScrProbe *probe, EngRun *run, int sequence, EngError *err);
/* Whether the probe's predicate takes the token, as a query or as a key. */
bool scr_probe_takes(ScrProbe *probe, EngRun *run, int sequence, int token, bool as_key, bool *takes,
                     EngError *err);

#endif
