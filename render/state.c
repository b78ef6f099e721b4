/* The state is plain data; what is here keeps it consistent: every index inside the range of the source
 * that is shown, at least one head active, the hover derived from one id. */
#include "render/state.h"

#include "render/strip_kind.h"

#include <math.h>
#include <string.h>

const char *ren_state_sort_name(const RenState *state) {
  if (!state->sorted) return "none";
  return state->by_probe ? "probe" : eng_score_name(state->sort);
}

bool ren_state_sort_parse(const char *name, RenState *out) {
  bool none = strcmp(name, "none") == 0, probe = strcmp(name, "probe") == 0;
  if (!none && !probe && !eng_score_parse(name, &out->sort)) return false;
  out->by_probe = probe;
  out->sorted = !none;
  return true;
}

void ren_state_init(RenState *state) {
  *state = (RenState){.beside = REN_VIEW_MODEL,
                      .share = REN_SPLIT_SHARE,
                      .token = -1,
                      .hover_token = -1,
                      .preview = -1,
                      .ramp = REN_RAMP_SQRT,
                      .zoom = 1,
                      .row_zoom = 1,
                      .scale = 1};
  state->dimensions = (RenDimensionState){.selected = -1, .top = REN_TOP_FIRST};
  memset(state->heads, 0xff, sizeof state->heads);
  memset(state->kept.heads, 0xff, sizeof state->kept.heads);
  state->theme = ren_theme_find("dark");
}

static float clamp_float(float x, float low, float high) {
  if (!(x > low)) return low; /* also NaN */
  return x < high ? x : high;
}

bool ren_block_has(const EngBlock *block, RenPanel head) {
  return head.layer >= 0 && head.layer < block->n_layers && head.head >= 0 && head.head < block->n_heads;
}

/* Where those that are left are all off, the last one is on. */
static void fit_picks(RenState *state, const EngBlock *block) {
  int n = 0;
  for (int i = 0; i < state->n_picks; i++)
    if (ren_block_has(block, state->picks[i].head)) state->picks[n++] = state->picks[i];
  state->n_picks = n;
  if (n > 0 && ren_state_slots_on(state, 0) == 0) state->picks[n - 1].off = false;
}

static void fit_block(RenState *state, const EngBlock *block) {
  state->layer = ren_clamp_index(state->layer, block->n_layers);
  state->head = ren_clamp_index(state->head, block->n_heads);
  if (ren_state_heads_active(state, block->n_heads) == 0) ren_state_head_set(state, state->head, true);
  if (state->token < -1 || state->token >= block->n_rows) state->token = -1;
  if (state->dimensions.selected < -1 || state->dimensions.selected >= block->d_head)
    state->dimensions.selected = -1;
  ren_pins_fit(&state->pins, block);
  if (!ren_block_has(block, state->panel)) state->panel_open = false;
  int n = 0;
  for (int i = 0; i < state->n_pinned_panels; i++)
    if (ren_block_has(block, state->pinned_panels[i].panel)) state->pinned_panels[n++] = state->pinned_panels[i];
  state->n_pinned_panels = n;
  fit_picks(state, block);
}

void ren_state_fit(RenState *state, const EngSource *source) {
  ren_state_hover(state, REN_NO_ID);
  state->threshold = clamp_float(state->threshold, 0, 1);
  state->zoom = clamp_float(state->zoom, 1, REN_MAX_ZOOM);
  state->row_zoom = clamp_float(state->row_zoom, REN_LEAST_ROWS, REN_MOST_ROWS);
  state->share = clamp_float(state->share, REN_SPLIT_LEAST, 1 - REN_SPLIT_LEAST);
  for (int i = 0; i < REN_VIEW_COUNT; i++) {
    state->scroll_x[i] = clamp_float(state->scroll_x[i], 0, HUGE_VALF);
    state->scroll_y[i] = clamp_float(state->scroll_y[i], 0, HUGE_VALF);
  }
  if (source == NULL || eng_source_n_blocks(source) == 0) return;
  state->block = ren_clamp_index(state->block, eng_source_n_blocks(source));
  fit_block(state, eng_source_block(source, state->block));
}

RenColor ren_state_head_color(const RenState *state, int head) {
  return ren_theme_palette_head(state->theme, state->palette, head);
}

RenColor ren_state_layer_color(const RenState *state, int layer) {
  return ren_theme_palette_layer(state->theme, state->palette, layer);
}

RenColor ren_state_tile_color(const RenState *state, int head, bool active) {
  return ren_theme_palette_tile(state->theme, state->palette, head, active);
}

float ren_state_gain(const RenState *state, int n_heads, bool alone) {
  if (n_heads < 1) return 1;
  if (state->lines == REN_LINES_BERTVIZ) return 1 / (float)n_heads;
  return alone ? 1 : 1 / sqrtf((float)n_heads);
}

bool ren_state_head_active(const RenState *state, int head) {
  return head >= 0 && head < REN_MAX_HEADS && (state->heads[head / 64] >> (head % 64) & 1) != 0;
}

void ren_state_head_set(RenState *state, int head, bool active) {
  if (head < 0 || head >= REN_MAX_HEADS) return;
  uint64_t bit = (uint64_t)1 << (head % 64);
  if (active)
    state->heads[head / 64] |= bit;
  else
    state->heads[head / 64] &= ~bit;
}

int ren_state_heads_active(const RenState *state, int n_heads) {
  int n = 0;
  for (int head = 0; head < n_heads; head++) n += ren_state_head_active(state, head);
  return n;
}

void ren_state_point(RenState *state, int query, int key) {
  state->token = query;
  ren_pins_clear(&state->pins);
  if (key >= 0) ren_pins_set(&state->pins, REN_SIDE_KEY, key, true);
}

int ren_state_pick(const RenState *state, RenPanel head) {
  for (int i = 0; i < state->n_picks; i++)
    if (state->picks[i].head.layer == head.layer && state->picks[i].head.head == head.head) return i;
  return -1;
}

int ren_state_slots(const RenState *state, int n_heads) { return state->n_picks > 0 ? state->n_picks : n_heads; }

bool ren_state_slot_on(const RenState *state, int slot) {
  if (state->n_picks == 0) return ren_state_head_active(state, slot);
  return slot >= 0 && slot < state->n_picks && !state->picks[slot].off;
}

int ren_state_slots_on(const RenState *state, int n_heads) {
  int n = 0;
  for (int i = 0; i < ren_state_slots(state, n_heads); i++) n += ren_state_slot_on(state, i);
  return n;
}

bool ren_state_passes(const RenState *state, RenPanel head) {
  const RenPassing *passing = state->passing;
  if (!passing || head.layer >= passing->n_layers || head.head >= passing->n_heads) return true;
  return passing->on[head.layer * passing->n_heads + head.head] != 0;
}

bool ren_state_slot_counts(const RenState *state, int slot) {
  RenPanel head = state->n_picks > 0 && slot >= 0 && slot < state->n_picks ? state->picks[slot].head
                                                                           : (RenPanel){state->layer, slot};
  return ren_state_slot_on(state, slot) && ren_state_passes(state, head);
}

int ren_state_slots_count(const RenState *state, int n_heads) {
  int n = 0;
  for (int i = 0; i < ren_state_slots(state, n_heads); i++) n += ren_state_slot_counts(state, i);
  return n;
}

bool ren_state_slot_shown(const RenState *state, int slot) {
  return state->where_hides ? ren_state_slot_counts(state, slot) : ren_state_slot_on(state, slot);
}

int ren_state_slots_shown(const RenState *state, int n_heads) {
  return state->where_hides ? ren_state_slots_count(state, n_heads) : ren_state_slots_on(state, n_heads);
}

int ren_state_pinned_panel(const RenState *state, RenPanel panel) {
  for (int i = 0; i < state->n_pinned_panels; i++) {
    RenPanel pinned = state->pinned_panels[i].panel;
    if (pinned.layer == panel.layer && pinned.head == panel.head) return i;
  }
  return -1;
}

bool ren_state_panel_shown(const RenState *state) {
  return state->panel_open && ren_state_pinned_panel(state, state->panel) < 0;
}

void ren_state_hover(RenState *state, RenId id) {
  state->hover = id;
  state->preview = id.kind == REN_ID_TILE || id.kind == REN_ID_PICK ? id.a : -1;
  state->hover_side = REN_SIDE_NONE;
  state->hover_token = -1;
  switch (id.kind) {
  case REN_ID_QUERY:
  case REN_ID_CELL:
  case REN_ID_HEAD_CELL:
  case REN_ID_EXPAND:
  case REN_ID_STRIP_Q:
  case REN_ID_DIM_Q:
    state->hover_side = REN_SIDE_QUERY;
    state->hover_token = id.a;
    break;
  case REN_ID_PANEL_QUERY:
    state->hover_side = REN_SIDE_QUERY;
    state->hover_token = id.c;
    break;
  case REN_ID_NUMBER:
    state->hover_side = ren_strip_side(state->strip);
    state->hover_token = id.a;
    break;
  case REN_ID_KEY:
  case REN_ID_STRIP_K:
  case REN_ID_STRIP_QK:
  case REN_ID_STRIP_V:
  case REN_ID_DOT:
  case REN_ID_WEIGHT:
  case REN_ID_DIM_K:
    state->hover_side = REN_SIDE_KEY;
    state->hover_token = id.a;
    break;
  case REN_ID_PANEL_KEY:
    state->hover_side = REN_SIDE_KEY;
    state->hover_token = id.c;
    break;
  default:
    break;
  }
}

int ren_state_query(const RenState *state) {
  return state->hover_side == REN_SIDE_QUERY ? state->hover_token : state->token;
}

int ren_state_key(const RenState *state) { return state->hover_side == REN_SIDE_KEY ? state->hover_token : -1; }
