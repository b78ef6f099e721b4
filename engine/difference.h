/* The difference of two runs, weight by weight: the numbers behind eng_source_difference. What the second has is
 * taken as it is, what the first has away from it; a token that only one of them has no difference (NaN). */
#ifndef ENGINE_DIFFERENCE_H
#define ENGINE_DIFFERENCE_H

#include "engine/alignment.h"
#include "engine/cancel.h"
#include "engine/coarse.h"
#include "engine/source.h"

typedef struct EngDifference {
  EngSource *of[2]; /* the first and the second */
  EngAlignment *alignment;
  EngInput *input; /* a token for each place: "She/He" where they differ, "-kind" and "+kind" where one has none */
  float *weights;  /* (layers, heads, places, places) */
  EngCoarse coarse;
  float most; /* the largest magnitude */
} EngDifference;

/* Takes references. NULL where the shapes differ, a source is not finished, or memory is short. */
EngDifference *eng_difference_new(EngSource *first, EngSource *second, const EngCancel *cancel, EngError *err);
void eng_difference_free(EngDifference *difference); /* NULL is fine */

/* (places, places) of one head. */
EngTensor eng_difference_pattern(const EngDifference *difference, int layer, int head);
/* The same made smaller (engine/coarse.h); without data where there is none. */
EngTensor eng_difference_coarse(const EngDifference *difference, int layer, int head);

#endif
