/* A vocabulary: strings to ids and back. Built once, then only read, from any thread.
 *
 * Strings are UTF-8 and distinct, ids are distinct; both are checked as they are added. */
#ifndef ENGINE_VOCAB_H
#define ENGINE_VOCAB_H

#include "engine/error.h"

#include <stddef.h>
#include <stdint.h>

#define ENG_VOCAB_MOST (1 << 24) /* ids */

typedef struct EngPiece {
  uint32_t start;  /* in EngVocab.text; 0 for an id without a string */
  uint32_t length; /* bytes; a NUL follows them */
} EngPiece;

typedef struct EngVocab {
  char *text; /* all strings */
  size_t text_size, text_capacity;
  EngPiece *pieces; /* (size) by id */
  int size;         /* one more than the largest id */
  int count;        /* ids that have a string */
  int n_pieces;     /* ids from here on are added tokens, which a model does not use; set by whoever fills it */
  int capacity;
  int *slots;     /* hash table of id + 1, 0 for free */
  size_t n_slots; /* a power of two, or 0 */
  size_t longest; /* bytes of the longest string */
} EngVocab;       /* all zero is empty */

void eng_vocab_free(EngVocab *vocab);

/* Errors name `file` and the string: an id beyond `limit` - 1, an id or a string that is already there. */
bool eng_vocab_add(EngVocab *vocab, const char *piece, size_t length, int64_t id, int limit, const char *file,
                   EngError *err);

/* Refuses ids without a string; names the first. */
bool eng_vocab_check_holes(const EngVocab *vocab, const char *file, EngError *err);

int eng_vocab_id(const EngVocab *vocab, const char *piece, size_t length);  /* -1 for none */
const char *eng_vocab_piece(const EngVocab *vocab, int id, size_t *length); /* NULL for none */

/* A hash that grows with its string, for looking up all prefixes of a word in one pass. */
#define ENG_VOCAB_SEED UINT64_C(0xCBF29CE484222325)
uint64_t eng_vocab_hash(uint64_t hash, const char *bytes, size_t length);
int eng_vocab_find(const EngVocab *vocab, uint64_t hash, const char *piece, size_t length);

#endif
