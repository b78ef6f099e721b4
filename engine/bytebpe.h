/* GPT-2's model: text is cut into words, a word into bytes, and bytes are merged into tokens. */
#ifndef ENGINE_BYTEBPE_H
#define ENGINE_BYTEBPE_H

#include "engine/bpe.h"
#include "engine/chars.h"
#include "engine/tokens.h"
#include "engine/words.h"

typedef struct EngByteBpe {
  EngBpe bpe;
  int byte_ids[256];  /* the piece of one byte, -1 for none */
  bool prefix_space;  /* text that begins without a space gets one */
  bool use_regex;     /* text is cut into GPT-2's words; otherwise it is one */
  bool ignore_merges; /* a word that is a piece is one token */
} EngByteBpe;

/* After the vocabulary is complete: finds the pieces of single bytes. */
void eng_bytebpe_index(EngByteBpe *model, const EngVocab *vocab);

/* Cuts normalised text by `words`, and what that leaves into GPT-2's words and tokens. False when memory is
 * short. */
bool eng_bytebpe_encode(const EngByteBpe *model, const EngVocab *vocab, const EngWords *words,
                        const EngChars *chars, EngTokens *out);

#endif
