/* One error, said as a sentence: "FILE: FIELD: expected X, found Y".
 *
 * Functions that can fail return bool (or a pointer) and take an `EngError *err` last. On failure the
 * error is filled once, where the knowledge is, and passed up untouched. `err` may be NULL. */
#ifndef ENGINE_ERROR_H
#define ENGINE_ERROR_H

#include <stdbool.h>

typedef struct EngError {
  char message[1024]; /* UTF-8, one line, no trailing newline */
} EngError;

/* Fills `err` with "file: field: text"; `file` and `field` may be NULL and are then left out.
 * Always returns false, so that a refusal is one line: return eng_error_set(err, …). */
bool eng_error_set(EngError *err, const char *file, const char *field, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* "file: expected memory for WHAT, found none", WHAT being formatted. Always returns false. */
bool eng_error_memory(EngError *err, const char *file, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
