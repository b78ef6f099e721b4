/* Rules lie in a hash table by the pair of ids. A word is a linked list of symbols; a heap holds the places
 * where a rule applies, ordered by rule and then by place; entries that a merge made stale are found out when
 * they come up. So a word of n symbols costs n log n, however long it is. */
#include "engine/bpe.h"

#include "engine/budget.h"

#include <stdlib.h>
#include <string.h>

void eng_bpe_free(EngBpe *bpe) {
  eng_budget_free(bpe->merges, bpe->n_slots * sizeof *bpe->merges);
  *bpe = (EngBpe){0};
}

static uint64_t pair_of(int left, int right) { return (uint64_t)(uint32_t)left << 32 | (uint32_t)right; }

static size_t slot_of(uint64_t pair, size_t n_slots) {
  uint64_t mixed = pair * UINT64_C(0x9E3779B97F4A7C15);
  return (size_t)(mixed ^ mixed >> 32) & (n_slots - 1);
}

/* The slot of a pair, or the free one where it belongs. */
static EngMerge *slot(EngMerge *merges, size_t n_slots, uint64_t pair) {
  size_t at = slot_of(pair, n_slots);
  while (merges[at].set && merges[at].pair != pair) at = (at + 1) & (n_slots - 1);
  return &merges[at];
}

static const EngMerge *find(const EngBpe *bpe, int left, int right) {
  if (bpe->n_slots == 0) return NULL;
  const EngMerge *merge = slot(bpe->merges, bpe->n_slots, pair_of(left, right));
  return merge->set ? merge : NULL;
}

static bool grow(EngBpe *bpe) {
  if (bpe->n_merges * 2 + 2 <= bpe->n_slots) return true;
  size_t n = bpe->n_slots ? bpe->n_slots * 2 : 1024;
  EngMerge *merges = eng_budget_realloc(NULL, 0, n * sizeof *merges);
  if (!merges) return false;
  memset(merges, 0, n * sizeof *merges);
  for (size_t i = 0; i < bpe->n_slots; i++)
    if (bpe->merges[i].set) *slot(merges, n, bpe->merges[i].pair) = bpe->merges[i];
  eng_budget_free(bpe->merges, bpe->n_slots * sizeof *merges);
  bpe->merges = merges;
  bpe->n_slots = n;
  return true;
}

static bool refuse(const char *file, const char *piece, size_t length, EngError *err) {
  return eng_error_set(err, file, "merges", "expected pieces of the vocabulary, found \"%.*s\"",
                       (int)(length < 200 ? length : 200), piece);
}

bool eng_bpe_add(EngBpe *bpe, const EngVocab *vocab, const char *left, size_t left_length, const char *right,
                 size_t right_length, const char *file, EngError *err) {
  int a = eng_vocab_id(vocab, left, left_length), b = eng_vocab_id(vocab, right, right_length);
  if (a < 0) return refuse(file, left, left_length, err);
  if (b < 0) return refuse(file, right, right_length, err);
  char *joined = malloc(left_length + right_length + 1);
  if (!joined || !grow(bpe)) {
    free(joined);
    return eng_error_memory(err, file, "its merges");
  }
  memcpy(joined, left, left_length);
  memcpy(joined + left_length, right, right_length);
  int id = eng_vocab_id(vocab, joined, left_length + right_length);
  bool known = id >= 0 || refuse(file, joined, left_length + right_length, err);
  free(joined);
  if (!known) return false;
  *slot(bpe->merges, bpe->n_slots, pair_of(a, b)) = (EngMerge){pair_of(a, b), (int)bpe->n_merges, id, true};
  bpe->n_merges++;
  return true;
}

void eng_bpe_word_free(EngBpeWord *word) {
  free(word->symbols);
  free(word->heap);
  *word = (EngBpeWord){0};
}

bool eng_bpe_word_add(const EngBpe *bpe, EngBpeWord *word, int id, uint32_t length) {
  if (id < 0) id = bpe->unk;
  if (id < 0) return true;
  if (word->n == word->capacity) {
    size_t capacity = word->capacity * 2 + 64;
    EngSymbol *symbols = realloc(word->symbols, capacity * sizeof *symbols);
    if (!symbols) return false;
    word->symbols = symbols;
    word->capacity = capacity;
  }
  EngSymbol *last = word->n > 0 ? &word->symbols[word->n - 1] : NULL;
  if (bpe->fuse_unk && last && id == bpe->unk && last->id == bpe->unk)
    last->length += length;
  else
    word->symbols[word->n++] = (EngSymbol){id, length, -1, -1};
  return true;
}

static bool comes_before(EngBpeEntry a, EngBpeEntry b) { return a.rank != b.rank ? a.rank < b.rank : a.at < b.at; }

static bool push(EngBpeWord *word, EngBpeEntry entry) {
  if (word->n_heap == word->heap_capacity) {
    size_t capacity = word->heap_capacity * 2 + 64;
    EngBpeEntry *heap = realloc(word->heap, capacity * sizeof *heap);
    if (!heap) return false;
    word->heap = heap;
    word->heap_capacity = capacity;
  }
  size_t at = word->n_heap++;
  for (; at > 0 && comes_before(entry, word->heap[(at - 1) / 2]); at = (at - 1) / 2)
    word->heap[at] = word->heap[(at - 1) / 2];
  word->heap[at] = entry;
  return true;
}

static EngBpeEntry pop(EngBpeWord *word) {
  EngBpeEntry top = word->heap[0], last = word->heap[--word->n_heap];
  size_t at = 0;
  for (size_t child; (child = 2 * at + 1) < word->n_heap; at = child) {
    if (child + 1 < word->n_heap && comes_before(word->heap[child + 1], word->heap[child])) child++;
    if (!comes_before(word->heap[child], last)) break;
    word->heap[at] = word->heap[child];
  }
  word->heap[at] = last;
  return top;
}

/* Notes that the symbols at `left` and after it can be merged, if a rule says so. */
static bool offer(const EngBpe *bpe, EngBpeWord *word, int left) {
  int right = left < 0 ? -1 : word->symbols[left].next;
  if (right < 0) return true;
  const EngMerge *merge = find(bpe, word->symbols[left].id, word->symbols[right].id);
  return !merge || push(word, (EngBpeEntry){merge->rank, left, merge->id});
}

/* Makes one symbol of the one at `at` and its right neighbour, whose length 0 marks it as gone. */
static void join(EngBpeWord *word, int at, int id) {
  EngSymbol *left = &word->symbols[at], *right = &word->symbols[left->next];
  left->id = id;
  left->length += right->length;
  left->next = right->next;
  right->length = 0;
  if (left->next >= 0) word->symbols[left->next].previous = at;
}

/* Whether what the entry promised still holds. */
static bool is_current(const EngBpe *bpe, const EngBpeWord *word, EngBpeEntry entry) {
  EngSymbol left = word->symbols[entry.at];
  if (left.length == 0 || left.next < 0) return false;
  const EngMerge *merge = find(bpe, left.id, word->symbols[left.next].id);
  return merge && merge->id == entry.id;
}

bool eng_bpe_merge(const EngBpe *bpe, EngBpeWord *word) {
  word->n_heap = 0;
  for (size_t i = 0; i < word->n; i++) {
    word->symbols[i].previous = (int)i - 1;
    word->symbols[i].next = i + 1 < word->n ? (int)i + 1 : -1;
  }
  for (size_t i = 0; i < word->n; i++)
    if (!offer(bpe, word, (int)i)) return false;
  while (word->n_heap > 0) {
    EngBpeEntry entry = pop(word);
    if (!is_current(bpe, word, entry)) continue;
    join(word, entry.at, entry.id);
    if (!offer(bpe, word, word->symbols[entry.at].previous) || !offer(bpe, word, entry.at)) return false;
  }
  size_t n = 0;
  for (size_t i = 0; i < word->n; i++)
    if (word->symbols[i].length > 0) word->symbols[n++] = word->symbols[i];
  word->n = n;
  return true;
}
