/* The mean of a tensor that a probe makes of each sequence: what it has to know of all before it can score one. */
#ifndef SCRIPTING_GATHERED_H
#define SCRIPTING_GATHERED_H

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

#endif
