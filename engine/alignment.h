/* Two sequences of tokens laid beside each other, so that their runs can be compared token by token.
 *
 * Tokens are the same where their pieces are; what both have in order is found first. Between two such places,
 * tokens that differ stand for each other where both have as many of them; all others stand alone. Every token has
 * one place; places keep the order of both. */
#ifndef ENGINE_ALIGNMENT_H
#define ENGINE_ALIGNMENT_H

#include "engine/input.h"

typedef struct EngPlace {
  int token[2]; /* of the first and of the second sequence; -1 where it has none */
} EngPlace;

typedef struct EngAlignment {
  int n_places, pair_start; /* of sentence B's first place, or -1 where not both have one */
  int n_alone;              /* places without a partner */
  EngPlace *places;
  int *of[2]; /* the place of each token */
} EngAlignment;

/* NULL and an error when memory is short. */
EngAlignment *eng_alignment_new(const EngInput *first, const EngInput *second, EngError *err);
void eng_alignment_free(EngAlignment *alignment); /* NULL is fine */

/* Whether the tokens of a place are the same. */
bool eng_token_same(const EngToken *a, const EngToken *b);

#endif
