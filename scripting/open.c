/* A name is first turned into a folder, then the folder is opened. */
#include "scripting/open.h"

#include "scripting/home.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool is_file(const char *path) {
  struct stat status;
  return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

EngModel *scr_open_model(const char *name, const char *home, EngError *err) {
  char *folder = eng_model_locate(name, home, err);
  if (!folder) return NULL;
  EngModel *model = eng_model_open(folder, err);
  free(folder);
  return model;
}

EngModel *scr_open_model_of_program(const char *name, EngError *err) {
  char *home = scr_home_find(NULL); /* a model named by its folder needs none */
  EngModel *model = scr_open_model(name, home, err);
  free(home);
  return model;
}

char *scr_open_record_path(const char *name, const char *home) {
  if (is_file(name)) return strdup(name);
  char *path = NULL;
  if (!home || strchr(name, '/') || asprintf(&path, "%s/models/%s.safetensors", home, name) < 0) return NULL;
  if (is_file(path)) return path;
  free(path);
  return NULL;
}
