/* Type and sentence of a token are settled later, when the sentences are put together. */
#include "engine/tokens.h"

#include <stdlib.h>

bool eng_tokens_push(EngTokens *tokens, int id, size_t start, size_t stop) {
  if (tokens->n == tokens->capacity) {
    size_t capacity = tokens->capacity * 2 + 32;
    EngEncoded *at = realloc(tokens->at, capacity * sizeof *at);
    if (!at) return false;
    tokens->at = at;
    tokens->capacity = capacity;
  }
  tokens->at[tokens->n++] = (EngEncoded){.id = id, .start = start, .stop = stop};
  return true;
}
