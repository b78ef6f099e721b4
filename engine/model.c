/* A checkpoint opened. Opening reads config.json and the headers and binds every weight to its place; what
 * costs time (the tokenizer, the hash, widening F16) waits until somebody asks, and is done once, under a
 * lock. */
#include "engine/model.h"

#include "engine/arch.h"
#include "engine/budget.h"
#include "engine/panels.h"
#include "engine/path.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>

enum { STRETCH = 1 << 18 }; /* bytes between two looks at whether to go on */

/* What is done at first use. */
enum { WIDENED, TOKENIZER, HASH, LAZY };

struct EngModel {
  atomic_int references;
  char *path, *name;
  EngConfig config;
  EngWeights weights;
  EngCheckpoint *checkpoint;
  EngBinder *binder;
  EngPanelStore *panels;
  EngArenaPool arenas;
  pthread_mutex_t locks[LAZY]; /* one for each: who encodes a text need not wait while a file is read whole */
  bool widened;
  size_t counted; /* bytes of the budget that widening took */
  size_t packed;  /* bytes of packed weights when the file was forgotten last */
  EngTokenizer *tokenizer;
  char hash[17]; /* "" until asked for */
};

/* The tensors are bound before anything is allocated by the config's sizes: a config that lies about them is
 * refused by the first shape. The layers themselves are bounded by ENG_MAX_LAYERS. */
static bool bind_weights(EngModel *model, EngError *err) {
  model->binder = eng_binder_new(model->checkpoint, err);
  if (!model->binder) return false;
  model->weights.layers = calloc((size_t)model->config.n_layers, sizeof *model->weights.layers);
  if (!model->weights.layers) return eng_error_memory(err, model->path, "its layers");
  eng_arch(model->config.arch)->bind(&model->weights, &model->config, model->binder);
  model->config.tied = model->weights.unembed.w.data == model->weights.embed;
  return eng_binder_finish(model->binder, err);
}

static bool open_folder(EngModel *model, const EngCancel *cancel, EngError *err) {
  if (!model->path || !model->name) return eng_error_memory(err, NULL, "a path");
  if (!eng_path_is_folder(model->path))
    return eng_error_set(err, model->path, NULL, "expected a model's folder, found %s",
                         eng_path_exists(model->path) ? "a file" : "nothing");
  if (!eng_config_load(&model->config, model->path, err)) return false;
  model->checkpoint = eng_checkpoint_open(model->path, cancel, err);
  if (!model->checkpoint || !bind_weights(model, err)) return false;
  if (eng_cancel_raised(cancel)) return eng_error_set(err, model->path, NULL, "cancelled");
  model->panels = eng_panels_reserve(&model->weights, model->config.n_layers);
  return true;
}

EngModel *eng_model_open_until(const char *folder, const EngCancel *cancel, EngError *err) {
  EngModel *model = calloc(1, sizeof *model);
  if (!model) {
    eng_error_memory(err, folder, "a model");
    return NULL;
  }
  atomic_init(&model->references, 1);
  for (int i = 0; i < LAZY; i++) pthread_mutex_init(&model->locks[i], NULL);
  eng_arena_pool_init(&model->arenas);
  model->path = strdup(folder);
  model->name = eng_model_name_of(folder);
  if (open_folder(model, cancel, err)) return model;
  eng_model_release(model);
  return NULL;
}

EngModel *eng_model_open(const char *folder, EngError *err) { return eng_model_open_until(folder, NULL, err); }

EngModel *eng_model_retain(EngModel *model) {
  atomic_fetch_add(&model->references, 1);
  return model;
}

void eng_model_release(EngModel *model) {
  if (!model || atomic_fetch_sub(&model->references, 1) > 1) return;
  eng_tokenizer_free(model->tokenizer);
  eng_panels_free(model->panels);
  free(model->weights.layers);
  eng_binder_free(model->binder);
  eng_budget_give(model->counted);
  eng_checkpoint_close(model->checkpoint);
  for (int i = 0; i < LAZY; i++) pthread_mutex_destroy(&model->locks[i]);
  eng_arena_pool_close(&model->arenas);
  free(model->path);
  free(model->name);
  free(model);
}

const EngConfig *eng_model_config(const EngModel *model) { return &model->config; }

const EngWeights *eng_model_weights(const EngModel *model) { return &model->weights; }

const char *eng_model_name(const EngModel *model) { return model->name; }

const char *eng_model_path(const EngModel *model) { return model->path; }

const char *eng_model_dtype(const EngModel *model) { return eng_binder_dtype(model->binder); }

uint64_t eng_model_parameters(const EngModel *model) { return eng_binder_parameters(model->binder); }

size_t eng_model_cache_bytes(EngModel *model) {
  return eng_binder_cache_bytes(model->binder) + eng_panels_bytes(model->panels) +
         eng_arena_pool_bytes(&model->arenas);
}

EngArenaPool *eng_model_arenas(EngModel *model) { return &model->arenas; }

const EngTokenizer *eng_model_tokenizer_until(EngModel *model, const EngCancel *cancel, EngError *err) {
  pthread_mutex_lock(&model->locks[TOKENIZER]);
  if (!model->tokenizer) model->tokenizer = eng_tokenizer_open(model->path, &model->config, cancel, err);
  const EngTokenizer *tokenizer = model->tokenizer;
  pthread_mutex_unlock(&model->locks[TOKENIZER]);
  return tokenizer;
}

const EngTokenizer *eng_model_tokenizer(EngModel *model, EngError *err) {
  return eng_model_tokenizer_until(model, NULL, err);
}

static bool hash_bytes(const unsigned char *bytes, size_t n, XXH3_state_t *state, const EngCancel *cancel) {
  for (size_t part; n > 0; bytes += part, n -= part) {
    if (eng_cancel_raised(cancel)) return false;
    part = n < STRETCH ? n : STRETCH;
    XXH3_64bits_update(state, bytes, part);
  }
  return true;
}

/* Every tensor of the file, also those that the model does not use, in the bytewise order of their names:
 * its name, then its bytes. */
static bool hash_tensors(const EngCheckpoint *checkpoint, XXH3_state_t *state, const EngCancel *cancel) {
  XXH3_64bits_reset(state);
  for (size_t i = 0; i < eng_checkpoint_count(checkpoint); i++) {
    const EngSafetensor *tensor = eng_checkpoint_at(checkpoint, i);
    XXH3_64bits_update(state, tensor->name, strlen(tensor->name));
    if (!hash_bytes(tensor->data, tensor->size, state, cancel)) return false;
    eng_checkpoint_forget(checkpoint);
  }
  return true;
}

const char *eng_model_hash_until(EngModel *model, const EngCancel *cancel) {
  bool done = true;
  pthread_mutex_lock(&model->locks[HASH]);
  XXH3_state_t *state = model->hash[0] ? NULL : XXH3_createState();
  if (state && (done = hash_tensors(model->checkpoint, state, cancel)))
    snprintf(model->hash, sizeof model->hash, "%016llx", (unsigned long long)XXH3_64bits_digest(state));
  XXH3_freeState(state);
  pthread_mutex_unlock(&model->locks[HASH]);
  return done ? model->hash : NULL;
}

const char *eng_model_hash(EngModel *model) { return eng_model_hash_until(model, NULL); }

/* Whether the machine has that much memory at all; the kernel grants more than it has. */
static bool fits(size_t bytes) {
  long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
  return pages <= 0 || page <= 0 || bytes / (size_t)page < (size_t)pages;
}

/* What is widened counts from then on, whole or not. */
static bool widen(EngModel *model, size_t bytes, const EngCancel *cancel, EngError *err) {
  if (model->widened) return true;
  if (!model->counted && !eng_budget_take(bytes)) return eng_budget_error(err, "weights", bytes);
  model->counted = bytes;
  model->widened = eng_binder_widen(model->binder, cancel);
  return model->widened || eng_error_set(err, model->path, NULL, "cancelled");
}

/* When all weights that are multiplied with are packed, those in the file are not read again. */
static void forget_packed(EngModel *model) {
  size_t packed = eng_panels_bytes(model->panels);
  if (packed == model->packed || !eng_panels_settled(model->panels)) return;
  model->packed = packed;
  eng_checkpoint_forget(model->checkpoint);
}

bool eng_model_ready_until(EngModel *model, const EngCancel *cancel, EngError *err) {
  size_t bytes = eng_binder_cache_bytes(model->binder);
  if (!fits(bytes))
    return eng_error_set(err, model->path, NULL, "expected memory for %zu bytes of widened weights, found less",
                         bytes);
  pthread_mutex_lock(&model->locks[WIDENED]);
  bool ok = widen(model, bytes, cancel, err);
  if (ok) forget_packed(model);
  pthread_mutex_unlock(&model->locks[WIDENED]);
  return ok;
}

bool eng_model_ready(EngModel *model, EngError *err) { return eng_model_ready_until(model, NULL, err); }
