/* The file that a scan writes, and beside it, while the scan is unfinished, FILE.scan, which says how far it is.
 * One scan at a time writes a file. */
#ifndef SCRIPTING_SCAN_RESULT_H
#define SCRIPTING_SCAN_RESULT_H

#include "engine/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* What may be there before. */
typedef enum ScrResultMode {
  SCR_RESULT_NEW,    /* nothing, or an empty file */
  SCR_RESULT_RESUME, /* what the same scan wrote */
  SCR_RESULT_FORCE   /* anything: it is given up */
} ScrResultMode;

typedef struct ScrResult {
  const char *path; /* borrowed */
  char *state;      /* FILE.scan; NULL where the result is no regular file */
  int file;
  bool fresh;     /* it was not there before */
  uint64_t at;    /* bytes that were given */
  uint64_t there; /* bytes that were there before and are compared with what is given */
} ScrResult;

/* Refuses a path that leads, by whatever name, to one of the files that are read. */
bool scr_result_is_none_of(const char *path, const char *const *files, int n_files, EngError *err);

/* Opens and locks the file, and changes nothing in it. Refuses one that another scan writes, and a new one that
 * holds something or that an unfinished scan left. On failure `out` needs no closing. */
bool scr_result_open(ScrResult *out, const char *path, ScrResultMode mode, EngError *err);
/* Closes it; `done`: what says how far it is goes away. */
void scr_result_close(ScrResult *result, bool done);

/* Goes on behind `bytes`; false where there are fewer. */
bool scr_result_go_on(ScrResult *result, uint64_t bytes);
/* From the start: what is there must be what will be given, up to where it ends. */
void scr_result_compare(ScrResult *result);
/* From nothing. */
bool scr_result_empty(ScrResult *result, EngError *err);

bool scr_result_add(ScrResult *result, const char *text, size_t length, EngError *err);
/* Whether everything that was there was given again. */
bool scr_result_end(const ScrResult *result, EngError *err);

/* Whether an unfinished scan says how far it is. */
bool scr_result_has_state(const ScrResult *result);
/* Writes that anew, once everything given is on the disk. */
bool scr_result_save(ScrResult *result, void (*put)(void *context, FILE *file), void *context, EngError *err);

#endif
