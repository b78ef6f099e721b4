/* The few things about paths that several nouns need. */
#include "engine/path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

char *eng_path_join(const char *folder, const char *name) {
  size_t length = strlen(folder);
  const char *slash = length > 0 && folder[length - 1] == '/' ? "" : "/";
  char *path = NULL;
  return asprintf(&path, "%s%s%s", folder, slash, name) < 0 ? NULL : path;
}

char *eng_path_expand(const char *path) {
  const char *home = getenv("HOME");
  bool expands = path[0] == '~' && (path[1] == '/' || path[1] == '\0') && home && *home;
  return expands ? eng_path_join(home, path + 1 + (path[1] == '/')) : strdup(path);
}

char *eng_path_cache(const char *name) {
  const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
  if ((!cache || !*cache) && (!home || !*home)) return NULL;
  char *folder = eng_path_expand(cache && *cache ? cache : "~/.cache");
  char *path = folder ? eng_path_join(folder, name) : NULL;
  free(folder);
  return path;
}

/* "." and the like have a name only once they are resolved. */
static bool needs_resolving(const char *base) {
  return *base == '\0' || strcmp(base, ".") == 0 || strcmp(base, "..") == 0;
}

char *eng_path_base(const char *path) {
  size_t end = strlen(path);
  while (end > 1 && path[end - 1] == '/') end--;
  size_t start = end;
  while (start > 0 && path[start - 1] != '/') start--;
  char *base = strndup(path + start, end - start);
  if (!base || !needs_resolving(base)) return base;
  char *real = realpath(path, NULL);
  if (!real) return base;
  free(base);
  const char *slash = strrchr(real, '/');
  base = strdup(slash && slash[1] ? slash + 1 : real);
  free(real);
  return base;
}

bool eng_path_exists(const char *path) {
  struct stat status;
  return stat(path, &status) == 0;
}

bool eng_path_is_file(const char *path) {
  struct stat status;
  return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

bool eng_path_is_folder(const char *path) {
  struct stat status;
  return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

void eng_path_make_folders(const char *file, unsigned mode) {
  char *folder = strdup(file);
  for (char *slash = folder ? strchr(folder + 1, '/') : NULL; slash; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    mkdir(folder, (mode_t)mode);
    *slash = '/';
  }
  free(folder);
}

bool eng_path_line(const char *name, size_t *length, size_t *line) {
  const char *colon = strrchr(name, ':');
  size_t digits = colon ? strspn(colon + 1, "0123456789") : 0;
  if (!colon || digits == 0 || digits > 15 || colon[digits + 1] || eng_path_exists(name)) return false;
  *length = (size_t)(colon - name);
  *line = strtoull(colon + 1, NULL, 10);
  char *file = strndup(name, *length);
  bool found = file && *line > 0 && eng_path_is_file(file);
  free(file);
  return found;
}
