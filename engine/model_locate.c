/* From what a user wrote to a folder. A path that exists is taken as it is; a bare name is looked for in
 * models/ of the program, in our own cache and in Hugging Face's, in that order. A bare name has at most one
 * slash and no part that starts with a dot: it never leads out of the folder it is looked for in. */
#include "engine/model.h"

#include "engine/hub.h"
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

char *eng_model_cache(void) { return eng_path_cache("headscope/models"); }

static bool try_own_cache(Search *search) {
  char *cache = eng_model_cache();
  bool found = cache && try_folder(search, eng_path_join(cache, search->name));
  free(cache);
  return found;
}

static bool try_hub(Search *search) {
  char *hub = eng_hub_folder(), *folder = eng_hub_folder_of(search->name);
  char *repository = hub && folder ? eng_path_join(hub, folder) : NULL;
  char *snapshot = repository ? eng_hub_snapshot(repository) : NULL;
  bool found = try_folder(search, snapshot);
  if (repository && !snapshot) remember(search, repository);
  free(repository);
  free(folder);
  free(hub);
  return found;
}

/* Models that ship are named with or without "models/" before them. */
static bool try_shipped(Search *search, const char *home) {
  const char *name = strncmp(search->name, "models/", 7) == 0 ? search->name + 7 : search->name;
  char *models = home ? eng_path_join(home, "models") : NULL;
  bool found = models && try_folder(search, eng_path_join(models, name));
  free(models);
  return found;
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
  return eng_hub_name_of(models + 1, (size_t)(snapshots - models) - 1);
}
