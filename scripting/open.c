/* A name is first turned into a folder, then the folder is opened. */
#include "scripting/open.h"

#include "scripting/home.h"

#include "engine/path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *scr_open_record_path(const char *name, const char *home) {
  if (eng_path_is_file(name)) return strdup(name);
  char *path = NULL;
  if (!home || strchr(name, '/') || asprintf(&path, "%s/models/%s.safetensors", home, name) < 0) return NULL;
  if (eng_path_is_file(path)) return path;
  free(path);
  return NULL;
}

/* The model's folder. A name that a recorded run of models/ has is said to be one. */
static char *locate(const char *name, const char *home, EngError *err) {
  char *folder = eng_model_locate(name, home, err);
  char *record = folder || eng_path_is_file(name) ? NULL : scr_open_record_path(name, home);
  if (record) eng_error_set(err, name, NULL, "expected a model, found a recorded run: %s", record);
  free(record);
  return folder;
}

EngModel *scr_open_model(const char *name, const char *home, const EngCancel *cancel, EngError *err) {
  char *folder = locate(name, home, err);
  if (!folder) return NULL;
  EngModel *model = eng_model_open_until(folder, cancel, err);
  free(folder);
  return model;
}

EngModel *scr_open_model_of_program(const char *name, EngError *err) {
  char *home = scr_home_find(NULL); /* a model named by its folder needs none */
  EngModel *model = scr_open_model(name, home, NULL, err);
  free(home);
  return model;
}

/* Behind the length of its header, a file of tensors has an object. */
bool scr_open_is_record_like(const char *path) {
  static const char suffix[] = ".safetensors";
  size_t length = strlen(path), cut = sizeof suffix - 1;
  if (length > cut && strcmp(path + length - cut, suffix) == 0) return true;
  char first[9] = "";
  FILE *file = fopen(path, "rb");
  bool read = file && fread(first, 1, sizeof first, file) == sizeof first;
  if (file) fclose(file);
  return read && first[8] == '{';
}

/* A folder that has tokenizer files alone says nothing about the size of its vocabulary. */
static EngTokenizer *open_in(const char *folder, EngError *err) {
  EngConfig config;
  char *path = eng_path_join(folder, "config.json");
  bool exists = path && eng_path_exists(path);
  free(path);
  if (exists && !eng_config_load(&config, folder, err)) return NULL;
  return eng_tokenizer_open(folder, exists ? &config : NULL, NULL, err);
}

EngTokenizer *scr_open_tokenizer(const char *name, EngError *err) {
  char *home = scr_home_find(NULL), *folder = locate(name, home, err);
  EngTokenizer *tokenizer = folder ? open_in(folder, err) : NULL;
  free(folder);
  free(home);
  return tokenizer;
}
