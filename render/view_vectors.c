/* The expanded neuron view. For one query the row of every key reads from left to right: its key vector, the
 * product with the query element by element, the sum over sqrt(d_head), its share after the softmax, and the value
 * that is taken by that share; the connectors are as opaque as tanh(1.8 weight). What a causal model masks has no
 * product to show. Vectors stand in the order of their dimensions; sums are over all of them, shown or not. */
#include "render/view_vectors.h"
#include "render/ramp.h"
#include "render/view_edits.h"
#include "render/view_fan.h"
#include "render/view_pair.h"
#include "render/view_scroll.h"

#include <math.h>

/* What stands in a row, so that its edges are on the same pixels in all of them. */
static float height_in(float row, float wanted) { return row - 2 * ceilf((row - wanted) / 2); }

static RenRect token_rect(const RenNeuronLayout *layout, float x, float width, int row) {
  return (RenRect){x, ren_neuron_y(layout, row) - layout->pitch / 2, width, layout->pitch};
}

static RenRect strip_in(const RenNeuronLayout *layout, RenRect row) {
  float share = fminf(layout->share, 1);
  float height = height_in(row.h, row.h - (REN_NEURON_PITCH - REN_STRIP_HEIGHT) * share);
  return (RenRect){row.x, row.y + (row.h - height) / 2, row.w, height};
}

static RenRect strip_rect(const RenNeuronLayout *layout, float x, int row) {
  return strip_in(layout, token_rect(layout, x, layout->strip, row));
}

static void draw_outline(const RenExpanded *expanded, RenRect rect, float width, RenColor color) {
  ren_frame_box(expanded->scene->frame, REN_NO_ID, rect,
                (RenRectShape){.stroke = color, .stroke_width = width, .radius = REN_CORNER});
}

static void draw_frame(const RenExpanded *expanded, RenRect rect, float opacity) {
  if (opacity > 0)
    draw_outline(expanded, rect, REN_SELECTED, ren_color_fade(expanded->scene->theme->accent, opacity));
}

/* A vector as cells in a thin border; `frame` is the opacity of a stronger one. */
static void draw_strip(const RenExpanded *expanded, RenId id, RenRect rect, EngTensor values, float frame) {
  draw_outline(expanded, rect, 1, expanded->scene->theme->raised);
  ren_vectors_cells(expanded, id, ren_rect_inset(rect, 1), values);
  draw_frame(expanded, rect, frame);
}

/* Values have dimensions of their own, which stand as they are. */
static void draw_value_strip(const RenExpanded *expanded, RenId id, RenRect rect, EngTensor values, float frame) {
  draw_outline(expanded, rect, 1, expanded->scene->theme->raised);
  ren_vectors_plain(expanded, id, ren_rect_inset(rect, 1), values);
  draw_frame(expanded, rect, frame);
}

static void draw_query_token(const RenExpanded *expanded, int i) {
  const RenScene *scene = expanded->scene;
  RenRect cell = token_rect(expanded->layout, expanded->layout->query_x, expanded->layout->query_w, i);
  ren_pair_cell(scene, (RenId){REN_ID_QUERY, i, 0, 0}, cell, i == expanded->query);
  if (expanded->ready && expanded->query < 0 && scene->key >= 0) {
    float weight = ren_at2(&expanded->vectors.weights, i, scene->key);
    if (ren_scene_shows(scene, scene->key, weight))
      ren_frame_fill(scene->frame, REN_NO_ID, cell, ren_color_fade(scene->theme->accent, weight));
  }
  if (i == scene->state->token) ren_pair_outline(scene, cell);
  ren_pair_pin(scene, REN_SIDE_QUERY, i, cell);
  ren_pair_query(scene, i, cell, REN_NEURON_ICON, expanded->layout->text_size);
  ren_neuron_icon(scene, expanded->layout, i);
}

static void draw_query(const RenExpanded *expanded, int i) {
  const RenNeuronLayout *layout = expanded->layout;
  draw_query_token(expanded, i);
  if (!expanded->ready) return;
  draw_strip(expanded, (RenId){REN_ID_STRIP_Q, i, 0, 0}, strip_rect(layout, layout->q_x, i),
             eng_tensor_select(expanded->vectors.q, 0, (size_t)i), i == expanded->query ? 1 : 0);
  if (i == expanded->query)
    ren_fan_across(expanded->scene->frame, layout->query_x + layout->query_w, layout->q_x, ren_neuron_y(layout, i),
                   REN_LINE_WIDTH, expanded->scene->theme->accent);
}

static void draw_dot(const RenExpanded *expanded, int j, float score) {
  const RenTheme *theme = expanded->scene->theme;
  const RenNeuronLayout *layout = expanded->layout;
  float side = height_in(layout->pitch, REN_DOT * fminf(layout->share, 1));
  RenRect rect = {layout->dot_x + (REN_DOT - side) / 2, ren_neuron_y(layout, j) - side / 2, side, side};
  RenColor hue = score < 0 ? theme->negative : theme->positive;
  float size = fabsf(score);
  ren_frame_box(expanded->scene->frame, (RenId){REN_ID_DOT, j, 0, 0}, rect,
                (RenRectShape){
                    .fill = ren_color_fade(hue, ren_tanh(size / REN_DOT_FILL_SCALE)),
                    .stroke = ren_color_fade(hue, fmaxf(ren_tanh(size / REN_DOT_STROKE_SCALE), REN_DOT_STROKE_MIN)),
                    .stroke_width = 1,
                    .radius = REN_DOT_RADIUS});
}

static void draw_bar(const RenExpanded *expanded, int j, float weight) {
  ren_frame_area(expanded->scene->frame, (RenId){REN_ID_WEIGHT, j, 0, 0},
                 token_rect(expanded->layout, expanded->layout->bar_x, REN_BAR_WIDTH + REN_NUMBER_WIDTH, j));
  float height = height_in(expanded->layout->pitch, REN_BAR_HEIGHT * fminf(expanded->layout->share, 1));
  RenRect rect = {expanded->layout->bar_x, ren_neuron_y(expanded->layout, j) - height / 2, weight * REN_BAR_WIDTH,
                  height};
  if (!ren_scene_shows(expanded->scene, j, weight)) return;
  ren_frame_box(expanded->scene->frame, REN_NO_ID, rect,
                (RenRectShape){.fill = ren_color_fade(expanded->scene->theme->accent, REN_BAR_FADE),
                               .radius = fminf(REN_CORNER, rect.w / 2)});
}

/* The rest of key j's row: product, sum, share. */
static void draw_product(const RenExpanded *expanded, int j, float opacity) {
  float weight = ren_at2(&expanded->vectors.weights, expanded->query, j);
  float *product = ren_frame_alloc(expanded->scene->frame, (size_t)expanded->vectors.d_head * sizeof *product);
  if (product == NULL) return;
  float sum = ren_vectors_product(expanded, j, product);
  draw_strip(expanded, (RenId){REN_ID_STRIP_QK, j, 0, 0}, strip_rect(expanded->layout, expanded->layout->qk_x, j),
             eng_tensor_view(product, 1, (size_t[]){(size_t)expanded->vectors.d_head}), opacity);
  draw_dot(expanded, j, sum / sqrtf((float)expanded->vectors.d_head));
  draw_bar(expanded, j, weight);
  ren_neuron_number(expanded->scene, expanded->layout, j, weight);
  ren_vectors_links(expanded, j, opacity);
}

static void draw_key(const RenExpanded *expanded, int j) {
  const RenNeuronLayout *layout = expanded->layout;
  RenRect cell = token_rect(layout, layout->key_x, layout->key_w, j);
  ren_pair_cell(expanded->scene, (RenId){REN_ID_KEY, j, 0, 0}, cell, expanded->scene->key == j);
  ren_pair_pin(expanded->scene, REN_SIDE_KEY, j, cell);
  ren_pair_key(expanded->scene, j, cell, layout->text_size);
  if (!expanded->ready) return;
  float opacity = ren_vectors_opacity(expanded, j);
  draw_strip(expanded, (RenId){REN_ID_STRIP_K, j, 0, 0}, strip_rect(layout, layout->k_x, j),
             eng_tensor_select(expanded->vectors.k, 0, (size_t)j), opacity);
  if (layout->values && expanded->scene->block->has_v)
    draw_value_strip(expanded, (RenId){REN_ID_STRIP_V, j, 0, 0}, strip_rect(layout, layout->v_x, j),
                     eng_tensor_select(expanded->vectors.v, 0, (size_t)j), opacity);
  if (expanded->query >= 0 && !ren_vectors_masked(expanded->scene->block, expanded->query, j))
    draw_product(expanded, j, opacity);
}

/* What the query takes from all keys of this part, in a row under them. */
static void draw_sum(const RenExpanded *expanded) {
  const RenScene *scene = expanded->scene;
  const RenNeuronLayout *layout = expanded->layout;
  int n = scene->block->n_columns, d_head = expanded->vectors.d_head;
  RenRect row = token_rect(layout, layout->v_x, layout->strip, n), label = row;
  row.h = label.h = fmaxf(row.h, REN_TOKEN_LABELS);
  label.x = layout->key_x, label.w = layout->v_x - layout->key_x - REN_PAD;
  if (row.y > layout->rows.y + layout->rows.h) return;
  float *sum = ren_frame_alloc(scene->frame, (size_t)d_head * sizeof *sum);
  if (sum == NULL) return;
  ren_vectors_sum(&expanded->vectors, expanded->query, sum);
  draw_value_strip(expanded, (RenId){REN_ID_STRIP_Z, 0, 0, 0}, strip_in(layout, row),
                   eng_tensor_view(sum, 1, (size_t[]){(size_t)d_head}), 1);
  ren_scene_label(scene, label, REN_RIGHT, scene->theme->muted, "Σ weight × v");
}

/* Why the column of values is empty. */
static void draw_no_values(const RenExpanded *expanded) {
  const RenScene *scene = expanded->scene;
  static const char *const lines[] = {"This source has no values:", "record it with v kept."};
  RenRect row = token_rect(expanded->layout, expanded->layout->v_x, expanded->layout->strip, 0);
  row.h = fmaxf(row.h, REN_TOKEN_LABELS);
  for (int i = 0; i < 2; i++, row.y += row.h) ren_scene_label(scene, row, REN_LEFT, scene->theme->muted, lines[i]);
}

static void draw_values(const RenExpanded *expanded) {
  if (!expanded->layout->values || !expanded->ready) return;
  if (!expanded->scene->block->has_v)
    draw_no_values(expanded);
  else if (expanded->query >= 0)
    draw_sum(expanded);
}

/* From the query to every key, or from every query to the hovered key. */
static void draw_fan(const RenExpanded *expanded) {
  const RenScene *scene = expanded->scene;
  const RenNeuronLayout *layout = expanded->layout;
  bool forward = expanded->query >= 0;
  if (!expanded->ready || (!forward && scene->key < 0)) return;
  int n = forward ? scene->block->n_columns : scene->block->n_rows;
  float *opacity = ren_frame_alloc(scene->frame, (size_t)n * sizeof *opacity);
  if (opacity == NULL) return;
  for (int i = 0; i < n; i++) {
    float weight = forward ? ren_at2(&expanded->vectors.weights, expanded->query, i)
                           : ren_at2(&expanded->vectors.weights, i, scene->key);
    opacity[i] = ren_scene_shows(scene, forward ? i : scene->key, weight) ? ren_vectors_connector(weight) : 0;
  }
  float left = layout->q_x + layout->strip, right = layout->k_x;
  RenFan fan = {.hub_x = forward ? left : right,
                .trunk_x = floorf((left + right) / 2),
                .leaf_x = forward ? right : left,
                .first_y = ren_neuron_y(layout, 0),
                .pitch = layout->pitch,
                .hub = forward ? expanded->query : scene->key,
                .n_leaves = n,
                .opacity = opacity,
                .visible = ren_scroll_rows(1 << 24, layout->pitch, layout->scroll_y, layout->rows.h),
                .width = ren_vectors_line(layout),
                .color = scene->theme->accent};
  ren_fan_draw(scene->frame, &fan);
}

/* A dimension down a column of vectors, of `n` from the first on. */
static void mark_column(const RenExpanded *expanded, float x, int first, int n, int dimension, RenColor color) {
  const RenNeuronLayout *layout = expanded->layout;
  int place = ren_dimensions_place(&expanded->dimensions, dimension);
  if (place < 0) return;
  RenRect cell = ren_vectors_cell(expanded, x, place);
  float top = ren_neuron_y(layout, first) - layout->pitch / 2;
  cell.y = fmaxf(top, layout->rows.y - 1);
  cell.h = fminf(top + (float)n * layout->pitch, layout->rows.y + layout->rows.h + 1) - cell.y;
  if (cell.h > 0) draw_outline(expanded, ren_rect_inset(cell, -1), 1, color);
}

/* An edited dimension of queries or keys, of all tokens or one. */
static void mark_edit(const RenExpanded *expanded, const EngEdit *edit) {
  const RenScene *scene = expanded->scene;
  const EngBlock *block = scene->block;
  bool query = edit->at == ENG_ACT_Q;
  int n = query ? block->n_rows : block->n_columns;
  int token = edit->token - (query ? block->row_start : block->column_start);
  bool all = edit->token == ENG_ALL, shown = !scene->state->merge.words && token >= 0 && token < n;
  if (all || shown)
    mark_column(expanded, query ? expanded->layout->q_x : expanded->layout->k_x, all ? 0 : token, all ? n : 1,
                edit->dim, scene->theme->warn);
}

static void mark_edits(const RenExpanded *expanded) {
  const RenScene *scene = expanded->scene;
  const RenEditList *list = ren_edits_shown(scene->state);
  for (int i = 0; i < list->n; i++) {
    const EngEdit *edit = &list->at[i].edit;
    bool vector = edit->at == ENG_ACT_Q || edit->at == ENG_ACT_K;
    bool here = vector && edit->layer == scene->layer && (edit->head == scene->head || edit->head == ENG_ALL);
    if (here && edit->dim != ENG_ALL && ren_edit_counts(&list->at[i])) mark_edit(expanded, edit);
  }
}

/* And the selected one, also of the products. */
static void mark_columns(const RenExpanded *expanded) {
  const RenNeuronLayout *layout = expanded->layout;
  const RenScene *scene = expanded->scene;
  int selected = scene->state->dimensions.selected;
  if (!expanded->ready) return;
  mark_edits(expanded);
  mark_column(expanded, layout->q_x, 0, scene->block->n_rows, selected, scene->theme->accent);
  mark_column(expanded, layout->k_x, 0, scene->block->n_columns, selected, scene->theme->accent);
  if (expanded->query >= 0)
    mark_column(expanded, layout->qk_x, 0, ren_vectors_reach(expanded), selected, scene->theme->accent);
}

static void draw_each(const RenExpanded *expanded) {
  const EngBlock *block = expanded->scene->block;
  const RenNeuronLayout *layout = expanded->layout;
  RenRange range = ren_scroll_rows(block->n_rows, layout->pitch, layout->scroll_y, layout->rows.h);
  for (int i = range.first; i < range.last; i++) draw_query(expanded, i);
  range = ren_scroll_rows(block->n_columns, layout->pitch, layout->scroll_y, layout->rows.h);
  for (int j = range.first; j < range.last; j++) draw_key(expanded, j);
}

static void draw_rows(const RenExpanded *expanded) {
  const RenScene *scene = expanded->scene;
  const RenNeuronLayout *layout = expanded->layout;
  draw_fan(expanded);
  if (ren_neuron_thin(layout))
    ren_vectors_low(expanded);
  else
    draw_each(expanded);
  draw_values(expanded);
  mark_columns(expanded);
  if (expanded->query >= 0) return;
  RenRect message = {layout->qk_x, layout->rows.y, layout->key_x - layout->qk_x,
                     fminf(layout->rows.h, layout->height)};
  ren_scene_message(scene, message, expanded->ready ? "No token selected" : "running…");
}

void ren_vectors_draw(const RenScene *scene, const RenNeuronLayout *layout) {
  RenExpanded expanded = {.scene = scene, .layout = layout, .query = -1};
  if (ren_scene_ready(scene, scene->layer)) {
    expanded.vectors = ren_vectors_of(scene);
    expanded.ready = ren_dimensions_rank(scene, &expanded.vectors, &expanded.dimensions);
    expanded.query = expanded.ready ? scene->query : -1;
  }
  ren_vectors_head(&expanded);
  ren_frame_push_clip(scene->frame, layout->rows);
  draw_rows(&expanded);
  ren_frame_pop_clip(scene->frame);
  if (ren_neuron_thin(layout)) ren_vectors_tokens(&expanded);
  if (layout->spread.h > 0) ren_spread_draw(&expanded);
}
