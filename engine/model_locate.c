/* From what a user wrote to a folder. A path that exists is taken as it is; a bare name is looked for in
 * models/ of the program, in our own cache and in Hugging Face's, in that order. A bare name has at most one
 * slash and no part that starts with a dot: it never leads out of the folder it is looked for in. */
#include "engine/model.h"

#include "engine/map.h"
#include "engine/path.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Search {
  const char *name;
  char *found;
  char places[768]; /* where it was looked for, for the message */
} Search;

static void remember(Search *search, const char *place) {
  size_t used = strlen(search->places);
  snprintf(search->places + used, sizeof search->places - used, "%s%s", used ? ", " : "", place);
}

/* Takes `path` (malloc'ed; NULL is fine). True when it is the folder. */
static bool try_folder(Search *search, char *path) {
  if (!path) return false;
  remember(search, path);
  if (eng_path_is_folder(path)) search->found = path;
  if (search->found != path) free(path);
  return search->found != NULL;
}

/* Letters, digits, "-", "_", "." and one slash at most, as on the hub; no part begins with a dot. */
static bool is_bare(const char *name) {
  int slashes = 0;
  for (const char *c = name; *c; c++) {
    bool starts_part = c == name || c[-1] == '/';
    if (*c == '/') slashes++;
    if (starts_part && (*c == '.' || *c == '/')) return false;
    if (!isalnum((unsigned char)*c) && !strchr("-_./", *c)) return false;
  }
  return *name && slashes <= 1 && name[strlen(name) - 1] != '/';
}

static char *join3(const char *a, const char *b, const char *c) {
  char *path = NULL;
  return asprintf(&path, "%s/%s/%s", a, b, c) < 0 ? NULL : path;
}

/* A directory from the environment, or `tail` in the home directory; NULL for neither. */
static char *directory(const char *variable, const char *tail) {
  const char *value = getenv(variable), *home = getenv("HOME");
  if (value && *value) return strdup(value);
  return home && *home ? eng_path_join(home, tail) : NULL;
}

static bool try_own_cache(Search *search) {
  char *cache = directory("XDG_CACHE_HOME", ".cache");
  bool found = cache && try_folder(search, join3(cache, "headscope/models", search->name));
  free(cache);
  return found;
}

/* HF_HUB_CACHE, else HF_HOME/hub, else ~/.cache/huggingface/hub (XDG_CACHE_HOME counts). */
static char *hub_directory(void) {
  const char *hub = getenv("HF_HUB_CACHE"), *home = getenv("HF_HOME");
  if (hub && *hub) return strdup(hub);
  if (home && *home) return eng_path_join(home, "hub");
  char *cache = directory("XDG_CACHE_HOME", ".cache");
  char *path = cache ? eng_path_join(cache, "huggingface/hub") : NULL;
  free(cache);
  return path;
}

/* "org/name" as the hub's folder name, "models--org--name". */
static char *hub_name(const char *name) {
  const char *slash = strchr(name, '/');
  char *folder = NULL;
  int wrote = slash ? asprintf(&folder, "models--%.*s--%s", (int)(slash - name), name, slash + 1)
                    : asprintf(&folder, "models--%s", name);
  return wrote < 0 ? NULL : folder;
}

/* What refs/main says: a revision, checked to be a plain word. "" when there is none. */
static void read_revision(const char *repository, char *out, size_t size) {
  EngMap map;
  out[0] = '\0';
  char *path = eng_path_join(repository, "refs/main");
  if (!path || !eng_map_open(&map, path, NULL)) {
    free(path);
    return;
  }
  size_t n = 0;
  while (n < map.size && n + 1 < size && isalnum(map.data[n])) n++;
  memcpy(out, map.size ? (const char *)map.data : "", n);
  out[n] = '\0';
  eng_map_close(&map);
  free(path);
}

static bool try_hub(Search *search) {
  char *hub = hub_directory(), *folder = hub_name(search->name), revision[128] = "";
  char *repository = hub && folder ? eng_path_join(hub, folder) : NULL;
  if (repository) read_revision(repository, revision, sizeof revision);
  bool found = false;
  if (*revision)
    found = try_folder(search, join3(repository, "snapshots", revision));
  else if (repository)
    remember(search, repository);
  free(repository);
  free(folder);
  free(hub);
  return found;
}

/* Models that ship are named with or without "models/" before them. */
static bool try_shipped(Search *search, const char *home) {
  const char *name = strncmp(search->name, "models/", 7) == 0 ? search->name + 7 : search->name;
  return home && try_folder(search, join3(home, "models", name));
}

static bool find(Search *search, const char *home) {
  return try_shipped(search, home) || try_own_cache(search) || try_hub(search);
}

char *eng_model_locate(const char *name, const char *home, EngError *err) {
  if (eng_path_is_folder(name)) return strdup(name);
  if (eng_path_exists(name)) {
    eng_error_set(err, name, NULL, "expected a model's folder, found a file");
    return NULL;
  }
  Search search = {.name = name};
  if (is_bare(name) && find(&search, home)) return search.found;
  eng_error_set(err, name, NULL, "expected a model, found neither a folder of that name nor one in %s",
                *search.places ? search.places : "models/ or a cache (it is no model's name)");
  return NULL;
}

/* A snapshot in the hub's cache is named by its revision: its model's name is two folders up. */
char *eng_model_name_of(const char *folder) {
  const char *models = strstr(folder, "/models--"), *snapshots = strstr(folder, "/snapshots/");
  if (!models || !snapshots || snapshots < models) return eng_path_base(folder);
  char *name = strndup(models + strlen("/models--"), (size_t)(snapshots - models) - strlen("/models--"));
  char *dashes = name ? strstr(name, "--") : NULL;
  if (dashes) {
    *dashes = '/';
    memmove(dashes + 1, dashes + 2, strlen(dashes + 2) + 1);
  }
  return name;
}
