/* The expanded neuron view. For one query the row of every key reads from left to right: its key vector, the
 * product with the query element by element, the sum over sqrt(d_head), and its share after the softmax; the
 * connectors are as opaque as tanh(1.8 weight). What a causal model masks has no product to show. */
#include "render/ramp.h"
#include "render/view_fan.h"
#include "render/view_neuron.h"
#include "render/view_pair.h"
#include "render/view_scroll.h"

#include <math.h>

/* What rows are drawn from: one head's vectors and weights, unless its layer is not finished. */
typedef struct Vectors {
  const RenScene *scene;
  const RenNeuronLayout *layout;
  bool ready;
  EngTensor q, k, weights; /* (rows, d_head), (columns, d_head), (rows, columns) */
  int d_head;
  int query; /* whose products are shown, or -1 */
} Vectors;

static float connector(float weight) { return ren_tanh(REN_CONNECTOR_GAIN * weight); }

static bool is_masked(const Vectors *vectors, int j) {
  const EngBlock *block = vectors->scene->block;
  return block->causal && block->column_start + j > block->row_start + vectors->query;
}

static RenRect strip_rect(const RenNeuronLayout *layout, float x, int row) {
  return (RenRect){x, ren_neuron_y(layout, row) - REN_STRIP_HEIGHT / 2.0f, layout->strip, REN_STRIP_HEIGHT};
}

static void draw_outline(const Vectors *vectors, RenRect rect, float width, RenColor color) {
  ren_frame_box(vectors->scene->frame, REN_NO_ID, rect,
                (RenRectShape){.stroke = color, .stroke_width = width, .radius = REN_CORNER});
}

/* A vector as cells in a thin border; `frame` is the opacity of a stronger one. */
static void draw_strip(const Vectors *vectors, RenId id, RenRect rect, EngTensor values, float frame) {
  const RenTheme *theme = vectors->scene->theme;
  draw_outline(vectors, rect, 1, theme->raised);
  ren_frame_cells(
      vectors->scene->frame, id, ren_rect_inset(rect, 1),
      (RenValuesShape){
          .values = values, .positive = theme->positive, .negative = theme->negative, .ramp = REN_RAMP_TANH4});
  if (frame > 0) draw_outline(vectors, rect, REN_SELECTED, ren_color_fade(theme->accent, frame));
}

static RenRect token_rect(const RenNeuronLayout *layout, float x, float width, int row) {
  return (RenRect){x, ren_neuron_y(layout, row) - REN_NEURON_PITCH / 2.0f, width, REN_NEURON_PITCH};
}

static void draw_query_token(const Vectors *vectors, int i) {
  const RenScene *scene = vectors->scene;
  RenRect cell = token_rect(vectors->layout, vectors->layout->query_x, REN_NEURON_QUERY, i);
  ren_pair_cell(scene, (RenId){REN_ID_QUERY, i, 0, 0}, cell, i == vectors->query);
  if (vectors->ready && vectors->query < 0 && scene->key >= 0) {
    float weight = ren_at2(&vectors->weights, i, scene->key);
    if (ren_scene_shows(scene, scene->key, weight))
      ren_frame_fill(scene->frame, REN_NO_ID, cell, ren_color_fade(scene->theme->accent, weight));
  }
  if (i == scene->state->token) ren_pair_outline(scene, cell);
  ren_pair_pin(scene, REN_SIDE_QUERY, i, cell);
  ren_pair_query(scene, i, cell, REN_NEURON_ICON, REN_TEXT_TOKEN);
  ren_neuron_icon(scene, vectors->layout, i);
}

static void draw_query(const Vectors *vectors, int i) {
  const RenNeuronLayout *layout = vectors->layout;
  draw_query_token(vectors, i);
  if (!vectors->ready) return;
  draw_strip(vectors, (RenId){REN_ID_STRIP_Q, i, 0, 0}, strip_rect(layout, layout->q_x, i),
             eng_tensor_select(vectors->q, 0, (size_t)i), i == vectors->query ? 1 : 0);
  if (i == vectors->query)
    ren_fan_across(vectors->scene->frame, layout->query_x + REN_NEURON_QUERY, layout->q_x, ren_neuron_y(layout, i),
                   REN_LINE_WIDTH, vectors->scene->theme->accent);
}

static void draw_dot(const Vectors *vectors, int j, float score) {
  const RenTheme *theme = vectors->scene->theme;
  RenRect rect = {vectors->layout->dot_x, ren_neuron_y(vectors->layout, j) - REN_DOT / 2.0f, REN_DOT, REN_DOT};
  RenColor hue = score < 0 ? theme->negative : theme->positive;
  float size = fabsf(score);
  ren_frame_box(vectors->scene->frame, REN_NO_ID, rect,
                (RenRectShape){
                    .fill = ren_color_fade(hue, ren_tanh(size / REN_DOT_FILL_SCALE)),
                    .stroke = ren_color_fade(hue, fmaxf(ren_tanh(size / REN_DOT_STROKE_SCALE), REN_DOT_STROKE_MIN)),
                    .stroke_width = 1,
                    .radius = REN_DOT_RADIUS});
}

static void draw_bar(const Vectors *vectors, int j, float weight) {
  RenRect rect = {vectors->layout->bar_x, ren_neuron_y(vectors->layout, j) - REN_BAR_HEIGHT / 2.0f,
                  weight * REN_BAR_WIDTH, REN_BAR_HEIGHT};
  if (!ren_scene_shows(vectors->scene, j, weight)) return;
  ren_frame_box(vectors->scene->frame, REN_NO_ID, rect,
                (RenRectShape){.fill = ren_color_fade(vectors->scene->theme->accent, REN_BAR_FADE),
                               .radius = fminf(REN_CORNER, rect.w / 2)});
}

/* The elementwise product with key j, and its sum. NULL when memory is short. */
static float *product_of(const Vectors *vectors, int j, float *sum) {
  float *product = ren_frame_alloc(vectors->scene->frame, (size_t)vectors->d_head * sizeof *product);
  *sum = 0;
  for (int d = 0; product != NULL && d < vectors->d_head; d++) {
    product[d] = ren_at2(&vectors->q, vectors->query, d) * ren_at2(&vectors->k, j, d);
    *sum += product[d];
  }
  return product;
}

/* Key vector to product to sum to token. */
static void draw_links(const Vectors *vectors, int j, float opacity) {
  if (opacity <= 0) return;
  const RenNeuronLayout *layout = vectors->layout;
  RenFrame *frame = vectors->scene->frame;
  RenColor color = ren_color_fade(vectors->scene->theme->accent, opacity);
  float y = ren_neuron_y(layout, j);
  ren_fan_across(frame, layout->k_x + layout->strip, layout->qk_x, y, REN_LINE_WIDTH, color);
  ren_fan_across(frame, layout->qk_x + layout->strip, layout->dot_x, y, REN_LINE_WIDTH, color);
  ren_fan_across(frame, layout->dot_x + REN_DOT, layout->key_x, y, REN_LINE_WIDTH, color);
}

/* The rest of key j's row: product, sum, share. */
static void draw_product(const Vectors *vectors, int j, float opacity) {
  float sum, weight = ren_at2(&vectors->weights, vectors->query, j);
  float *product = product_of(vectors, j, &sum);
  if (product == NULL) return;
  draw_strip(vectors, (RenId){REN_ID_STRIP_QK, j, 0, 0}, strip_rect(vectors->layout, vectors->layout->qk_x, j),
             eng_tensor_view(product, 1, (size_t[]){(size_t)vectors->d_head}), opacity);
  draw_dot(vectors, j, sum / sqrtf((float)vectors->d_head));
  draw_bar(vectors, j, weight);
  ren_neuron_number(vectors->scene, vectors->layout, j, weight);
  draw_links(vectors, j, opacity);
}

/* How strongly key j is joined to what is selected: to the query, or, hovered itself, to all queries. */
static float key_opacity(const Vectors *vectors, int j) {
  if (vectors->query < 0) return vectors->scene->key == j ? 1 : 0;
  float weight = ren_at2(&vectors->weights, vectors->query, j);
  return ren_scene_shows(vectors->scene, j, weight) ? connector(weight) : 0;
}

static void draw_key(const Vectors *vectors, int j) {
  const RenNeuronLayout *layout = vectors->layout;
  RenRect cell = token_rect(layout, layout->key_x, REN_NEURON_KEY, j);
  ren_pair_cell(vectors->scene, (RenId){REN_ID_KEY, j, 0, 0}, cell, vectors->scene->key == j);
  ren_pair_pin(vectors->scene, REN_SIDE_KEY, j, cell);
  ren_pair_key(vectors->scene, j, cell, REN_TEXT_TOKEN);
  if (!vectors->ready) return;
  float opacity = key_opacity(vectors, j);
  draw_strip(vectors, (RenId){REN_ID_STRIP_K, j, 0, 0}, strip_rect(layout, layout->k_x, j),
             eng_tensor_select(vectors->k, 0, (size_t)j), opacity);
  if (vectors->query >= 0 && !is_masked(vectors, j)) draw_product(vectors, j, opacity);
}

/* From the query to every key, or from every query to the hovered key. */
static void draw_fan(const Vectors *vectors) {
  const RenScene *scene = vectors->scene;
  const RenNeuronLayout *layout = vectors->layout;
  bool forward = vectors->query >= 0;
  if (!vectors->ready || (!forward && scene->key < 0)) return;
  int n = forward ? scene->block->n_columns : scene->block->n_rows;
  float *opacity = ren_frame_alloc(scene->frame, (size_t)n * sizeof *opacity);
  if (opacity == NULL) return;
  for (int i = 0; i < n; i++) {
    float weight =
        forward ? ren_at2(&vectors->weights, vectors->query, i) : ren_at2(&vectors->weights, i, scene->key);
    opacity[i] = ren_scene_shows(scene, forward ? i : scene->key, weight) ? connector(weight) : 0;
  }
  float left = layout->q_x + layout->strip, right = layout->k_x;
  RenFan fan = {.hub_x = forward ? left : right,
                .trunk_x = floorf((left + right) / 2),
                .leaf_x = forward ? right : left,
                .first_y = ren_neuron_y(layout, 0),
                .pitch = REN_NEURON_PITCH,
                .hub = forward ? vectors->query : scene->key,
                .n_leaves = n,
                .opacity = opacity,
                .visible = ren_scroll_rows(1 << 24, REN_NEURON_PITCH, layout->scroll_y, layout->rows.h),
                .width = REN_LINE_WIDTH,
                .color = scene->theme->accent};
  ren_fan_draw(scene->frame, &fan);
}

static void draw_heading(const Vectors *vectors, float x, float width, RenAlign align, const char *text) {
  RenRect rect = {x, vectors->scene->area.y, width, REN_NEURON_TOP};
  ren_frame_text(vectors->scene->frame, REN_NO_ID, rect,
                 (RenTextShape){.text = text,
                                .font = REN_SANS_BOLD,
                                .size = REN_TEXT_CONTROL,
                                .align = align,
                                .color = vectors->scene->theme->text});
}

static void draw_headings(const Vectors *vectors) {
  const RenNeuronLayout *layout = vectors->layout;
  draw_heading(vectors, layout->q_x, layout->strip, REN_LEFT, "Query q");
  draw_heading(vectors, layout->k_x, layout->strip, REN_LEFT, "Key k");
  draw_heading(vectors, layout->qk_x, layout->strip, REN_LEFT, "q × k (elementwise)");
  draw_heading(vectors, layout->dot_x - REN_DOT, 3 * REN_DOT, REN_CENTER, "q·k / √d");
  draw_heading(vectors, layout->key_x + REN_CELL_PAD, REN_NEURON_KEY, REN_LEFT, "Softmax");
}

static void draw_rows(const Vectors *vectors) {
  const RenScene *scene = vectors->scene;
  const RenNeuronLayout *layout = vectors->layout;
  draw_fan(vectors);
  RenRange range = ren_scroll_rows(scene->block->n_rows, REN_NEURON_PITCH, layout->scroll_y, layout->rows.h);
  for (int i = range.first; i < range.last; i++) draw_query(vectors, i);
  range = ren_scroll_rows(scene->block->n_columns, REN_NEURON_PITCH, layout->scroll_y, layout->rows.h);
  for (int j = range.first; j < range.last; j++) draw_key(vectors, j);
  if (vectors->query >= 0) return;
  RenRect message = {layout->qk_x, layout->rows.y, layout->key_x - layout->qk_x,
                     fminf(layout->rows.h, ren_neuron_height(scene->block))};
  ren_scene_message(scene, message, vectors->ready ? "No token selected" : "running…");
}

void ren_vectors_draw(const RenScene *scene, const RenNeuronLayout *layout) {
  Vectors vectors = {.scene = scene, .layout = layout, .d_head = scene->block->d_head, .query = -1};
  vectors.ready = ren_scene_ready(scene, scene->layer);
  if (vectors.ready) {
    int block = ren_scene_block_index(scene->state, scene->source);
    vectors.q = eng_source_queries(scene->source, block, scene->layer, scene->head);
    vectors.k = eng_source_keys(scene->source, block, scene->layer, scene->head);
    vectors.weights = ren_scene_pattern(scene, scene->layer, scene->head);
    vectors.query = scene->query;
  }
  draw_headings(&vectors);
  ren_frame_push_clip(scene->frame, layout->rows);
  draw_rows(&vectors);
  ren_frame_pop_clip(scene->frame);
}
