/* Attention made from a source's own by a merge: the numbers behind eng_source_derive. All memory is taken at the
 * start; layers are computed in order as the base has them, on any one thread, and never change once done. */
#ifndef ENGINE_DERIVED_H
#define ENGINE_DERIVED_H

#include "engine/cancel.h"
#include "engine/coarse.h"
#include "engine/merge.h"
#include "engine/source.h"
#include "engine/spans.h"

#include <stdatomic.h>

/* One whole block of the base (no slice of another), made over. */
typedef struct EngGrid {
  int block;    /* of the base */
  bool refused; /* a rollout of attention between two sequences */
  int n_out;    /* patterns of a layer */
  EngSpans rows, columns;
  EngTensor *out;   /* (layers that come out), each (n_out, words, words) */
  EngCoarse coarse; /* the same made smaller */
  float *kept;      /* (n_out, tokens, tokens): what is merged over layers, the rollout so far; or NULL */
  float *one, *two; /* (tokens, tokens): in between */
} EngGrid;

typedef struct EngDerived {
  EngSource *base;
  EngMerge merge;
  EngBlock blocks[ENG_MOST_BLOCKS];
  int grid_of[ENG_MOST_BLOCKS]; /* of each block */
  EngGrid grids[ENG_MOST_BLOCKS];
  int n_grids;
  atomic_int n_taken; /* layers of the base that went in */
  atomic_int done;    /* layers that came out */
} EngDerived;

/* Takes a reference on the base. NULL where a merge has no head, or memory is short. */
EngDerived *eng_derived_new(EngSource *base, const EngMerge *merge, EngError *err);
void eng_derived_free(EngDerived *derived);

/* Computes what the base has finished by now; false when cancelled, or memory is short. */
bool eng_derived_advance(EngDerived *derived, const EngCancel *cancel, EngError *err);
bool eng_derived_behind(const EngDerived *derived); /* whether that would do anything */

/* How many heads of a block are merged: in each layer, or all told where they are picked one by one. */
int eng_derived_heads(const EngDerived *derived, const EngBlock *block);

/* See eng_source_place and eng_source_token. */
int eng_derived_place(const EngDerived *derived, int block, bool column, int token);
int eng_derived_token(const EngDerived *derived, int block, bool column, int place);

/* (words, words) of all that a block is a slice of; of a layer that is done. */
EngTensor eng_derived_pattern(const EngDerived *derived, int block, int layer, int head);
/* The same made smaller (engine/coarse.h); without data where there is none. */
EngTensor eng_derived_coarse(const EngDerived *derived, int block, int layer, int head);

#endif
