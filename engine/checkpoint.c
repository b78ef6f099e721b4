/* Shards are opened once each, in the order in which the index names them first; then one sorted table of
 * pointers joins them. The index is a promise about the shards, and both directions are checked: each name
 * lies in the shard it says, and no name lies in two. */
#include "engine/checkpoint.h"

#include "engine/json.h"
#include "engine/path.h"

#include <stdlib.h>
#include <string.h>

#define MOST_SHARDS 4096

struct EngCheckpoint {
  char *path;
  EngSafetensors **files;
  const char **shards; /* their names in the index; borrowed while it is open */
  size_t n_files;
  const EngSafetensor **tensors; /* sorted by name */
  size_t n_tensors;
  const EngCancel *cancel; /* of who opens it */
};

static bool add_file(EngCheckpoint *checkpoint, const char *path, EngError *err) {
  EngSafetensors *file = eng_safetensors_open_until(path, checkpoint->cancel, err);
  if (!file) return false;
  EngSafetensors **grown = realloc(checkpoint->files, (checkpoint->n_files + 1) * sizeof(EngSafetensors *));
  if (!grown) {
    eng_safetensors_close(file);
    return eng_error_memory(err, path, "its list of shards");
  }
  checkpoint->files = grown;
  checkpoint->files[checkpoint->n_files++] = file;
  return true;
}

/* A shard is a plain file name: nothing that an index says may lead out of its folder. */
static bool check_shard(const char *index, const char *name, const EngJson *value, EngError *err) {
  const char *shard = eng_json_text(value, NULL);
  if (!shard) return eng_json_refuse(value, index, name, "a shard's file name", err);
  if (*shard == '\0' || strchr(shard, '/') || strchr(shard, '\\') || strcmp(shard, "..") == 0)
    return eng_error_set(err, index, name, "expected a file name inside the folder, found \"%s\"", shard);
  return true;
}

/* The shard's place in `files`, opened when it is new. */
static bool open_shard(EngCheckpoint *checkpoint, const char *folder, const char *shard, size_t *out,
                       EngError *err) {
  for (*out = 0; *out < checkpoint->n_files; ++*out)
    if (strcmp(checkpoint->shards[*out], shard) == 0) return true;
  if (checkpoint->n_files == MOST_SHARDS)
    return eng_error_set(err, checkpoint->path, NULL, "expected at most %d shards, found more", MOST_SHARDS);
  char *path = eng_path_join(folder, shard);
  if (!path) return eng_error_memory(err, checkpoint->path, "a path");
  bool ok = add_file(checkpoint, path, err);
  if (ok) checkpoint->shards[*out] = shard;
  free(path);
  return ok;
}

static bool read_weight_map(EngCheckpoint *checkpoint, const char *folder, const EngJson *weight_map,
                            EngError *err) {
  void *cursor = NULL;
  const char *name = NULL;
  const EngJson *value = NULL;
  while (eng_json_next(weight_map, &cursor, &name, &value)) {
    size_t file = 0;
    if (!check_shard(checkpoint->path, name, value, err)) return false;
    const char *shard = eng_json_text(value, NULL);
    if (!open_shard(checkpoint, folder, shard, &file, err)) return false;
    if (!eng_safetensors_find(checkpoint->files[file], name))
      return eng_error_set(err, checkpoint->path, name, "expected in %s, found nothing", shard);
  }
  return true;
}

static bool open_index(EngCheckpoint *checkpoint, const char *folder, EngError *err) {
  EngJson *index = eng_json_load_until(checkpoint->path, checkpoint->cancel, err);
  if (!index) return false;
  const EngJson *weight_map = eng_json_get(index, "weight_map");
  checkpoint->shards = calloc(MOST_SHARDS, sizeof *checkpoint->shards);
  bool ok = false;
  if (!checkpoint->shards)
    eng_error_memory(err, checkpoint->path, "its shards");
  else if (eng_json_size(weight_map) == 0 || eng_json_kind(weight_map) != ENG_JSON_OBJECT)
    eng_json_refuse(weight_map, checkpoint->path, "weight_map", "an object of tensor names and files", err);
  else
    ok = read_weight_map(checkpoint, folder, weight_map, err);
  free(checkpoint->shards);
  checkpoint->shards = NULL;
  eng_json_free(index);
  return ok;
}

static int by_name(const void *a, const void *b) {
  return strcmp((*(const EngSafetensor *const *)a)->name, (*(const EngSafetensor *const *)b)->name);
}

/* One sorted table over all files. */
static bool join(EngCheckpoint *checkpoint, EngError *err) {
  size_t total = 0, n = 0;
  for (size_t f = 0; f < checkpoint->n_files; f++) total += eng_safetensors_count(checkpoint->files[f]);
  checkpoint->tensors = calloc(total + 1, sizeof *checkpoint->tensors);
  if (!checkpoint->tensors) return eng_error_memory(err, checkpoint->path, "its tensors");
  for (size_t f = 0; f < checkpoint->n_files; f++)
    for (size_t i = 0; i < eng_safetensors_count(checkpoint->files[f]); i++)
      checkpoint->tensors[n++] = eng_safetensors_at(checkpoint->files[f], i);
  qsort(checkpoint->tensors, n, sizeof *checkpoint->tensors, by_name);
  for (size_t i = 1; i < n; i++)
    if (strcmp(checkpoint->tensors[i - 1]->name, checkpoint->tensors[i]->name) == 0)
      return eng_error_set(err, checkpoint->path, checkpoint->tensors[i]->name,
                           "expected in one shard, found in two");
  checkpoint->n_tensors = n;
  return true;
}

/* Says what is there instead of the weights we read. */
static bool refuse_missing(const char *folder, EngError *err) {
  char *pickle = eng_path_join(folder, "pytorch_model.bin");
  bool found = pickle && eng_path_is_file(pickle);
  free(pickle);
  return eng_error_set(err, folder, NULL, "expected model.safetensors or model.safetensors.index.json, found %s",
                       found ? "pytorch_model.bin, which is not read (save the model as safetensors)" : "neither");
}

static bool open_folder(EngCheckpoint *checkpoint, const char *folder, EngError *err) {
  checkpoint->path = eng_path_join(folder, "model.safetensors");
  if (checkpoint->path && eng_path_exists(checkpoint->path)) return add_file(checkpoint, checkpoint->path, err);
  free(checkpoint->path);
  checkpoint->path = eng_path_join(folder, "model.safetensors.index.json");
  if (!checkpoint->path) return eng_error_memory(err, folder, "a path");
  if (!eng_path_exists(checkpoint->path)) return refuse_missing(folder, err);
  return open_index(checkpoint, folder, err);
}

EngCheckpoint *eng_checkpoint_open(const char *folder, const EngCancel *cancel, EngError *err) {
  EngCheckpoint *checkpoint = calloc(1, sizeof *checkpoint);
  if (!checkpoint) {
    eng_error_memory(err, folder, "a checkpoint");
    return NULL;
  }
  checkpoint->cancel = cancel;
  bool ok = open_folder(checkpoint, folder, err) && join(checkpoint, err);
  checkpoint->cancel = NULL;
  if (ok) return checkpoint;
  eng_checkpoint_close(checkpoint);
  return NULL;
}

void eng_checkpoint_close(EngCheckpoint *checkpoint) {
  if (!checkpoint) return;
  for (size_t f = 0; f < checkpoint->n_files; f++) eng_safetensors_close(checkpoint->files[f]);
  free(checkpoint->files);
  free(checkpoint->tensors);
  free(checkpoint->path);
  free(checkpoint);
}

void eng_checkpoint_forget(const EngCheckpoint *checkpoint) {
  for (size_t i = 0; i < checkpoint->n_files; i++) eng_safetensors_forget(checkpoint->files[i]);
}

size_t eng_checkpoint_count(const EngCheckpoint *checkpoint) { return checkpoint->n_tensors; }

const EngSafetensor *eng_checkpoint_at(const EngCheckpoint *checkpoint, size_t i) { return checkpoint->tensors[i]; }

const EngSafetensor *eng_checkpoint_find(const EngCheckpoint *checkpoint, const char *name, size_t *index) {
  EngSafetensor key = {.name = name};
  const EngSafetensor *pointer = &key;
  const EngSafetensor **found =
      bsearch(&pointer, checkpoint->tensors, checkpoint->n_tensors, sizeof *checkpoint->tensors, by_name);
  if (found && index) *index = (size_t)(found - checkpoint->tensors);
  return found ? *found : NULL;
}

const char *eng_checkpoint_path(const EngCheckpoint *checkpoint) { return checkpoint->path; }
