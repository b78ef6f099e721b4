/* A model lies in models--org--name/snapshots/REVISION; refs/main says which revision is the current one. It comes
 * from outside, so it is taken only as a word, which leads to no other folder. */
#include "engine/hub.h"

#include "engine/map.h"
#include "engine/path.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char PREFIX[] = "models--";

char *eng_hub_folder(void) {
  const char *hub = getenv("HF_HUB_CACHE"), *home = getenv("HF_HOME");
  if (hub && *hub) return eng_path_expand(hub);
  if (!home || !*home) return eng_path_cache("huggingface/hub");
  char *folder = eng_path_expand(home), *path = folder ? eng_path_join(folder, "hub") : NULL;
  free(folder);
  return path;
}

char *eng_hub_folder_of(const char *name) {
  const char *slash = strchr(name, '/');
  char *folder = NULL;
  int wrote = slash ? asprintf(&folder, "%s%.*s--%s", PREFIX, (int)(slash - name), name, slash + 1)
                    : asprintf(&folder, "%s%s", PREFIX, name);
  return wrote < 0 ? NULL : folder;
}

char *eng_hub_name_of(const char *folder, size_t length) {
  size_t skip = sizeof PREFIX - 1;
  if (length <= skip || strncmp(folder, PREFIX, skip) != 0) return NULL;
  char *name = strndup(folder + skip, length - skip);
  char *dashes = name ? strstr(name, "--") : NULL;
  if (dashes) {
    *dashes = '/';
    memmove(dashes + 1, dashes + 2, strlen(dashes + 2) + 1);
  }
  return name;
}

/* The word that the file begins with; "" when it begins with none. */
static void read_word(const char *path, char *out, size_t size) {
  EngMap map;
  size_t n = 0;
  out[0] = '\0';
  if (!eng_map_open(&map, path, NULL)) return;
  for (; n < map.size && n + 1 < size && isalnum(map.data[n]); n++) out[n] = (char)map.data[n];
  out[n] = '\0';
  eng_map_close(&map);
}

/* Whether `folder` is newer than `time`, which then becomes its time. */
static bool is_newer(const char *folder, struct timespec *time) {
  struct stat status;
  if (stat(folder, &status) != 0 || !S_ISDIR(status.st_mode)) return false;
  struct timespec own = status.st_mtim;
  if (own.tv_sec < time->tv_sec || (own.tv_sec == time->tv_sec && own.tv_nsec <= time->tv_nsec)) return false;
  *time = own;
  return true;
}

static char *newest(const char *snapshots) {
  struct timespec time = {0};
  char *found = NULL;
  DIR *directory = opendir(snapshots);
  if (!directory) return NULL;
  for (struct dirent *entry = readdir(directory); entry; entry = readdir(directory)) {
    char *folder = entry->d_name[0] == '.' ? NULL : eng_path_join(snapshots, entry->d_name);
    bool better = folder && is_newer(folder, &time);
    free(better ? found : folder);
    if (better) found = folder;
  }
  closedir(directory);
  return found;
}

char *eng_hub_snapshot(const char *repository) {
  char revision[128], *main = eng_path_join(repository, "refs/main");
  char *snapshots = eng_path_join(repository, "snapshots"), *found = NULL;
  if (main && snapshots && eng_path_exists(main)) {
    read_word(main, revision, sizeof revision);
    if (*revision) found = eng_path_join(snapshots, revision);
  } else if (main && snapshots) {
    found = newest(snapshots);
  }
  free(snapshots);
  free(main);
  return found;
}
