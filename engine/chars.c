/* A growing array of characters, filled from checked UTF-8. */
#include "engine/chars.h"

#include "engine/utf8.h"

#include <stdlib.h>

void eng_chars_free(EngChars *chars) {
  free(chars->at);
  *chars = (EngChars){0};
}

static bool reserve(EngChars *chars, size_t capacity) {
  if (capacity <= chars->capacity) return true;
  EngChar *at = realloc(chars->at, capacity * sizeof *at);
  if (!at) return false;
  chars->at = at;
  chars->capacity = capacity;
  return true;
}

bool eng_chars_push(EngChars *chars, EngChar added) {
  if (chars->n == chars->capacity && !reserve(chars, chars->capacity * 2 + 64)) return false;
  chars->at[chars->n++] = added;
  return true;
}

bool eng_chars_read(EngChars *out, const char *text, size_t length, const char *field, EngError *err) {
  if (length > INT32_MAX)
    return eng_error_set(err, NULL, field, "expected at most %d bytes, found %zu", INT32_MAX, length);
  if (!reserve(out, length)) return eng_error_memory(err, NULL, "a %s of %zu bytes", field, length);
  for (size_t at = 0; at < length;) {
    EngChar c = {0};
    size_t used = eng_utf8_read(text + at, length - at, &c.code);
    if (used == 0)
      return eng_error_set(err, NULL, field, "expected UTF-8, found byte 0x%02X at offset %zu",
                           (unsigned)(unsigned char)text[at], at);
    c.start = (uint32_t)at;
    c.stop = (uint32_t)(at += used);
    out->at[out->n++] = c;
  }
  return true;
}
