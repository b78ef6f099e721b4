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

/* What a token's text stands on: strips of equal width, from the left; none: the cell alone. */
typedef struct Ground {
  RenRect cell;
  int n;
  const RenColor *strips;
} Ground;

static RenRect strip_of(RenRect cell, int n, int from, int to) {
  float width = cell.w / (float)n;
  return (RenRect){cell.x + (float)from * width, cell.y, (float)(to - from) * width, cell.h};
}

/* A strip a head, as opaque as its weights; `base` is below them. */
static Ground draw_strips(const RenScene *scene, const RenPair *pair, RenSide side, int i, RenRect cell,
                          RenColor base) {
  RenColor *strips = ren_frame_alloc(scene->frame, (size_t)pair->n_heads * sizeof *strips);
  if (strips == NULL) return (Ground){.cell = cell};
  for (int h = 0; h < pair->n_heads; h++) {
    float weight = ren_scene_sum(scene, &pair->heads[h].weights, side, i);
    RenColor color = ren_scene_sign(scene, pair->heads[h].color, weight);
    RenColor fill = ren_color_fade(color, fabsf(weight) * ren_scene_gain(scene));
    strips[h] = ren_color_over(fill, base);
    if (fabsf(weight) > 0) ren_frame_fill(scene->frame, REN_NO_ID, strip_of(cell, pair->n_heads, h, h + 1), fill);
  }
  return (Ground){cell, pair->n_heads, strips};
}

static RenColor ink_on(const RenTextShape *text, RenColor ground) {
  RenColor opaque = text->color;
  opaque.a = 255;
  RenColor ink = ren_color_ink(opaque, ground);
  ink.a = text->color.a;
  return ink;
}

static bool is_same(RenColor a, RenColor b) { return a.r == b.r && a.g == b.g && a.b == b.b; }

/* Where strips are strong the text changes its colour, strip by strip, so that it can be read on each. */
static void draw_on(const RenScene *scene, const Ground *ground, RenRect rect, RenTextShape text) {
  for (int from = 0, to = 0; from < ground->n; from = to) {
    RenTextShape part = text;
    part.color = ink_on(&text, ground->strips[from]);
    for (to = from + 1; to < ground->n && is_same(ink_on(&text, ground->strips[to]), part.color); to++) continue;
    bool whole = to - from == ground->n;
    if (!whole) ren_frame_push_clip(scene->frame, strip_of(ground->cell, ground->n, from, to));
    ren_frame_text(scene->frame, REN_NO_ID, rect, part);
    if (!whole) ren_frame_pop_clip(scene->frame);
  }
}

/* A token as `text` sets it, and the line of its class. */
static void draw_token(const RenScene *scene, RenSide side, int i, const Ground *ground, RenRect rect,
                       RenTextShape text) {
  char shown[REN_TOKEN_BYTES];
  const EngBlock *block = scene->block;
  ren_token_show(side == REN_SIDE_QUERY ? &block->rows[i] : &block->columns[i], shown);
  text.text = shown;
  text.font = REN_SANS;
  text.ellipsis = true;
  if (ground->n == 0)
    ren_frame_text(scene->frame, REN_NO_ID, rect, text);
  else
    draw_on(scene, ground, rect, text);
  ren_class_underline(scene, side, i, rect, &text);
}

static void draw_query_text(const RenScene *scene, int i, const Ground *ground, float gutter, int size) {
  RenRect cell = ground->cell, rect = {cell.x + gutter, cell.y, cell.w - gutter - REN_CELL_PAD, cell.h};
  draw_token(scene, REN_SIDE_QUERY, i, ground, rect,
             (RenTextShape){.size = size, .align = REN_RIGHT, .color = scene->theme->text});
}

static void draw_key_text(const RenScene *scene, int j, const Ground *ground, int size) {
  bool skipped = scene->skip != NULL && scene->skip[j];
  RenColor color = ren_color_fade(scene->theme->text, skipped ? REN_FADE_DISABLED : 1);
  RenRect cell = ground->cell, rect = {cell.x + REN_CELL_PAD, cell.y, cell.w - REN_CELL_PAD, cell.h};
  draw_token(scene, REN_SIDE_KEY, j, ground, rect, (RenTextShape){.size = size, .align = REN_LEFT, .color = color});
}

void ren_pair_query(const RenScene *scene, int i, RenRect cell, float gutter, int size) {
  draw_query_text(scene, i, &(Ground){.cell = cell}, gutter, size);
}

void ren_pair_key(const RenScene *scene, int j, RenRect cell, int size) {
  draw_key_text(scene, j, &(Ground){.cell = cell}, size);
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

static RenColor base_of(const RenScene *scene, bool lit) { return lit ? scene->theme->raised : scene->theme->bg; }

static void draw_query(const RenScene *scene, const RenPair *pair, int i, RenRect cell) {
  bool lit = ren_alone_has(&scene->rows, i);
  Ground ground = {.cell = cell};
  ren_pair_cell(scene, token_id(pair->query_id, i), cell, lit);
  if (has_strips(&scene->rows, &scene->columns, i))
    ground = draw_strips(scene, pair, REN_SIDE_QUERY, i, cell, base_of(scene, lit));
  if (scene->state->token == i) ren_pair_outline(scene, cell);
  ren_pair_pin(scene, REN_SIDE_QUERY, i, cell);
  draw_query_text(scene, i, &ground, pair->gutter, pair->text_size);
}

static void draw_key(const RenScene *scene, const RenPair *pair, int j, RenRect cell) {
  bool lit = ren_alone_has(&scene->columns, j);
  Ground ground = {.cell = cell};
  ren_pair_cell(scene, token_id(pair->key_id, j), cell, lit);
  if (has_strips(&scene->columns, &scene->rows, j))
    ground = draw_strips(scene, pair, REN_SIDE_KEY, j, cell, base_of(scene, lit));
  ren_pair_pin(scene, REN_SIDE_KEY, j, cell);
  draw_key_text(scene, j, &ground, pair->text_size);
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
