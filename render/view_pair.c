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
    RenPlane plane = {origin, pair->heads[i].color, pair->heads[i].weights, gain * (1 - pair->heads[i].dim)};
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
    RenColor fill = ren_color_fade(color, fabsf(weight) * ren_scene_gain(scene) * (1 - pair->heads[h].dim));
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

static void fill_cell(const RenScene *scene, RenId id, RenRect cell) {
  ren_frame_box(scene->frame, id, cell, (RenRectShape){.fill = scene->theme->raised, .radius = REN_CORNER});
}

void ren_pair_cell(const RenScene *scene, RenId id, RenRect cell, bool lit) {
  if (lit)
    fill_cell(scene, id, cell);
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

/* --- a side's cells */

static bool is_thin(const RenPair *pair) { return pair->pitch < REN_TOKEN_LABELS; }

static RenRect cell_of(const RenPair *pair, RenSide side, int i, float height) {
  bool query = side == REN_SIDE_QUERY;
  float y = pair->rows.y + ((float)i + 0.5f) * pair->pitch - height / 2 - pair->scroll;
  return (RenRect){query ? pair->query_x : pair->key_x, y, query ? pair->query_w : pair->key_w, height};
}

static RenId id_of(const RenPair *pair, RenSide side) {
  return side == REN_SIDE_QUERY ? pair->query_id : pair->key_id;
}

static const RenAlone *alone_of(const RenScene *scene, RenSide side) {
  return side == REN_SIDE_QUERY ? &scene->rows : &scene->columns;
}

static const RenAlone *others_of(const RenScene *scene, RenSide side) {
  return side == REN_SIDE_QUERY ? &scene->columns : &scene->rows;
}

/* The strips of a token, if it has any, in its cell or where its text stands. */
static Ground draw_ground(const RenScene *scene, const RenPair *pair, RenSide side, int i, RenRect cell, bool lit) {
  if (!has_strips(alone_of(scene, side), others_of(scene, side), i)) return (Ground){.cell = cell};
  return draw_strips(scene, pair, side, i, cell, base_of(scene, lit));
}

/* The marks of a token, and its text. */
static void draw_label(const RenScene *scene, const RenPair *pair, RenSide side, int i, const Ground *ground) {
  if (side == REN_SIDE_QUERY && scene->state->token == i) ren_pair_outline(scene, ground->cell);
  ren_pair_pin(scene, side, i, ground->cell);
  if (side == REN_SIDE_QUERY)
    draw_query_text(scene, i, ground, pair->gutter, pair->text_size);
  else
    draw_key_text(scene, i, ground, pair->text_size);
}

static void draw_cells(const RenScene *scene, const RenPair *pair, RenSide side, int n) {
  RenRange range = ren_scroll_rows(n, pair->pitch, pair->scroll, pair->rows.h);
  for (int i = range.first; i < range.last; i++) {
    bool lit = ren_alone_has(alone_of(scene, side), i);
    RenRect cell = cell_of(pair, side, i, pair->pitch);
    ren_pair_cell(scene, token_id(id_of(pair, side), i), cell, lit);
    Ground ground = draw_ground(scene, pair, side, i, cell, lit);
    draw_label(scene, pair, side, i, &ground);
  }
}

/* --- of rows too low for a text each */

/* Where lines end that others decide about, the token that weighs most, or -1. */
static int heaviest_of(const RenScene *scene, const RenPair *pair, RenSide side, RenRange range) {
  int heaviest = -1;
  float most = 0;
  for (int i = range.first; i < range.last; i++) {
    float sum = 0;
    if (!has_strips(alone_of(scene, side), others_of(scene, side), i)) continue;
    for (int h = 0; h < pair->n_heads; h++) sum += fabsf(ren_scene_sum(scene, &pair->heads[h].weights, side, i));
    if (sum > most) most = sum, heaviest = i;
  }
  return heaviest;
}

static bool is_marked(const RenScene *scene, RenSide side, int i, int heaviest) {
  bool selected = side == REN_SIDE_QUERY && scene->state->token == i;
  return i == heaviest || selected || ren_alone_has(alone_of(scene, side), i);
}

/* Every `step`th token has a text, but for those too near to one that is singled out. */
static bool is_labelled(const RenScene *scene, RenSide side, int i, int heaviest, int step) {
  for (int near = i >= step ? i - step + 1 : 0; near < i + step; near++)
    if (near != i && is_marked(scene, side, near, heaviest)) return false;
  return i % step == 0;
}

static void draw_texts(const RenScene *scene, const RenPair *pair, RenSide side, RenRange range) {
  int step = (int)ceilf(REN_TOKEN_LABELS / pair->pitch), heaviest = heaviest_of(scene, pair, side, range);
  for (int i = range.first; i < range.last; i++) {
    bool marked = is_marked(scene, side, i, heaviest);
    Ground ground = {.cell = cell_of(pair, side, i, REN_TOKEN_LABELS)};
    if (!marked && !is_labelled(scene, side, i, heaviest, step)) continue;
    if (marked) {
      fill_cell(scene, REN_NO_ID, ground.cell);
      ground = draw_ground(scene, pair, side, i, ground.cell, true);
    }
    draw_label(scene, pair, side, i, &ground);
  }
}

/* Their elements are one command. */
static void draw_thin(const RenScene *scene, const RenPair *pair, RenSide side, int n) {
  RenRange range = ren_scroll_rows(n, pair->pitch, pair->scroll, pair->rows.h);
  RenRect column = cell_of(pair, side, 0, pair->pitch), over = pair->rows;
  column.h = pair->pitch * (float)n;
  over.y -= REN_TOKEN_LABELS / 2.0f, over.h += REN_TOKEN_LABELS / 2.0f; /* the first one's text */
  ren_frame_push_clip(scene->frame, pair->rows);
  ren_frame_grid(scene->frame, id_of(pair, side), column, n, 1);
  for (int i = range.first; i < range.last; i++)
    draw_ground(scene, pair, side, i, cell_of(pair, side, i, pair->pitch), false);
  ren_frame_pop_clip(scene->frame);
  ren_frame_push_clip(scene->frame, over);
  draw_texts(scene, pair, side, range);
  ren_frame_pop_clip(scene->frame);
}

static void draw_waiting(const RenScene *scene, const RenPair *pair) {
  float left = pair->query_x + pair->query_w;
  RenRect band = {left, pair->rows.y, pair->key_x - left, pair->pitch};
  ren_scene_label(scene, band, REN_CENTER, scene->theme->muted, "running…");
}

void ren_pair_draw(const RenScene *scene, const RenPair *pair) {
  const RenSide sides[] = {REN_SIDE_QUERY, REN_SIDE_KEY};
  const int n[] = {scene->block->n_rows, scene->block->n_columns};
  ren_frame_push_clip(scene->frame, pair->rows);
  if (!pair->hidden) pair->n_heads > 0 ? draw_lines(scene, pair) : draw_waiting(scene, pair);
  for (int i = 0; i < 2 && !is_thin(pair); i++) draw_cells(scene, pair, sides[i], n[i]);
  ren_frame_pop_clip(scene->frame);
  for (int i = 0; i < 2 && is_thin(pair); i++) draw_thin(scene, pair, sides[i], n[i]);
}
