/* What a probe has to know of all sequences before it can score one: the mean of a tensor that it makes of each. */
#ifndef SCRIPTING_SCAN_GATHER_H
#define SCRIPTING_SCAN_GATHER_H

#include "engine/cancel.h"
#include "engine/tensor.h"

#include <stdint.h>

/* Sums over sequences; all zero: none yet. */
typedef struct ScrGathered {
  uint64_t n_sequences;
  int rank;
  size_t shape[ENG_TENSOR_RANK], size;
  double *sums; /* (size) */
} ScrGathered;

/* Adds one sequence's, which lies in C order and must have the shape of the first. */
bool scr_gathered_add(ScrGathered *gathered, const EngTensor *tensor, EngError *err);
bool scr_gathered_merge(ScrGathered *into, const ScrGathered *from, EngError *err);
/* A new tensor. */
bool scr_gathered_mean(const ScrGathered *gathered, EngTensor *out, EngError *err);
void scr_gathered_free(ScrGathered *gathered);

struct ScrScanJob;

/* Goes through all of the text, hands the mean to every probe, and leaves reading where it was. Nothing to do for
 * probes that gather nothing. */
bool scr_scan_gather(struct ScrScanJob *job, const EngCancel *cancel, EngError *err);

#endif
