/* A file is the same while its path is, and has changed when its
 * time, its size or its place on the disk has: editors write anew, or put another file there. */
#include "scripting/probe_files.h"

#include "engine/path.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

char *scr_probe_files_folder(void) {
  const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
  if (data && *data) return eng_path_join(data, "headscope/probes");
  return home && *home ? eng_path_join(home, ".local/share/headscope/probes") : NULL;
}

static void free_file(ScrProbeFile *file) {
  free(file->path);
  free(file->keep);
  free(file->name);
  *file = (ScrProbeFile){0};
}

static void free_files(ScrProbeFile *files, int n) {
  for (int i = 0; i < n; i++) free_file(&files[i]);
  free(files);
}

void scr_probe_files_free(ScrProbeFiles *files) {
  free_files(files->files, files->n);
  free(files->shipped);
  free(files->own);
  *files = (ScrProbeFiles){0};
}

static bool is_probe(const char *name) {
  size_t length = strlen(name);
  return name[0] != '.' && length > 4 && strcmp(name + length - 4, ".lua") == 0;
}

/* False for what is no file: a folder, a link to nothing, a pipe, at which reading would wait for ever. */
static bool look_at(ScrProbeFile *file) {
  struct stat status;
  if (stat(file->path, &status) != 0 || !S_ISREG(status.st_mode)) return false;
  file->changed = status.st_mtim;
  file->size = status.st_size;
  file->node = status.st_ino;
  return true;
}

static bool add(ScrProbeFiles *list, const char *folder, const char *name, bool own) {
  ScrProbeFile *files = realloc(list->files, ((size_t)list->n + 1) * sizeof *files);
  if (!files) return false;
  list->files = files;
  files[list->n] = (ScrProbeFile){.path = eng_path_join(folder, name), .own = own};
  if (!files[list->n].path) return false;
  if (look_at(&files[list->n]))
    list->n++;
  else
    free_file(&files[list->n]);
  return true;
}

static const char *base_of(const ScrProbeFile *file) { return strrchr(file->path, '/') + 1; }

static const char *const foremost[] = {"previous.lua",  "next.lua",       "first.lua",
                                       "special.lua",   "same_token.lua", "entropy.lua",
                                       "induction.lua", "duplicate.lua",  "distance.lua"};
enum { N_FIRST = sizeof foremost / sizeof foremost[0] };

static int place_of(const char *name) {
  int i = 0;
  while (i < N_FIRST && strcmp(foremost[i], name) != 0) i++;
  return i;
}

/* Until it is read, a probe is called as its file is. */
static const char *name_of(const ScrProbeFile *file) { return file->name ? file->name : base_of(file); }

static int by_place(const void *left, const void *right) {
  const ScrProbeFile *a = left, *b = right;
  int x = place_of(base_of(a)), y = place_of(base_of(b));
  if (a->own != b->own) return b->own - a->own;
  int names = x != y ? x - y : strcasecmp(name_of(a), name_of(b));
  return names ? names : strcmp(base_of(a), base_of(b));
}

bool scr_probe_files_sort(ScrProbeFiles *files) {
  bool sorted = true;
  for (int i = 1; i < files->n; i++) sorted = sorted && by_place(&files->files[i - 1], &files->files[i]) <= 0;
  if (!sorted) qsort(files->files, (size_t)files->n, sizeof *files->files, by_place);
  return !sorted;
}

static void list_folder(ScrProbeFiles *list, const char *folder, bool own) {
  DIR *dir = folder ? opendir(folder) : NULL;
  for (struct dirent *entry = dir ? readdir(dir) : NULL; entry; entry = readdir(dir))
    if (is_probe(entry->d_name) && !add(list, folder, entry->d_name, own)) break;
  if (dir) closedir(dir);
}

/* Those that ship, without those that the user has, too. */
static void drop_replaced(ScrProbeFiles *list, int n_own) {
  int n = n_own;
  for (int i = n_own; i < list->n; i++) {
    bool replaced = false;
    for (int j = 0; j < n_own; j++)
      replaced = replaced || strcmp(base_of(&list->files[i]), base_of(&list->files[j])) == 0;
    if (replaced)
      free_file(&list->files[i]);
    else
      list->files[n++] = list->files[i];
  }
  list->n = n;
}

static ScrProbeFile *find(const ScrProbeFiles *list, const char *path) {
  for (int i = 0; i < list->n; i++)
    if (strcmp(list->files[i].path, path) == 0) return &list->files[i];
  return NULL;
}

static bool is_same(const ScrProbeFile *a, const ScrProbeFile *b) {
  return a->changed.tv_sec == b->changed.tv_sec && a->changed.tv_nsec == b->changed.tv_nsec && a->size == b->size &&
         a->node == b->node;
}

/* What is known of a file stays known; whether it was read, too, while it is the same. */
static void keep_known(ScrProbeFile *now, ScrProbeFile *before) {
  bool same = is_same(now, before);
  now->version = before->version + !same;
  now->read = same && before->read;
  now->failed = same && before->failed;
  now->keep = before->keep;
  now->input = before->input;
  now->name = before->name;
  before->keep = before->name = NULL;
}

bool scr_probe_files_update(ScrProbeFiles *files) {
  ScrProbeFiles now = {.shipped = files->shipped, .own = files->own};
  list_folder(&now, files->own, true);
  int n_own = now.n;
  list_folder(&now, files->shipped, false);
  drop_replaced(&now, n_own);
  for (int i = 0; i < now.n; i++) {
    ScrProbeFile *before = find(files, now.files[i].path);
    if (before) keep_known(&now.files[i], before);
  }
  scr_probe_files_sort(&now);
  bool other = now.n != files->n;
  for (int i = 0; !other && i < now.n; i++) other = strcmp(now.files[i].path, files->files[i].path) != 0;
  free_files(files->files, files->n);
  *files = now;
  return other;
}
