/* Folders are listed where eng_model_locate looks for them, and a name counts when that finds it and there
 * is a config.json, or when it stands for a recorded run that ships. */
#include "scripting/models.h"

#include "scripting/open.h"

#include "engine/hub.h"
#include "engine/path.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

static bool is_model(const char *name, const char *home) {
  char *folder = eng_model_locate(name, home, NULL);
  char *config = folder ? eng_path_join(folder, "config.json") : NULL;
  bool found = config && eng_path_is_file(config);
  free(config);
  free(folder);
  return found;
}

/* Cuts ".safetensors" off a name that ends so: what a recorded run that ships is called by. */
static bool cut_suffix(char *name) {
  static const char suffix[] = ".safetensors";
  size_t length = strlen(name), cut = sizeof suffix - 1;
  if (length <= cut || strcmp(name + length - cut, suffix) != 0) return false;
  name[length - cut] = '\0';
  return true;
}

static bool is_record(const char *name, const char *home) {
  char *path = scr_open_record_path(name, home);
  free(path);
  return path != NULL;
}

void scr_models_add(ScrModels *models, const char *name) {
  for (size_t i = 0; i < models->n_names; i++)
    if (strcmp(models->names[i], name) == 0) return;
  char **names = realloc(models->names, (models->n_names + 1) * sizeof *names);
  if (!names) return;
  models->names = names;
  char *copy = strdup(name);
  if (copy) names[models->n_names++] = copy;
}

/* What a folder's entry is called as a model: a folder of the hub's by the model's name. Malloc'ed. */
static char *name_of(const char *entry) {
  char *name = eng_hub_name_of(entry, strlen(entry));
  return name ? name : strdup(entry);
}

static void add_entry(ScrModels *models, const char *home, const char *entry) {
  char *name = *entry == '.' ? NULL : name_of(entry);
  if (name && (cut_suffix(name) ? is_record(name, home) : is_model(name, home))) scr_models_add(models, name);
  free(name);
}

/* Takes `folder` (malloc'ed; NULL is fine). */
static void add_folder(ScrModels *models, const char *home, char *folder) {
  DIR *directory = folder ? opendir(folder) : NULL;
  free(folder);
  if (!directory) return;
  for (struct dirent *entry = readdir(directory); entry; entry = readdir(directory))
    add_entry(models, home, entry->d_name);
  closedir(directory);
}

static int compare(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

ScrModels scr_models_list(const char *home) {
  ScrModels models = {0};
  add_folder(&models, home, home ? eng_path_join(home, "models") : NULL);
  add_folder(&models, home, eng_model_cache());
  add_folder(&models, home, eng_hub_folder());
  if (models.n_names > 1) qsort(models.names, models.n_names, sizeof *models.names, compare);
  return models;
}

void scr_models_free(ScrModels *models) {
  for (size_t i = 0; i < models->n_names; i++) free(models->names[i]);
  free(models->names);
  *models = (ScrModels){0};
}
