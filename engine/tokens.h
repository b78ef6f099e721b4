/* A growing list of encoded tokens. */
#ifndef ENGINE_TOKENS_H
#define ENGINE_TOKENS_H

#include "engine/tokenizer.h"

typedef struct EngTokens {
  EngEncoded *at;
  size_t n, capacity;
} EngTokens; /* all zero is empty; the caller frees `at` */

/* Appends a token of this byte range; false when memory is short. */
bool eng_tokens_push(EngTokens *tokens, int id, size_t start, size_t stop);

#endif
