/* Ids back to text: pieces are strung together the way the file's decoder says, and bytes that are no UTF-8
 * become U+FFFD. */
#include "engine/tokenizer_parts.h"

#include "engine/bytelevel.h"
#include "engine/utf8.h"

#include <stdlib.h>
#include <string.h>

/* How a token reads back: its piece, or an added token's normalised form. NULL for an id it does not have. */
static const char *form_of(const EngTokenizer *tokenizer, int id, size_t *length) {
  const EngAddedToken *token = eng_added_find(&tokenizer->added, id);
  if (!token || !token->form) return eng_vocab_piece(&tokenizer->vocab, id, length);
  if (length) *length = token->form_length;
  return token->form;
}

const char *eng_tokenizer_piece(const EngTokenizer *tokenizer, int id) { return form_of(tokenizer, id, NULL); }

typedef struct Bytes {
  char *at;
  size_t n, capacity;
} Bytes;

/* Room for `more` bytes and a NUL. */
static bool reserve(Bytes *bytes, size_t more) {
  if (more > SIZE_MAX / 4 - bytes->n) return false;
  if (bytes->n + more + 1 <= bytes->capacity) return true;
  size_t capacity = (bytes->n + more + 1) * 2;
  char *at = realloc(bytes->at, capacity);
  if (!at) return false;
  bytes->at = at;
  bytes->capacity = capacity;
  return true;
}

static bool append(Bytes *bytes, const char *text, size_t length) {
  if (!reserve(bytes, length)) return false;
  memcpy(bytes->at + bytes->n, text, length);
  bytes->n += length;
  return true;
}

/* Replaces `from` by the shorter `to` in what lies behind `start`. */
static void replace(Bytes *bytes, size_t start, const char *from, const char *to) {
  size_t wide = strlen(from), narrow = strlen(to), n = start;
  for (size_t at = start; at < bytes->n;) {
    if (bytes->n - at >= wide && memcmp(bytes->at + at, from, wide) == 0) {
      memcpy(bytes->at + n, to, narrow);
      n += narrow;
      at += wide;
    } else {
      bytes->at[n++] = bytes->at[at++];
    }
  }
  bytes->n = n;
}

/* The reference's clean-up of English spacing, of one token at a time. */
static void clean_up(Bytes *bytes, size_t start) {
  static const char *const pairs[][2] = {{" .", "."},   {" ?", "?"},     {" !", "!"},    {" ,", ","},
                                         {" ' ", "'"},  {" n't", "n't"}, {" 'm", "'m"},  {" do not", " don't"},
                                         {" 's", "'s"}, {" 've", "'ve"}, {" 're", "'re"}};
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) replace(bytes, start, pairs[i][0], pairs[i][1]);
}

/* A piece that begins with the prefix goes on with the word before it; any other begins a new one. */
static bool append_word(const EngTokenizer *tokenizer, Bytes *out, const char *piece, size_t length, bool first) {
  size_t start = out->n, prefix = strlen(tokenizer->decoder_prefix);
  bool inside = !first && length >= prefix && memcmp(piece, tokenizer->decoder_prefix, prefix) == 0;
  if (inside ? !append(out, piece + prefix, length - prefix)
             : (!first && !append(out, " ", 1)) || !append(out, piece, length))
    return false;
  if (tokenizer->decoder_cleanup) clean_up(out, start);
  return true;
}

static bool append_piece(const EngTokenizer *tokenizer, Bytes *out, int id, bool first) {
  size_t length = 0;
  const char *piece = form_of(tokenizer, id, &length);
  switch (tokenizer->decoder) {
  case ENG_DECODE_WORDS:
    return append_word(tokenizer, out, piece, length, first);
  case ENG_DECODE_BYTES:
    if (!reserve(out, length)) return false;
    out->n += eng_bytelevel_bytes(piece, length, out->at + out->n);
    return true;
  case ENG_DECODE_JOINED:
    break;
  }
  return (first || append(out, " ", 1)) && append(out, piece, length);
}

/* Moves `bytes` to `out` as valid UTF-8. */
static bool repair(const Bytes *bytes, Bytes *out) {
  for (size_t at = 0; at < bytes->n;) {
    size_t valid = eng_utf8_check(bytes->at + at, bytes->n - at);
    if (!append(out, bytes->at + at, valid)) return false;
    at += valid;
    if (at == bytes->n) break;
    if (!append(out, "\xEF\xBF\xBD", 3)) return false;
    at += eng_utf8_broken(bytes->at + at, bytes->n - at);
  }
  return true;
}

char *eng_tokenizer_decode(const EngTokenizer *tokenizer, const int *ids, size_t n_ids, size_t *length,
                           EngError *err) {
  Bytes bytes = {0}, text = {0};
  bool done = true;
  for (size_t i = 0; done && i < n_ids; i++) {
    if (!eng_vocab_piece(&tokenizer->vocab, ids[i], NULL)) {
      free(bytes.at);
      eng_error_set(err, NULL, "ids", "expected ids from 0 to %d, found %d", tokenizer->vocab.size - 1, ids[i]);
      return NULL;
    }
    done = append_piece(tokenizer, &bytes, ids[i], i == 0);
  }
  done = done && repair(&bytes, &text) && reserve(&text, 0);
  free(bytes.at);
  if (!done) {
    free(text.at);
    eng_error_memory(err, NULL, "%zu ids", n_ids);
    return NULL;
  }
  text.at[text.n] = '\0';
  *length = text.n;
  return text.at;
}

char *eng_tokenizer_shown(const EngTokenizer *tokenizer, int id) {
  size_t length = 0;
  const char *piece = form_of(tokenizer, id, &length);
  Bytes bytes = {0}, text = {0};
  bool done = reserve(&bytes, length);
  if (done && piece && tokenizer->decoder == ENG_DECODE_BYTES)
    bytes.n = eng_bytelevel_bytes(piece, length, bytes.at);
  else if (done && piece)
    done = append(&bytes, piece, length);
  done = done && reserve(&text, 4 * bytes.n);
  if (done) eng_utf8_show(bytes.at, bytes.n, text.at);
  free(bytes.at);
  return text.at;
}
