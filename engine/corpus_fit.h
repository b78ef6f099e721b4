/* The longest beginning of a text that a model can read at once. */
#ifndef ENGINE_CORPUS_FIT_H
#define ENGINE_CORPUS_FIT_H

#include "engine/input.h"

typedef struct EngFit {
  const EngTokenizer *tokenizer;
  size_t most;  /* tokens of a passage: the model's context */
  size_t guess; /* bytes that are tried first */
} EngFit;

/* Encodes as much of the text as fits into `encoding` (the caller's to free) and sets `used` to its bytes, at least
 * those of one character; a part ends before the space in front of a word where there is one. `more`: text follows
 * that is not shown here, so that even all of it is only a part. */
bool eng_fit(const EngFit *fit, const char *text, size_t length, bool more, size_t *used, EngEncoding *encoding,
             EngError *err);

#endif
