/* A guess is encoded; it grows while everything of it fits, and shrinks to its first token that does not. Tokens of
 * a shorter text may differ near its end, so what was cut is always encoded again. */
#include "engine/corpus_fit.h"

/* Not after `at`, and not inside a character: the start of the space in front of a word in the second half, else
 * `at` itself. */
static size_t word_end(const char *text, size_t at) {
  for (size_t i = at; i > at / 2; i--) {
    bool space = text[i] == ' ' || text[i] == '\n' || text[i] == '\t';
    bool before = text[i - 1] == ' ' || text[i - 1] == '\n' || text[i - 1] == '\t';
    if (space && !before) return i;
  }
  size_t end = at;
  while (end > 0 && ((unsigned char)text[end] & 0xC0) == 0x80) end--;
  if (end > 0) return end;
  for (end = 1; ((unsigned char)text[end] & 0xC0) == 0x80;) end++;
  return end;
}

/* A smaller size: the beginning of the first token that does not fit beside the special ones. */
static size_t shrink(const EngFit *fit, const char *text, size_t size, const EngEncoding *encoding) {
  size_t special = 0, seen = 0, start = size;
  for (size_t i = 0; i < encoding->n_tokens; i++) special += encoding->tokens[i].sentence < 0;
  for (size_t i = 0; i < encoding->n_tokens && start == size; i++)
    if (encoding->tokens[i].sentence >= 0 && seen++ + special >= fit->most) start = encoding->tokens[i].start;
  if (start == 0 || start >= size) start = size / 2;
  return word_end(text, start);
}

static bool encode(const EngFit *fit, const char *text, size_t size, EngEncoding *encoding, EngError *err) {
  EngEncodeOptions options = {.special = true};
  eng_encoding_free(encoding);
  *encoding = (EngEncoding){0};
  return eng_tokenizer_encode(fit->tokenizer, text, size, NULL, 0, options, encoding, err);
}

bool eng_fit(const EngFit *fit, const char *text, size_t length, bool more, size_t *used, EngEncoding *encoding,
             EngError *err) {
  size_t whole = more && length > 1 ? word_end(text, length - 1) : length;
  size_t size = whole > fit->guess ? word_end(text, fit->guess) : whole;
  if (!encode(fit, text, size, encoding, err)) return false;
  while (encoding->n_tokens <= fit->most && size < whole) {
    size = whole / 2 > size ? word_end(text, 2 * size) : whole;
    if (!encode(fit, text, size, encoding, err)) return false;
  }
  while (encoding->n_tokens > fit->most && size > 1) {
    size_t smaller = shrink(fit, text, size, encoding);
    if (smaller >= size) break; /* one character is too much: the input says so */
    size = smaller;
    if (!encode(fit, text, size, encoding, err)) return false;
  }
  *used = size;
  return true;
}
