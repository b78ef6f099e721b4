/* How derived attention lies in memory: one grid for every whole block of the base, its tokens or words, and the
 * patterns that will come out. */
#include "engine/derived.h"

#include "engine/arena.h"

#include <stdlib.h>

int eng_derived_heads(const EngDerived *derived, const EngBlock *block) {
  int n = 0;
  bool picked = derived->merge.kind == ENG_MERGE_PICKED;
  for (int layer = 0; layer < (picked ? block->n_layers : 1); layer++)
    for (int head = 0; head < block->n_heads; head++) n += eng_merge_has(&derived->merge, layer, head);
  return n;
}

static bool allocate(const EngDerived *derived, EngGrid *grid, EngError *err) {
  const EngBlock *block = eng_source_block(derived->base, grid->block), *made = &derived->blocks[grid->block];
  EngMergeKind kind = derived->merge.kind;
  size_t n = (size_t)block->n_rows * (size_t)block->n_columns;
  size_t shape[] = {(size_t)grid->n_out, (size_t)grid->rows.n, (size_t)grid->columns.n};
  size_t n_out = (size_t)made->n_layers * shape[0], n_coarse = eng_coarse_floats(n_out, shape[1], shape[2]);
  size_t bytes = (n_out * shape[1] * shape[2] + n_coarse) * sizeof(float);
  if (bytes > eng_memory_available())
    return eng_error_set(err, NULL, "merge", "expected %zu bytes of memory, found %zu free", bytes,
                         eng_memory_available());
  bool keeps = eng_merge_takes_layers(kind) || kind == ENG_MERGE_ROLLOUT;
  grid->out = calloc((size_t)made->n_layers, sizeof *grid->out);
  grid->one = malloc(n * sizeof(float));
  grid->two = malloc(n * sizeof(float));
  grid->kept = keeps ? malloc((size_t)grid->n_out * n * sizeof(float)) : NULL;
  if (!grid->out || !grid->one || !grid->two || (keeps && !grid->kept))
    return eng_error_memory(err, NULL, "merged attention");
  for (int layer = 0; layer < made->n_layers; layer++)
    if (!eng_tensor_new(&grid->out[layer], 3, shape, err)) return false;
  return eng_coarse_new(&grid->coarse, n_out, shape[1], shape[2], err);
}

/* Where the slices of a block begin. */
static void cut_slices(const EngDerived *derived, int whole, bool *rows, bool *columns) {
  for (int i = 0; i < eng_source_n_blocks(derived->base); i++) {
    const EngBlock *block = eng_source_block(derived->base, i);
    if (block->whole != whole || block->n_rows < 1 || block->n_columns < 1) continue;
    rows[block->row_start] = columns[block->column_start] = true;
  }
}

static bool make_spans(EngDerived *derived, EngGrid *grid, EngError *err) {
  const EngBlock *block = eng_source_block(derived->base, grid->block);
  int n_rows = block->n_rows, n_columns = block->n_columns;
  if (!derived->merge.words)
    return eng_spans_single(&grid->rows, block->rows, n_rows, err) &&
           eng_spans_single(&grid->columns, block->columns, n_columns, err);
  bool *cuts = calloc((size_t)n_rows + (size_t)n_columns + 1, sizeof *cuts);
  if (!cuts) return eng_error_memory(err, NULL, "words");
  cut_slices(derived, grid->block, cuts, cuts + n_rows);
  const EngInput *input = eng_source_input(derived->base);
  EngSpansOf rows = {block->rows, n_rows, input, cuts}, columns = {block->columns, n_columns, input, cuts + n_rows};
  bool ok = eng_spans_make(&grid->rows, &rows, err) && eng_spans_make(&grid->columns, &columns, err);
  free(cuts);
  return ok;
}

/* Words first … first + n - 1 of the tokens [start, start + n). */
static EngSpan words_of(const EngSpans *spans, int start, int n) {
  if (n < 1) return (EngSpan){0, 0};
  return (EngSpan){spans->of[start], spans->of[start + n - 1] - spans->of[start] + 1};
}

static void make_block(EngDerived *derived, int i) {
  const EngGrid *grid = &derived->grids[derived->grid_of[i]];
  EngBlock *block = &derived->blocks[i];
  const EngMerge *merge = &derived->merge;
  bool plain = merge->kind == ENG_MERGE_NONE && !merge->words;
  *block = *eng_source_block(derived->base, i);
  EngSpan rows = words_of(&grid->rows, block->row_start, block->n_rows);
  EngSpan columns = words_of(&grid->columns, block->column_start, block->n_columns);
  block->rows = grid->rows.tokens + rows.first;
  block->columns = grid->columns.tokens + columns.first;
  block->row_start = rows.first, block->n_rows = grid->refused ? 0 : rows.n;
  block->column_start = columns.first, block->n_columns = grid->refused ? 0 : columns.n;
  block->has_qk = block->has_qk && plain;
  block->has_v = block->has_v && plain;
  if (!plain) block->d_head = 0;
  block->lower = block->lower && !merge->words;
  if (merge->words) block->no_qk = "Words have no queries and keys: these belong to tokens.";
  if (merge->kind != ENG_MERGE_NONE) block->no_qk = "What is put together has no queries and keys of its own.";
  const char *measure = merge->maximum ? "max" : "mean";
  if (eng_merge_takes_heads(merge->kind)) block->n_heads = 1, block->heads = measure;
  if (eng_merge_takes_layers(merge->kind)) block->n_layers = 1, block->layers = measure;
  if (merge->kind == ENG_MERGE_ROLLOUT) block->heads = "rollout";
  if (grid->refused) block->note = "A rollout needs queries and keys of one sequence.";
}

static bool add_grid(EngDerived *derived, int block, EngError *err) {
  const EngBlock *whole = eng_source_block(derived->base, block);
  EngGrid *grid = &derived->grids[derived->n_grids];
  grid->block = block;
  grid->n_out = eng_merge_takes_heads(derived->merge.kind) ? 1 : whole->n_heads;
  grid->refused = derived->merge.kind == ENG_MERGE_ROLLOUT && whole->rows != whole->columns;
  derived->grid_of[block] = derived->n_grids++;
  if (grid->n_out == 1 && eng_merge_takes_heads(derived->merge.kind) && eng_derived_heads(derived, whole) == 0)
    return eng_error_set(err, NULL, "heads", "expected one to merge, found none of 0 to %d", whole->n_heads - 1);
  if (!make_spans(derived, grid, err)) return false;
  make_block(derived, block);
  return grid->refused || allocate(derived, grid, err);
}

static bool lay_out(EngDerived *derived, EngError *err) {
  int n = eng_source_n_blocks(derived->base);
  for (int i = 0; i < n; i++)
    if (eng_source_block(derived->base, i)->whole == i && !add_grid(derived, i, err)) return false;
  for (int i = 0; i < n; i++) {
    int whole = eng_source_block(derived->base, i)->whole;
    if (whole == i) continue;
    derived->grid_of[i] = derived->grid_of[whole];
    make_block(derived, i);
  }
  return true;
}

EngDerived *eng_derived_new(EngSource *base, const EngMerge *merge, EngError *err) {
  EngDerived *derived = calloc(1, sizeof *derived);
  if (!derived) {
    eng_error_memory(err, NULL, "merged attention");
    return NULL;
  }
  derived->base = eng_source_retain(base);
  derived->merge = *merge;
  atomic_init(&derived->done, 0);
  if (lay_out(derived, err)) return derived;
  eng_derived_free(derived);
  return NULL;
}

static void free_grid(const EngDerived *derived, EngGrid *grid) {
  int n_layers = derived->blocks[grid->block].n_layers;
  for (int layer = 0; grid->out && layer < n_layers; layer++) eng_tensor_release(&grid->out[layer]);
  free(grid->out);
  eng_coarse_free(&grid->coarse);
  free(grid->kept);
  free(grid->one);
  free(grid->two);
  eng_spans_free(&grid->rows);
  eng_spans_free(&grid->columns);
}

void eng_derived_free(EngDerived *derived) {
  if (!derived) return;
  for (int g = 0; g < derived->n_grids; g++) free_grid(derived, &derived->grids[g]);
  eng_source_release(derived->base);
  free(derived);
}

EngTensor eng_derived_pattern(const EngDerived *derived, int block, int layer, int head) {
  const EngGrid *grid = &derived->grids[derived->grid_of[block]];
  if (grid->refused) return (EngTensor){.rank = 2, .stride = {1, 1}};
  return eng_tensor_select(grid->out[layer], 0, (size_t)head);
}

EngTensor eng_derived_coarse(const EngDerived *derived, int block, int layer, int head) {
  const EngGrid *grid = &derived->grids[derived->grid_of[block]];
  return eng_coarse_get(&grid->coarse, (size_t)(layer * grid->n_out + head));
}

typedef struct Side {
  const EngSpans *spans;
  int tokens, words; /* where the block begins, in both */
} Side;

static Side side_of(const EngDerived *derived, int block, bool column) {
  const EngBlock *base = eng_source_block(derived->base, block), *made = &derived->blocks[block];
  const EngGrid *grid = &derived->grids[derived->grid_of[block]];
  return column ? (Side){&grid->columns, base->column_start, made->column_start}
                : (Side){&grid->rows, base->row_start, made->row_start};
}

int eng_derived_place(const EngDerived *derived, int block, bool column, int token) {
  Side side = side_of(derived, block, column);
  return side.spans->of[side.tokens + token] - side.words;
}

int eng_derived_token(const EngDerived *derived, int block, bool column, int place) {
  Side side = side_of(derived, block, column);
  return side.spans->at[side.words + place].first - side.tokens;
}
