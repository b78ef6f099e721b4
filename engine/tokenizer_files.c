/* The JSON files of a tokenizer's folder, read once and held while it is opened. */
#include "engine/tokenizer_parts.h"

#include "engine/path.h"

#include <stdlib.h>

char *eng_tokenizer_path(const char *folder, const char *name, EngError *err) {
  char *path = eng_path_join(folder, name);
  if (!path) eng_error_memory(err, folder, "the path of %s", name);
  return path;
}

bool eng_tokenizer_has(const char *folder, const char *name, bool *there, EngError *err) {
  char *path = eng_tokenizer_path(folder, name, err);
  *there = path && eng_path_exists(path);
  free(path);
  return path != NULL;
}

/* A file that may be missing, but must be an object where it is not. */
static bool load(const EngTokenizerFiles *files, const char *name, char **path, EngJson **root, EngError *err) {
  *path = eng_tokenizer_path(files->folder, name, err);
  if (!*path) return false;
  if (!eng_path_exists(*path)) return true;
  *root = eng_json_load_until(*path, files->cancel, err);
  if (!*root || eng_json_kind(*root) == ENG_JSON_OBJECT) return *root != NULL;
  return eng_error_set(err, *path, NULL, "expected an object, found an array");
}

bool eng_tokenizer_files_load(EngTokenizerFiles *files, EngError *err) {
  return load(files, "tokenizer.json", &files->tokenizer_path, &files->tokenizer, err) &&
         load(files, "tokenizer_config.json", &files->config_path, &files->config, err) &&
         load(files, "special_tokens_map.json", &files->special_path, &files->special, err) &&
         load(files, "added_tokens.json", &files->added_path, &files->added, err);
}

void eng_tokenizer_files_free(EngTokenizerFiles *files) {
  eng_json_free(files->tokenizer);
  eng_json_free(files->config);
  eng_json_free(files->special);
  eng_json_free(files->added);
  free(files->tokenizer_path);
  free(files->config_path);
  free(files->special_path);
  free(files->added_path);
}
