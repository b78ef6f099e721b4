/* What stands in a row of the neuron view in both of its states: the control beside a query, a key's weight. */
#include "render/view_neuron_layout.h"
#include "render/view_rows.h"

#include <math.h>

void ren_neuron_icon(const RenScene *scene, const RenNeuronLayout *layout, int i) {
  RenRect rect = {layout->query_x, ren_neuron_y(layout, i) - layout->pitch / 2, REN_NEURON_ICON + REN_GRID,
                  layout->pitch};
  bool lit = scene->state->hover_side == REN_SIDE_QUERY && scene->state->hover_token == i;
  RenColor color = lit ? scene->theme->text : scene->theme->muted;
  if (!scene->block->has_qk) color = ren_color_fade(scene->theme->muted, REN_FADE_DISABLED);
  ren_frame_text(scene->frame, (RenId){REN_ID_EXPAND, i, 0, 0}, rect,
                 (RenTextShape){.text = layout->expanded ? "⊖" : "⊕",
                                .font = REN_SANS,
                                .size = layout->text_size < REN_TEXT_TOKEN ? layout->text_size : REN_TEXT_TOKEN,
                                .align = REN_CENTER,
                                .color = color});
}

void ren_neuron_number(const RenScene *scene, const RenNeuronLayout *layout, int j, float weight) {
  RenRect rect = {layout->number_x, ren_neuron_y(layout, j) - layout->pitch / 2, REN_NUMBER_WIDTH, layout->pitch};
  const char *figures = ren_frame_number(scene->frame, (double)weight, 3);
  if (figures[0] == '0') figures++;
  bool shows = ren_scene_shows(scene, j, weight);
  ren_frame_text(scene->frame, REN_NO_ID, rect,
                 (RenTextShape){.text = figures,
                                .font = REN_MONO,
                                .size = ren_rows_text(REN_TEXT_CONTROL, fminf(layout->share, 1)),
                                .align = REN_RIGHT,
                                .color = shows ? scene->theme->text : scene->theme->muted});
}
