/* Kinds of source behind one face: what a view asks is passed on to the kind's own functions (source_plain.c,
 * source_made.c). Blocks of a pair are plain slices of the whole. */
#include "engine/source_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Every source of a process gets a number of its own; the only thing here that changes and is not a source's. */
static uint64_t next_serial(void) {
  static atomic_uint_fast64_t last;
  return atomic_fetch_add(&last, 1) + 1;
}

EngSource *eng_source_new(const EngSourceKind *kind, EngError *err) {
  EngSource *source = calloc(1, sizeof *source);
  if (!source) {
    eng_error_memory(err, NULL, "a source");
    return NULL;
  }
  atomic_init(&source->references, 1);
  source->kind = kind;
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

void eng_source_add_blocks(EngSource *source, const EngBlock *whole) {
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

EngSource *eng_source_retain(EngSource *source) {
  atomic_fetch_add(&source->references, 1);
  return source;
}

void eng_source_release(EngSource *source) {
  if (!source || atomic_fetch_sub(&source->references, 1) > 1) return;
  source->kind->close(source);
  free(source);
}

bool eng_source_advance(EngSource *source, const EngCancel *cancel, EngError *err) {
  return !source->kind->advance || source->kind->advance(source, cancel, err);
}

bool eng_source_behind(const EngSource *source) { return source->kind->behind && source->kind->behind(source); }

EngSource *eng_source_base(const EngSource *source) {
  return source->base ? source->base : (EngSource *)(uintptr_t)source;
}

static const EngSource *owner(const EngSource *source) { return source->owner ? source->owner : source; }

const char *eng_source_name(const EngSource *source) {
  source = owner(source);
  return source->run ? eng_model_name(eng_run_model(source->run)) : source->record.name;
}

const char *eng_source_hash_until(EngSource *whose, const EngCancel *cancel) {
  const EngSource *source = owner(whose);
  return source->run ? eng_model_hash_until(eng_run_model(source->run), cancel) : source->record.hash;
}

const char *eng_source_hash(EngSource *source) { return eng_source_hash_until(source, NULL); }

const EngInput *eng_source_input(const EngSource *source) { return source->kind->input(source); }

int eng_source_n_blocks(const EngSource *source) { return source->n_blocks; }

const EngBlock *eng_source_block(const EngSource *source, int block) { return &source->blocks[block]; }

int eng_source_find_block(const EngSource *source, const char *key) {
  for (int i = 0; i < source->n_blocks; i++)
    if (strcmp(source->blocks[i].key, key) == 0) return i;
  return -1;
}

int eng_source_layers_done(const EngSource *source) { return source->kind->layers_done(source); }

EngRun *eng_source_run(const EngSource *source) { return eng_source_base(source)->run; }

int eng_source_place(const EngSource *source, int block, bool column, int token) {
  return source->kind->place ? source->kind->place(source, block, column, token) : token;
}

int eng_source_token(const EngSource *source, int block, bool column, int place) {
  return source->kind->token ? source->kind->token(source, block, column, place) : place;
}

const char *eng_source_note(const EngSource *source, const char *key) {
  source = eng_source_base(source);
  return source->run ? NULL : eng_record_note(&source->record, key);
}

bool eng_source_has(const EngSource *source, const char *name) {
  source = eng_source_base(source);
  return !source->run && eng_record_has(&source->record, name);
}

bool eng_source_recorded(const EngSource *source, const char *name, EngTensor *out, EngError *err) {
  source = eng_source_base(source);
  if (!source->run) return eng_record_tensor(&source->record, name, out, err);
  return eng_error_set(err, NULL, name, "expected a recorded run, found one of a model");
}

uint64_t eng_source_serial(const EngSource *source) { return source->serial; }

uint64_t eng_source_version(const EngSource *source) {
  return source->serial << 16 | (uint64_t)eng_source_layers_done(source);
}

EngTensor eng_source_pattern(const EngSource *source, int block, int layer, int head) {
  const EngBlock *b = &source->blocks[block];
  EngTensor tensor = source->kind->pattern(source, block, layer, head);
  if (tensor.rank != 2) return tensor;
  tensor = eng_tensor_slice(tensor, 0, (size_t)b->row_start, (size_t)(b->row_start + b->n_rows));
  return eng_tensor_slice(tensor, 1, (size_t)b->column_start, (size_t)(b->column_start + b->n_columns));
}

EngTensor eng_source_coarse(const EngSource *source, int block, int layer, int head) {
  if (source->blocks[block].whole != block) return (EngTensor){0};
  return source->kind->coarse(source, block, layer, head);
}
