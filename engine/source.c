/* Four kinds of source behind one face: a run, asked for its kept activations whenever a view wants them, a
 * record, whose tensors are there already, attention derived from another source, and the difference of two. Blocks
 * of a pair are plain slices of the whole. What they weigh is read in source_value.c. */
#include "engine/source_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Every source of a process gets a number of its own; the only thing here that changes and is not a source's. */
static uint64_t next_serial(void) {
  static atomic_uint_fast64_t last;
  return atomic_fetch_add(&last, 1) + 1;
}

static EngSource *new_source(EngError *err) {
  EngSource *source = calloc(1, sizeof *source);
  if (!source) {
    eng_error_memory(err, NULL, "a source");
    return NULL;
  }
  atomic_init(&source->references, 1);
  source->serial = next_serial();
  return source;
}

/* Rows [row, row_end) and columns [column, column_end) of `whole`. */
static void add_block(EngSource *source, const EngBlock *whole, const char *key, const char *title, const int *rows,
                      const int *columns) {
  EngBlock *block = &source->blocks[source->n_blocks++];
  const EngToken *tokens = eng_source_input(source)->tokens;
  *block = *whole;
  snprintf(block->key, sizeof block->key, "%s", key);
  block->title = title;
  block->rows = tokens + rows[0];
  block->n_rows = rows[1] - rows[0];
  block->row_start = rows[0];
  block->columns = tokens + columns[0];
  block->n_columns = columns[1] - columns[0];
  block->column_start = columns[0];
  block->lower = whole->lower && rows[0] == columns[0];
}

static void add_blocks(EngSource *source, const EngBlock *whole) {
  const EngInput *input = eng_source_input(source);
  int n = input->n_tokens, split = input->pair_start;
  const int all[] = {0, n}, a[] = {0, split}, b[] = {split, n};
  add_block(source, whole, "all", "All", all, all);
  if (split <= 0 || split >= n) return;
  add_block(source, whole, "aa", "A → A", a, a);
  add_block(source, whole, "ab", "A → B", a, b);
  add_block(source, whole, "ba", "B → A", b, a);
  add_block(source, whole, "bb", "B → B", b, b);
}

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
  EngSource *source = new_source(err);
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
  add_blocks(source, &whole);
  return source;
}

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
  EngSource *source = new_source(err);
  if (!source) return NULL;
  if (!eng_record_open(&source->record, path, err)) {
    free(source);
    return NULL;
  }
  const EngPart *first = &source->record.parts[0];
  if (strcmp(first->key, "all") == 0) {
    EngBlock whole = whole_of(first);
    add_blocks(source, &whole);
  } else {
    for (int i = 0; i < source->record.n_parts; i++) add_part(source, &source->record.parts[i]);
  }
  return source;
}

EngSource *eng_source_derive(EngSource *base, const EngMerge *merge, EngError *err) {
  EngSource *source = new_source(err);
  if (!source) return NULL;
  source->derived = eng_derived_new(base, merge, err);
  if (!source->derived) {
    free(source);
    return NULL;
  }
  source->n_blocks = base->n_blocks;
  memcpy(source->blocks, source->derived->blocks, sizeof source->blocks);
  return source;
}

EngSource *eng_source_difference(EngSource *first, EngSource *second, const EngCancel *cancel, EngError *err) {
  EngSource *source = new_source(err);
  if (!source) return NULL;
  EngDifference *difference = source->difference = eng_difference_new(first, second, cancel, err);
  if (!difference) {
    free(source);
    return NULL;
  }
  const EngBlock *a = &first->blocks[0], *b = &second->blocks[0];
  EngBlock whole = {.n_layers = a->n_layers,
                    .n_heads = a->n_heads,
                    .causal = a->causal && b->causal,
                    .heads = a->heads,
                    .layers = a->layers,
                    .signs = true,
                    .most = difference->most};
  add_blocks(source, &whole);
  return source;
}

bool eng_source_advance(EngSource *source, const EngCancel *cancel, EngError *err) {
  return !source->derived || eng_derived_advance(source->derived, cancel, err);
}

bool eng_source_behind(const EngSource *source) { return source->derived && eng_derived_behind(source->derived); }

EngSource *eng_source_base(const EngSource *source) {
  return source->derived ? source->derived->base : (EngSource *)(uintptr_t)source;
}

/* Whose model it is. */
static const EngSource *owner(const EngSource *source) {
  return eng_source_base(source->difference ? source->difference->of[0] : source);
}

bool eng_block_sink(const EngBlock *block, int column) {
  const EngToken *token = &block->columns[column];
  bool first = block->column_start + column == 0;
  return block->causal ? first : !first && token->special && token->sentence < 0;
}

const char *eng_block_name(const EngBlock *block, int layer, int head, char *out, size_t size) {
  char left[24], right[24];
  snprintf(left, sizeof left, "%d", layer);
  snprintf(right, sizeof right, "%d", head);
  if (block->layers && block->heads)
    snprintf(out, size, "%s", block->heads);
  else
    snprintf(out, size, "%s.%s", block->layers ? block->layers : left, block->heads ? block->heads : right);
  return out;
}

int eng_source_place(const EngSource *source, int block, bool column, int token) {
  return source->derived ? eng_derived_place(source->derived, block, column, token) : token;
}

int eng_source_token(const EngSource *source, int block, bool column, int place) {
  return source->derived ? eng_derived_token(source->derived, block, column, place) : place;
}

EngSource *eng_source_retain(EngSource *source) {
  atomic_fetch_add(&source->references, 1);
  return source;
}

void eng_source_release(EngSource *source) {
  if (!source || atomic_fetch_sub(&source->references, 1) > 1) return;
  eng_derived_free(source->derived);
  eng_difference_free(source->difference);
  if (source->run)
    eng_run_release(source->run);
  else
    eng_record_close(&source->record);
  free(source);
}

const char *eng_source_name(const EngSource *source) {
  source = owner(source);
  return source->run ? eng_model_name(eng_run_model(source->run)) : source->record.name;
}

const char *eng_source_hash_until(EngSource *whose, const EngCancel *cancel) {
  const EngSource *source = owner(whose);
  return source->run ? eng_model_hash_until(eng_run_model(source->run), cancel) : source->record.hash;
}

const char *eng_source_hash(EngSource *source) { return eng_source_hash_until(source, NULL); }

const EngInput *eng_source_input(const EngSource *source) {
  if (source->difference) return source->difference->input;
  source = eng_source_base(source);
  return source->run ? eng_run_input(source->run, 0) : source->record.parts[0].rows;
}

int eng_source_n_blocks(const EngSource *source) { return source->n_blocks; }

const EngBlock *eng_source_block(const EngSource *source, int block) { return &source->blocks[block]; }

int eng_source_find_block(const EngSource *source, const char *key) {
  for (int i = 0; i < source->n_blocks; i++)
    if (strcmp(source->blocks[i].key, key) == 0) return i;
  return -1;
}

int eng_source_layers_done(const EngSource *source) {
  if (source->derived) return atomic_load(&source->derived->done);
  if (source->difference) return source->blocks[0].n_layers;
  if (source->run) return eng_run_layers_done(source->run);
  int most = 0;
  for (int i = 0; i < source->record.n_parts; i++)
    if (source->record.parts[i].n_layers > most) most = source->record.parts[i].n_layers;
  return most;
}

EngRun *eng_source_run(const EngSource *source) { return source->difference ? NULL : eng_source_base(source)->run; }

bool eng_source_recorded(const EngSource *source, const char *name, EngTensor *out, EngError *err) {
  source = eng_source_base(source);
  if (!source->run) return eng_record_tensor(&source->record, name, out, err);
  return eng_error_set(err, NULL, name, "expected a recorded run, found one of a model");
}

uint64_t eng_source_serial(const EngSource *source) { return source->serial; }

uint64_t eng_source_version(const EngSource *source) {
  return source->serial << 16 | (uint64_t)eng_source_layers_done(source);
}
