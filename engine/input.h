/* What goes into a run: tokens, and where in the text they came from. Counted, immutable. */
#ifndef ENGINE_INPUT_H
#define ENGINE_INPUT_H

#include "engine/error.h"
#include "engine/model.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct EngToken {
  int id;
  int type;           /* token type */
  int sentence;       /* 0, 1, or -1 for an added special token */
  size_t start, stop; /* bytes in that sentence's text */
  const char *text;   /* as shown, UTF-8 */
  const char *piece;  /* as in the vocabulary */
  bool special;
} EngToken;

typedef struct EngInput {
  const char *text; /* sentence A; for ids their decoding */
  const char *pair; /* sentence B, or NULL */
  size_t text_length, pair_length;
  bool bos; /* whether a BOS token was put in front */
  int n_tokens;
  const EngToken *tokens;
  int pair_start; /* index of the first token of sentence B (after A's separator), or -1: with it the
                     views offer the sentence filters. Taken from token types. */
} EngInput;

/* Encodes text. Refuses empty text and text longer than the model's context, with both numbers. `pair`
 * is NULL for one sentence and refused for a model without token types. */
EngInput *eng_input_from_text(EngModel *model, const char *text, size_t length, const char *pair,
                              size_t pair_length, EngEncodeOptions options, EngError *err);

/* The same of what was encoded before with those options, as one sentence. */
EngInput *eng_input_from_encoding(EngModel *model, const char *text, size_t length, EngEncodeOptions options,
                                  const EngEncoding *encoding, EngError *err);

/* Takes ids as they are; `types` may be NULL (all 0). Every id and type is checked against the config.
 * Works without tokenizer files: tokens are then shown as their numbers. */
EngInput *eng_input_from_ids(EngModel *model, const int *ids, const int *types, size_t n_ids, EngError *err);

/* From a recorded file: copies everything, `tokens` with their strings. */
EngInput *eng_input_new(const EngInput *fields, EngError *err);

/* Where token types 0 … 0 1 … 1 split a pair (`pair_start`), -1 for anything else. */
int eng_input_find_pair(const EngToken *tokens, int n_tokens);

/* Whether it is of these texts; NULL is an empty one. */
bool eng_input_says(const EngInput *input, const char *text, const char *pair);

EngInput *eng_input_retain(const EngInput *input);
void eng_input_release(const EngInput *input);

#endif
