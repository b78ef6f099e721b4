/* A folder is read whole each time: what is typed changes seldom, what lies in folders at any time. */
#include "render/paths.h"

#include "engine/path.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t ren_paths_last(const char *typed) {
  const char *slash = strrchr(typed, '/');
  return slash ? (size_t)(slash - typed) + 1 : 0;
}

void ren_paths_clear(RenPaths *paths) {
  for (size_t i = 0; i < paths->n; i++) free(paths->entries[i].name);
  free(paths->entries);
  *paths = (RenPaths){0};
}

/* Room for one more; takes the name. */
static void insert(RenPaths *paths, size_t at, char *name, RenPathKind kind) {
  RenPathEntry *entries = name ? realloc(paths->entries, (paths->n + 1) * sizeof *entries) : NULL;
  if (!entries) {
    free(name);
    return;
  }
  paths->entries = entries;
  memmove(&entries[at + 1], &entries[at], (paths->n - at) * sizeof *entries);
  entries[at] = (RenPathEntry){name, kind};
  paths->n++;
}

void ren_paths_add_model(RenPaths *paths, const char *name) {
  size_t at = 0;
  while (at < paths->n && paths->entries[at].kind == REN_PATH_MODEL) at++;
  insert(paths, at, strdup(name), REN_PATH_MODEL);
}

/* Links count as what they lead to. */
static RenPathKind kind_of(const char *folder, const struct dirent *entry) {
  if (entry->d_type == DT_DIR) return REN_PATH_FOLDER;
  if (entry->d_type != DT_LNK && entry->d_type != DT_UNKNOWN) return REN_PATH_FILE;
  char *path = eng_path_join(folder, entry->d_name);
  bool is_folder = path && eng_path_is_folder(path);
  free(path);
  return is_folder ? REN_PATH_FOLDER : REN_PATH_FILE;
}

static int compare(const void *a, const void *b) {
  const RenPathEntry *one = a, *other = b;
  if (one->kind != other->kind) return (int)one->kind - (int)other->kind;
  return strcmp(one->name, other->name);
}

static bool matches(const char *name, const char *part) {
  if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || (*name == '.' && *part != '.')) return false;
  return strncmp(name, part, strlen(part)) == 0;
}

static char *folder_of(const char *typed) {
  char *folder = strndup(typed, ren_paths_last(typed));
  char *expanded = folder ? eng_path_expand(*folder ? folder : ".") : NULL;
  free(folder);
  return expanded;
}

void ren_paths_list(RenPaths *paths, const char *typed) {
  ren_paths_clear(paths);
  const char *part = typed + ren_paths_last(typed);
  char *folder = folder_of(typed);
  DIR *directory = folder ? opendir(folder) : NULL;
  for (struct dirent *entry = directory ? readdir(directory) : NULL; entry; entry = readdir(directory))
    if (matches(entry->d_name, part)) insert(paths, paths->n, strdup(entry->d_name), kind_of(folder, entry));
  if (directory) closedir(directory);
  free(folder);
  if (paths->n > 1) qsort(paths->entries, paths->n, sizeof *paths->entries, compare);
}

char *ren_paths_take(const char *typed, const RenPathEntry *entry) {
  char *path = NULL;
  if (entry->kind == REN_PATH_MODEL) return strdup(entry->name);
  int n = asprintf(&path, "%.*s%s%s", (int)ren_paths_last(typed), typed, entry->name,
                   entry->kind == REN_PATH_FOLDER ? "/" : "");
  return n < 0 ? NULL : path;
}

/* Bytes that two names have in common, whole characters only. */
static size_t common(const char *a, const char *b, size_t most) {
  size_t n = 0;
  while (n < most && a[n] == b[n]) n++;
  while (n > 0 && n < most && ((unsigned char)a[n] & 0xC0) == 0x80) n--;
  return n;
}

char *ren_paths_complete(const RenPaths *paths, const char *typed) {
  size_t first = 0;
  while (first < paths->n && paths->entries[first].kind == REN_PATH_MODEL) first++;
  if (first == paths->n) return NULL;
  const char *name = paths->entries[first].name;
  size_t agreed = strlen(name);
  for (size_t i = first + 1; i < paths->n; i++) agreed = common(name, paths->entries[i].name, agreed);
  if (first + 1 == paths->n) return ren_paths_take(typed, &paths->entries[first]);
  char *path = NULL;
  return asprintf(&path, "%.*s%.*s", (int)ren_paths_last(typed), typed, (int)agreed, name) < 0 ? NULL : path;
}

bool ren_paths_is_session(const char *path) {
  size_t n = strlen(path);
  return n > 4 && strcmp(path + n - 4, ".lua") == 0;
}
