/* All lines are one command with a plane a head, because line (i, j) covers the same pixels in each; they are
 * summed to pixel rows. Of more tokens than have a row of pixels to themselves, lines are a haze: there heat maps
 * say more, a pixel as strong as the largest weight in it. */
#include "render/view_thumbs.h"

#include <math.h>

/* Whole pixels where a cell is large enough for that to matter little. */
static float snap(float size) { return size >= REN_GRID ? floorf(size) : size; }

RenGrid ren_grid_make(RenRect area, const RenState *state, const EngBlock *block) {
  RenGrid grid = {.n_layers = block->n_layers, .n_heads = block->n_heads, .n_tokens = block->n_rows};
  if (block->n_columns > block->n_rows) grid.n_tokens = block->n_columns;
  const RenRanking *ranking = state->ranking;
  if (ranking && ranking->n == block->n_layers * block->n_heads) grid.ranking = ranking;
  float heads = (float)grid.n_heads;
  float across = block->heads ? REN_THUMBS_MERGED : heads;
  float most_w = fmaxf(REN_GRID_WIDTH / across, REN_THUMB_WIDTH);
  float most_pitch = fmaxf(REN_THUMB_PITCHES / across, REN_THUMB_PITCH);
  float most_h = most_pitch * (float)grid.n_tokens + 2 * REN_THUMB_PAD_Y;
  float room_w = fmaxf(area.w - REN_AXIS_LEFT - REN_GRID, 1), room_h = fmaxf(area.h - REN_AXIS_TOP - REN_GRID, 1);
  grid.cell_w = snap(fminf(room_w / heads, most_w));
  grid.cell_h = snap(fminf(room_h / (float)grid.n_layers, most_h));
  grid.x = area.x + REN_AXIS_LEFT + floorf((room_w - grid.cell_w * heads) / 2);
  grid.y = area.y + REN_AXIS_TOP;
  return grid;
}

RenRect ren_grid_thumb(const RenGrid *grid, int layer, int head) {
  int place = layer * grid->n_heads + head;
  if (grid->ranking) place = grid->ranking->places[place];
  int row = place / grid->n_heads, column = place % grid->n_heads;
  return (RenRect){grid->x + (float)column * grid->cell_w, grid->y + (float)row * grid->cell_h, grid->cell_w,
                   grid->cell_h};
}

bool ren_thumbs_are_heat(const RenState *state, const EngBlock *block) {
  int n_tokens = block->n_rows > block->n_columns ? block->n_rows : block->n_columns;
  return state->thumbs == REN_THUMBS_AUTO ? n_tokens > REN_THUMB_TOKENS : state->thumbs == REN_THUMBS_HEAT;
}

static RenPoint pad_of(const RenGrid *grid) {
  return (RenPoint){fminf(REN_THUMB_PAD_X, floorf(grid->cell_w / 8)),
                    fminf(REN_THUMB_PAD_Y, floorf(grid->cell_h / 8))};
}

/* Lines from edge to edge of a picture of this size, with room for so many planes; NULL planes: memory is short. */
static RenAttentionShape lines_in(const RenScene *scene, float width, float height, int n_planes) {
  RenAttentionShape shape = ren_scene_attention(scene);
  const EngBlock *block = scene->block;
  shape.width = width;
  shape.height = height;
  shape.left_pitch = shape.right_pitch =
      shape.height / (float)(block->n_rows > block->n_columns ? block->n_rows : block->n_columns);
  shape.left_y = shape.right_y = shape.left_pitch / 2;
  shape.thickness = fminf(fmaxf(REN_THUMB_LINE_SHARE * shape.left_pitch, REN_THUMB_LINE_MIN), REN_THUMB_LINE_MAX);
  shape.binned = true;
  shape.planes = ren_frame_alloc(scene->frame, 2 * (size_t)n_planes * sizeof *shape.planes);
  return shape;
}

static void add_head(const RenScene *scene, RenAttentionShape *shape, RenPoint origin, int layer, int head) {
  float gain = 1 - ren_scene_dim(scene, layer, head);
  RenPlane plane = {origin, ren_state_layer_color(scene->state, layer), ren_scene_pattern(scene, layer, head),
                    gain};
  if (gain <= 0) return;
  shape->n_planes += ren_scene_planes(scene, plane, shape->planes + shape->n_planes);
}

/* The lines of n layers from `first` on, as one command. */
static void draw_layers(const RenScene *scene, const RenGrid *grid, int first, int n) {
  RenPoint pad = pad_of(grid);
  RenAttentionShape shape = lines_in(scene, grid->cell_w - 2 * pad.x, grid->cell_h - 2 * pad.y, n * grid->n_heads);
  if (shape.planes == NULL) return;
  for (int i = 0; i < n * grid->n_heads; i++) {
    int layer = first + i / grid->n_heads, head = i % grid->n_heads;
    RenRect thumb = ren_grid_thumb(grid, layer, head);
    add_head(scene, &shape, (RenPoint){thumb.x + pad.x, thumb.y + pad.y}, layer, head);
  }
  ren_frame_attention(scene->frame, REN_NO_ID, shape);
}

static void draw_heat(const RenScene *scene, RenRect cells, int layer, int head) {
  if (ren_scene_dim(scene, layer, head) < 1)
    ren_scene_heat(scene, (RenPanel){layer, head}, cells, ren_state_layer_color(scene->state, layer));
}

void ren_thumb_draw(const RenScene *scene, RenRect picture, int layer, int head) {
  if (ren_thumbs_are_heat(scene->state, scene->block)) {
    draw_heat(scene, picture, layer, head);
    return;
  }
  RenAttentionShape shape = lines_in(scene, picture.w, picture.h, 1);
  if (shape.planes == NULL) return;
  add_head(scene, &shape, (RenPoint){picture.x, picture.y}, layer, head);
  ren_frame_attention(scene->frame, REN_NO_ID, shape);
}

/* While layers are still to come, each is a command of its own, so that a new one leaves the kept pictures of
 * the others as they are. */
void ren_thumbs_draw(const RenScene *scene, const RenGrid *grid) {
  int n_layers = 0;
  while (ren_scene_ready(scene, n_layers)) n_layers++;
  if (ren_thumbs_are_heat(scene->state, scene->block)) {
    for (int i = 0; i < n_layers * grid->n_heads; i++) {
      int layer = i / grid->n_heads, head = i % grid->n_heads;
      draw_heat(scene, ren_rect_inset(ren_grid_thumb(grid, layer, head), pad_of(grid).x), layer, head);
    }
    return;
  }
  if (n_layers == grid->n_layers) {
    draw_layers(scene, grid, 0, n_layers);
    return;
  }
  for (int layer = 0; layer < n_layers; layer++) draw_layers(scene, grid, layer, 1);
}

/* In the corner, where a thumbnail has room for it. */
static void label_head(const RenScene *scene, const RenGrid *grid, int layer, int head) {
  RenRect thumb = ren_grid_thumb(grid, layer, head);
  RenPoint pad = pad_of(grid);
  RenRect label = {thumb.x + thumb.w - pad.x - REN_THUMB_NAME, thumb.y + pad.x, REN_THUMB_NAME - 2, REN_LINE_SMALL};
  ren_scene_label(scene, label, REN_RIGHT, scene->theme->text,
                  ren_frame_format(scene->frame, "%d.%d", layer, head));
}

/* The score of a row's first head; of a layer its number and the mean below that, where there is room. */
static void label_row(const RenScene *scene, const RenGrid *grid, int row) {
  const RenRanking *ranking = grid->ranking;
  const int *heads = ranking->order + row * grid->n_heads;
  int n = ranking->grouped ? grid->n_heads : 1;
  float height = 2 * REN_LABEL_HEIGHT, middle = grid->y + ((float)row + 0.5f) * grid->cell_h;
  RenRect label = {grid->x - REN_AXIS_LEFT, middle - REN_LABEL_HEIGHT, REN_AXIS_LEFT, height};
  double score = 0;
  for (int i = 0; i < n; i++) score += (double)ranking->scores[heads[i]] / n;
  if (ranking->grouped) {
    int layer = heads[0] / grid->n_heads;
    bool both = grid->cell_h >= 2 * REN_LINE_SMALL;
    if (both) label.y -= REN_LINE_SMALL / 2.0f;
    ren_scene_label(scene, label, REN_CENTER, scene->theme->text, ren_frame_format(scene->frame, "%d", layer));
    if (!both) return;
    label.y += REN_LINE_SMALL;
  }
  if (isnan(score)) return; /* of infinite ones of both signs */
  ren_scene_label(scene, label, REN_CENTER, scene->theme->muted,
                  ren_frame_format(scene->frame, score >= 100 ? "%.0f" : "%.2f", score));
}

void ren_thumbs_label(const RenScene *scene, const RenGrid *grid) {
  const RenRanking *ranking = grid->ranking;
  bool named = grid->cell_w >= REN_THUMB_NAME + REN_PAD && grid->cell_h >= REN_LINE_SMALL + REN_PAD;
  for (int i = 0; named && i < ranking->n; i++)
    label_head(scene, grid, ranking->order[i] / grid->n_heads, ranking->order[i] % grid->n_heads);
  int step = (int)fmaxf(1, ceilf(REN_LABEL_HEIGHT / grid->cell_h));
  for (int row = 0; row < grid->n_layers; row += step) label_row(scene, grid, row);
}

void ren_thumbs_score(const RenScene *scene, const RenGrid *grid) {
  const RenScores *scores = scene->state->scores;
  if (!scores || grid->cell_h < REN_SCORE_ROOM || grid->cell_w < REN_SCORE_ROOM) return;
  float pad = fmaxf(pad_of(grid).x, 2);
  for (int i = 0; i < scores->n_layers * scores->n_heads; i++) {
    RenRect thumb = ren_grid_thumb(grid, i / scores->n_heads, i % scores->n_heads);
    float lit = 1 - ren_scene_dim(scene, i / scores->n_heads, i % scores->n_heads);
    if (lit <= 0) continue;
    RenRect bar = {thumb.x + pad, thumb.y + thumb.h - REN_SCORE_BAR - REN_GRID, thumb.w - 2 * pad, REN_SCORE_BAR};
    ren_frame_fill(scene->frame, REN_NO_ID, bar, ren_color_fade(scene->theme->border, lit));
    bar.w *= scores->most > 0 ? fminf(fmaxf(scores->values[i] / scores->most, 0), 1) : 0;
    if (bar.w > 0) ren_frame_fill(scene->frame, REN_NO_ID, bar, ren_color_fade(scene->theme->accent, lit));
  }
}
