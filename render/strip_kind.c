/* One table says what there is; how it is worked out is in strip.c. */
#include "render/strip_kind.h"

#include <string.h>

static const RenStripEntry entries[REN_STRIP_KINDS] = {
    [REN_STRIP_LOGPROB] = {.name = "logprob",
                           .label = "Log-probability",
                           .words = "Log-probability of a token given those before it",
                           .side = REN_SIDE_QUERY,
                           .predicts = true,
                           .reads = true},
    [REN_STRIP_ENTROPY] = {.name = "entropy",
                           .label = "Entropy of the rows",
                           .words = "Entropy of the rows of head",
                           .side = REN_SIDE_QUERY},
    [REN_STRIP_NORM] = {.name = "norm",
                        .label = "Norm of the residual stream",
                        .words = "Norm of the residual stream after layer",
                        .side = REN_SIDE_QUERY,
                        .reads = true},
    [REN_STRIP_RECEIVED] = {.name = "received",
                            .label = "Attention received",
                            .words = "Attention received, mean of",
                            .side = REN_SIDE_KEY},
    [REN_STRIP_NEURON] = {.name = "",
                          .label = "",
                          .words = "Activation of neuron",
                          .side = REN_SIDE_QUERY,
                          .reads = true,
                          .diverges = true},
    [REN_STRIP_OWN] = {.name = "", .label = "", .words = "", .side = REN_SIDE_QUERY},
};

const RenStripEntry *ren_strip_entry(RenStripKind kind) { return &entries[kind]; }

RenStripKind ren_strip_find(const char *name) {
  int kind = 0;
  while (kind < REN_STRIP_NAMED && strcmp(entries[kind].name, name) != 0) kind++;
  return (RenStripKind)kind;
}

int ren_strip_count(void) { return REN_STRIP_NAMED + 1; }
const char *ren_strip_name(int i) { return i < REN_STRIP_NAMED ? entries[i].name : "none"; }
const char *ren_strip_label(int i) { return i < REN_STRIP_NAMED ? entries[i].label : "Fold"; }

bool ren_strip_known(const char *name) { return ren_strip_find(name) < REN_STRIP_NAMED; }
RenSide ren_strip_side(const char *name) { return entries[ren_strip_find(name)].side; }
bool ren_strip_predicts(const char *name) { return entries[ren_strip_find(name)].predicts; }
