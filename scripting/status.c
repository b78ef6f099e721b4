/* Numbers about a source, read off it. */
#include "scripting/status.h"

#include <stdio.h>
#include <string.h>

/* What the source holds: the run's arena and its model's widened and packed weights, or the file's patterns,
 * queries and keys. It depends on nothing else, so that the same steps show the same line. */
static double megabytes(const EngSource *source, const EngBlock *block) {
  EngRun *run = eng_source_run(source);
  double bytes, heads = (double)block->n_layers * block->n_heads * (double)sizeof(float);
  if (run)
    bytes = (double)eng_run_arena_bytes(run) + (double)eng_model_cache_bytes(eng_run_model(run));
  else
    bytes = heads * block->n_rows * ((double)block->n_columns + 2.0 * block->d_head);
  return bytes / (1024 * 1024);
}

static const char *many(int n) { return n == 1 ? "" : "s"; }

/* "6 layers × 6 heads · 9 tokens"; "encoder 2 layers × 3 heads, decoder 3 × 3, cross 3 × 3 · 7 + 5 tokens". */
static void format_shape(const EngSource *source, char *out, size_t size) {
  int n = eng_source_n_blocks(source), n_tokens = eng_source_input(source)->n_tokens;
  const EngBlock *first = eng_source_block(source, 0), *last = eng_source_block(source, n - 1);
  bool parts = strcmp(first->key, "all") != 0;
  size_t used = (size_t)snprintf(out, size, "%s%s%d layer%s × %d head%s", parts ? first->key : "", parts ? " " : "",
                                 first->n_layers, many(first->n_layers), first->n_heads, many(first->n_heads));
  for (int i = 1; parts && i < n; i++) {
    const EngBlock *block = eng_source_block(source, i);
    used += (size_t)snprintf(out + used, size - used, ", %s %d × %d", block->key, block->n_layers, block->n_heads);
  }
  if (parts && last->rows != first->columns)
    snprintf(out + used, size - used, " · %d + %d tokens", last == first ? last->n_columns : first->n_columns,
             last->n_rows);
  else
    snprintf(out + used, size - used, " · %d token%s", n_tokens, many(n_tokens));
}

/* The second run and the difference; the model's own memory counts where it is another one. */
static void add_second(const RenUi *ui, const EngSource *first, char *out, size_t size) {
  const EngSource *second = ren_ui_second(ui), *difference = ren_ui_difference(ui);
  if (!second) return;
  const EngBlock *block = eng_source_block(second, 0);
  EngRun *run = eng_source_run(second), *other = eng_source_run(first);
  double mb = megabytes(second, block);
  if (run && other && eng_run_model(run) == eng_run_model(other))
    mb = (double)eng_run_arena_bytes(run) / (1024 * 1024);
  if (difference) mb += megabytes(difference, eng_source_block(difference, 0));
  snprintf(out, size, " · second: %d token%s, %.*f MB", block->n_rows, many(block->n_rows), mb < 10 ? 1 : 0, mb);
}

static void format_time(const EngSource *source, char out[32]) {
  EngRun *run = eng_source_run(source);
  if (run)
    snprintf(out, 32, "%.0f ms", eng_run_seconds(run) * 1000);
  else
    snprintf(out, 32, "recorded");
}

void scr_status_show(RenUi *ui, const EngSource *source, const char *note) {
  source = source ? eng_source_base(source) : NULL;
  char left[512] = "", shape[160], took[32];
  if (source && eng_source_n_blocks(source) > 0) {
    const EngBlock *block = eng_source_block(source, 0);
    format_time(source, took);
    format_shape(source, shape, sizeof shape);
    double mb = megabytes(source, block);
    snprintf(left, sizeof left, "%s · %s · %s · %.*f MB", eng_source_name(source), shape, took, mb < 10 ? 1 : 0,
             mb);
    size_t length = strlen(left);
    add_second(ui, source, left + length, sizeof left - length);
  }
  ren_ui_set_status(ui, left, note);
}

/* The weights one below the diagonal, added up in order. */
static double previous_sum(const EngTensor *weights) {
  double sum = 0;
  for (size_t q = 1; q < weights->shape[0] && q <= weights->shape[1]; q++)
    sum += (double)weights->data[(ptrdiff_t)q * weights->stride[0] + (ptrdiff_t)(q - 1) * weights->stride[1]];
  return sum;
}

void scr_status_best_head(const EngSource *source, int *layer, int *head) {
  const EngBlock *block = eng_source_block(source, 0);
  double best = -1;
  *layer = *head = 0;
  for (int l = 0; l < eng_source_layers_done(source) && l < block->n_layers; l++)
    for (int h = 0; h < block->n_heads; h++) {
      EngTensor weights = eng_source_pattern(source, 0, l, h);
      double sum = previous_sum(&weights);
      if (sum <= best) continue;
      best = sum;
      *layer = l;
      *head = h;
    }
}
