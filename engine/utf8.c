/* The lead byte says how long a character is and which range its second byte may have; the ranges of the
 * second byte are what keeps overlong forms, surrogates and too large numbers out. */
#include "engine/utf8.h"

#include <stdio.h>
#include <string.h>

typedef struct Lead {
  size_t length;           /* bytes of the whole character, 0 for no lead byte */
  unsigned char low, high; /* of the second byte */
  unsigned char bits;      /* of the lead that belong to the code point */
} Lead;

static Lead lead_of(unsigned char byte) {
  if (byte < 0x80) return (Lead){1, 0, 0, 0x7F};
  if (byte < 0xC2) return (Lead){0, 0, 0, 0};
  if (byte < 0xE0) return (Lead){2, 0x80, 0xBF, 0x1F};
  if (byte < 0xF0) return (Lead){3, byte == 0xE0 ? 0xA0 : 0x80, byte == 0xED ? 0x9F : 0xBF, 0x0F};
  if (byte < 0xF5) return (Lead){4, byte == 0xF0 ? 0x90 : 0x80, byte == 0xF4 ? 0x8F : 0xBF, 0x07};
  return (Lead){0, 0, 0, 0};
}

/* How many of the lead's bytes are there and fit. */
static size_t fitting(Lead lead, const char *text, size_t length) {
  size_t n = 1;
  while (n < lead.length && n < length) {
    unsigned char byte = (unsigned char)text[n];
    if (byte < (n == 1 ? lead.low : 0x80) || byte > (n == 1 ? lead.high : 0xBF)) break;
    n++;
  }
  return n;
}

size_t eng_utf8_read(const char *text, size_t length, uint32_t *code) {
  if (length == 0) return 0;
  Lead lead = lead_of((unsigned char)text[0]);
  if (lead.length == 0 || fitting(lead, text, length) < lead.length) return 0;
  uint32_t value = (unsigned char)text[0] & lead.bits;
  for (size_t i = 1; i < lead.length; i++) value = value << 6 | ((unsigned char)text[i] & 0x3F);
  *code = value;
  return lead.length;
}

size_t eng_utf8_write(uint32_t code, char out[ENG_UTF8_MOST]) {
  static const unsigned char marks[] = {0, 0, 0xC0, 0xE0, 0xF0};
  size_t length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  for (size_t i = length - 1; i > 0; i--, code >>= 6) out[i] = (char)(0x80 | (code & 0x3F));
  out[0] = (char)(marks[length == 1 ? 0 : length] | code);
  return length;
}

size_t eng_utf8_check(const char *text, size_t length) {
  size_t at = 0;
  uint32_t code = 0;
  while (at < length) {
    size_t used = eng_utf8_read(text + at, length - at, &code);
    if (used == 0) break;
    at += used;
  }
  return at;
}

size_t eng_utf8_show(const char *text, size_t length, char *out) {
  size_t n = 0;
  for (size_t at = 0; at < length;) {
    size_t valid = strnlen(text + at, eng_utf8_check(text + at, length - at));
    memcpy(out + n, text + at, valid);
    n += valid;
    at += valid;
    if (at < length) n += (size_t)sprintf(out + n, "\\x%02X", (unsigned)(unsigned char)text[at++]);
  }
  out[n] = '\0';
  return n;
}

size_t eng_utf8_broken(const char *text, size_t length) {
  return fitting(lead_of((unsigned char)text[0]), text, length);
}
