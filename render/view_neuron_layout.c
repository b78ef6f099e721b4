/* Where the neuron view's columns are. Vectors take what the other columns leave; what does not fit is scrolled
 * to. */
#include "render/view_neuron.h"

#include "render/view_scroll.h"

#include <math.h>

/* Everything in an expanded row but the vectors. */
enum {
  BESIDE_STRIPS = REN_NEURON_QUERY + REN_NEURON_TO_QUERY + REN_NEURON_TO_KEY + REN_NEURON_TO_PRODUCT +
                  REN_NEURON_TO_DOT + REN_DOT + REN_NEURON_TO_SOFTMAX + REN_NEURON_KEY + REN_BAR_WIDTH +
                  REN_NUMBER_WIDTH
};

static float clamp(float x, float low, float high) { return x < low ? low : x > high ? high : x; }

/* The values' sum has a row of its own. */
float ren_neuron_height(const RenState *state, const EngBlock *block) {
  bool sum = state->expanded && state->dimensions.values && block->has_qk && block->has_v;
  int columns = block->n_columns + sum, n = block->n_rows > columns ? block->n_rows : columns;
  return (float)(n * REN_NEURON_PITCH + REN_PAD);
}

static void place_expanded(RenNeuronLayout *layout) {
  layout->q_x = layout->query_x + REN_NEURON_QUERY + REN_NEURON_TO_QUERY;
  layout->k_x = layout->q_x + layout->strip + REN_NEURON_TO_KEY;
  layout->qk_x = layout->k_x + layout->strip + REN_NEURON_TO_PRODUCT;
  layout->dot_x = layout->qk_x + layout->strip + REN_NEURON_TO_DOT;
  layout->key_x = layout->dot_x + REN_DOT + REN_NEURON_TO_SOFTMAX;
  layout->bar_x = layout->key_x + REN_NEURON_KEY;
  layout->number_x = layout->bar_x + REN_BAR_WIDTH;
  layout->v_x = layout->number_x + REN_NUMBER_WIDTH + REN_NEURON_TO_VALUE;
}

static void place_collapsed(RenNeuronLayout *layout, float band) {
  layout->key_x = layout->query_x + REN_NEURON_QUERY + band;
  layout->number_x = layout->key_x + REN_NEURON_KEY;
}

/* What lies under the rows. */
static RenRect cut_spread(const RenState *state, RenNeuronLayout *layout, RenRect area) {
  if (!layout->expanded || state->dimensions.selected < 0) return (RenRect){0};
  return ren_rect_cut_bottom(&layout->rows, floorf(fminf(REN_SPREAD_HEIGHT, REN_SPREAD_SHARE * area.h)));
}

RenNeuronLayout ren_neuron_layout(const RenState *state, const EngBlock *block, RenRect area) {
  RenNeuronLayout layout = {
      .rows = area, .expanded = state->expanded && block->has_qk, .values = state->dimensions.values};
  ren_rect_cut_top(&layout.rows, REN_NEURON_TOP);
  layout.spread = cut_spread(state, &layout, area);
  float margin = area.w < REN_MIN_WIDTH ? REN_PAD : REN_NEURON_MARGIN;
  if (ren_neuron_height(state, block) > layout.rows.h) margin = fmaxf(margin, REN_MINIMAP + 2);
  float room = area.w - 2 * margin;
  float beside = BESIDE_STRIPS + (layout.values ? REN_NEURON_TO_VALUE : 0), strips = layout.values ? 4 : 3;
  layout.strip = floorf(clamp((room - beside) / strips, REN_STRIP_MIN, REN_STRIP_MAX));
  float expanded = beside + strips * layout.strip;
  float tokens = REN_NEURON_QUERY + REN_NEURON_KEY + REN_NUMBER_WIDTH;
  float band = floorf(clamp(room - tokens, REN_NEURON_BAND_MIN, REN_NEURON_BAND));
  layout.width = 2 * margin + (layout.expanded ? expanded : tokens + band);
  layout.scroll_x = ren_scroll_clamp(state->scroll_x[REN_VIEW_NEURON], layout.width, area.w);
  layout.scroll_y =
      ren_scroll_clamp(state->scroll_y[REN_VIEW_NEURON], ren_neuron_height(state, block), layout.rows.h);
  layout.query_x = area.x + margin + floorf(fmaxf(0, (room - expanded) / 2)) - layout.scroll_x;
  if (layout.expanded)
    place_expanded(&layout);
  else
    place_collapsed(&layout, band);
  return layout;
}
