/* The two kinds of source that others are made of: a run, asked for its kept activations whenever a view wants
 * them, and a record, whose tensors are there already. */
#include "engine/source_impl.h"

#include "engine/safetensors.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Parts of a record come in the order of their blocks; a pair's slices are of the only one. */
static const EngPart *part_of(const EngSource *source, const EngBlock *block) {
  return &source->record.parts[block->whole];
}

/* One layer's activation; empty when a run does not have it, which callers have excluded. */
static EngTensor layer_of(const EngSource *source, const EngTensor *recorded, EngActivation id, int layer) {
  EngTensor tensor = {0};
  if (!source->run) return recorded[layer];
  return eng_run_get(source->run, 0, id, layer, &tensor, NULL) ? tensor : (EngTensor){0};
}

static void close_plain(EngSource *source) {
  if (source->run)
    eng_run_release(source->run);
  else
    eng_record_close(&source->record);
}

static const EngInput *plain_input(const EngSource *source) {
  return source->run ? eng_run_input(source->run, 0) : source->record.parts[0].rows;
}

static int plain_layers_done(const EngSource *source) {
  if (source->run) return eng_run_layers_done(source->run);
  int most = 0;
  for (int i = 0; i < source->record.n_parts; i++)
    if (source->record.parts[i].n_layers > most) most = source->record.parts[i].n_layers;
  return most;
}

static EngTensor plain_pattern(const EngSource *source, int block, int layer, int head) {
  const EngPart *part = part_of(source, &source->blocks[block]);
  EngTensor tensor = layer_of(source, part->pattern, ENG_ACT_PATTERN, layer); /* (H, R, C) */
  return tensor.rank == 3 ? eng_tensor_select(tensor, 0, (size_t)head) : (EngTensor){0};
}

static EngTensor plain_coarse(const EngSource *source, int block, int layer, int head) {
  const EngBlock *b = &source->blocks[block];
  if (source->run) return eng_run_coarse(source->run, layer, head);
  return eng_coarse_get(&part_of(source, b)->coarse, (size_t)(layer * b->n_heads + head));
}

static const EngSourceKind plain = {.close = close_plain,
                                    .input = plain_input,
                                    .layers_done = plain_layers_done,
                                    .pattern = plain_pattern,
                                    .coarse = plain_coarse};

/* --- from a run */

static bool keeps_all(const EngRun *run, EngActivation id) {
  int n_layers = eng_model_config(eng_run_model(run))->n_layers;
  for (int layer = 0; layer < n_layers; layer++)
    if (!eng_keep_has(eng_run_keep(run), id, layer)) return false;
  return true;
}

/* A view of a run needs every layer's pattern over the run's own tokens: keys of a past have none here. */
static bool check_run(const EngRun *run, EngError *err) {
  EngTensor pattern;
  size_t n = (size_t)eng_run_input(run, 0)->n_tokens;
  if (!eng_run_get(run, 0, ENG_ACT_PATTERN, ENG_ALL_LAYERS, &pattern, err)) return false; /* (L, H, T, K) */
  if (pattern.shape[3] == n) return true;
  return eng_error_set(err, NULL, "run", "expected one without a past, found %zu keys for %zu tokens",
                       pattern.shape[3], n);
}

EngSource *eng_source_from_run(EngRun *run, EngError *err) {
  if (!check_run(run, err)) return NULL;
  EngSource *source = eng_source_new(&plain, err);
  if (!source) return NULL;
  const EngConfig *config = eng_model_config(eng_run_model(run));
  bool has_qk = keeps_all(run, ENG_ACT_Q) && keeps_all(run, ENG_ACT_K), has_v = keeps_all(run, ENG_ACT_V);
  source->run = eng_run_retain(run);
  EngBlock whole = {.n_layers = config->n_layers,
                    .n_heads = config->n_heads,
                    .causal = config->causal,
                    .lower = config->causal && eng_run_plain(run),
                    .has_qk = has_qk,
                    .has_v = has_v,
                    .d_head = has_qk || has_v ? config->d_head : 0};
  eng_source_add_blocks(source, &whole);
  return source;
}

/* --- from a record */

static EngBlock whole_of(const EngPart *part) {
  return (EngBlock){.n_layers = part->n_layers,
                    .n_heads = part->n_heads,
                    .causal = part->causal,
                    .lower = part->lower,
                    .has_qk = part->has_qk,
                    .has_v = part->has_v,
                    .d_head = part->d_head};
}

/* Of an encoder-decoder: a whole block of its own. */
static void add_part(EngSource *source, const EngPart *part) {
  EngBlock *block = &source->blocks[source->n_blocks];
  *block = whole_of(part);
  snprintf(block->key, sizeof block->key, "%s", part->key);
  block->title = part->title;
  block->whole = source->n_blocks++;
  block->rows = part->rows->tokens, block->n_rows = part->rows->n_tokens;
  block->columns = part->columns->tokens, block->n_columns = part->columns->n_tokens;
}

EngSource *eng_source_open(const char *path, EngError *err) {
  EngSource *source = eng_source_new(&plain, err);
  if (!source) return NULL;
  if (!eng_record_open(&source->record, path, err)) {
    free(source);
    return NULL;
  }
  const EngPart *first = &source->record.parts[0];
  if (strcmp(first->key, "all") == 0) {
    EngBlock whole = whole_of(first);
    eng_source_add_blocks(source, &whole);
  } else {
    for (int i = 0; i < source->record.n_parts; i++) add_part(source, &source->record.parts[i]);
  }
  return source;
}

void eng_source_forget(const EngSource *source) { eng_safetensors_forget(eng_source_base(source)->record.file); }

/* --- vectors, which only these two have */

/* (T, H, d_head) to (n, d_head). */
static EngTensor vectors(EngTensor tensor, int head, int start, int n) {
  if (tensor.rank != 3) return tensor;
  return eng_tensor_slice(eng_tensor_select(tensor, 1, (size_t)head), 0, (size_t)start, (size_t)(start + n));
}

EngTensor eng_source_queries(const EngSource *source, int block, int layer, int head) {
  source = eng_source_base(source);
  const EngBlock *b = &source->blocks[block];
  return vectors(layer_of(source, part_of(source, b)->q, ENG_ACT_Q, layer), head, b->row_start, b->n_rows);
}

EngTensor eng_source_keys(const EngSource *source, int block, int layer, int head) {
  source = eng_source_base(source);
  const EngBlock *b = &source->blocks[block];
  return vectors(layer_of(source, part_of(source, b)->k, ENG_ACT_K, layer), head, b->column_start, b->n_columns);
}

EngTensor eng_source_values(const EngSource *source, int block, int layer, int head) {
  source = eng_source_base(source);
  const EngBlock *b = &source->blocks[block];
  return vectors(layer_of(source, part_of(source, b)->v, ENG_ACT_V, layer), head, b->column_start, b->n_columns);
}
