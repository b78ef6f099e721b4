/* How much of all attention goes where it says little: to position 0 of a causal model, to the separators
 * of any other. Rows sum to 1, so the share is a mean over rows, heads and the layers that are finished. It
 * reads a few columns of every pattern and is kept until the source changes. Of a sentence's part it is that of the
 * whole; an encoder, a decoder and what leads from one to the other each have their own. */
#include "render/ui_impl.h"

#include "render/view_scene.h"

#include <math.h>
#include <stdio.h>

static double column_sum(const EngTensor *weights, int column) {
  double sum = 0;
  for (size_t i = 0; i < weights->shape[0]; i++) sum += (double)ren_at2(weights, (int)i, column);
  return sum;
}

/* Summed over heads and finished layers. */
static double sink_sum(const EngSource *source, const EngBlock *block, int n_layers) {
  double sum = 0;
  for (int layer = 0; layer < n_layers; layer++) {
    for (int head = 0; head < block->n_heads; head++) {
      EngTensor weights = eng_source_pattern(source, block->whole, layer, head);
      for (int j = 0; j < block->n_columns; j++)
        if (eng_block_sink(block, j)) sum += column_sum(&weights, j);
    }
    eng_source_forget(source);
  }
  return sum;
}

static const EngToken *first_sink(const EngBlock *block) {
  for (int j = 0; j < block->n_columns; j++)
    if (eng_block_sink(block, j)) return &block->columns[j];
  return NULL;
}

static void measure(RenUi *ui, RenSink *sink) {
  const EngBlock *block = sink->block >= 0 ? eng_source_block(ui->base, sink->block) : NULL;
  const EngToken *token = block ? first_sink(block) : NULL;
  int n_layers = eng_source_layers_done(ui->base);
  if (block && n_layers > block->n_layers) n_layers = block->n_layers; /* another part has more */
  if (!token || n_layers == 0) return;
  snprintf(sink->name, sizeof sink->name, "%s", block->causal ? "Token 0" : token->text);
  double rows = (double)n_layers * block->n_heads * block->n_rows;
  sink->share = (float)(sink_sum(ui->base, block, n_layers) / rows);
  sink->known = true;
}

/* The whole that the shown block is a part of; -1 for none. */
static int whole_block(const RenUi *ui) {
  int block = ui->state.block;
  if (!ui->base || block < 0 || block >= eng_source_n_blocks(ui->base)) return -1;
  return eng_source_block(ui->base, block)->whole;
}

static const RenSink *sink_of(RenUi *ui) {
  uint64_t version = ui->base ? eng_source_version(ui->base) : 0;
  int block = whole_block(ui);
  if (ui->sink.version == version && ui->sink.block == block) return &ui->sink;
  ui->sink = (RenSink){.version = version, .block = block};
  if (ui->base) measure(ui, &ui->sink);
  return &ui->sink;
}

void ren_ui_chip(RenUi *ui, bool whole, char *out, size_t size) {
  const RenSink *sink = sink_of(ui);
  out[0] = '\0';
  if (!sink->known) return;
  char percent[16] = "–"; /* of edited weights it may be anything */
  if (fabsf(sink->share) < 1000) snprintf(percent, sizeof percent, "%ld", lround((double)sink->share * 100));
  const char *verb = ui->state.sink_hidden ? "Show" : "Hide";
  const char *rest = ui->state.sink_hidden && ui->state.merge.renormalise ? ", renormalised" : "";
  if (whole)
    snprintf(out, size, "%s takes %s %%%s · %s (F)", sink->name, percent, rest, verb);
  else
    snprintf(out, size, "%s %% · %s", percent, verb);
}
