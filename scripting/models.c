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

/* What a folder's entry is called as a model: a folder of the hub's by the model's name. Malloc'ed. */
static char *name_of(const char *entry) {
  char *name = eng_hub_name_of(entry, strlen(entry));
  return name ? name : strdup(entry);
}

static void add_entry(RenModels *models, RenModelGroup group, const char *home, const char *entry) {
  char *name = *entry == '.' ? NULL : name_of(entry);
  if (name && (cut_suffix(name) ? is_record(name, home) : is_model(name, home)))
    ren_models_add(models, name, group);
  free(name);
}

static int compare(const void *a, const void *b) {
  return strcmp(((const RenModel *)a)->name, ((const RenModel *)b)->name);
}

/* Sorted by name. Takes `folder` (malloc'ed; NULL is fine). */
static void add_folder(RenModels *models, RenModelGroup group, const char *home, char *folder) {
  DIR *directory = folder ? opendir(folder) : NULL;
  int before = models->n;
  free(folder);
  if (!directory) return;
  for (struct dirent *entry = readdir(directory); entry; entry = readdir(directory))
    add_entry(models, group, home, entry->d_name);
  closedir(directory);
  if (models->n > before) qsort(models->at + before, (size_t)(models->n - before), sizeof *models->at, compare);
}

RenModels scr_models_list(const char *home, char *const *recent, int n_recent) {
  RenModels models = {0};
  add_folder(&models, REN_MODELS_SHIPPED, home, home ? eng_path_join(home, "models") : NULL);
  for (int i = 0; i < n_recent; i++) ren_models_add(&models, recent[i], REN_MODELS_RECENT);
  add_folder(&models, REN_MODELS_FETCHED, home, eng_model_cache());
  add_folder(&models, REN_MODELS_HUB, home, eng_hub_folder());
  return models;
}
