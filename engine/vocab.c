/* Strings lie one after the other in one block; an open hash table of ids finds them. The table is at most
 * half full, so that a search meets a free slot soon. */
#include "engine/vocab.h"

#include "engine/budget.h"

#include <stdlib.h>
#include <string.h>

void eng_vocab_free(EngVocab *vocab) {
  eng_budget_free(vocab->text, vocab->text_capacity);
  eng_budget_free(vocab->pieces, (size_t)vocab->capacity * sizeof *vocab->pieces);
  eng_budget_free(vocab->slots, vocab->n_slots * sizeof *vocab->slots);
  *vocab = (EngVocab){0};
}

/* FNV-1a: a byte at a time, so that the hash of a prefix is a step on the way. */
uint64_t eng_vocab_hash(uint64_t hash, const char *bytes, size_t length) {
  for (size_t i = 0; i < length; i++) hash = (hash ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001B3);
  return hash;
}

/* Spreads the hash's high bits over the low ones that pick a slot. */
static size_t slot_of(const EngVocab *vocab, uint64_t hash) {
  return (size_t)(hash ^ hash >> 32) & (vocab->n_slots - 1);
}

static bool is_piece(const EngVocab *vocab, int id, const char *piece, size_t length) {
  EngPiece own = vocab->pieces[id];
  return own.length == length && memcmp(vocab->text + own.start, piece, length) == 0;
}

int eng_vocab_find(const EngVocab *vocab, uint64_t hash, const char *piece, size_t length) {
  if (vocab->n_slots == 0 || length > vocab->longest) return -1;
  for (size_t slot = slot_of(vocab, hash); vocab->slots[slot]; slot = (slot + 1) & (vocab->n_slots - 1))
    if (is_piece(vocab, vocab->slots[slot] - 1, piece, length)) return vocab->slots[slot] - 1;
  return -1;
}

int eng_vocab_id(const EngVocab *vocab, const char *piece, size_t length) {
  return eng_vocab_find(vocab, eng_vocab_hash(ENG_VOCAB_SEED, piece, length), piece, length);
}

const char *eng_vocab_piece(const EngVocab *vocab, int id, size_t *length) {
  if (id < 0 || id >= vocab->size || vocab->pieces[id].start == 0) return NULL;
  if (length) *length = vocab->pieces[id].length;
  return vocab->text + vocab->pieces[id].start;
}

static void insert(EngVocab *vocab, int id) {
  EngPiece piece = vocab->pieces[id];
  size_t slot = slot_of(vocab, eng_vocab_hash(ENG_VOCAB_SEED, vocab->text + piece.start, piece.length));
  while (vocab->slots[slot]) slot = (slot + 1) & (vocab->n_slots - 1);
  vocab->slots[slot] = id + 1;
}

static bool grow_slots(EngVocab *vocab) {
  if ((size_t)vocab->count * 2 + 2 <= vocab->n_slots) return true;
  size_t n = vocab->n_slots ? vocab->n_slots * 2 : 1024;
  int *slots = eng_budget_realloc(NULL, 0, n * sizeof *slots);
  if (!slots) return false;
  memset(slots, 0, n * sizeof *slots);
  eng_budget_free(vocab->slots, vocab->n_slots * sizeof *slots);
  vocab->slots = slots;
  vocab->n_slots = n;
  for (int id = 0; id < vocab->size; id++)
    if (vocab->pieces[id].start) insert(vocab, id);
  return true;
}

static bool grow_pieces(EngVocab *vocab, int id) {
  if (id < vocab->capacity) return true;
  int capacity = id < 512 ? 1024 : id * 2;
  size_t size = sizeof *vocab->pieces;
  EngPiece *pieces = eng_budget_realloc(vocab->pieces, (size_t)vocab->capacity * size, (size_t)capacity * size);
  if (!pieces) return false;
  memset(pieces + vocab->capacity, 0, (size_t)(capacity - vocab->capacity) * sizeof *pieces);
  vocab->pieces = pieces;
  vocab->capacity = capacity;
  return true;
}

static bool grow_text(EngVocab *vocab, size_t length) {
  size_t wanted = vocab->text_size + length + 2; /* a NUL each, and one byte before the first */
  if (wanted > UINT32_MAX) return false;
  if (wanted <= vocab->text_capacity) return true;
  size_t capacity = wanted < 8192 ? 16384 : wanted * 2;
  char *text = eng_budget_realloc(vocab->text, vocab->text_capacity, capacity);
  if (!text) return false;
  vocab->text = text;
  vocab->text_capacity = capacity;
  if (vocab->text_size == 0) vocab->text[vocab->text_size++] = '\0';
  return true;
}

static void store(EngVocab *vocab, const char *piece, size_t length, int id) {
  memcpy(vocab->text + vocab->text_size, piece, length);
  vocab->text[vocab->text_size + length] = '\0';
  vocab->pieces[id] = (EngPiece){(uint32_t)vocab->text_size, (uint32_t)length};
  vocab->text_size += length + 1;
  if (id >= vocab->size) vocab->size = id + 1;
  if (length > vocab->longest) vocab->longest = length;
  vocab->count++;
  insert(vocab, id);
}

bool eng_vocab_add(EngVocab *vocab, const char *piece, size_t length, int64_t id, int limit, const char *file,
                   EngError *err) {
  if (id < 0) return eng_error_set(err, file, piece, "expected an id of at least 0, found %lld", (long long)id);
  if (id >= limit)
    return eng_error_set(err, file, piece, "expected an id below the vocabulary's size %d, found %lld", limit,
                         (long long)id);
  int same = eng_vocab_id(vocab, piece, length);
  if (same >= 0)
    return eng_error_set(err, file, piece, "expected each token once, found it as %d and %lld", same,
                         (long long)id);
  const char *other = eng_vocab_piece(vocab, (int)id, NULL);
  if (other)
    return eng_error_set(err, file, piece, "expected an id of its own, found %lld, which is also \"%s\"",
                         (long long)id, other);
  if (id >= ENG_VOCAB_MOST || !grow_pieces(vocab, (int)id) || !grow_text(vocab, length) || !grow_slots(vocab))
    return eng_error_memory(err, file, "its vocabulary");
  store(vocab, piece, length, (int)id);
  return true;
}

bool eng_vocab_check_holes(const EngVocab *vocab, const char *file, EngError *err) {
  for (int id = 0; id < vocab->size; id++)
    if (!vocab->pieces[id].start)
      return eng_error_set(err, file, "vocab", "expected a token for every id from 0 to %d, found none for %d",
                           vocab->size - 1, id);
  return true;
}
