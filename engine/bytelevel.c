/* The 188 printable bytes of Latin-1 stand for themselves, the other 68 for U+0100 upwards in order. */
#include "engine/bytelevel.h"

#include "engine/unicode.h"
#include "engine/utf8.h"

#include <string.h>

static bool is_printable(unsigned byte) {
  return (byte >= '!' && byte <= '~') || (byte >= 0xA1 && byte != 0xAD && byte <= 0xFF);
}

uint32_t eng_bytelevel_char(unsigned char byte) {
  if (is_printable(byte)) return byte;
  if (byte <= ' ') return 0x100u + byte;
  return byte == 0xAD ? 0x143 : 0x100u + 33 + (byte - 0x7Fu);
}

/* And back: -1 for a character that stands for none. */
static int byte_of(uint32_t code) {
  if (code < 0x100) return is_printable(code) ? (int)code : -1;
  if (code <= 0x120) return (int)(code - 0x100);
  if (code <= 0x142) return (int)(code - 0x121 + 0x7F);
  return code == 0x143 ? 0xAD : -1;
}

size_t eng_bytelevel_bytes(const char *piece, size_t length, char *out) {
  size_t n = 0;
  uint32_t code = 0;
  for (size_t at = 0; at < length; n++) {
    size_t used = eng_utf8_read(piece + at, length - at, &code);
    int byte = byte_of(code);
    if (used == 0 || byte < 0) {
      memcpy(out, piece, length);
      return length;
    }
    out[n] = (char)byte;
    at += used;
  }
  return n;
}

typedef enum Kind { SPACE, LETTER, NUMBER, OTHER } Kind;

static Kind kind_of(uint32_t code) {
  if (eng_unicode_is_letter(code)) return LETTER;
  if (eng_unicode_is_number(code)) return NUMBER;
  return eng_unicode_is_space(code) ? SPACE : OTHER;
}

static bool is_at(const EngChars *chars, size_t at, const char *letters) {
  size_t n = strlen(letters);
  if (chars->n - at < n) return false;
  for (size_t i = 0; i < n; i++)
    if (chars->at[at + i].code != (uint32_t)letters[i]) return false;
  return true;
}

/* The end of 's, 't, 're … at `from`, or `from` where there is none. */
static size_t contraction(const EngChars *chars, size_t from) {
  static const char *const endings[] = {"'s", "'t", "'re", "'ve", "'m", "'ll", "'d"};
  if (chars->at[from].code != '\'') return from;
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
    if (is_at(chars, from, endings[i])) return from + strlen(endings[i]);
  return from;
}

static size_t run(const EngChars *chars, size_t from, Kind kind) {
  while (from < chars->n && kind_of(chars->at[from].code) == kind) from++;
  return from;
}

size_t eng_bytelevel_word(const EngChars *chars, size_t from) {
  size_t to = contraction(chars, from);
  if (to > from) return to;
  size_t first = chars->at[from].code == ' ' ? from + 1 : from;
  if (first < chars->n) {
    Kind kind = kind_of(chars->at[first].code);
    if (kind != SPACE) return run(chars, first, kind);
  }
  to = run(chars, from, SPACE);
  return to < chars->n && to - from > 1 ? to - 1 : to; /* the last space belongs to the word behind it */
}
