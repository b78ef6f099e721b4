/* All prefixes of what is left of a word are hashed in one pass and looked up on the way; none can be longer
 * than the longest piece. The bytes of a word stand behind room for the prefix, which is written over what
 * the pieces before have used up. */
#include "engine/wordpiece.h"

#include "engine/utf8.h"

#include <stdlib.h>
#include <string.h>

typedef struct Word {
  const EngChar *chars;
  size_t n;
  char *bytes;  /* room for the prefix, then the word */
  size_t *ends; /* (n + 1) where in `bytes` a character begins */
} Word;

/* The longest piece that begins at character `from`; its end in `to`, -1 for none. */
static int longest_piece(const EngWordPiece *model, const EngVocab *vocab, Word word, size_t from, size_t *to) {
  size_t prefix = from > 0 ? strlen(model->prefix) : 0;
  char *piece = word.bytes + word.ends[from] - prefix;
  memcpy(piece, model->prefix, prefix);
  uint64_t hash = eng_vocab_hash(ENG_VOCAB_SEED, piece, prefix);
  int best = -1;
  for (size_t i = from; i < word.n; i++) {
    size_t length = word.ends[i + 1] - word.ends[from] + prefix;
    if (length > vocab->longest) break;
    hash = eng_vocab_hash(hash, word.bytes + word.ends[i], word.ends[i + 1] - word.ends[i]);
    int id = eng_vocab_find(vocab, hash, piece, length);
    if (id < 0 || id >= vocab->n_pieces) continue;
    best = id;
    *to = i + 1;
  }
  return best;
}

static bool push_range(EngTokens *out, int id, const EngChar *first, const EngChar *last) {
  return eng_tokens_push(out, id, first->start, last->stop);
}

static bool encode_word(const EngWordPiece *model, const EngVocab *vocab, Word word, EngTokens *out) {
  size_t before = out->n;
  for (size_t from = 0, to = 0; from < word.n; from = to) {
    int id = longest_piece(model, vocab, word, from, &to);
    if (id < 0) {
      out->n = before;
      return push_range(out, model->unk, &word.chars[0], &word.chars[word.n - 1]);
    }
    if (!push_range(out, id, &word.chars[from], &word.chars[to - 1])) return false;
  }
  return true;
}

/* Writes the word's bytes behind the room for the prefix. */
static void spell(Word word, size_t room) {
  for (size_t i = 0; i < word.n; i++) {
    word.ends[i] = room;
    room += eng_utf8_write(word.chars[i].code, word.bytes + room);
  }
  word.ends[word.n] = room;
}

bool eng_wordpiece_encode(const EngWordPiece *model, const EngVocab *vocab, const EngWords *words,
                          const EngChars *chars, EngTokens *out) {
  size_t most = (size_t)model->most_chars < chars->n ? (size_t)model->most_chars : chars->n;
  char *bytes = malloc(ENG_WORDPIECE_PREFIX + most * ENG_UTF8_MOST);
  size_t *ends = malloc((most + 1) * sizeof *ends);
  bool done = bytes && ends;
  for (size_t from = 0, to = 0; done && eng_words_next(words, chars, &from, &to); from = to) {
    Word word = {chars->at + from, to - from, bytes, ends};
    if (word.n > most) {
      done = push_range(out, model->unk, &word.chars[0], &word.chars[word.n - 1]);
      continue;
    }
    spell(word, ENG_WORDPIECE_PREFIX);
    done = encode_word(model, vocab, word, out);
  }
  free(bytes);
  free(ends);
  return done;
}
