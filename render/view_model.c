/* The model view: every head of every layer as a thumbnail of its lines, one row a layer in the layer's
 * colour. It always fits its area: thumbnails shrink, labels thin out, and lines are summed to pixel rows.
 * All lines are one command with a plane a head, because line (i, j) covers the same pixels in each. */
#include "render/view.h"
#include "render/view_panel.h"
#include "render/view_scene.h"

#include <math.h>

typedef struct Grid {
  float x, y; /* of thumbnail 0.0 */
  float cell_w, cell_h;
  int n_layers, n_heads, n_tokens; /* tokens: the longer side */
} Grid;

/* Whole pixels where a cell is large enough for that to matter little. */
static float snap(float size) { return size >= REN_GRID ? floorf(size) : size; }

static Grid grid_of(RenRect area, const EngBlock *block) {
  Grid grid = {.n_layers = block->n_layers, .n_heads = block->n_heads, .n_tokens = block->n_rows};
  if (block->n_columns > block->n_rows) grid.n_tokens = block->n_columns;
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

static RenRect thumb_of(const Grid *grid, int layer, int head) {
  return (RenRect){grid->x + (float)head * grid->cell_w, grid->y + (float)layer * grid->cell_h, grid->cell_w,
                   grid->cell_h};
}

static bool is_hovered(const RenState *state, int layer, int head) {
  return state->hover.kind == REN_ID_THUMB && state->hover.a == layer && state->hover.b == head;
}

/* Drawn in the head view. */
static bool is_active(const RenScene *scene, int layer, int head) {
  return layer == scene->layer && (head == scene->head || ren_state_head_active(scene->state, head));
}

/* Every `step`th label of an axis keeps them apart; hovered and selected ones are always lit. */
static int label_step(float cell, int distance) { return (int)fmaxf(1, ceilf((float)distance / cell)); }

static RenColor label_color(const RenScene *scene, bool lit) {
  return lit ? scene->theme->text : scene->theme->muted;
}

/* A number, or what was made of several. */
static const char *label_of(const RenScene *scene, const char *merged, int number) {
  return merged ? merged : ren_frame_format(scene->frame, "%d", number);
}

static void draw_head_axis(const RenScene *scene, const Grid *grid) {
  float half = REN_AXIS_TOP / 2.0f, width = grid->cell_w * (float)grid->n_heads;
  RenRect title = {grid->x, grid->y - REN_AXIS_TOP + REN_GRID, width, half - REN_GRID};
  ren_scene_label(scene, title, REN_CENTER, scene->theme->muted, "Heads");
  int step = label_step(grid->cell_w, REN_LABEL_WIDTH);
  for (int head = 0; head < grid->n_heads; head += step) {
    RenRect thumb = thumb_of(grid, 0, head);
    float reach = scene->block->heads ? thumb.w / 2 : REN_LABEL_WIDTH;
    RenRect label = {thumb.x + thumb.w / 2 - reach, grid->y - half, 2 * reach, half};
    bool lit = scene->head == head || (scene->state->hover.kind == REN_ID_THUMB && scene->state->hover.b == head);
    ren_scene_label(scene, label, REN_CENTER, label_color(scene, lit),
                    label_of(scene, scene->block->heads, head));
  }
}

static void draw_layer_axis(const RenScene *scene, const Grid *grid) {
  RenRect title = {grid->x - REN_AXIS_LEFT, grid->y - REN_AXIS_TOP / 2.0f, REN_AXIS_LEFT, REN_AXIS_TOP / 2.0f};
  ren_scene_label(scene, title, REN_CENTER, scene->theme->muted, "Layers");
  int step = label_step(grid->cell_h, REN_LABEL_HEIGHT);
  for (int layer = 0; layer < grid->n_layers; layer += step) {
    RenRect thumb = thumb_of(grid, layer, 0);
    RenRect label = {grid->x - REN_AXIS_LEFT, thumb.y + thumb.h / 2 - REN_LABEL_HEIGHT, REN_AXIS_LEFT,
                     2 * REN_LABEL_HEIGHT};
    bool lit =
        scene->layer == layer || (scene->state->hover.kind == REN_ID_THUMB && scene->state->hover.a == layer);
    ren_scene_label(scene, label, REN_CENTER, label_color(scene, lit),
                    label_of(scene, scene->block->layers, layer));
  }
}

/* What lies under the lines: the hit areas, filled where hovered, selected, or not computed yet. */
static void draw_cells(const RenScene *scene, const Grid *grid) {
  for (int layer = 0; layer < grid->n_layers; layer++) {
    for (int head = 0; head < grid->n_heads; head++) {
      RenId id = {REN_ID_THUMB, layer, head, 0};
      RenRect thumb = thumb_of(grid, layer, head);
      RenRectShape shape = {.radius = REN_CORNER};
      if (is_hovered(scene->state, layer, head) || is_active(scene, layer, head))
        shape.fill = scene->theme->raised;
      else if (!ren_scene_ready(scene, layer))
        shape.fill = scene->theme->panel;
      ren_frame_area(scene->frame, id, thumb);
      if (shape.fill.a > 0)
        ren_frame_box(scene->frame, REN_NO_ID, ren_rect_inset(thumb, thumb.w < REN_PAD ? 0 : 1), shape);
    }
  }
}

static RenAttentionShape thumb_shape(const RenScene *scene, const Grid *grid, RenPoint *pad) {
  *pad = (RenPoint){fminf(REN_THUMB_PAD_X, floorf(grid->cell_w / 8)),
                    fminf(REN_THUMB_PAD_Y, floorf(grid->cell_h / 8))};
  RenAttentionShape shape = ren_scene_attention(scene);
  shape.width = grid->cell_w - 2 * pad->x;
  shape.height = grid->cell_h - 2 * pad->y;
  shape.left_pitch = shape.right_pitch = shape.height / (float)grid->n_tokens;
  shape.left_y = shape.right_y = shape.left_pitch / 2;
  shape.thickness = fminf(fmaxf(REN_THUMB_LINE_SHARE * shape.left_pitch, REN_THUMB_LINE_MIN), REN_THUMB_LINE_MAX);
  shape.binned = true;
  return shape;
}

/* The lines of n layers from `first` on, as one command. */
static void draw_layers(const RenScene *scene, const Grid *grid, int first, int n) {
  RenPoint pad;
  RenAttentionShape shape = thumb_shape(scene, grid, &pad);
  shape.n_planes = n * grid->n_heads;
  shape.planes = ren_frame_alloc(scene->frame, (size_t)shape.n_planes * sizeof *shape.planes);
  if (shape.planes == NULL) return;
  for (int i = 0; i < shape.n_planes; i++) {
    int layer = first + i / grid->n_heads, head = i % grid->n_heads;
    RenRect thumb = thumb_of(grid, layer, head);
    shape.planes[i] = (RenPlane){{thumb.x + pad.x, thumb.y + pad.y},
                                 ren_state_layer_color(scene->state, layer),
                                 ren_scene_pattern(scene, layer, head),
                                 1};
  }
  ren_frame_attention(scene->frame, REN_NO_ID, shape);
}

/* While layers are still to come, each is a command of its own, so that a new one leaves the kept pictures of
 * the others as they are. */
static void draw_lines(const RenScene *scene, const Grid *grid) {
  int n_layers = 0;
  while (ren_scene_ready(scene, n_layers)) n_layers++;
  if (n_layers == grid->n_layers) {
    draw_layers(scene, grid, 0, n_layers);
    return;
  }
  for (int layer = 0; layer < n_layers; layer++) draw_layers(scene, grid, layer, 1);
}

/* The selected head has the full outline, the others that the head view overlays a weaker one. */
static void draw_outlines(const RenScene *scene, const Grid *grid) {
  for (int head = 0; head < grid->n_heads; head++) {
    if (!is_active(scene, scene->layer, head)) continue;
    RenColor stroke = ren_color_fade(scene->theme->accent, head == scene->head ? 1 : REN_FADE_OTHERS);
    RenRect outline = ren_rect_inset(thumb_of(grid, scene->layer, head), grid->cell_w < REN_PAD ? 0 : 1);
    ren_frame_box(scene->frame, REN_NO_ID, outline,
                  (RenRectShape){.stroke = stroke, .stroke_width = REN_SELECTED, .radius = REN_CORNER});
  }
}

static bool has_panel(const EngBlock *block, RenPanel panel) {
  return panel.layer >= 0 && panel.layer < block->n_layers && panel.head >= 0 && panel.head < block->n_heads;
}

static RenRect panel_of(const EngBlock *block, RenRect area, RenPanel panel) {
  Grid grid = grid_of(area, block);
  return ren_panel_place(area, thumb_of(&grid, panel.layer, panel.head), block);
}

/* Pinned ones lie below the one that follows the selection. */
static void draw_panels(const RenScene *scene) {
  const RenState *state = scene->state;
  for (int i = 0; i < state->n_pinned_panels; i++) {
    const RenPinnedPanel *pinned = &state->pinned_panels[i];
    if (!has_panel(scene->block, pinned->panel)) continue;
    RenRect rect = panel_of(scene->block, scene->area, pinned->panel);
    if (pinned->moved) rect = ren_panel_move(scene->area, rect, pinned->at);
    ren_panel_draw(scene, rect, pinned->panel, true);
  }
  if (ren_state_panel_shown(state) && has_panel(scene->block, state->panel))
    ren_panel_draw(scene, panel_of(scene->block, scene->area, state->panel), state->panel, false);
}

static void draw(const RenState *state, const EngSource *source, RenText *text, RenRect area, RenFrame *frame) {
  RenScene scene;
  if (ren_scene_begin(&scene, state, source, area, frame)) {
    scene.text = text;
    Grid grid = grid_of(area, scene.block);
    draw_head_axis(&scene, &grid);
    draw_layer_axis(&scene, &grid);
    draw_cells(&scene, &grid);
    draw_lines(&scene, &grid);
    draw_outlines(&scene, &grid);
    draw_panels(&scene);
  }
  ren_scene_end(&scene);
}

/* The grid always fits; what scrolls is the panel of a long text. */
static void extent(const RenState *state, const EngSource *source, RenText *text, RenRect area, float *width,
                   float *height) {
  (void)text;
  const EngBlock *block = ren_scene_block(state, source);
  *width = area.w;
  *height = area.h;
  RenPanel panel = state->panel; /* all are equally high */
  bool any = ren_state_panel_shown(state);
  if (state->n_pinned_panels > 0) any = true, panel = state->pinned_panels[0].panel;
  if (block == NULL || !any || !has_panel(block, panel)) return;
  float more = ren_panel_rows(block) - ren_panel_room(panel_of(block, area, panel));
  if (more > 0) *height += more;
}

const RenView ren_view_model = {draw, extent};
