/* A file written beside its final place and renamed when complete: a failure leaves neither half a file nor a
 * lost old one. Something that is no regular file (a pipe, /dev/null) is written directly. */
#ifndef ENGINE_FILE_H
#define ENGINE_FILE_H

#include "engine/error.h"

#include <stdio.h>

typedef struct EngFile {
  FILE *stream;           /* write here */
  char *path, *temporary; /* `temporary` is NULL when written directly */
} EngFile;

/* On failure `out` needs no ending. */
bool eng_file_begin(EngFile *out, const char *path, EngError *err);

/* Ends the file in either way: with `keep` it takes its place, without it vanishes. False, and it has
 * vanished, when a write failed at any time. */
bool eng_file_end(EngFile *file, bool keep, EngError *err);

#endif
