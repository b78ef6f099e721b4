/* A view never trusts the state: a source may have been replaced since the state was fitted. Here indices
 * are resolved once, so that the views below can read weights without checking again. */
#include "render/view_scene.h"

static int clamp_index(int i, int n) {
  if (i >= n) i = n - 1;
  return i < 0 ? 0 : i;
}

static int token_or_none(int i, int n) { return i >= 0 && i < n ? i : -1; }

const EngBlock *ren_scene_block(const RenState *state, const EngSource *source) {
  if (source == NULL || eng_source_n_blocks(source) == 0) return NULL;
  return eng_source_block(source, ren_scene_block_index(state, source));
}

int ren_scene_block_index(const RenState *state, const EngSource *source) {
  return clamp_index(state->block, eng_source_n_blocks(source));
}

int ren_scene_layer(const RenState *state, const EngBlock *block) {
  return clamp_index(state->layer, block->n_layers);
}

int ren_scene_head(const RenState *state, const EngBlock *block) {
  return clamp_index(state->head, block->n_heads);
}

bool ren_scene_sink(const EngBlock *block, int column) {
  const EngToken *token = &block->columns[column];
  bool first = block->column_start + column == 0;
  return block->causal ? first : !first && token->special && token->sentence < 0;
}

static const uint8_t *sink_mask(RenFrame *frame, const EngBlock *block) {
  uint8_t *mask = ren_frame_alloc(frame, (size_t)block->n_columns);
  if (mask == NULL) return NULL;
  for (int j = 0; j < block->n_columns; j++) mask[j] = ren_scene_sink(block, j);
  return mask;
}

bool ren_scene_read(RenScene *scene, const RenState *state, const EngSource *source, RenFrame *frame) {
  *scene = (RenScene){.state = state, .source = source, .theme = state->theme, .frame = frame};
  scene->query = scene->key = -1;
  const EngBlock *block = scene->block = ren_scene_block(state, source);
  if (block == NULL || block->n_layers < 1 || block->n_heads < 1 || block->n_rows < 1 || block->n_columns < 1)
    return false;
  scene->layer = ren_scene_layer(state, block);
  scene->head = ren_scene_head(state, block);
  scene->query = token_or_none(ren_state_query(state), block->n_rows);
  scene->key = token_or_none(ren_state_key(state), block->n_columns);
  if (state->sink_hidden) scene->skip = sink_mask(frame, block);
  return true;
}

bool ren_scene_begin(RenScene *scene, const RenState *state, const EngSource *source, RenRect area,
                     RenFrame *frame) {
  bool drawable = ren_scene_read(scene, state, source, frame);
  scene->area = area;
  ren_frame_push_clip(frame, area);
  ren_frame_fill(frame, (RenId){REN_ID_VIEW, 0, 0, 0}, area, scene->theme->bg);
  if (scene->block == NULL)
    ren_scene_message(scene, area, "Type a sentence and press Enter, or choose an example.");
  else if (!drawable)
    ren_scene_message(scene, area, "This part of the attention has no tokens.");
  return drawable;
}

void ren_scene_end(RenScene *scene) { ren_frame_pop_clip(scene->frame); }

bool ren_scene_ready(const RenScene *scene, int layer) {
  return layer >= 0 && layer < scene->block->n_layers && layer < eng_source_layers_done(scene->source);
}

EngTensor ren_scene_pattern(const RenScene *scene, int layer, int head) {
  return eng_source_pattern(scene->source, ren_scene_block_index(scene->state, scene->source), layer, head);
}

bool ren_scene_shows(const RenScene *scene, int column, float weight) {
  if (scene->skip != NULL && scene->skip[column]) return false;
  return weight > 0 && weight >= scene->state->threshold;
}

RenAttentionShape ren_scene_attention(const RenScene *scene) {
  return (RenAttentionShape){.threshold = scene->state->threshold,
                             .only_row = -1,
                             .only_column = -1,
                             .skip = scene->skip,
                             .version = eng_source_serial(scene->source)};
}

void ren_scene_message(const RenScene *scene, RenRect rect, const char *text) {
  ren_frame_text(scene->frame, REN_NO_ID, rect,
                 (RenTextShape){.text = text,
                                .font = REN_SANS,
                                .size = REN_TEXT_TOKEN,
                                .align = REN_CENTER,
                                .color = scene->theme->muted,
                                .ellipsis = true});
}

void ren_scene_label(const RenScene *scene, RenRect rect, RenAlign align, RenColor color, const char *text) {
  ren_frame_text(
      scene->frame, REN_NO_ID, rect,
      (RenTextShape){.text = text, .font = REN_SANS, .size = REN_TEXT_SMALL, .align = align, .color = color});
}
