/* A name is first turned into a folder, then the folder is opened. */
#include "scripting/open.h"

#include "scripting/home.h"

#include <stdlib.h>

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
