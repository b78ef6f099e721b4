/* What joins a query to its keys in the expanded neuron view: how strongly, and the lines along a key's row. */
#include "render/ramp.h"
#include "render/view_fan.h"
#include "render/view_rows.h"
#include "render/view_vectors.h"

float ren_vectors_connector(float weight) { return ren_tanh(REN_CONNECTOR_GAIN * weight); }

float ren_vectors_line(const RenNeuronLayout *layout) {
  return ren_neuron_thin(layout) ? ren_rows_line(layout->pitch) : REN_LINE_WIDTH;
}

/* How strongly key j is joined to what is selected: to the query, or, hovered itself, to all queries. */
float ren_vectors_opacity(const RenExpanded *expanded, int j) {
  if (expanded->query < 0) return expanded->scene->key == j ? 1 : 0;
  float weight = ren_at2(&expanded->vectors.weights, expanded->query, j);
  return ren_scene_shows(expanded->scene, j, weight) ? ren_vectors_connector(weight) : 0;
}

/* Key vector to product to sum to token. */
void ren_vectors_links(const RenExpanded *expanded, int j, float opacity) {
  if (opacity <= 0) return;
  const RenNeuronLayout *layout = expanded->layout;
  RenFrame *frame = expanded->scene->frame;
  RenColor color = ren_color_fade(expanded->scene->theme->accent, opacity);
  float y = ren_neuron_y(layout, j), width = ren_vectors_line(layout);
  ren_fan_across(frame, layout->k_x + layout->strip, layout->qk_x, y, width, color);
  ren_fan_across(frame, layout->qk_x + layout->strip, layout->dot_x, y, width, color);
  ren_fan_across(frame, layout->dot_x + REN_DOT, layout->key_x, y, width, color);
  if (layout->values && expanded->scene->block->has_v)
    ren_fan_across(frame, layout->number_x + REN_NUMBER_WIDTH + REN_GRID, layout->v_x, y, width, color);
}
