/* What a probe asks for, read from the table that scripts/headscope/scan.lua makes of it. */
#ifndef SCRIPTING_SCAN_PLAN_H
#define SCRIPTING_SCAN_PLAN_H

#include "engine/edges.h"
#include "engine/run.h"

#include <lua.h>

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
  bool gathers;        /* it has to know the mean of something over all sequences */
  size_t from;         /* of tokens: the first that has a number */
  /* of edges */
  EngEdgeRule rule;
  bool *heads; /* (n_layers of the model, n_heads): which are looked at */
  bool asks_query, asks_key;
} ScrPlan;

/* Reads the table at stack index `plan`. Raises; what `out` holds by then is freed all the same. */
void scr_plan_read(lua_State *L, int plan, ScrPlan *out, const EngConfig *config);
void scr_plan_free(ScrPlan *plan);

#endif
