/* All lines are one command, whatever the number of heads and tokens; cells exist for visible rows only, so
 * that the cost of a frame follows the window's height and not the text's length. */
#include "render/view_pair.h"

#include "render/view_class.h"
#include "render/view_scroll.h"
#include "render/view_token.h"

#include <math.h>

static RenId token_id(RenId id, int i) {
  if (id.kind == REN_ID_PANEL_QUERY || id.kind == REN_ID_PANEL_KEY)
    id.c = i;
  else
    id.a = i;
  return id;
}

static void draw_lines(const RenScene *scene, const RenPair *pair) {
  RenPlane *planes = ren_frame_alloc(scene->frame, 2 * (size_t)pair->n_heads * sizeof *planes);
  if (planes == NULL) return;
  RenPoint origin = {pair->query_x + pair->query_w, pair->rows.y - pair->scroll};
  float gain = ren_state_gain(scene->state, pair->n_heads, ren_scene_alone(scene));
  int n_planes = 0;
  for (int i = 0; i < pair->n_heads; i++) {
    RenPlane plane = {origin, pair->heads[i].color, pair->heads[i].weights, gain};
    n_planes += ren_scene_planes(scene, plane, planes + n_planes);
  }
  int n = scene->block->n_rows > scene->block->n_columns ? scene->block->n_rows : scene->block->n_columns;
  RenAttentionShape shape = ren_scene_attention(scene);
  shape.width = pair->key_x - origin.x;
  shape.height = pair->pitch * (float)n;
  shape.left_y = shape.right_y = pair->pitch / 2;
  shape.left_pitch = shape.right_pitch = pair->pitch;
  shape.thickness = pair->line_width;
  ren_scene_limit(scene, &shape);
  shape.n_planes = n_planes;
  shape.planes = planes;
  ren_frame_attention(scene->frame, REN_NO_ID, shape);
}

static void draw_strips(const RenScene *scene, const RenPair *pair, RenSide side, int i, RenRect cell) {
  float width = cell.w / (float)pair->n_heads;
  for (int h = 0; h < pair->n_heads; h++) {
    float weight = ren_scene_sum(scene, &pair->heads[h].weights, side, i);
    if (!(fabsf(weight) > 0)) continue;
    RenColor color = ren_scene_sign(scene, pair->heads[h].color, weight);
    RenRect strip = {cell.x + (float)h * width, cell.y, width, cell.h};
    ren_frame_fill(scene->frame, REN_NO_ID, strip, ren_color_fade(color, fabsf(weight) * ren_scene_gain(scene)));
  }
}

/* A token as `shape` sets it, and the line of its class. */
static void draw_token(const RenScene *scene, RenSide side, int i, RenRect rect, RenTextShape shape) {
  char shown[REN_TOKEN_BYTES];
  const EngBlock *block = scene->block;
  ren_token_show(side == REN_SIDE_QUERY ? &block->rows[i] : &block->columns[i], shown);
  shape.text = shown;
  shape.font = REN_SANS;
  shape.ellipsis = true;
  ren_frame_text(scene->frame, REN_NO_ID, rect, shape);
  ren_class_underline(scene, side, i, rect, &shape);
}

void ren_pair_query(const RenScene *scene, int i, RenRect cell, float gutter, int size) {
  RenRect rect = {cell.x + gutter, cell.y, cell.w - gutter - REN_CELL_PAD, cell.h};
  draw_token(scene, REN_SIDE_QUERY, i, rect,
             (RenTextShape){.size = size, .align = REN_RIGHT, .color = scene->theme->text});
}

void ren_pair_key(const RenScene *scene, int j, RenRect cell, int size) {
  bool skipped = scene->skip != NULL && scene->skip[j];
  RenColor color = ren_color_fade(scene->theme->text, skipped ? REN_FADE_DISABLED : 1);
  RenRect rect = {cell.x + REN_CELL_PAD, cell.y, cell.w - REN_CELL_PAD, cell.h};
  draw_token(scene, REN_SIDE_KEY, j, rect, (RenTextShape){.size = size, .align = REN_LEFT, .color = color});
}

void ren_pair_cell(const RenScene *scene, RenId id, RenRect cell, bool lit) {
  if (lit)
    ren_frame_box(scene->frame, id, cell, (RenRectShape){.fill = scene->theme->raised, .radius = REN_CORNER});
  else
    ren_frame_area(scene->frame, id, cell);
}

void ren_pair_outline(const RenScene *scene, RenRect cell) {
  ren_frame_box(scene->frame, REN_NO_ID, cell,
                (RenRectShape){.stroke = scene->theme->accent, .stroke_width = REN_SELECTED, .radius = REN_CORNER});
}

void ren_pair_pin(const RenScene *scene, RenSide side, int i, RenRect cell) {
  if (!ren_pins_has(&scene->state->pins, side, i)) return;
  RenRect bar =
      side == REN_SIDE_QUERY ? ren_rect_cut_left(&cell, REN_PINNED) : ren_rect_cut_right(&cell, REN_PINNED);
  ren_frame_fill(scene->frame, REN_NO_ID, bar, scene->theme->warn);
}

/* Whether lines end at token `i` of a side that others decide about. */
static bool has_strips(const RenAlone *side, const RenAlone *others, int i) {
  return others->n > 0 && (side->n == 0 || ren_alone_has(side, i));
}

static void draw_query(const RenScene *scene, const RenPair *pair, int i, RenRect cell) {
  ren_pair_cell(scene, token_id(pair->query_id, i), cell, ren_alone_has(&scene->rows, i));
  if (has_strips(&scene->rows, &scene->columns, i)) draw_strips(scene, pair, REN_SIDE_QUERY, i, cell);
  if (scene->state->token == i) ren_pair_outline(scene, cell);
  ren_pair_pin(scene, REN_SIDE_QUERY, i, cell);
  ren_pair_query(scene, i, cell, pair->gutter, pair->text_size);
}

static void draw_key(const RenScene *scene, const RenPair *pair, int j, RenRect cell) {
  ren_pair_cell(scene, token_id(pair->key_id, j), cell, ren_alone_has(&scene->columns, j));
  if (has_strips(&scene->columns, &scene->rows, j)) draw_strips(scene, pair, REN_SIDE_KEY, j, cell);
  ren_pair_pin(scene, REN_SIDE_KEY, j, cell);
  ren_pair_key(scene, j, cell, pair->text_size);
}

static void draw_waiting(const RenScene *scene, const RenPair *pair) {
  float left = pair->query_x + pair->query_w;
  RenRect band = {left, pair->rows.y, pair->key_x - left, pair->pitch};
  ren_scene_label(scene, band, REN_CENTER, scene->theme->muted, "running…");
}

void ren_pair_draw(const RenScene *scene, const RenPair *pair) {
  ren_frame_push_clip(scene->frame, pair->rows);
  if (pair->n_heads > 0)
    draw_lines(scene, pair);
  else
    draw_waiting(scene, pair);
  RenRange range = ren_scroll_rows(scene->block->n_rows, pair->pitch, pair->scroll, pair->rows.h);
  for (int i = range.first; i < range.last; i++) {
    float y = pair->rows.y + (float)i * pair->pitch - pair->scroll;
    draw_query(scene, pair, i, (RenRect){pair->query_x, y, pair->query_w, pair->pitch});
  }
  range = ren_scroll_rows(scene->block->n_columns, pair->pitch, pair->scroll, pair->rows.h);
  for (int j = range.first; j < range.last; j++) {
    float y = pair->rows.y + (float)j * pair->pitch - pair->scroll;
    draw_key(scene, pair, j, (RenRect){pair->key_x, y, pair->key_w, pair->pitch});
  }
  ren_frame_pop_clip(scene->frame);
}
