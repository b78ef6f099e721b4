/* Where everything of a run lies in its arena, worked out from the activation table before it starts. */
#ifndef ENGINE_RUN_LAYOUT_H
#define ENGINE_RUN_LAYOUT_H

#include "engine/activation.h"
#include "engine/run.h"
#include "engine/steps.h"

/* One of the packed sequences. */
typedef struct EngSpan {
  size_t start, n; /* its tokens are [start, start + n) of all packed ones */
  size_t past;     /* keys that come before its own */
  size_t cells;    /* where its (H, n, past + n) begins inside a block of patterns */
} EngSpan;

/* An activation of one layer is `size` floats. Kept layers lie one after the other at `kept`; a layer that
 * is not kept is computed at `spare`, which the next one overwrites. */
typedef struct EngPlace {
  size_t kept, spare, size;
} EngPlace;

typedef struct EngLayout {
  size_t n_tokens;                    /* of all sequences */
  size_t cells;                       /* numbers in the patterns of one layer */
  EngKeep blocks;                     /* layers that have a place of their own */
  EngPlace places[ENG_ACT_COUNT + 1]; /* the last one: ENG_NAMELESS */
  size_t resid;                       /* (L + 1, T, D): what goes into every layer, and the last one's output */
  size_t logits, n_logits;            /* (n_logits, V); 0 when not asked for */
  size_t head;                        /* (2, n_logits, D): rows on their way through the head */
  size_t gemm;                        /* ENG_GEMM_SCRATCH */
  size_t coarse, n_coarse;            /* patterns of a text of its own made smaller (engine/coarse.h); or none */
  size_t floats;                      /* of the whole arena */
} EngLayout;

/* Fills `spans` (n_sequences) and the layout; false when a size overflows. The sequences were checked. */
bool eng_layout_plan(EngLayout *layout, EngSpan *spans, const EngModel *model, const EngRunSpec *spec);

/* Offset of an activation. q, k and v are columns of one block with rows of 3 D floats. */
size_t eng_layout_offset(const EngLayout *layout, const EngConfig *config, const EngSteps *steps, EngActivation id,
                         int layer);

/* Keys that end before the tokens of `sequence`: its past's own past and tokens. */
size_t eng_layout_past(const EngSequence *sequence);

#endif
