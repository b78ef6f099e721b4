/* A minimap is part of its view and not of the window around it: a figure of a scrolled view says as well which
 * part of the text it shows, and is to the bit what the window shows. Tokens have the places in it that their rows
 * have in the text. Several fall into a pixel of a long one: the one that receives most is then seen. A sink would
 * leave all others pale, and so the colours end at the largest number beside it. */
#include "render/view_minimap.h"

#include "render/view_head_layout.h"
#include "render/view_matrix_layout.h"
#include "render/view_neuron_layout.h"
#include "render/view_token.h"

#include <math.h>

/* A strip at the right of rows. */
static bool place_rows(RenRect rows, float pitch, float height, float scroll, RenMinimap *out) {
  *out = (RenMinimap){.all = {rows.w, height}, .at = {0, scroll}, .shown = {rows.w, rows.h}, .pitch = pitch};
  out->rect = ren_rect_cut_right(&rows, REN_MINIMAP);
  return height > rows.h && rows.h > 0;
}

/* As large as the corner allows, but for a single head's name; at the axes. */
static bool place_matrix(const RenMatrixLayout *layout, RenRect area, RenMinimap *out) {
  RenRect last = ren_matrix_head(layout, layout->across * layout->down - 1), cells = layout->cells;
  RenPoint all = {last.x + last.w - layout->x, last.y + last.h - layout->y};
  RenPoint shown = {area.w - layout->left, area.h - layout->top};
  RenPoint room = {layout->left - (layout->title > 0 ? REN_PAD : REN_THUMB_NAME), layout->top - REN_PAD};
  float share = fminf((room.x - REN_PAD) / all.x, (room.y - REN_PAD) / all.y), w = share * all.x, h = share * all.y;
  *out = (RenMinimap){.rect = {cells.x - REN_PAD - w, cells.y - REN_PAD - h, w, h},
                      .all = all,
                      .at = {area.x + layout->left - layout->x, area.y + layout->top - layout->y},
                      .shown = shown,
                      .pitch = layout->pitch};
  return layout->width > area.w || layout->height > area.h;
}

bool ren_minimap_place(const RenState *state, const EngBlock *block, RenRect area, RenMinimap *out) {
  RenHeadLayout head;
  RenNeuronLayout neuron;
  RenMatrixLayout matrix;
  switch (state->view) {
  case REN_VIEW_HEAD:
    head = ren_head_layout(state, block, area);
    return place_rows(head.rows, head.pitch, head.height, head.scroll, out);
  case REN_VIEW_NEURON:
    neuron = ren_neuron_layout(state, block, area);
    return place_rows(neuron.rows, neuron.pitch, neuron.height, neuron.scroll_y, out);
  case REN_VIEW_MATRIX:
    matrix = ren_matrix_layout(state, block, area);
    return place_matrix(&matrix, area, out);
  default:
    return false;
  }
}

static float scroll_on(float place, float all, float at, float shown) {
  return all > shown ? place * all - shown / 2 - at : 0;
}

RenPoint ren_minimap_scroll(const RenMinimap *map, RenPoint at) {
  RenRect rect = map->rect;
  return (RenPoint){scroll_on((at.x - rect.x) / rect.w, map->all.x, map->at.x, map->shown.x),
                    scroll_on((at.y - rect.y) / rect.h, map->all.y, map->at.y, map->shown.y)};
}

/* --- of rows */

static float most_of(const EngBlock *block, const float *received) {
  float most = 0;
  for (int j = 0; j < block->n_columns; j++)
    if (!eng_block_sink(block, j)) most = fmaxf(most, fabsf(received[j]));
  return most;
}

/* The numbers are the window's, and may change before the frame is drawn. */
static void draw_received(const RenScene *scene, const RenMinimap *map) {
  const float *received = scene->state->received;
  size_t n = (size_t)scene->block->n_columns;
  float *values = ren_frame_alloc(scene->frame, n * sizeof *values), most = most_of(scene->block, received);
  if (values == NULL || !(most > 0)) return;
  for (size_t j = 0; j < n; j++) values[j] = isnan(received[j]) ? 0 : received[j];
  RenRect rect = {map->rect.x + REN_MINIMAP_LANE + 1, map->rect.y, map->rect.w - 2 * REN_MINIMAP_LANE - 1,
                  map->rect.h * map->pitch * (float)n / map->all.y};
  ren_frame_heatmap(scene->frame, REN_NO_ID, rect,
                    (RenValuesShape){.values = eng_tensor_view(values, 2, (size_t[]){n, 1}),
                                     .positive = ren_scene_sign(scene, scene->theme->accent, 1),
                                     .negative = scene->theme->negative,
                                     .ramp = REN_RAMP_SQRT,
                                     .gain = 1 / most,
                                     .pooled = true});
}

/* Beside the numbers: queries at the left, keys at the right. */
static void draw_marks(const RenScene *scene, const RenMinimap *map, RenSide side) {
  RenAlone marked = ren_scene_pinned(scene, side);
  float pitch = map->rect.h * map->pitch / map->all.y, height = fmaxf(REN_MINIMAP_MARK, floorf(pitch));
  float x = map->rect.x + (side == REN_SIDE_KEY ? map->rect.w - REN_MINIMAP_LANE : 1);
  for (int i = 0; i < marked.n; i++) {
    bool selected = side == REN_SIDE_QUERY && marked.tokens[i] == scene->state->token;
    float y = floorf(map->rect.y + ((float)marked.tokens[i] + 0.5f) * pitch - height / 2);
    ren_frame_fill(scene->frame, REN_NO_ID, (RenRect){x, y, REN_MINIMAP_LANE, height},
                   selected ? scene->theme->accent : scene->theme->warn);
  }
}

static void draw_rows(const RenScene *scene, const RenMinimap *map) {
  RenRect line = map->rect;
  ren_frame_fill(scene->frame, REN_NO_ID, ren_rect_cut_left(&line, 1), scene->theme->border);
  if (scene->state->received != NULL) draw_received(scene, map);
  draw_marks(scene, map, REN_SIDE_QUERY);
  draw_marks(scene, map, REN_SIDE_KEY);
}

/* --- of the matrix */

static void draw_heads(const RenScene *scene, const RenMinimap *map) {
  RenMatrixLayout layout = ren_matrix_layout(scene->state, scene->block, scene->area);
  float share = map->rect.w / map->all.x;
  int n_slots = ren_state_slots(scene->state, scene->block->n_heads);
  for (int slot = 0, n = 0; slot < n_slots && n < layout.n_heads; slot++) {
    if (!ren_state_slot_shown(scene->state, slot)) continue;
    RenRect cells = ren_matrix_head(&layout, n++);
    RenPanel head = ren_scene_slot(scene->state, scene->block, slot);
    if (!ren_scene_ready(scene, head.layer)) continue;
    ren_scene_heat(scene, head,
                   (RenRect){map->rect.x + share * (cells.x - layout.x), map->rect.y + share * (cells.y - layout.y),
                             share * cells.w, share * cells.h},
                   scene->theme->accent);
  }
}

/* --- of any view */

typedef struct Span {
  float from, length;
} Span;

/* Of one axis of the part that shows: whole pixels, enough to be seen, no more than there is. */
static Span span_of(float size, float all, float at, float shown) {
  float share = size / all, from = fmaxf(at, 0) * share, to = fminf(at + shown, all) * share;
  float length = fminf(fmaxf(ceilf(to - from), REN_MINIMAP_WINDOW), size);
  return (Span){floorf(fminf(from, size - length)), length};
}

static void draw_window(const RenScene *scene, const RenMinimap *map) {
  Span x = span_of(map->rect.w, map->all.x, map->at.x, map->shown.x);
  Span y = span_of(map->rect.h, map->all.y, map->at.y, map->shown.y);
  RenRect window = {map->rect.x + x.from, map->rect.y + y.from, x.length, y.length};
  ren_frame_box(scene->frame, REN_NO_ID, window,
                (RenRectShape){.fill = ren_color_fade(scene->theme->text, REN_FADE_MINIMAP),
                               .stroke = scene->theme->text,
                               .stroke_width = 1,
                               .radius = REN_CORNER});
}

void ren_minimap_draw(const RenScene *scene) {
  RenMinimap map;
  if (!ren_minimap_place(scene->state, scene->block, scene->area, &map)) return;
  ren_frame_push_clip(scene->frame, map.rect);
  ren_frame_fill(scene->frame, (RenId){REN_ID_MINIMAP, 0, 0, 0}, map.rect, scene->theme->panel);
  if (scene->state->view == REN_VIEW_MATRIX)
    draw_heads(scene, &map);
  else
    draw_rows(scene, &map);
  draw_window(scene, &map);
  ren_frame_pop_clip(scene->frame);
}

const char *ren_minimap_tip(const RenState *state, const EngSource *source, RenRect area, RenFrame *frame) {
  char shown[REN_TOKEN_BYTES];
  RenMinimap map;
  const EngBlock *block = ren_scene_block(state, source);
  if (block == NULL || state->view == REN_VIEW_MATRIX || !ren_minimap_place(state, block, area, &map)) return NULL;
  float token = floorf((state->mouse.y - map.rect.y) / map.rect.h * map.all.y / map.pitch);
  if (!(token >= 0 && token < (float)block->n_columns)) return NULL;
  int j = (int)token;
  ren_token_show(&block->columns[j], shown);
  const char *name = ren_frame_format(frame, "k%d \"%s\"", block->column_start + j, shown);
  if (name == NULL || state->received == NULL || isnan(state->received[j])) return name;
  return ren_frame_format(frame, "%s  receives %s", name, ren_frame_number(frame, (double)state->received[j], 4));
}
