/* BERT's model: a word is cut from the left into the longest pieces that the vocabulary has; a word that
 * cannot be cut is one unknown token. */
#ifndef ENGINE_WORDPIECE_H
#define ENGINE_WORDPIECE_H

#include "engine/chars.h"
#include "engine/tokens.h"
#include "engine/vocab.h"
#include "engine/words.h"

#define ENG_WORDPIECE_PREFIX 32 /* most bytes of the prefix */

typedef struct EngWordPiece {
  char prefix[ENG_WORDPIECE_PREFIX + 1]; /* of a piece inside a word: "##" */
  int unk;                               /* id */
  int most_chars;                        /* a longer word is unknown */
} EngWordPiece;

/* Cuts normalised text into words, and each word into pieces. False when memory is short. */
bool eng_wordpiece_encode(const EngWordPiece *model, const EngVocab *vocab, const EngWords *words,
                          const EngChars *chars, EngTokens *out);

#endif
