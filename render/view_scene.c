/* A view never trusts the state: a source may have been replaced since the state was fitted. Here indices
 * are resolved once, so that the views below can read weights without checking again. */
#include "render/view_scene.h"

#include "render/wrap.h"

#include <math.h>
#include <string.h>

static int token_or_none(int i, int n) { return i >= 0 && i < n ? i : -1; }

const EngBlock *ren_scene_block(const RenState *state, const EngSource *source) {
  if (source == NULL || eng_source_n_blocks(source) == 0) return NULL;
  return eng_source_block(source, ren_scene_block_index(state, source));
}

int ren_scene_block_index(const RenState *state, const EngSource *source) {
  return ren_clamp_index(state->block, eng_source_n_blocks(source));
}

int ren_scene_layer(const RenState *state, const EngBlock *block) {
  return ren_clamp_index(state->layer, block->n_layers);
}

int ren_scene_head(const RenState *state, const EngBlock *block) {
  return ren_clamp_index(state->head, block->n_heads);
}

RenPanel ren_scene_slot(const RenState *state, const EngBlock *block, int slot) {
  RenPanel head = {state->layer, slot};
  if (slot >= 0 && slot < state->n_picks) head = state->picks[slot].head;
  return (RenPanel){ren_clamp_index(head.layer, block->n_layers), ren_clamp_index(head.head, block->n_heads)};
}

int ren_scene_selected_slot(const RenState *state, const EngBlock *block) {
  int head = ren_scene_head(state, block);
  return state->n_picks > 0 ? ren_state_pick(state, (RenPanel){ren_scene_layer(state, block), head}) : head;
}

int ren_scene_meant(const RenState *state, const EngBlock *block, RenPanel out[REN_MAX_HEADS]) {
  bool passing = state->where_hides || ren_state_slots_count(state, block->n_heads) > 0;
  int n = 0, n_slots = ren_state_slots(state, block->n_heads);
  if (state->view == REN_VIEW_NEURON) {
    out[0] = (RenPanel){ren_scene_layer(state, block), ren_scene_head(state, block)};
    return 1;
  }
  for (int slot = 0; slot < n_slots && n < REN_MAX_HEADS; slot++)
    if (passing ? ren_state_slot_counts(state, slot) : ren_state_slot_on(state, slot))
      out[n++] = ren_scene_slot(state, block, slot);
  return n;
}

static const uint8_t *sink_mask(RenFrame *frame, const EngBlock *block) {
  uint8_t *mask = ren_frame_alloc(frame, (size_t)block->n_columns);
  if (mask == NULL) return NULL;
  for (int j = 0; j < block->n_columns; j++) mask[j] = eng_block_sink(block, j);
  return mask;
}

/* --- tokens alone */

bool ren_alone_has(const RenAlone *alone, int token) {
  for (int i = 0; i < alone->n; i++)
    if (alone->tokens[i] == token) return true;
  return false;
}

static void add(RenAlone *alone, int token, int n_tokens) {
  if (token < 0 || token >= n_tokens || ren_alone_has(alone, token)) return;
  alone->tokens[alone->n++] = token;
}

static int side_tokens(const RenScene *scene, RenSide side) {
  return side == REN_SIDE_QUERY ? scene->block->n_rows : scene->block->n_columns;
}

RenAlone ren_scene_pinned(const RenScene *scene, RenSide side) {
  RenAlone alone = {.n = 0};
  const RenPins *pins = &scene->state->pins;
  for (int i = 0; i < pins->n; i++)
    if (pins->at[i].side == side) add(&alone, pins->at[i].token, side_tokens(scene, side));
  if (side == REN_SIDE_QUERY) add(&alone, scene->state->token, side_tokens(scene, side));
  return alone;
}

static RenAlone limit_of(const RenScene *scene, RenSide side) {
  const RenState *state = scene->state;
  RenAlone alone = {.n = 0};
  if (state->hover_side == REN_SIDE_NONE) return ren_scene_pinned(scene, side);
  if (state->hover_side == side) add(&alone, state->hover_token, side_tokens(scene, side));
  return alone;
}

bool ren_scene_alone(const RenScene *scene) { return scene->rows.n > 0 || scene->columns.n > 0; }

float ren_scene_sum(const RenScene *scene, const EngTensor *weights, RenSide side, int i) {
  const RenAlone *others = side == REN_SIDE_KEY ? &scene->rows : &scene->columns;
  float sum = 0;
  for (int k = 0; k < others->n; k++) {
    int row = side == REN_SIDE_KEY ? others->tokens[k] : i, column = side == REN_SIDE_KEY ? i : others->tokens[k];
    float weight = ren_at2(weights, row, column);
    if (ren_scene_shows(scene, column, weight)) sum += weight;
  }
  return sum;
}

static const uint8_t *mask_of(const RenScene *scene, const RenAlone *alone, int n_tokens) {
  uint8_t *mask = ren_frame_alloc(scene->frame, (size_t)n_tokens);
  if (mask == NULL) return NULL;
  memset(mask, 0, (size_t)n_tokens);
  for (int i = 0; i < alone->n; i++) mask[alone->tokens[i]] = 1;
  return mask;
}

void ren_scene_limit(const RenScene *scene, RenAttentionShape *shape) {
  const RenAlone *rows = &scene->rows, *columns = &scene->columns;
  if (rows->n == 1) shape->only_row = rows->tokens[0];
  if (rows->n > 1) shape->only_rows = mask_of(scene, rows, scene->block->n_rows);
  if (columns->n == 1) shape->only_column = columns->tokens[0];
  if (columns->n > 1) shape->only_columns = mask_of(scene, columns, scene->block->n_columns);
}

/* --- the scene */

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
  scene->rows = limit_of(scene, REN_SIDE_QUERY);
  scene->columns = limit_of(scene, REN_SIDE_KEY);
  if (state->sink_hidden) scene->skip = sink_mask(frame, block);
  return true;
}

bool ren_scene_begin(RenScene *scene, const RenState *state, const EngSource *source, RenText *text, RenRect area,
                     RenFrame *frame) {
  bool drawable = ren_scene_read(scene, state, source, frame);
  scene->text = text;
  scene->area = area;
  ren_frame_push_clip(frame, area);
  ren_frame_fill(frame, (RenId){REN_ID_VIEW, 0, 0, 0}, area, scene->theme->bg);
  if (scene->block == NULL)
    ren_scene_message(scene, area,
                      state->unopened ? "No model is open: ctrl+m chooses one, ctrl+o opens another."
                                      : "Type a sentence and press Enter, or choose an example.");
  else if (!drawable)
    ren_scene_message(scene, area,
                      scene->block->note ? scene->block->note : "This part of the attention has no tokens.");
  return drawable;
}

void ren_scene_end(RenScene *scene) { ren_frame_pop_clip(scene->frame); }

bool ren_scene_ready(const RenScene *scene, int layer) {
  return layer >= 0 && layer < scene->block->n_layers && layer < eng_source_layers_done(scene->source);
}

const char *ren_scene_name(const RenScene *scene, int layer, int head) {
  char name[48];
  return ren_frame_format(scene->frame, "%s", eng_block_name(scene->block, layer, head, name, sizeof name));
}

RenColor ren_scene_color(const RenScene *scene, int slot) {
  if (scene->state->n_picks > 0 || !scene->block->heads) return ren_state_head_color(scene->state, slot);
  return scene->block->layers ? scene->theme->accent : ren_state_layer_color(scene->state, scene->layer);
}

float ren_scene_dim(const RenScene *scene, int layer, int head) {
  if (ren_state_passes(scene->state, (RenPanel){layer, head})) return 0;
  return scene->state->where_hides ? 1 : REN_FILTER_DIM;
}

float ren_scene_cells_gain(const RenScene *scene, RenPanel head, RenRamp ramp) {
  float lit = 1 - ren_scene_dim(scene, head.layer, head.head);
  if (scene->block->signs) return lit * ren_scene_gain(scene);
  return lit < 1 ? lit * (ramp == REN_RAMP_SQRT ? lit : 1) : 0;
}

EngTensor ren_scene_pattern(const RenScene *scene, int layer, int head) {
  return eng_source_pattern(scene->source, ren_scene_block_index(scene->state, scene->source), layer, head);
}

bool ren_scene_shows(const RenScene *scene, int column, float weight) {
  if (scene->skip != NULL && scene->skip[column]) return false;
  float magnitude = scene->block->signs ? fabsf(weight) : weight;
  return magnitude > 0 && magnitude >= scene->state->threshold;
}

RenColor ren_scene_sign(const RenScene *scene, RenColor own, float value) {
  if (!scene->block->signs) return own;
  return value < 0 ? scene->theme->negative : scene->theme->positive;
}

float ren_scene_gain(const RenScene *scene) { return scene->block->most > 0 ? 1 / scene->block->most : 1; }

int ren_scene_planes(const RenScene *scene, RenPlane plane, RenPlane out[2]) {
  plane.gain *= ren_scene_gain(scene);
  plane.color = ren_scene_sign(scene, plane.color, 1);
  out[0] = plane;
  if (!scene->block->signs) return 1;
  plane.gain = -plane.gain;
  plane.color = scene->theme->negative;
  out[1] = plane;
  return 2;
}

RenAttentionShape ren_scene_attention(const RenScene *scene) {
  return (RenAttentionShape){.threshold = scene->state->threshold,
                             .only_row = -1,
                             .only_column = -1,
                             .skip = scene->skip,
                             .lower = scene->block->lower,
                             .version = eng_source_serial(scene->source)};
}

static EngTensor coarse_of(const RenScene *scene, RenPanel head) {
  int block = ren_scene_block_index(scene->state, scene->source);
  return eng_source_coarse(scene->source, block, head.layer, head.head);
}

void ren_scene_heat(const RenScene *scene, RenPanel head, RenRect rect, RenColor color) {
  ren_frame_heatmap(scene->frame, REN_NO_ID, rect,
                    (RenValuesShape){.values = ren_scene_pattern(scene, head.layer, head.head),
                                     .positive = ren_scene_sign(scene, color, 1),
                                     .gain = ren_scene_cells_gain(scene, head, REN_RAMP_SQRT),
                                     .negative = scene->theme->negative,
                                     .ground = scene->theme->panel,
                                     .ramp = REN_RAMP_SQRT,
                                     .threshold = scene->state->threshold,
                                     .skip = scene->skip,
                                     .coarse = coarse_of(scene, head),
                                     .lower = scene->block->lower,
                                     .pooled = true,
                                     .version = eng_source_serial(scene->source)});
}

static void message_line(const RenScene *scene, RenRect rect, const char *text) {
  ren_frame_text(scene->frame, REN_NO_ID, rect,
                 (RenTextShape){.text = text,
                                .font = REN_SANS,
                                .size = REN_TEXT_TOKEN,
                                .align = REN_CENTER,
                                .color = scene->theme->muted,
                                .ellipsis = true});
}

/* In the middle of its place, in as many lines as it needs there. */
void ren_scene_message(const RenScene *scene, RenRect rect, const char *text) {
  enum { MOST_LINES = 8, PITCH = REN_TEXT_TOKEN * 3 / 2 };
  RenPaint paint = {scene->frame, scene->theme, scene->text, scene->state->scale};
  int n = scene->text ? ren_wrap_count(&paint, REN_SANS, REN_TEXT_TOKEN, text, rect.w, MOST_LINES) : 1;
  if (n > 1) rect = (RenRect){rect.x, rect.y + (rect.h - (float)(n * PITCH)) / 2, rect.w, PITCH};
  for (int i = 0; i < n; i++, rect.y += rect.h) {
    const char *line = n > 1 ? ren_wrap_line(&paint, REN_SANS, REN_TEXT_TOKEN, &text, rect.w) : text;
    if (line) message_line(scene, rect, line);
  }
}

void ren_scene_label(const RenScene *scene, RenRect rect, RenAlign align, RenColor color, const char *text) {
  ren_frame_text(
      scene->frame, REN_NO_ID, rect,
      (RenTextShape){.text = text, .font = REN_SANS, .size = REN_TEXT_SMALL, .align = align, .color = color});
}
