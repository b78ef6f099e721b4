/* Text as characters that know where in the original they came from. Normalising changes, drops and adds
 * characters; their ranges go on pointing into the original. */
#ifndef ENGINE_CHARS_H
#define ENGINE_CHARS_H

#include "engine/error.h"

#include <stddef.h>
#include <stdint.h>

typedef struct EngChar {
  uint32_t code;
  uint32_t start, stop; /* bytes of the original text */
} EngChar;

typedef struct EngChars {
  EngChar *at;
  size_t n, capacity;
} EngChars; /* all zero is empty */

void eng_chars_free(EngChars *chars);

/* Appends; false when memory is short. */
bool eng_chars_push(EngChars *chars, EngChar added);

/* Fills the empty `out` from UTF-8; what is invalid is refused with its byte offset in `field`. */
bool eng_chars_read(EngChars *out, const char *text, size_t length, const char *field, EngError *err);

#endif
