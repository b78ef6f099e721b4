/* A word becomes a symbol for each of its bytes, which the merges then join. A symbol is as long as its
 * byte-level string; ranges are found again by walking along the word's bytes beside its tokens. */
#include "engine/bytebpe.h"

#include "engine/bytelevel.h"
#include "engine/utf8.h"

#include <stdlib.h>

/* The bytes of one word, each with the character that it is part of; and its symbols. Reused. */
typedef struct Word {
  unsigned char *bytes;
  const EngChar **owners;
  size_t n, capacity;
  EngBpeWord symbols;
} Word;

static void free_word(Word *word) {
  free(word->bytes);
  free(word->owners);
  eng_bpe_word_free(&word->symbols);
}

static bool reserve(Word *word, size_t n) {
  if (n <= word->capacity) return true;
  unsigned char *bytes = realloc(word->bytes, n * 2);
  if (bytes) word->bytes = bytes;
  const EngChar **owners = realloc(word->owners, n * 2 * sizeof *owners);
  if (owners) word->owners = owners;
  if (bytes && owners) word->capacity = n * 2;
  return bytes && owners;
}

static bool spell(Word *word, const EngChars *chars, size_t from, size_t to) {
  if (!reserve(word, (to - from) * ENG_UTF8_MOST)) return false;
  word->n = 0;
  for (size_t i = from; i < to; i++) {
    size_t length = eng_utf8_write(chars->at[i].code, (char *)word->bytes + word->n);
    for (size_t k = 0; k < length; k++) word->owners[word->n++] = &chars->at[i];
  }
  return true;
}

/* The byte-level string of a byte is one or two bytes long. */
static uint32_t spelled_length(unsigned char byte) { return eng_bytelevel_char(byte) < 0x80 ? 1 : 2; }

/* The character at place `at` of the word's byte-level string; `*i` and `*end` walk along. */
static const EngChar *owner_at(const Word *word, size_t at, size_t *i, size_t *end) {
  while (*end <= at && *i < word->n) *end += spelled_length(word->bytes[(*i)++]);
  return word->owners[*i - 1];
}

/* Ranges come from the lengths of the symbols: those of a word that lost some are shifted, as the reference's. */
static bool push_tokens(const Word *word, EngTokens *out) {
  size_t at = 0, i = 0, end = 0;
  for (size_t k = 0; k < word->symbols.n; k++) {
    EngSymbol symbol = word->symbols.symbols[k];
    const EngChar *first = owner_at(word, at, &i, &end);
    at += symbol.length;
    const EngChar *last = owner_at(word, at - 1, &i, &end);
    if (!eng_tokens_push(out, symbol.id, first->start, last->stop)) return false;
  }
  return true;
}

/* The id of a word that is a piece, else -1, into `id`. */
static bool find_whole(const EngVocab *vocab, const Word *word, int *id) {
  char *piece = malloc(word->n * 2 + 1);
  if (!piece) return false;
  size_t length = 0;
  for (size_t i = 0; i < word->n; i++) length += eng_utf8_write(eng_bytelevel_char(word->bytes[i]), piece + length);
  *id = eng_vocab_id(vocab, piece, length);
  if (*id >= vocab->n_pieces) *id = -1;
  free(piece);
  return true;
}

static bool encode_word(const EngByteBpe *model, const EngVocab *vocab, Word *word, EngTokens *out) {
  int whole = -1;
  if (model->ignore_merges && !find_whole(vocab, word, &whole)) return false;
  if (whole >= 0) return eng_tokens_push(out, whole, word->owners[0]->start, word->owners[word->n - 1]->stop);
  word->symbols.n = 0;
  for (size_t i = 0; i < word->n; i++) {
    unsigned char byte = word->bytes[i];
    if (!eng_bpe_word_add(&model->bpe, &word->symbols, model->byte_ids[byte], spelled_length(byte))) return false;
  }
  return eng_bpe_merge(&model->bpe, &word->symbols) && push_tokens(word, out);
}

void eng_bytebpe_index(EngByteBpe *model, const EngVocab *vocab) {
  for (int byte = 0; byte < 256; byte++) {
    char piece[ENG_UTF8_MOST];
    size_t length = eng_utf8_write(eng_bytelevel_char((unsigned char)byte), piece);
    model->byte_ids[byte] = eng_vocab_id(vocab, piece, length);
  }
}

/* A copy of chars[from, to); text that does not begin with a space may get one, which shares the first
 * character's range. */
static bool copy(const EngByteBpe *model, const EngChars *chars, size_t from, size_t to, EngChars *out) {
  EngChar space = chars->at[from];
  space.code = ' ';
  bool prefixed = model->prefix_space && chars->at[from].code != ' ';
  bool done = !prefixed || eng_chars_push(out, space);
  for (size_t i = from; done && i < to; i++) done = eng_chars_push(out, chars->at[i]);
  return done;
}

bool eng_bytebpe_encode(const EngByteBpe *model, const EngVocab *vocab, const EngWords *words,
                        const EngChars *chars, EngTokens *out) {
  Word word = {0};
  EngChars part = {0};
  bool done = true;
  for (size_t from = 0, to = 0; done && eng_words_next(words, chars, &from, &to); from = to) {
    part.n = 0;
    done = copy(model, chars, from, to, &part);
    for (size_t i = 0, end = 0; done && i < part.n; i = end) {
      end = model->use_regex ? eng_bytelevel_word(&part, i) : part.n;
      done = spell(&word, &part, i, end) && encode_word(model, vocab, &word, out);
    }
  }
  free_word(&word);
  eng_chars_free(&part);
  return done;
}
