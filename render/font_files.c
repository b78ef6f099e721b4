/* Earlier folders go first and a folder is read in the order of its names, so that one machine always picks
 * the same file. Bounded: a folder full of something else costs no more than a walk. */
#include "render/font_files.h"

#include <fts.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FOLDERS = 16, MAX_DEPTH = 6, MAX_ENTRIES = 50000, MAX_FILES = 8192 };

bool ren_font_files_set(RenFontFiles *files, const char *folders) {
  ren_font_files_free(files);
  if (!folders || !*folders) return true;
  files->folders = strdup(folders);
  return files->folders != NULL;
}

void ren_font_files_free(RenFontFiles *files) {
  for (int i = 0; i < files->n; i++) free(files->paths[i]);
  free(files->paths);
  free(files->folders);
  *files = (RenFontFiles){0};
}

static bool is_font(const char *name) {
  const char *dot = strrchr(name, '.');
  return dot && (strcmp(dot, ".ttf") == 0 || strcmp(dot, ".otf") == 0 || strcmp(dot, ".ttc") == 0);
}

/* Without memory the file is passed over. */
static void add(RenFontFiles *files, const char *path) {
  if (files->n == MAX_FILES) return;
  if (files->n == files->capacity) {
    int capacity = files->capacity ? 2 * files->capacity : 64;
    char **paths = realloc(files->paths, (size_t)capacity * sizeof *paths);
    if (!paths) return;
    files->paths = paths;
    files->capacity = capacity;
  }
  char *copy = strdup(path);
  if (copy) files->paths[files->n++] = copy;
}

static int by_name(const FTSENT **a, const FTSENT **b) { return strcmp((*a)->fts_name, (*b)->fts_name); }

static void walk_folder(RenFontFiles *files, char *folder) {
  char *roots[] = {folder, NULL};
  FTS *walk = fts_open(roots, FTS_LOGICAL | FTS_NOCHDIR, by_name);
  if (!walk) return;
  FTSENT *entry = NULL;
  for (int n = 0; n < MAX_ENTRIES && (entry = fts_read(walk)) != NULL; n++) {
    if (entry->fts_info == FTS_D && entry->fts_level >= MAX_DEPTH) fts_set(walk, entry, FTS_SKIP);
    if (entry->fts_info == FTS_F && is_font(entry->fts_name)) add(files, entry->fts_path);
  }
  fts_close(walk);
}

static void walk_folders(RenFontFiles *files) {
  char *rest = NULL, *folder = strtok_r(files->folders, ":", &rest);
  for (int n = 0; folder && n < MAX_FOLDERS; n++, folder = strtok_r(NULL, ":", &rest)) walk_folder(files, folder);
  free(files->folders);
  files->folders = NULL;
}

/* What may follow a font's name in that of its upright, regular file. */
static bool is_regular(const char *rest) {
  static const char *const endings[] = {"-Regular.", "-Regular_", ".", "[", "-VF.", "_hint."};
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
    if (strncmp(rest, endings[i], strlen(endings[i])) == 0) return true;
  return false;
}

int ren_font_files_find(RenFontFiles *files, const char *name) {
  if (files->folders) walk_folders(files);
  size_t length = strlen(name);
  for (int i = 0; i < files->n; i++) {
    const char *slash = strrchr(files->paths[i], '/'), *file = slash ? slash + 1 : files->paths[i];
    if (strncmp(file, name, length) == 0 && is_regular(file + length)) return i;
  }
  return -1;
}
