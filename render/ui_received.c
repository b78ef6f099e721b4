/* What the tokens of a view receive is summed once for what it depends on, so that a frame costs no more for its
 * minimap. */
#include "render/received.h"
#include "render/ui_impl.h"
#include "render/view_minimap.h"

#include <stdlib.h>
#include <string.h>

static bool shows_received(const RenPane *pane) {
  RenMinimap map;
  const EngBlock *block = ren_scene_block(&pane->state, pane->source);
  return block && block->n_columns > 0 && block->n_heads > 0 && pane->state.view != REN_VIEW_MATRIX &&
         ren_minimap_place(&pane->state, block, pane->area, &map);
}

/* False where memory is short. */
static bool sum(RenReceivedKept *kept, const RenPane *pane) {
  const EngBlock *block = ren_scene_block(&pane->state, pane->source);
  float *sums = realloc(kept->sums, (size_t)block->n_columns * sizeof *sums);
  if (!sums) return false;
  kept->sums = sums;
  kept->known = ren_received(&pane->state, pane->source, kept->selected, sums);
  return true;
}

void ren_ui_receive(RenUi *ui, RenPane *pane) {
  RenHeadsKey key;
  RenReceivedKept *kept = &ui->received[pane->right];
  bool selected = pane->state.view == REN_VIEW_NEURON;
  if (!shows_received(pane)) return;
  ren_heads_key(&pane->state, pane->source, &key);
  if (selected != kept->selected || memcmp(&key, &kept->key, sizeof key) != 0) {
    kept->selected = selected;
    if (!sum(kept, pane)) {
      kept->selected = !selected; /* it is none of both */
      return;
    }
    kept->key = key;
  }
  if (kept->known) pane->state.received = kept->sums;
}

void ren_ui_free_received(RenUi *ui) {
  for (int i = 0; i < 2; i++) free(ui->received[i].sums);
}
