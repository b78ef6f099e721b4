/* The neuron view: one head, and how its queries and keys make the weights. Collapsed it is a pair of token
 * columns; expanded the computation stands between them: q, k, their elementwise product, its sum over the
 * square root of the head's width, and the softmax. */
#include "render/view.h"

#include "render/view_minimap.h"
#include "render/view_pair.h"
#include "render/view_rows.h"
#include "render/view_scroll.h"
#include "render/view_vectors.h"

#include <math.h>

/* Names of the two columns; at the right what the controls do, or why there is nothing to expand. */
static void draw_labels(const RenScene *scene, const RenNeuronLayout *layout) {
  RenRect line = {scene->area.x, layout->rows.y - REN_HEAD_TOP + REN_PAD, scene->area.w,
                  REN_HEAD_TOP - 2 * REN_PAD};
  RenRect query = {layout->query_x, line.y, layout->query_w - REN_CELL_PAD, line.h};
  RenRect key = {layout->key_x + REN_CELL_PAD, line.y, layout->key_w, line.h};
  ren_scene_label(scene, query, REN_RIGHT, scene->theme->muted, "query");
  ren_scene_label(scene, key, REN_LEFT, scene->theme->muted, "key");
  bool fits = line.w >= REN_NEURON_MARGIN + layout->number_x + REN_NUMBER_WIDTH - line.x + REN_NEURON_NOTE;
  RenRect note = line;
  if (fits)
    ren_rect_cut_right(&note, REN_NEURON_MARGIN);
  else
    note.x = layout->query_x, note.y = scene->area.y, note.h = line.y - scene->area.y;
  if (!scene->block->has_qk)
    ren_scene_label(scene, note, fits ? REN_RIGHT : REN_LEFT, scene->theme->muted,
                    scene->block->no_qk ? scene->block->no_qk
                                        : "This source has no queries and keys: record it with q and k kept.");
  else if (fits)
    ren_scene_label(scene, note, REN_RIGHT, scene->theme->muted, "⊕ shows how q and k make the weights");
}

static float plain_sum(const EngTensor *weights, const RenAlone *rows, int j) {
  float sum = 0;
  for (int i = 0; i < rows->n; i++) sum += ren_at2(weights, rows->tokens[i], j);
  return sum;
}

/* The controls, and for queries alone their weights in figures. */
static void draw_beside(const RenScene *scene, const RenNeuronLayout *layout, const EngTensor *weights) {
  if (ren_neuron_thin(layout)) return;
  ren_frame_push_clip(scene->frame, layout->rows);
  RenRange range = ren_scroll_rows(scene->block->n_rows, layout->pitch, layout->scroll_y, layout->rows.h);
  for (int i = range.first; i < range.last; i++) ren_neuron_icon(scene, layout, i);
  range = ren_scroll_rows(scene->block->n_columns, layout->pitch, layout->scroll_y, layout->rows.h);
  bool alone = weights != NULL && scene->columns.n == 0 && scene->rows.n > 0;
  for (int j = range.first; alone && j < range.last; j++)
    ren_neuron_number(scene, layout, j, plain_sum(weights, &scene->rows, j));
  ren_frame_pop_clip(scene->frame);
}

static void draw_collapsed(const RenScene *scene, const RenNeuronLayout *layout) {
  bool ready = ren_scene_ready(scene, scene->layer);
  RenStroke stroke = {.color = scene->theme->accent};
  if (ready) stroke.weights = ren_scene_pattern(scene, scene->layer, scene->head);
  stroke.dim =
      fminf(ren_scene_dim(scene, scene->layer, scene->head), REN_FILTER_DIM); /* it is selected: it shows */
  RenPair pair = {.rows = layout->rows,
                  .scroll = layout->scroll_y,
                  .query_x = layout->query_x,
                  .query_w = layout->query_w,
                  .key_x = layout->key_x,
                  .key_w = layout->key_w,
                  .gutter = ren_neuron_thin(layout) ? 0 : REN_NEURON_ICON,
                  .pitch = layout->pitch,
                  .text_size = layout->text_size,
                  .line_width = ren_rows_line(layout->pitch),
                  .query_id = {.kind = REN_ID_QUERY},
                  .key_id = {.kind = REN_ID_KEY},
                  .n_heads = ready ? 1 : 0,
                  .heads = &stroke};
  draw_labels(scene, layout);
  ren_pair_draw(scene, &pair);
  draw_beside(scene, layout, ready ? &stroke.weights : NULL);
}

static void draw(const RenState *state, const EngSource *source, RenText *text, RenRect area, RenFrame *frame) {
  RenScene scene;
  if (ren_scene_begin(&scene, state, source, text, area, frame)) {
    RenNeuronLayout layout = ren_neuron_layout(state, scene.block, area);
    if (layout.expanded)
      ren_vectors_draw(&scene, &layout);
    else
      draw_collapsed(&scene, &layout);
    ren_minimap_draw(&scene);
    ren_scroll_mark_x(frame, area, layout.width, layout.scroll_x, scene.theme->border);
  }
  ren_scene_end(&scene);
}

static void extent(const RenState *state, const EngBlock *block, RenRect area, float *width, float *height) {
  RenNeuronLayout layout = ren_neuron_layout(state, block, area);
  *width = fmaxf(area.w, layout.width);
  *height = fmaxf(area.h, REN_NEURON_TOP + layout.height + layout.spread.h);
}

const RenView ren_view_neuron = {draw, extent};
