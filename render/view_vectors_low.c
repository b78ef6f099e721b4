/* The expanded neuron view in rows too low for a text each, down to the whole text at once: a column of vectors is
 * one heat map, and so is that of the dot products; the softmax is a profile along the keys. Everything has its
 * elements as before, so that the mouse reads every number. */
#include "render/view_fan.h"
#include "render/view_pair.h"
#include "render/view_scroll.h"
#include "render/view_vectors.h"

#include <math.h>

static RenRect column_rect(const RenExpanded *expanded, float x, float width, int n) {
  const RenNeuronLayout *layout = expanded->layout;
  return (RenRect){x, ren_neuron_y(layout, 0) - layout->pitch / 2, width, (float)n * layout->pitch};
}

/* The elements of a column. */
static void draw_grid(const RenExpanded *expanded, RenIdKind kind, RenRect column, int n) {
  ren_frame_grid(expanded->scene->frame, (RenId){kind, 0, 0, 0}, column, n, 1);
}

typedef void Drawn(const RenExpanded *expanded, RenId id, RenRect rect, EngTensor values);

/* Vectors in the thin border that a strip has. */
static void draw_column(const RenExpanded *expanded, RenIdKind kind, float x, EngTensor values, Drawn *drawn) {
  int n = (int)values.shape[0];
  RenRect column = column_rect(expanded, x, expanded->layout->strip, n), inner = column;
  inner.x += 1, inner.w -= 2;
  ren_frame_box(expanded->scene->frame, REN_NO_ID, ren_rect_inset(inner, -1),
                (RenRectShape){.stroke = expanded->scene->theme->raised, .stroke_width = 1, .radius = REN_CORNER});
  drawn(expanded, (RenId){kind, REN_NEURON_ALL, 0, 0}, inner, values);
  draw_grid(expanded, kind, column, n);
}

static void draw_vectors(const RenExpanded *expanded) {
  const RenNeuronLayout *layout = expanded->layout;
  draw_column(expanded, REN_ID_STRIP_Q, layout->q_x, expanded->vectors.q, ren_vectors_cells);
  draw_column(expanded, REN_ID_STRIP_K, layout->k_x, expanded->vectors.k, ren_vectors_cells);
  if (layout->values && expanded->scene->block->has_v)
    draw_column(expanded, REN_ID_STRIP_V, layout->v_x, expanded->vectors.v, ren_vectors_plain);
}

/* The products of all keys and their sums over the root; what is masked has neither. */
static void draw_products(const RenExpanded *expanded) {
  const RenNeuronLayout *layout = expanded->layout;
  size_t n = (size_t)ren_vectors_reach(expanded), d_head = (size_t)expanded->vectors.d_head;
  float *products = ren_frame_alloc(expanded->scene->frame, (n * d_head + n) * sizeof *products);
  if (n == 0 || products == NULL) return;
  float *scores = products + n * d_head, root = sqrtf((float)d_head);
  for (size_t j = 0; j < n; j++) scores[j] = ren_vectors_product(expanded, (int)j, products + j * d_head) / root;
  draw_column(expanded, REN_ID_STRIP_QK, layout->qk_x, eng_tensor_view(products, 2, (size_t[]){n, d_head}),
              ren_vectors_cells);
  RenRect dots = column_rect(expanded, layout->dot_x, REN_DOT, (int)n);
  ren_vectors_plain(expanded, REN_NO_ID, dots, eng_tensor_view(scores, 2, (size_t[]){n, 1}));
  draw_grid(expanded, REN_ID_DOT, dots, (int)n);
}

static void draw_profile(const RenExpanded *expanded) {
  const RenScene *scene = expanded->scene;
  const RenNeuronLayout *layout = expanded->layout;
  int n = scene->block->n_columns;
  RenRect column = column_rect(expanded, layout->bar_x, REN_BAR_WIDTH + REN_NUMBER_WIDTH, n);
  RenRange range = ren_scroll_rows(n, layout->pitch, layout->scroll_y, layout->rows.h);
  for (int j = range.first; j < range.last; j++) {
    float weight = ren_at2(&expanded->vectors.weights, expanded->query, j);
    if (!(weight > 0) || !ren_scene_shows(scene, j, weight)) continue;
    ren_frame_fill(scene->frame, REN_NO_ID,
                   (RenRect){column.x, column.y + (float)j * layout->pitch, weight * REN_BAR_WIDTH, layout->pitch},
                   ren_color_fade(scene->theme->accent, REN_BAR_FADE));
    ren_vectors_links(expanded, j, ren_vectors_opacity(expanded, j));
  }
  draw_grid(expanded, REN_ID_WEIGHT, column, n);
}

/* Its vector framed, and joined to its token. */
static void draw_query(const RenExpanded *expanded) {
  const RenScene *scene = expanded->scene;
  const RenNeuronLayout *layout = expanded->layout;
  float y = ren_neuron_y(layout, expanded->query), height = layout->pitch + 2 * REN_SELECTED;
  ren_frame_box(scene->frame, REN_NO_ID, (RenRect){layout->q_x, y - height / 2, layout->strip, height},
                (RenRectShape){.stroke = scene->theme->accent, .stroke_width = REN_SELECTED, .radius = REN_CORNER});
  ren_fan_across(scene->frame, layout->query_x + layout->query_w, layout->q_x, y, REN_LINE_WIDTH,
                 scene->theme->accent);
}

void ren_vectors_low(const RenExpanded *expanded) {
  if (!expanded->ready) return;
  draw_vectors(expanded);
  if (expanded->query < 0) return;
  draw_products(expanded);
  draw_profile(expanded);
  draw_query(expanded);
}

/* The weights that show are the query's, also while a key is pointed at. */
void ren_vectors_tokens(const RenExpanded *expanded) {
  const RenNeuronLayout *layout = expanded->layout;
  RenScene scene = *expanded->scene;
  if (expanded->query >= 0) scene.rows = (RenAlone){1, {expanded->query}};
  RenStroke stroke = {.weights = expanded->vectors.weights, .color = scene.theme->accent};
  RenPair pair = {.rows = layout->rows,
                  .scroll = layout->scroll_y,
                  .query_x = layout->query_x,
                  .query_w = layout->query_w,
                  .key_x = layout->key_x,
                  .key_w = layout->key_w,
                  .pitch = layout->pitch,
                  .text_size = layout->text_size,
                  .query_id = {.kind = REN_ID_QUERY},
                  .key_id = {.kind = REN_ID_KEY},
                  .hidden = true,
                  .n_heads = expanded->ready ? 1 : 0,
                  .heads = &stroke};
  ren_pair_draw(&scene, &pair);
}
