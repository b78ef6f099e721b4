/* A word is found whatever its pieces: what is sought may begin in one token and end in another one. The sentence
 * itself says what is there, of WordPieces without their marks, of bytes as the characters that they make together;
 * a recorded file may have only the tokens' texts, which are then joined. */
#include "render/find.h"

#include "engine/unicode.h"
#include "engine/utf8.h"
#include "render/view_token.h"

#include <string.h>

typedef struct Text {
  const char *at;
  size_t length;
} Text;

/* The next character, or a byte that is part of none. */
static uint32_t take(Text *text) {
  uint32_t code;
  size_t n = eng_utf8_read(text->at, text->length, &code);
  if (n == 0) code = (unsigned char)*text->at, n = 1;
  text->at += n, text->length -= n;
  return code;
}

static bool is_same(uint32_t a, uint32_t b) {
  uint32_t small_a[ENG_UNICODE_MOST], small_b[ENG_UNICODE_MOST];
  if (a == b) return true;
  size_t n = eng_unicode_lower(a, small_a);
  return n == eng_unicode_lower(b, small_b) && memcmp(small_a, small_b, n * sizeof *small_a) == 0;
}

static bool begins_with(Text text, Text sought) {
  while (sought.length > 0)
    if (text.length == 0 || !is_same(take(&text), take(&sought))) return false;
  return true;
}

/* Whether it begins within the first bytes of a text. */
static bool has(Text text, size_t within, Text sought) {
  const char *end = text.at + within;
  for (; text.at < end; take(&text))
    if (begins_with(text, sought)) return true;
  return false;
}

/* With the marks of white space, too. */
static bool is_shown(const EngToken *token, Text sought) {
  char shown[REN_TOKEN_BYTES];
  ren_token_show(token, shown);
  size_t length = strlen(shown);
  return has((Text){shown, length}, length, sought);
}

/* The sentence from where a token begins in it; nothing where that is not known. */
static Text sentence_from(const EngSource *source, const EngBlock *block, const EngToken *token) {
  const EngInput *input = eng_source_input(source);
  bool second = token->sentence == 1, whole = strcmp(eng_source_block(source, block->whole)->key, "all") == 0;
  const char *text = second ? input->pair : input->text;
  size_t length = !whole || token->sentence < 0 || !text ? 0 : second ? input->pair_length : input->text_length;
  bool placed = token->start < token->stop && token->stop <= length;
  return placed ? (Text){text + token->start, length - token->start} : (Text){"", 0};
}

/* Of the tokens that one character became the first one counts. */
static bool shares_place(const EngBlock *block, int token) {
  if (token == 0) return false;
  const EngToken *it = &block->rows[token], *before = it - 1;
  return before->sentence == it->sentence && before->start == it->start && before->stop == it->stop;
}

static Text join(const EngBlock *block, int token, char *out, size_t size) {
  size_t used = 0;
  for (; token < block->n_rows; token++) {
    size_t length = strlen(block->rows[token].text);
    if (length >= size - used) break;
    memcpy(out + used, block->rows[token].text, length);
    used += length;
  }
  return (Text){out, used};
}

bool ren_find_at(const EngSource *source, const EngBlock *block, int token, const char *sought) {
  char joined[1024];
  const EngToken *it = &block->rows[token];
  Text text = {sought, strlen(sought)}, own = {it->text, strlen(it->text)};
  if (text.length == 0) return false;
  if (has(own, own.length, text) || is_shown(it, text)) return true;
  Text sentence = sentence_from(source, block, it);
  if (sentence.length > 0) return !shares_place(block, token) && has(sentence, it->stop - it->start, text);
  Text behind = join(block, token, joined, sizeof joined);
  return has(behind, own.length < behind.length ? own.length : behind.length, text);
}
