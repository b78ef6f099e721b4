/* A frame as a vector file, read back, and what such a file has to be. Attributes are spelt as Debian 12's
 * cairo 1.16 spells them. */
#ifndef TESTS_RENDER_WRITTEN_H
#define TESTS_RENDER_WRITTEN_H

#include "drawing.h"
#include "folder.h"
#include "render/vector.h"

enum { MOST_WRITTEN = 1 << 24 };

/* The frame as a file in memory, ended by a NUL. */
static inline char *written(Drawing *drawing, RenVectorKind kind, size_t *n) {
  EngError err = {""};
  const char *path = in_folder("figure");
  RenVector vector = {.kind = kind, .scale = 1, .provenance = "{\"text\":\"a<b & c>\\\"(d)\\\\\"}"};
  assert_true(ren_vector_write(path, drawing->frame, drawing->text, &vector, &err));
  assert_string_equal(err.message, "");
  FILE *file = fopen(path, "rb");
  assert_non_null(file);
  char *bytes = malloc(MOST_WRITTEN);
  assert_non_null(bytes);
  *n = fread(bytes, 1, MOST_WRITTEN - 1, file);
  bytes[*n] = '\0';
  fclose(file);
  unlink(path);
  return bytes;
}

static inline int count(const char *text, const char *part) {
  int n = 0;
  for (const char *at = text; (at = strstr(at, part)); at += strlen(part)) n++;
  return n;
}

/* Whether every tag is closed in order and every & begins a reference. */
static inline bool is_well_formed(const char *text) {
  char open[64][32];
  int depth = 0, roots = 0;
  for (const char *at = text; *at; at++) {
    if (*at == '&' && !(strchr(at, ';') && strcspn(at, "; <") < 8 && at[strcspn(at, "; <")] == ';')) return false;
    if (*at != '<') continue;
    const char *end = strchr(at, '>');
    if (!end) return false;
    bool closing = at[1] == '/', empty = end[-1] == '/' || at[1] == '?';
    const char *name = at + 1 + closing;
    size_t length = strcspn(name, " \n/>");
    if (length == 0 || length > 31) return false;
    if (closing && (depth == 0 || strncmp(open[--depth], name, length) != 0 || open[depth][length])) return false;
    if (!closing && !empty) {
      roots += depth == 0;
      if (depth == 64) return false;
      memcpy(open[depth], name, length);
      open[depth++][length] = '\0';
    }
    at = end;
  }
  return depth == 0 && roots == 1;
}

#endif
