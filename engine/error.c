/* An error is written once, into a fixed buffer: reporting never needs memory. */
#include "engine/error.h"

#include "engine/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Appends to `message` from `used` on; returns the new length, at most the buffer's. */
static size_t append(EngError *err, size_t used, const char *format, va_list args) {
  size_t room = sizeof err->message - used;
  int wrote = vsnprintf(err->message + used, room, format, args);
  if (wrote < 0) return used;
  return (size_t)wrote < room ? used + (size_t)wrote : sizeof err->message - 1;
}

static size_t append_part(EngError *err, size_t used, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static size_t append_part(EngError *err, size_t used, const char *format, ...) {
  va_list args;
  va_start(args, format);
  used = append(err, used, format, args);
  va_end(args);
  return used;
}

/* One line of UTF-8 whatever came in: a newline in a file's name must not forge a second error, and names may
 * be any bytes or be cut inside a character. */
static void flatten(char *text) {
  size_t left = strlen(text), length = 0;
  uint32_t code = 0;
  for (; left > 0; text += length, left -= length) {
    length = eng_utf8_read(text, left, &code);
    if (length == 0) *text = '?';
    if (length == 1 && code < 0x20) *text = ' ';
    if (length == 0) length = 1;
  }
}

bool eng_error_set(EngError *err, const char *file, const char *field, const char *format, ...) {
  if (!err) return false;
  size_t used = 0;
  err->message[0] = '\0';
  if (file) used = append_part(err, used, "%s: ", file);
  if (field) used = append_part(err, used, "%s: ", field);
  va_list args;
  va_start(args, format);
  append(err, used, format, args);
  va_end(args);
  flatten(err->message);
  return false;
}

bool eng_error_memory(EngError *err, const char *file, const char *format, ...) {
  char what[256];
  va_list args;
  va_start(args, format);
  vsnprintf(what, sizeof what, format, args);
  va_end(args);
  return eng_error_set(err, file, NULL, "expected memory for %s, found none", what);
}
