/* The two kinds of source that are made of others: attention put together (derived.c), and what one run has more
 * than another (difference.c). */
#include "engine/source_impl.h"

#include "engine/derived.h"
#include "engine/difference.h"

#include <stdlib.h>
#include <string.h>

static EngSource *owner_of(EngSource *source) { return source->owner ? source->owner : source; }

/* --- derived */

static void close_derived(EngSource *source) { eng_derived_free(source->made); }

static const EngInput *derived_input(const EngSource *source) { return eng_source_input(source->base); }

static int derived_layers_done(const EngSource *source) {
  const EngDerived *derived = source->made;
  return atomic_load(&derived->done);
}

static EngTensor derived_pattern(const EngSource *source, int block, int layer, int head) {
  return eng_derived_pattern(source->made, block, layer, head);
}

static EngTensor derived_coarse(const EngSource *source, int block, int layer, int head) {
  return eng_derived_coarse(source->made, block, layer, head);
}

static bool advance_derived(EngSource *source, const EngCancel *cancel, EngError *err) {
  return eng_derived_advance(source->made, cancel, err);
}

static bool derived_behind(const EngSource *source) { return eng_derived_behind(source->made); }

static int derived_place(const EngSource *source, int block, bool column, int token) {
  return eng_derived_place(source->made, block, column, token);
}

static int derived_token(const EngSource *source, int block, bool column, int place) {
  return eng_derived_token(source->made, block, column, place);
}

static const EngSourceKind derived_kind = {.close = close_derived,
                                           .input = derived_input,
                                           .layers_done = derived_layers_done,
                                           .pattern = derived_pattern,
                                           .coarse = derived_coarse,
                                           .advance = advance_derived,
                                           .behind = derived_behind,
                                           .place = derived_place,
                                           .token = derived_token};

EngSource *eng_source_derive(EngSource *base, const EngMerge *merge, EngError *err) {
  EngSource *source = eng_source_new(&derived_kind, err);
  if (!source) return NULL;
  EngDerived *derived = eng_derived_new(base, merge, err);
  if (!derived) {
    free(source);
    return NULL;
  }
  source->made = derived;
  source->base = derived->base;
  source->owner = owner_of(base);
  source->n_blocks = base->n_blocks;
  memcpy(source->blocks, derived->blocks, sizeof source->blocks);
  return source;
}

/* --- a difference */

static void close_difference(EngSource *source) { eng_difference_free(source->made); }

static const EngInput *difference_input(const EngSource *source) {
  const EngDifference *difference = source->made;
  return difference->input;
}

static int difference_layers_done(const EngSource *source) { return source->blocks[0].n_layers; }

static EngTensor difference_pattern(const EngSource *source, int block, int layer, int head) {
  (void)block;
  return eng_difference_pattern(source->made, layer, head);
}

static EngTensor difference_coarse(const EngSource *source, int block, int layer, int head) {
  (void)block;
  return eng_difference_coarse(source->made, layer, head);
}

static const EngSourceKind difference_kind = {.close = close_difference,
                                              .input = difference_input,
                                              .layers_done = difference_layers_done,
                                              .pattern = difference_pattern,
                                              .coarse = difference_coarse};

EngSource *eng_source_difference(EngSource *first, EngSource *second, const EngCancel *cancel, EngError *err) {
  EngSource *source = eng_source_new(&difference_kind, err);
  if (!source) return NULL;
  EngDifference *difference = eng_difference_new(first, second, cancel, err);
  if (!difference) {
    free(source);
    return NULL;
  }
  source->made = difference;
  source->owner = owner_of(first);
  const EngBlock *a = &first->blocks[0], *b = &second->blocks[0];
  EngBlock whole = {.n_layers = a->n_layers,
                    .n_heads = a->n_heads,
                    .causal = a->causal && b->causal,
                    .heads = a->heads,
                    .layers = a->layers,
                    .no_qk = "A difference has no queries and keys of its own.",
                    .signs = true,
                    .most = difference->most};
  eng_source_add_blocks(source, &whole);
  return source;
}

/* NULL for another kind. */
static const EngDifference *difference_of(const EngSource *source) {
  return source->kind == &difference_kind ? source->made : NULL;
}

const EngAlignment *eng_source_alignment(const EngSource *source) {
  const EngDifference *difference = difference_of(source);
  return difference ? difference->alignment : NULL;
}

bool eng_source_compared(const EngSource *source, int block, int layer, int head, int row, int column,
                         float out[2]) {
  const EngDifference *difference = difference_of(source);
  if (!difference) return false;
  const EngBlock *b = &source->blocks[block];
  const EngPlace *places = difference->alignment->places;
  const EngPlace *query = &places[b->row_start + row], *key = &places[b->column_start + column];
  for (int i = 0; i < 2; i++) {
    if (query->token[i] < 0 || key->token[i] < 0) return false;
    EngTensor weights = eng_source_pattern(difference->of[i], 0, layer, head);
    out[i] = weights.data[query->token[i] * weights.stride[0] + key->token[i] * weights.stride[1]];
  }
  return true;
}
