/* What the hovered element says in figures. A token alone says its strongest partner over the heads that the
 * view draws; with a token of the other side pinned or selected, that very pair; with several, their sum. Positions
 * are those of the whole sequence, also under a filter. */
#include "render/view_tooltip.h"

#include "render/view.h"
#include "render/view_edits.h"
#include "render/view_scene.h"
#include "render/view_token.h"

#include <math.h>

/* A weight and where it is; head -1: none found. */
typedef struct Pick {
  int layer, head, row, column;
  float weight;
} Pick;

static const char *token_text(RenFrame *frame, const EngToken *token) {
  char shown[REN_TOKEN_BYTES];
  ren_token_show(token, shown);
  return ren_frame_format(frame, "%s", shown);
}

static const char *number_of(const RenScene *scene, float weight) {
  return ren_frame_number(scene->frame, (double)weight, 4);
}

/* Both weights and what the second has more. */
static const char *difference_text(const RenScene *scene, const Pick *pick, const char *query, const char *key) {
  float of[2];
  const EngBlock *block = scene->block;
  int index = ren_scene_block_index(scene->state, scene->source);
  bool both = eng_source_compared(scene->source, index, pick->layer, pick->head, pick->row, pick->column, of);
  const char *numbers =
      both ? ren_frame_format(scene->frame, "%s → %s  %s", number_of(scene, of[0]), number_of(scene, of[1]),
                              ren_frame_change(scene->frame, (double)pick->weight, 4))
           : "only in one of both";
  return numbers ? ren_frame_format(scene->frame, "%d.%d  q%d \"%s\" → k%d \"%s\"  %s", pick->layer, pick->head,
                                    block->row_start + pick->row, query, block->column_start + pick->column, key,
                                    numbers)
                 : NULL;
}

static const char *pair_text(const RenScene *scene, const Pick *pick) {
  const EngBlock *block = scene->block;
  const char *query = token_text(scene->frame, &block->rows[pick->row]);
  const char *key = token_text(scene->frame, &block->columns[pick->column]);
  const char *name = ren_scene_name(scene, pick->layer, pick->head);
  if (query == NULL || key == NULL || name == NULL) return NULL;
  if (block->signs) return difference_text(scene, pick, query, key);
  return ren_frame_format(scene->frame, "%s  q%d \"%s\" → k%d \"%s\"  %s", name, block->row_start + pick->row,
                          query, block->column_start + pick->column, key, number_of(scene, pick->weight));
}

static void consider(const RenScene *scene, Pick *best, RenPanel head, int row, int column) {
  EngTensor weights = ren_scene_pattern(scene, head.layer, head.head);
  float weight = ren_at2(&weights, row, column);
  if (scene->skip != NULL && scene->skip[column]) return;
  bool first = best->head < 0 || isnan(best->weight), signs = scene->block->signs;
  if (first || (signs ? fabsf(weight) > fabsf(best->weight) : weight > best->weight))
    *best = (Pick){head.layer, head.head, row, column, weight};
}

/* The strongest weight of one head among the rows or columns that scene->query and scene->key leave. */
static void strongest_of(const RenScene *scene, Pick *best, RenPanel head) {
  if (scene->query >= 0 && scene->key >= 0) {
    consider(scene, best, head, scene->query, scene->key);
  } else if (scene->key >= 0) {
    for (int i = 0; i < scene->block->n_rows; i++) consider(scene, best, head, i, scene->key);
  } else {
    for (int j = 0; j < scene->block->n_columns; j++) consider(scene, best, head, scene->query, j);
  }
}

/* Heads that a token's tooltip is about: those that the view shows, or a single one. */
typedef struct Meant {
  int n;
  RenPanel heads[REN_MAX_HEADS];
} Meant;

static void add_meant(const RenScene *scene, Meant *meant, RenPanel head) {
  if (meant->n < REN_MAX_HEADS && ren_scene_ready(scene, head.layer)) meant->heads[meant->n++] = head;
}

/* The hovered token's strongest partner in those heads. */
static const char *tip_strongest(const RenScene *scene, const Meant *meant) {
  Pick best = {.head = -1};
  for (int i = 0; i < meant->n; i++) strongest_of(scene, &best, meant->heads[i]);
  return best.head < 0 ? NULL : pair_text(scene, &best);
}

/* The weights that show between the hovered token and the pinned ones of the other side: what its strip says. */
static float sum_of(const RenScene *scene, RenPanel head, const RenAlone *pinned) {
  EngTensor weights = ren_scene_pattern(scene, head.layer, head.head);
  float sum = 0;
  for (int i = 0; i < pinned->n; i++) {
    int row = scene->key >= 0 ? pinned->tokens[i] : scene->query,
        column = scene->key >= 0 ? scene->key : pinned->tokens[i];
    float weight = ren_at2(&weights, row, column);
    if (ren_scene_shows(scene, column, weight)) sum += weight;
  }
  return sum;
}

/* That sum, of the head where it is largest. */
static const char *tip_sum(const RenScene *scene, const Meant *meant, const RenAlone *pinned) {
  const EngBlock *block = scene->block;
  bool key = scene->key >= 0;
  int best = -1, position = key ? block->column_start + scene->key : block->row_start + scene->query;
  float most = 0;
  for (int i = 0; i < meant->n; i++) {
    float sum = sum_of(scene, meant->heads[i], pinned);
    if (fabsf(sum) > fabsf(most) || (best < 0 && !isnan(sum))) best = i, most = sum;
  }
  const char *token = token_text(scene->frame, key ? &block->columns[scene->key] : &block->rows[scene->query]);
  const char *number = block->signs ? ren_frame_change(scene->frame, (double)most, 4) : number_of(scene, most);
  const char *name = best < 0 ? NULL : ren_scene_name(scene, meant->heads[best].layer, meant->heads[best].head);
  if (name == NULL || token == NULL) return NULL;
  return ren_frame_format(
      scene->frame, key ? "%s  sum over %d queries → k%d \"%s\"  %s" : "%s  sum over %d keys ← q%d \"%s\"  %s",
      name, pinned->n, position, token, number);
}

/* Alone, beside one pinned or selected token of the other side, or beside several. */
static const char *tip_token(const RenScene *scene, const Meant *meant) {
  RenSide side = scene->state->hover_side, other = side == REN_SIDE_KEY ? REN_SIDE_QUERY : REN_SIDE_KEY;
  RenScene alone = *scene;
  RenAlone pinned = ren_scene_pinned(scene, other);
  if (side == REN_SIDE_KEY)
    alone.query = pinned.n == 1 ? pinned.tokens[0] : -1;
  else
    alone.key = pinned.n == 1 ? pinned.tokens[0] : -1;
  if (meant->n == 0 || (alone.query < 0 && alone.key < 0)) return NULL;
  return pinned.n > 1 ? tip_sum(&alone, meant, &pinned) : tip_strongest(&alone, meant);
}

static const char *tip_meant(const RenScene *scene) {
  RenPanel heads[REN_MAX_HEADS];
  Meant meant = {.n = 0};
  int n = ren_scene_meant(scene->state, scene->block, heads);
  for (int i = 0; i < n; i++) add_meant(scene, &meant, heads[i]);
  return tip_token(scene, &meant);
}

static const char *tip_alone(const RenScene *scene, int layer, int head) {
  Meant meant = {.n = 0};
  if (head < 0 || head >= scene->block->n_heads) return NULL;
  add_meant(scene, &meant, (RenPanel){layer, head});
  return tip_token(scene, &meant);
}

/* The share of all weight that goes to the sink, negative when the block has none. */
static float sink_share(const RenScene *scene, int layer, int head, int *n_sinks) {
  const EngBlock *block = scene->block;
  EngTensor weights = ren_scene_pattern(scene, layer, head);
  float sum = 0;
  *n_sinks = 0;
  for (int j = 0; j < block->n_columns; j++) {
    if (!eng_block_sink(block, j)) continue;
    for (int i = 0; i < block->n_rows; i++) sum += ren_at2(&weights, i, j);
    ++*n_sinks;
  }
  return sum / (float)block->n_rows;
}

/* Where a head's two runs differ most. */
static const char *tip_largest(const RenScene *scene, int layer, int head) {
  Pick best = {.head = -1};
  for (int i = 0; i < scene->block->n_rows; i++)
    for (int j = 0; j < scene->block->n_columns; j++) consider(scene, &best, (RenPanel){layer, head}, i, j);
  return best.head < 0 ? NULL : pair_text(scene, &best);
}

static const char *tip_thumb(const RenScene *scene, int layer, int head) {
  if (layer < 0 || head < 0 || layer >= scene->block->n_layers || head >= scene->block->n_heads) return NULL;
  const char *name = ren_scene_name(scene, layer, head);
  if (name == NULL) return NULL;
  if (!ren_scene_ready(scene, layer)) return ren_frame_format(scene->frame, "%s  not finished yet", name);
  if (scene->block->signs) return tip_largest(scene, layer, head);
  int n_sinks;
  double percent = 100 * (double)sink_share(scene, layer, head, &n_sinks);
  if (n_sinks == 0) return ren_frame_format(scene->frame, "%s", name);
  return ren_frame_format(scene->frame, "%s  %s %.0f %%", name,
                          scene->block->causal ? "token 0 takes" : "separators take", percent);
}

/* The very weight of a cell, whether it is drawn or left out. */
static const char *tip_cell(const RenScene *scene, RenPanel head, int row, int column) {
  const EngBlock *block = scene->block;
  bool there = row >= 0 && row < block->n_rows && column >= 0 && column < block->n_columns;
  if (!there || !ren_scene_ready(scene, head.layer)) return NULL;
  EngTensor weights = ren_scene_pattern(scene, head.layer, head.head);
  Pick pick = {head.layer, head.head, row, column, ren_at2(&weights, row, column)};
  return pair_text(scene, &pick);
}

/* Where heads are merged the tiles say which. */
static const char *tip_tile(const RenScene *scene, int head) {
  if (scene->state->editing && !scene->block->heads) return ren_scene_name(scene, scene->layer, head);
  if (scene->block->heads)
    return ren_frame_format(scene->frame, "head %d  click: put it in or take it out; double-click: alone", head);
  return ren_frame_format(scene->frame, "%d.%d  click: on or off; double-click: alone", scene->layer, head);
}

static const char *tip_pick(const RenScene *scene, int slot) {
  RenPanel head = ren_scene_slot(scene->state, scene->block, slot);
  const char *name = ren_scene_name(scene, head.layer, head.head);
  if (slot >= scene->state->n_picks || name == NULL) return NULL;
  if (scene->state->editing) return name;
  return ren_frame_format(scene->frame, "%s  click: on or off; double-click: alone", name);
}

static const char *tip_slot_cell(const RenScene *scene, int slot, int row, int column) {
  if (slot < 0 || slot >= ren_state_slots(scene->state, scene->block->n_heads)) return NULL;
  return tip_cell(scene, ren_scene_slot(scene->state, scene->block, slot), row, column);
}

static const char *tip_of(const RenScene *scene, RenId id) {
  switch (id.kind) {
  case REN_ID_THUMB:
    return tip_thumb(scene, id.a, id.b);
  case REN_ID_TILE:
    return tip_tile(scene, id.a);
  case REN_ID_PICK:
    return tip_pick(scene, id.a);
  case REN_ID_QUERY:
  case REN_ID_KEY:
    return tip_meant(scene);
  case REN_ID_PANEL_QUERY:
  case REN_ID_PANEL_KEY:
    return tip_alone(scene, id.a, id.b);
  case REN_ID_CELL:
    return tip_cell(scene, (RenPanel){scene->layer, scene->head}, id.a, id.b);
  case REN_ID_HEAD_CELL:
    return tip_slot_cell(scene, id.c, id.a, id.b);
  case REN_ID_WEIGHT:
    return tip_cell(scene, (RenPanel){scene->layer, scene->head}, scene->query, scene->key);
  case REN_ID_PANEL_PIN:
    return ren_state_pinned_panel(scene->state, (RenPanel){id.a, id.b}) < 0 ? "Keep this panel open"
                                                                            : "Follow the selection";
  case REN_ID_PANEL_CLOSE:
    return "Close this panel";
  default:
    return ren_tooltip_neuron(scene);
  }
}

const char *ren_view_tooltip(const RenState *state, const EngSource *source, RenFrame *frame) {
  RenScene scene;
  if (!ren_scene_read(&scene, state, source, frame)) return NULL;
  return tip_of(&scene, state->hover);
}
