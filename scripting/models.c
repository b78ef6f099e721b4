/* Folders are listed where eng_model_locate looks for them, and a name counts when that finds it and there
 * is a config.json, or when it stands for a recorded run that ships. */
#include "scripting/models.h"

#include "engine/model.h"
#include "scripting/open.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char hub_prefix[] = "models--";

static bool is_model(const char *name, const char *home) {
  char path[4096];
  char *folder = eng_model_locate(name, home, NULL);
  int length = folder ? snprintf(path, sizeof path, "%s/config.json", folder) : -1;
  free(folder);
  return length > 0 && (size_t)length < sizeof path && access(path, R_OK) == 0;
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

static void add(ScrModels *models, const char *name) {
  for (size_t i = 0; i < models->n_names; i++)
    if (strcmp(models->names[i], name) == 0) return;
  char **names = realloc(models->names, (models->n_names + 1) * sizeof *names);
  if (!names) return;
  models->names = names;
  char *copy = strdup(name);
  if (copy) names[models->n_names++] = copy;
}

/* "models--org--name" to "org/name". */
static void name_of_hub(const char *folder, char *out, size_t size) {
  snprintf(out, size, "%s", folder + sizeof hub_prefix - 1);
  char *dashes = strstr(out, "--");
  if (!dashes) return;
  *dashes = '/';
  memmove(dashes + 1, dashes + 2, strlen(dashes + 2) + 1);
}

static void add_folder(ScrModels *models, const char *home, const char *folder) {
  DIR *directory = opendir(folder);
  if (!directory) return;
  for (struct dirent *entry = readdir(directory); entry; entry = readdir(directory)) {
    char name[sizeof entry->d_name];
    if (entry->d_name[0] == '.') continue;
    if (strncmp(entry->d_name, hub_prefix, sizeof hub_prefix - 1) == 0)
      name_of_hub(entry->d_name, name, sizeof name);
    else
      snprintf(name, sizeof name, "%s", entry->d_name);
    if (cut_suffix(name) ? is_record(name, home) : is_model(name, home)) add(models, name);
  }
  closedir(directory);
}

/* `value` with `tail` behind it, or nothing where there is no value. */
static bool add_under(ScrModels *models, const char *home, const char *value, const char *tail) {
  char folder[4096];
  if (!value || !*value) return false;
  snprintf(folder, sizeof folder, "%s%s", value, tail);
  add_folder(models, home, folder);
  return true;
}

static int compare(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

ScrModels scr_models_list(const char *home) {
  ScrModels models = {0};
  const char *user = getenv("HOME"), *cache = getenv("XDG_CACHE_HOME");
  add_under(&models, home, home, "/models");
  if (!add_under(&models, home, cache, "/headscope/models"))
    add_under(&models, home, user, "/.cache/headscope/models");
  if (!add_under(&models, home, getenv("HF_HUB_CACHE"), "") &&
      !add_under(&models, home, getenv("HF_HOME"), "/hub") && !add_under(&models, home, cache, "/huggingface/hub"))
    add_under(&models, home, user, "/.cache/huggingface/hub");
  if (models.n_names > 1) qsort(models.names, models.n_names, sizeof *models.names, compare);
  return models;
}

void scr_models_free(ScrModels *models) {
  for (size_t i = 0; i < models->n_names; i++) free(models->names[i]);
  free(models->names);
  *models = (ScrModels){0};
}
