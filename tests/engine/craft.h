/* Crafts files for tests, good and bad, in a folder of its own that is removed with everything in it. */
#ifndef TESTS_ENGINE_CRAFT_H
#define TESTS_ENGINE_CRAFT_H

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct Craft {
  char folder[64];
  char path[1024]; /* of the file written last */
} Craft;

static inline int craft_begin(void **state) {
  Craft *craft = calloc(1, sizeof *craft);
  strcpy(craft->folder, P_tmpdir "/headscope-test-XXXXXX");
  assert_non_null(mkdtemp(craft->folder));
  *state = craft;
  return 0;
}

static inline int craft_remove(const char *path, const struct stat *status, int kind, struct FTW *walk) {
  (void)status, (void)kind, (void)walk;
  return remove(path);
}

/* The folder is empty again. */
static inline void craft_clear(Craft *craft) {
  nftw(craft->folder, craft_remove, 8, FTW_DEPTH | FTW_PHYS);
  assert_int_equal(mkdir(craft->folder, 0700), 0);
}

static inline int craft_end(void **state) {
  Craft *craft = *state;
  nftw(craft->folder, craft_remove, 8, FTW_DEPTH | FTW_PHYS);
  free(craft);
  return 0;
}

static inline const char *craft_path(Craft *craft, const char *name) {
  snprintf(craft->path, sizeof craft->path, "%s/%s", craft->folder, name);
  return craft->path;
}

/* Makes the folders above a path. */
static inline void craft_parents(const char *path) {
  char part[1024];
  for (size_t i = 1; path[i]; i++)
    if (path[i] == '/') {
      snprintf(part, sizeof part, "%.*s", (int)i, path);
      mkdir(part, 0777);
    }
}

/* A folder and those above it. */
static inline const char *craft_folder(Craft *craft, const char *name) {
  craft_parents(craft_path(craft, name));
  mkdir(craft->path, 0777);
  return craft->path;
}

/* A file of these bytes, and the folders above it. */
static inline const char *craft_bytes(Craft *craft, const char *name, const void *data, size_t size) {
  craft_parents(craft_path(craft, name));
  FILE *out = fopen(craft->path, "wb");
  assert_non_null(out);
  assert_int_equal(fwrite(data, 1, size, out), size);
  fclose(out);
  return craft->path;
}

static inline const char *craft_text(Craft *craft, const char *name, const char *text) {
  return craft_bytes(craft, name, text, strlen(text));
}

/* A safetensors file of this header and `size` bytes of data: 0, 1, 2, … */
static inline const char *craft_tensors(Craft *craft, const char *name, const char *header, size_t size) {
  size_t length = strlen(header), all = 8 + length + size;
  unsigned char *bytes = calloc(1, all);
  for (int i = 0; i < 8; i++) bytes[i] = (unsigned char)((uint64_t)length >> (8 * i));
  memcpy(bytes + 8, header, length);
  for (size_t i = 0; i < size; i++) bytes[8 + length + i] = (unsigned char)i;
  craft_bytes(craft, name, bytes, all);
  free(bytes);
  return craft->path;
}

/* A copy of a file, which may be changed afterwards. */
static inline const char *craft_copy(Craft *craft, const char *name, const char *from) {
  FILE *in = fopen(from, "rb");
  assert_non_null(in);
  fseek(in, 0, SEEK_END);
  size_t size = (size_t)ftell(in);
  rewind(in);
  char *bytes = malloc(size + 1);
  assert_int_equal(fread(bytes, 1, size, in), size);
  fclose(in);
  craft_bytes(craft, name, bytes, size);
  free(bytes);
  return craft->path;
}

/* `text` appears in the message, which is one line. */
static inline void assert_message(const char *message, const char *text) {
  if (!strstr(message, text)) fail_msg("expected \"%s\" in \"%s\"", text, message);
  assert_null(strchr(message, '\n'));
}

#endif
