/* Where the neuron view's columns are. Vectors take what the other columns leave; what does not fit is scrolled
 * to. Tokens' cells grow with their rows, up to a bound: what grows on are the vectors. */
#include "render/view_neuron_layout.h"

#include "render/view_rows.h"
#include "render/view_scroll.h"

#include <math.h>

/* Everything in an expanded row but the vectors and the tokens. */
enum {
  BESIDE_STRIPS = REN_NEURON_TO_QUERY + REN_NEURON_TO_KEY + REN_NEURON_TO_PRODUCT + REN_NEURON_TO_DOT + REN_DOT +
                  REN_NEURON_TO_SOFTMAX + REN_BAR_WIDTH + REN_NUMBER_WIDTH
};

static bool is_expanded(const RenState *state, const EngBlock *block) { return state->expanded && block->has_qk; }

/* The values' sum has a row of its own. */
static bool has_sum(const RenState *state, const EngBlock *block) {
  return is_expanded(state, block) && state->dimensions.values && block->has_v;
}

static int n_rows(const RenState *state, const EngBlock *block) {
  int columns = block->n_columns + has_sum(state, block);
  return block->n_rows > columns ? block->n_rows : columns;
}

/* What that row has more than others where they are too low for a text each. */
static float sum_more(const RenState *state, const EngBlock *block, float pitch) {
  return has_sum(state, block) ? fmaxf(REN_TOKEN_LABELS - pitch, 0) : 0;
}

static RenRows rows_of(const RenState *state, const EngBlock *block, RenRect rows) {
  int n = n_rows(state, block);
  RenRows whole = ren_rows_whole(n, REN_NEURON_PITCH, rows.h);
  float more = sum_more(state, block, whole.least * whole.first);
  return more > 0 ? ren_rows_whole(n, REN_NEURON_PITCH, rows.h - more) : whole;
}

static void set_rows(RenNeuronLayout *layout, const RenState *state, const EngBlock *block) {
  RenRows rows = rows_of(state, block, layout->rows);
  layout->pitch = ren_rows_pitch(&rows, state);
  layout->zoom = ren_rows_now(&rows, state);
  layout->height = (float)rows.n * layout->pitch + sum_more(state, block, layout->pitch) + REN_PAD;
  layout->share = layout->pitch / REN_NEURON_PITCH;
  float wide = ren_clamp(layout->share, 1, REN_NEURON_WIDER);
  layout->query_w = floorf(REN_NEURON_QUERY * wide);
  layout->key_w = floorf(REN_NEURON_KEY * wide);
  layout->text_size = ren_rows_text(REN_TEXT_TOKEN, fminf(layout->share, REN_NEURON_WIDER));
}

static void place_expanded(RenNeuronLayout *layout) {
  layout->q_x = layout->query_x + layout->query_w + REN_NEURON_TO_QUERY;
  layout->k_x = layout->q_x + layout->strip + REN_NEURON_TO_KEY;
  layout->qk_x = layout->k_x + layout->strip + REN_NEURON_TO_PRODUCT;
  layout->dot_x = layout->qk_x + layout->strip + REN_NEURON_TO_DOT;
  layout->key_x = layout->dot_x + REN_DOT + REN_NEURON_TO_SOFTMAX;
  layout->bar_x = layout->key_x + layout->key_w;
  layout->number_x = layout->bar_x + REN_BAR_WIDTH;
  layout->v_x = layout->number_x + REN_NUMBER_WIDTH + REN_NEURON_TO_VALUE;
}

static void place_collapsed(RenNeuronLayout *layout, float band) {
  layout->key_x = layout->query_x + layout->query_w + band;
  layout->number_x = layout->key_x + layout->key_w;
}

/* What lies under the rows. */
static RenRect cut_spread(const RenState *state, RenNeuronLayout *layout, RenRect area) {
  if (!layout->expanded || state->dimensions.selected < 0) return (RenRect){0};
  return ren_rect_cut_bottom(&layout->rows, floorf(fminf(REN_SPREAD_HEIGHT, REN_SPREAD_SHARE * area.h)));
}

RenNeuronLayout ren_neuron_layout(const RenState *state, const EngBlock *block, RenRect area) {
  RenNeuronLayout layout = {
      .rows = area, .expanded = is_expanded(state, block), .values = state->dimensions.values};
  ren_rect_cut_top(&layout.rows, REN_NEURON_TOP);
  layout.spread = cut_spread(state, &layout, area);
  set_rows(&layout, state, block);
  float margin = area.w < REN_MIN_WIDTH ? REN_PAD : REN_NEURON_MARGIN;
  if (layout.height > layout.rows.h) margin = fmaxf(margin, REN_MINIMAP + 2);
  float room = area.w - 2 * margin;
  float beside = BESIDE_STRIPS + layout.query_w + layout.key_w + (layout.values ? REN_NEURON_TO_VALUE : 0),
        strips = layout.values ? 4 : 3;
  layout.strip = floorf(ren_clamp((room - beside) / strips, REN_STRIP_MIN, REN_STRIP_MAX));
  float expanded = beside + strips * layout.strip;
  float tokens = layout.query_w + layout.key_w + REN_NUMBER_WIDTH;
  float band = floorf(ren_clamp(room - tokens, REN_NEURON_BAND_MIN, REN_NEURON_BAND));
  layout.width = 2 * margin + (layout.expanded ? expanded : tokens + band);
  layout.scroll_x = ren_scroll_clamp(state->scroll_x[REN_VIEW_NEURON], layout.width, area.w);
  layout.scroll_y = ren_scroll_clamp(state->scroll_y[REN_VIEW_NEURON], layout.height, layout.rows.h);
  layout.query_x = area.x + margin + floorf(fmaxf(0, (room - expanded) / 2)) - layout.scroll_x;
  if (layout.expanded)
    place_expanded(&layout);
  else
    place_collapsed(&layout, band);
  return layout;
}

void ren_neuron_zoom(RenState *state, const EngBlock *block, RenRect area, float factor, float y) {
  RenNeuronLayout layout = ren_neuron_layout(state, block, area);
  RenRows rows = rows_of(state, block, layout.rows);
  float below = y - layout.rows.y, row = ren_clamp((layout.scroll_y + below) / layout.pitch, 0, (float)rows.n);
  ren_rows_zoom(&rows, state, factor);
  layout = ren_neuron_layout(state, block, area);
  state->scroll_y[REN_VIEW_NEURON] =
      ren_scroll_clamp(roundf(row * layout.pitch - below), layout.height, layout.rows.h);
}
