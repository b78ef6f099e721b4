/* A sum over every weight that shows: too much for each frame of a long text, so the window keeps it. */
#include "render/received.h"

#include "render/view_scene.h"

#include <math.h>
#include <string.h>

/* A row whose weights lie next to each other goes by several at once. */
static void add_row(float *sums, const float *row, ptrdiff_t stride, size_t n, float by) {
  if (stride == 1)
    for (size_t j = 0; j < n; j++) sums[j] += by * row[j];
  else
    for (size_t j = 0; j < n; j++) sums[j] += by * row[(ptrdiff_t)j * stride];
}

static bool add_head(const EngSource *source, int block, RenPanel head, float by, float *sums) {
  if (head.layer >= eng_source_layers_done(source)) return false;
  EngTensor weights = eng_source_pattern(source, block, head.layer, head.head);
  for (size_t i = 0; i < weights.shape[0]; i++)
    add_row(sums, weights.data + (ptrdiff_t)i * weights.stride[0], weights.stride[1], weights.shape[1], by);
  return true;
}

static bool add_heads(const RenState *state, const EngSource *source, const EngBlock *block, float *sums) {
  int index = ren_scene_block_index(state, source), n_slots = ren_state_slots(state, block->n_heads);
  int n = ren_state_slots_count(state, block->n_heads);
  for (int slot = 0; slot < n_slots; slot++)
    if (ren_state_slot_counts(state, slot) &&
        !add_head(source, index, ren_scene_slot(state, block, slot), 1 / (float)n, sums))
      return false;
  return n > 0;
}

bool ren_received(const RenState *state, const EngSource *source, bool selected, float *sums) {
  const EngBlock *block = ren_scene_block(state, source);
  RenPanel head = {ren_scene_layer(state, block), ren_scene_head(state, block)};
  memset(sums, 0, (size_t)block->n_columns * sizeof *sums);
  if (selected ? !add_head(source, ren_scene_block_index(state, source), head, 1, sums)
               : !add_heads(state, source, block, sums))
    return false;
  for (int j = 0; state->sink_hidden && j < block->n_columns; j++)
    if (eng_block_sink(block, j)) sums[j] = NAN;
  return true;
}
