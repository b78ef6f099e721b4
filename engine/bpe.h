/* Byte-pair encoding: a word's symbols are merged two by two, the earliest rule first. Built once, then only
 * read. */
#ifndef ENGINE_BPE_H
#define ENGINE_BPE_H

#include "engine/vocab.h"

typedef struct EngMerge {
  uint64_t pair; /* left id << 32 | right id */
  int rank;
  int id;   /* of what they become */
  bool set; /* this slot of the table is taken */
} EngMerge;

typedef struct EngBpe {
  EngMerge *merges; /* hash table */
  size_t n_slots, n_merges;
  bool fuse_unk;
  int unk; /* id for a symbol that the vocabulary lacks; -1: such symbols are dropped */
} EngBpe;

void eng_bpe_free(EngBpe *bpe);

/* Adds the next rule. Errors name `file` and the pieces that the vocabulary lacks. */
bool eng_bpe_add(EngBpe *bpe, const EngVocab *vocab, const char *left, size_t left_length, const char *right,
                 size_t right_length, const char *file, EngError *err);

/* A symbol of a word: an id and how long its string is. */
typedef struct EngSymbol {
  int id;
  uint32_t length;
  int next, previous; /* -1 for none; set by eng_bpe_merge */
} EngSymbol;

typedef struct EngBpeEntry {
  int rank, at, id;
} EngBpeEntry;

/* Memory for one word at a time, reused from word to word. */
typedef struct EngBpeWord {
  EngSymbol *symbols;
  size_t n, capacity;
  EngBpeEntry *heap;
  size_t n_heap, heap_capacity;
} EngBpeWord; /* all zero is empty */

void eng_bpe_word_free(EngBpeWord *word);

/* Appends a symbol to the word; `unknown` ones become the unknown token or vanish. */
bool eng_bpe_word_add(const EngBpe *bpe, EngBpeWord *word, int id, uint32_t length);

/* Merges in place: afterwards `symbols` holds the `n` tokens in order. False when memory is short. */
bool eng_bpe_merge(const EngBpe *bpe, EngBpeWord *word);

#endif
