/* A checkpoint of GPT-2-small's size with random weights, written to a folder of its own. */
#ifndef BENCH_SMALL_MODEL_H
#define BENCH_SMALL_MODEL_H

#include "engine/safetensors.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { D_MODEL = 768, D_MLP = 3072, N_LAYERS = 12, D_VOCAB = 50257, N_CTX = 1024, PARTS = 12, ENTRIES = 150 };

typedef struct SmallModel {
  float *noise, *ones; /* every tensor is a piece of one of these */
  EngSafetensorsEntry entries[ENTRIES];
  char names[ENTRIES][48];
  size_t count;
} SmallModel;

static inline void add_tensor(SmallModel *m, float *data, const char *name, size_t rows, size_t columns) {
  EngSafetensorsEntry *entry = &m->entries[m->count];
  snprintf(m->names[m->count++], sizeof m->names[0], "%s", name);
  entry->name = m->names[m->count - 1];
  entry->tensor = rows ? eng_tensor_view(data, 2, (size_t[]){rows, columns}) : eng_tensor_view(data, 1, &columns);
}

static inline void add_layer(SmallModel *m, int layer) {
  static const struct {
    const char *name;
    size_t rows, columns;
  } TENSORS[PARTS] = {{"ln_1.weight", 0, D_MODEL},
                      {"ln_1.bias", 0, D_MODEL},
                      {"attn.c_attn.weight", D_MODEL, 3 * D_MODEL},
                      {"attn.c_attn.bias", 0, 3 * D_MODEL},
                      {"attn.c_proj.weight", D_MODEL, D_MODEL},
                      {"attn.c_proj.bias", 0, D_MODEL},
                      {"ln_2.weight", 0, D_MODEL},
                      {"ln_2.bias", 0, D_MODEL},
                      {"mlp.c_fc.weight", D_MODEL, D_MLP},
                      {"mlp.c_fc.bias", 0, D_MLP},
                      {"mlp.c_proj.weight", D_MLP, D_MODEL},
                      {"mlp.c_proj.bias", 0, D_MODEL}};
  for (size_t i = 0; i < PARTS; i++) {
    char name[48];
    snprintf(name, sizeof name, "h.%d.%s", layer, TENSORS[i].name);
    float *noise = m->noise + ((size_t)layer * PARTS + i) * 4096;
    bool gain = i == 0 || i == 6;
    add_tensor(m, gain ? m->ones : noise, name, TENSORS[i].rows, TENSORS[i].columns);
  }
}

static inline bool write_config(const char *folder) {
  char path[512];
  snprintf(path, sizeof path, "%s/config.json", folder);
  FILE *file = fopen(path, "w");
  if (!file) return false;
  fprintf(file,
          "{\"model_type\": \"gpt2\", \"n_layer\": %d, \"n_head\": 12, \"n_embd\": %d, \"n_positions\": %d, "
          "\"vocab_size\": %d, \"activation_function\": \"gelu_new\", \"layer_norm_epsilon\": 1e-05, "
          "\"bos_token_id\": 50256}\n",
          N_LAYERS, D_MODEL, N_CTX, D_VOCAB);
  return fclose(file) == 0;
}

static inline bool write_small_model(const char *folder, EngError *err) {
  char path[512];
  size_t n = (size_t)D_VOCAB * D_MODEL;
  uint32_t seed = 1;
  SmallModel *m = calloc(1, sizeof *m);
  m->noise = malloc(n * sizeof(float)), m->ones = malloc(D_MODEL * sizeof(float));
  for (size_t i = 0; i < n; i++) {
    seed = seed * 1664525u + 1013904223u;
    m->noise[i] = ((float)(seed >> 8) / (float)(1 << 24) - 0.5f) * 0.07f; /* deviation 0.02 */
  }
  for (size_t i = 0; i < D_MODEL; i++) m->ones[i] = 1;
  add_tensor(m, m->noise, "wte.weight", D_VOCAB, D_MODEL);
  add_tensor(m, m->noise + 1000, "wpe.weight", N_CTX, D_MODEL);
  for (int layer = 0; layer < N_LAYERS; layer++) add_layer(m, layer);
  add_tensor(m, m->ones, "ln_f.weight", 0, D_MODEL);
  add_tensor(m, m->noise, "ln_f.bias", 0, D_MODEL);
  snprintf(path, sizeof path, "%s/model.safetensors", folder);
  bool ok = write_config(folder) && eng_safetensors_write(path, m->entries, m->count, NULL, 0, err);
  free(m->noise), free(m->ones), free(m);
  return ok;
}

#endif
