/* Which tokens make up one word: pieces that continue one (WordPiece's ##, byte-level and SentencePiece pieces
 * without a space in front). Punctuation, special tokens and white space stand by themselves. */
#ifndef ENGINE_SPANS_H
#define ENGINE_SPANS_H

#include "engine/input.h"

/* Tokens first … first + n - 1. */
typedef struct EngSpan {
  int first, n;
} EngSpan;

typedef struct EngSpans {
  int n;            /* words */
  EngSpan *at;      /* (n) */
  int *of;          /* (tokens): the word of each */
  EngToken *tokens; /* (n): each word as a token, with its whole text */
  char *texts;      /* what they are spelled with */
} EngSpans;

/* What they are made from: tokens, the text that they lie in (or NULL), and which begin a word in any case. */
typedef struct EngSpansOf {
  const EngToken *tokens;
  int n_tokens;
  const EngInput *input;
  const bool *cut; /* (tokens), or NULL */
} EngSpansOf;

/* False when memory is short; `out` then needs no freeing. */
bool eng_spans_make(EngSpans *out, const EngSpansOf *of, EngError *err);
/* The same with a word for every token. */
bool eng_spans_single(EngSpans *out, const EngToken *tokens, int n_tokens, EngError *err);
void eng_spans_free(EngSpans *spans);

#endif
