/* UTF-8 in and out, one character at a time. Valid means Unicode's own definition: no overlong forms, no
 * surrogates, nothing beyond U+10FFFF. */
#ifndef ENGINE_UTF8_H
#define ENGINE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ENG_UTF8_MOST 4 /* bytes of one character */

/* Reads the character at `text` into `code`; returns its bytes, or 0 where there is no valid one. */
size_t eng_utf8_read(const char *text, size_t length, uint32_t *code);

/* Writes the bytes of a valid code point; returns how many. */
size_t eng_utf8_write(uint32_t code, char out[ENG_UTF8_MOST]);

/* The offset of the first byte that begins no valid character; `length` when all is valid. */
size_t eng_utf8_check(const char *text, size_t length);

/* Bytes as people read them: whole characters as they are, others and NUL as \x and two digits. `out` has room for
 * 4 * length + 1; returns the bytes of its text. */
size_t eng_utf8_show(const char *text, size_t length, char *out);

/* Bytes at `text`, which is invalid there, that one U+FFFD stands for: the longest start of a character that
 * was cut short, else one byte (Unicode's recommendation, what Rust and Python do). */
size_t eng_utf8_broken(const char *text, size_t length);

#endif
