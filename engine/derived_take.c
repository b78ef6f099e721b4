/* A layer of the base goes in, head by head: heads are merged, then layers or the rollout, then words, then the
 * sink is taken out. Everything in between is one pattern of tokens (R, C), in C order; what comes out is one of
 * words. A rollout is R_l = (0.5 A_l + 0.5 I) R_{l-1}, A_l the mean of the heads: row q of R_l says from which
 * input tokens position q is mixed after layer l. */
#include "engine/derived.h"

#include "engine/gemm.h"
#include "engine/ops.h"

#include <string.h>

/* --- one pattern */

/* Row `i` of a pattern, from a tensor with any strides. */
static const float *row_of(const EngTensor *weights, int i, float *buffer) {
  const float *row = weights->data + i * weights->stride[0];
  if (weights->stride[1] == 1) return row;
  for (size_t j = 0; j < weights->shape[1]; j++) buffer[j] = row[(ptrdiff_t)j * weights->stride[1]];
  return buffer;
}

/* Puts `n` numbers beside those that are there. */
static void fold(float *into, const float *from, size_t n, bool maximum) {
  if (!maximum) {
    eng_ops()->add(into, from, into, n);
    return;
  }
  for (size_t i = 0; i < n; i++) into[i] = from[i] > into[i] ? from[i] : into[i];
}

static void scale(float *x, size_t n, float by) {
  for (size_t i = 0; i < n; i++) x[i] *= by;
}

/* One head, or all that are merged, into `out`; false where none is. Of picked ones the sum: how many there are in
 * all is known in the end. */
static bool gather(const EngDerived *derived, const EngGrid *grid, int layer, int head, float *out) {
  const EngBlock *block = eng_source_block(derived->base, grid->block);
  const EngMerge *merge = &derived->merge;
  bool several = eng_merge_takes_heads(merge->kind), first = true;
  bool maximum = merge->maximum && merge->kind != ENG_MERGE_ROLLOUT;
  size_t columns = (size_t)block->n_columns;
  for (int h = several ? 0 : head; several ? h < block->n_heads : h == head; h++) {
    if (several && !eng_merge_has(merge, layer, h)) continue;
    EngTensor weights = eng_source_pattern(derived->base, grid->block, layer, h);
    for (int i = 0; i < block->n_rows; i++) {
      float *into = out + (size_t)i * columns;
      const float *row = row_of(&weights, i, grid->two);
      if (first)
        memcpy(into, row, columns * sizeof *row);
      else
        fold(into, row, columns, maximum);
    }
    first = false;
  }
  int n = several && merge->kind != ENG_MERGE_PICKED ? eng_derived_heads(derived, block) : 1;
  if (n > 1 && !maximum) scale(out, (size_t)block->n_rows * columns, 1 / (float)n);
  return !first;
}

/* --- over layers */

/* Into what was merged of the layers before; `now` is NULL where this one has nothing. */
static void fold_layer(const EngDerived *derived, const EngBlock *block, int layer, float *kept, const float *now) {
  size_t n = (size_t)block->n_rows * (size_t)block->n_columns;
  bool picked = derived->merge.kind == ENG_MERGE_PICKED;
  if (layer == 0) memset(kept, 0, n * sizeof *kept);
  if (now) fold(kept, now, n, derived->merge.maximum);
  int of = picked ? eng_derived_heads(derived, block) : block->n_layers;
  if (layer + 1 == block->n_layers && !derived->merge.maximum) scale(kept, n, 1 / (float)of);
}

/* R becomes (0.5 A + 0.5 I) R. */
static bool roll(EngGrid *grid, size_t n, int layer, float *now, EngError *err) {
  float *before = grid->kept;
  scale(now, n * n, 0.5f);
  for (size_t i = 0; i < n; i++) now[i * n + i] += 0.5f;
  if (layer == 0) {
    memcpy(before, now, n * n * sizeof *now);
    return true;
  }
  EngGemm product = {
      .m = n, .n = n, .k = n, .a = now, .b = before, .c = grid->two, .lda = n, .ldb = n, .ldc = n, .alpha = 1};
  if (!eng_gemm(&product)) return eng_error_memory(err, NULL, "a product");
  memcpy(before, grid->two, n * n * sizeof *before);
  return true;
}

/* --- words and the sink */

/* Sum over keys, mean over queries. */
static void merge_words(const EngGrid *grid, const float *tokens, size_t n_columns, float *out) {
  for (int r = 0; r < grid->rows.n; r++) {
    EngSpan rows = grid->rows.at[r];
    float *into = out + (size_t)r * (size_t)grid->columns.n;
    for (int c = 0; c < grid->columns.n; c++) {
      EngSpan columns = grid->columns.at[c];
      double sum = 0;
      for (int i = rows.first; i < rows.first + rows.n; i++)
        for (int j = columns.first; j < columns.first + columns.n; j++)
          sum += (double)tokens[(size_t)i * n_columns + (size_t)j];
      into[c] = (float)(sum / rows.n);
    }
  }
}

/* A row of which nothing is left stays empty. */
static void leave_sink_out(const EngBlock *words, float *out) {
  for (int i = 0; i < words->n_rows; i++) {
    float *row = out + (size_t)i * (size_t)words->n_columns;
    double left = 0;
    for (int j = 0; j < words->n_columns; j++) {
      if (eng_block_sink(words, j)) row[j] = 0;
      left += (double)row[j];
    }
    if (left > 0) scale(row, (size_t)words->n_columns, (float)(1 / left));
  }
}

static void finish(const EngDerived *derived, const EngGrid *grid, int layer, int head, const float *tokens) {
  const EngBlock *base = eng_source_block(derived->base, grid->block), *words = &derived->blocks[grid->block];
  size_t n = (size_t)words->n_rows * (size_t)words->n_columns;
  float *out = grid->out[layer].data + (size_t)head * n;
  if (derived->merge.words)
    merge_words(grid, tokens, (size_t)base->n_columns, out);
  else
    memcpy(out, tokens, n * sizeof *out);
  if (derived->merge.renormalise) leave_sink_out(words, out);
  EngTensor made = eng_tensor_select(grid->out[layer], 0, (size_t)head);
  eng_coarse_put(&grid->coarse, (size_t)(layer * grid->n_out + head), 0, &made, words->lower);
}

/* --- layer by layer */

static bool take_head(const EngDerived *derived, EngGrid *grid, int layer, int head, EngError *err) {
  const EngBlock *block = eng_source_block(derived->base, grid->block);
  size_t n = (size_t)block->n_rows * (size_t)block->n_columns;
  float *kept = grid->kept ? grid->kept + (size_t)head * n : NULL;
  bool any = gather(derived, grid, layer, head, grid->one);
  if (derived->merge.kind == ENG_MERGE_ROLLOUT && !roll(grid, (size_t)block->n_rows, layer, grid->one, err))
    return false;
  if (eng_merge_takes_layers(derived->merge.kind)) {
    fold_layer(derived, block, layer, kept, any ? grid->one : NULL);
    if (layer + 1 == block->n_layers) finish(derived, grid, 0, head, kept);
  } else {
    finish(derived, grid, layer, head, kept ? kept : grid->one);
  }
  return true;
}

static bool take_layer(EngDerived *derived, int layer, const EngCancel *cancel, EngError *err) {
  for (int g = 0; g < derived->n_grids; g++) {
    EngGrid *grid = &derived->grids[g];
    if (grid->refused || layer >= eng_source_block(derived->base, grid->block)->n_layers) continue;
    for (int head = 0; head < grid->n_out; head++) {
      if (eng_cancel_raised(cancel)) return eng_error_set(err, NULL, NULL, "cancelled");
      if (!take_head(derived, grid, layer, head, err)) return false;
    }
  }
  return true;
}

static int smaller(int a, int b) { return a < b ? a : b; }

static int count_layers(const EngDerived *derived) {
  int most = 0;
  for (int i = 0; i < eng_source_n_blocks(derived->base); i++) {
    int n = eng_source_block(derived->base, i)->n_layers;
    if (n > most) most = n;
  }
  return most;
}

bool eng_derived_behind(const EngDerived *derived) {
  return derived->n_taken < smaller(eng_source_layers_done(derived->base), count_layers(derived));
}

/* What is merged over layers is done with the last one. */
bool eng_derived_advance(EngDerived *derived, const EngCancel *cancel, EngError *err) {
  int all = count_layers(derived);
  bool together = eng_merge_takes_layers(derived->merge.kind);
  while (eng_derived_behind(derived)) {
    if (!take_layer(derived, derived->n_taken, cancel, err)) return false;
    derived->n_taken++;
    atomic_store(&derived->done, !together ? derived->n_taken : derived->n_taken == all);
  }
  return true;
}
