/* Added tokens: strings that are recognised in the text before the model sees it ("[MASK]",
 * "<|endoftext|>"). Those with `normalized` are looked for after normalising, the others before. */
#ifndef ENGINE_ADDED_H
#define ENGINE_ADDED_H

#include "engine/normal.h"
#include "engine/trie.h"
#include "engine/vocab.h"

#define ENG_ADDED_LONGEST 1024 /* bytes of one such string */

typedef struct EngAddedToken {
  int id;
  bool single_word;    /* only where no word character touches it */
  bool lstrip, rstrip; /* takes the white space before, after it along */
  bool normalized;
  bool special;
  char *form; /* its string as normalised, which is how it reads back; NULL where that changes nothing */
  size_t form_length;
} EngAddedToken;

typedef struct EngAdded {
  EngAddedToken *tokens; /* in the order they were first put */
  int n_tokens, capacity;
  int *by_id; /* (n_ids) index of a token + 1, 0 for none */
  int n_ids;
  EngTrie raw, normal; /* values are indices of tokens */
} EngAdded;            /* all zero is empty */

void eng_added_free(EngAdded *added);

/* Adds a token without a form, or replaces the one of the same id. False when memory is short. */
bool eng_added_put(EngAdded *added, EngAddedToken token);

const EngAddedToken *eng_added_find(const EngAdded *added, int id); /* NULL for none */

/* After the last token: gives them their forms and makes them findable. False with an error when memory is
 * short. */
bool eng_added_index(EngAdded *added, const EngVocab *vocab, const EngNormal *normal, EngError *err);

/* A stretch of text: plain, or an added token with the white space that it takes along. */
typedef struct EngSpan {
  size_t from, to; /* characters */
  int token;       /* index in EngAdded.tokens, -1 for plain text */
} EngSpan;

typedef struct EngSpans {
  EngSpan *at;
  size_t n, capacity;
} EngSpans; /* all zero is empty; the caller frees `at` */

/* Appends the spans of `chars` in order; false when memory is short. */
bool eng_added_split(const EngAdded *added, const EngTrie *trie, const EngChars *chars, EngSpans *out);

#endif
