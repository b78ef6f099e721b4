/* How much of the weight that the heads give which the view shows that keys act on is not drawn: below the
 * threshold, or to a hidden sink. Kept until what it depends on changes; while the threshold is dragged it is
 * summed once a frame. */
#include "render/ui_impl.h"

#include "render/view_scene.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static RenHidden key_of(const RenPane *pane, const EngBlock *block) {
  const RenState *state = &pane->state;
  RenHidden key = {.version = eng_source_version(pane->source),
                   .block = state->block,
                   .threshold = state->threshold,
                   .sink = state->sink_hidden};
  key.n_heads = ren_scene_meant(state, block, key.heads);
  return key;
}

static bool is_same(const RenHidden *a, const RenHidden *b) {
  bool threshold = !(a->threshold < b->threshold || a->threshold > b->threshold);
  return a->version == b->version && a->block == b->block && threshold && a->sink == b->sink &&
         a->n_heads == b->n_heads && memcmp(a->heads, b->heads, (size_t)a->n_heads * sizeof *a->heads) == 0;
}

/* What is there, and what reaches the threshold. */
typedef struct Sums {
  double all, above;
} Sums;

/* Of a difference the magnitude, where it has one. */
static void add_weight(Sums *sums, const RenHidden *key, float weight) {
  float magnitude = fabsf(weight);
  sums->all += magnitude > 0 ? (double)magnitude : 0;
  sums->above += magnitude >= key->threshold ? (double)magnitude : 0;
}

/* Row by row; then the few columns that are hidden whole are taken back. */
static void add_head(const RenHidden *key, const EngBlock *block, const EngTensor *weights, Sums *sums) {
  for (int i = 0; i < block->n_rows; i++)
    for (int j = 0; j < block->n_columns; j++) add_weight(sums, key, ren_at2(weights, i, j));
  for (int j = 0; key->sink && j < block->n_columns; j++) {
    Sums column = {0, 0};
    if (!eng_block_sink(block, j)) continue;
    for (int i = 0; i < block->n_rows; i++) add_weight(&column, key, ren_at2(weights, i, j));
    sums->above -= column.above;
  }
}

static void measure(const RenPane *pane, const EngBlock *block, RenHidden *hidden) {
  Sums sums = {0, 0};
  for (int i = 0; i < hidden->n_heads; i++) {
    RenPanel head = hidden->heads[i];
    if (head.layer >= eng_source_layers_done(pane->source)) continue;
    EngTensor weights = eng_source_pattern(pane->source, hidden->block, head.layer, head.head);
    add_head(hidden, block, &weights, &sums);
  }
  if (sums.all > 0) hidden->share = (float)(1 - sums.above / sums.all);
}

static const RenHidden *hidden_of(RenUi *ui, const RenPane *pane, const EngBlock *block) {
  RenHidden key = key_of(pane, block);
  if (is_same(&key, &ui->hidden)) return &ui->hidden;
  measure(pane, block, &key);
  ui->hidden = key;
  return &ui->hidden;
}

/* "layer 2", "2.11", "3 heads of layer 2", "3 heads" */
static void name_heads(const RenHidden *hidden, const RenState *state, const EngBlock *block, char *out,
                       size_t size) {
  RenPanel first = hidden->heads[0];
  if (hidden->n_heads == 1)
    eng_block_name(block, first.layer, first.head, out, size);
  else if (state->n_picks > 0 || block->layers)
    snprintf(out, size, "%d heads", hidden->n_heads);
  else if (hidden->n_heads == block->n_heads)
    snprintf(out, size, "layer %d", first.layer);
  else
    snprintf(out, size, "%d heads of layer %d", hidden->n_heads, first.layer);
}

/* "12 % of layer 2 hidden · ", "5 % of 2.11 hidden · "; "" where nothing is. */
void ren_ui_say_hidden(RenUi *ui, char *out, size_t size) {
  char name[48];
  RenPane pane = ren_ui_active_pane(ui);
  const RenState *state = &pane.state;
  bool left_out = state->sink_hidden && !state->merge.renormalise; /* else there is nothing of it to hide */
  out[0] = '\0';
  if (!ren_ui_block(ui) || !(state->threshold > 0 || left_out)) return;
  const EngBlock *block = eng_source_block(pane.source, state->block);
  const RenHidden *hidden = hidden_of(ui, &pane, block);
  if (hidden->n_heads == 0) return;
  name_heads(hidden, state, block, name, sizeof name);
  snprintf(out, size, "%.0f %% of %s hidden · ", (double)hidden->share * 100, name);
}
