/* The model view: every head of every layer as a thumbnail (view_thumbs.c), one row a layer in the layer's
 * colour. It always fits its area: thumbnails shrink and labels thin out. */
#include "render/view.h"
#include "render/view_edits.h"
#include "render/view_labels.h"
#include "render/view_panel.h"
#include "render/view_thumbs.h"

#include <math.h>

static bool is_hovered(const RenState *state, int layer, int head) {
  return state->hover.kind == REN_ID_THUMB && state->hover.a == layer && state->hover.b == head;
}

/* Drawn in the head view. */
static bool is_active(const RenScene *scene, int layer, int head) {
  if (scene->state->n_picks > 0) {
    int slot = ren_state_pick(scene->state, (RenPanel){layer, head});
    return ren_state_slot_shown(scene->state, slot);
  }
  return layer == scene->layer && (head == scene->head || ren_state_slot_shown(scene->state, head));
}

static RenLabels labels_of(const RenScene *scene, float cell, float distance, int selected, int hovered) {
  return ren_labels_make(cell, distance, scene->state->hover.kind == REN_ID_THUMB ? hovered : -1, selected);
}

/* A number, or what was made of several; lit where it is the hovered or the selected one's. */
static void draw_number(const RenScene *scene, const RenLabels *labels, RenRect rect, const char *merged, int i) {
  bool lit = i == labels->hovered || i == labels->selected;
  const char *label = merged ? merged : ren_frame_format(scene->frame, "%d", i);
  if (label) ren_scene_label(scene, rect, REN_CENTER, lit ? scene->theme->text : scene->theme->muted, label);
}

static void draw_head_axis(const RenScene *scene, const RenGrid *grid) {
  float half = REN_AXIS_TOP / 2.0f, width = grid->cell_w * (float)grid->n_heads;
  float distance = ren_labels_distance(scene, grid->n_heads - 1, REN_LABEL_WIDTH);
  RenRect title = {grid->x, grid->y - REN_AXIS_TOP + REN_GRID, width, half - REN_GRID};
  ren_scene_label(scene, title, REN_CENTER, scene->theme->muted, "Heads");
  RenLabels labels = labels_of(scene, grid->cell_w, distance, scene->head, scene->state->hover.b);
  for (int head = 0; head < grid->n_heads; head++) {
    RenRect thumb = ren_grid_thumb(grid, 0, head);
    float reach = scene->block->heads ? thumb.w / 2 : distance;
    RenRect label = {thumb.x + thumb.w / 2 - reach, grid->y - half, 2 * reach, half};
    if (ren_labels_show(&labels, head)) draw_number(scene, &labels, label, scene->block->heads, head);
  }
}

/* Its title stands beside the numbers of heads, or above where the first of them is near. */
static void draw_layer_axis(const RenScene *scene, const RenGrid *grid) {
  float half = REN_AXIS_TOP / 2.0f, up = grid->cell_w < REN_LABEL_WIDTH ? REN_AXIS_TOP - REN_GRID : half;
  RenRect title = {grid->x - REN_AXIS_LEFT, grid->y - up, REN_AXIS_LEFT, half};
  if (up > half) title.h -= REN_GRID;
  ren_scene_label(scene, title, REN_CENTER, scene->theme->muted, "Layers");
  RenLabels labels = labels_of(scene, grid->cell_h, REN_LABEL_HEIGHT, scene->layer, scene->state->hover.a);
  for (int layer = 0; layer < grid->n_layers; layer++) {
    RenRect thumb = ren_grid_thumb(grid, layer, 0);
    RenRect label = {grid->x - REN_AXIS_LEFT, thumb.y + thumb.h / 2 - REN_LABEL_HEIGHT, REN_AXIS_LEFT,
                     2 * REN_LABEL_HEIGHT};
    if (ren_labels_show(&labels, layer)) draw_number(scene, &labels, label, scene->block->layers, layer);
  }
}

/* Sorted heads have their names in their corners; the axis says the score of each row's first, or each layer's
 * mean. */
static void draw_ranking(const RenScene *scene, const RenGrid *grid) {
  const RenState *state = scene->state;
  const char *by = state->by_probe && state->scores ? state->scores->name : eng_score_title(state->sort);
  const char *what = grid->ranking->grouped ? "Layers and their heads" : "Heads";
  RenRect title = {grid->x, grid->y - REN_AXIS_TOP, grid->cell_w * (float)grid->n_heads, REN_AXIS_TOP};
  ren_scene_label(scene, title, REN_CENTER, scene->theme->muted,
                  ren_frame_format(scene->frame, "%s by %s, highest first", what, by));
  ren_thumbs_label(scene, grid);
}

/* What lies under the lines: the hit areas, filled where hovered, selected, or not computed yet. */
static void draw_cells(const RenScene *scene, const RenGrid *grid) {
  for (int layer = 0; layer < grid->n_layers; layer++) {
    for (int head = 0; head < grid->n_heads; head++) {
      RenId id = {REN_ID_THUMB, layer, head, 0};
      RenRect thumb = ren_grid_thumb(grid, layer, head);
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

/* The selected head has the full outline, the others that the head view overlays a weaker one. */
static void draw_outline(const RenScene *scene, const RenGrid *grid, RenPanel head, RenColor stroke) {
  RenRect outline = ren_rect_inset(ren_grid_thumb(grid, head.layer, head.head), grid->cell_w < REN_PAD ? 0 : 1);
  ren_frame_box(scene->frame, REN_NO_ID, outline,
                (RenRectShape){.stroke = stroke, .stroke_width = REN_SELECTED, .radius = REN_CORNER});
}

/* Picked heads have the colours that they have in the head view. */
static void draw_outlines(const RenScene *scene, const RenGrid *grid) {
  const RenState *state = scene->state;
  for (int slot = 0; slot < state->n_picks; slot++)
    draw_outline(
        scene, grid, ren_scene_slot(state, scene->block, slot),
        ren_color_fade(ren_state_head_color(state, slot), ren_state_slot_shown(state, slot) ? 1 : REN_FADE_OTHERS));
  for (int head = 0; state->n_picks == 0 && head < grid->n_heads; head++)
    if (is_active(scene, scene->layer, head))
      draw_outline(scene, grid, (RenPanel){scene->layer, head},
                   ren_color_fade(scene->theme->accent, head == scene->head ? 1 : REN_FADE_OTHERS));
}

static void draw_edits(const RenScene *scene, const RenGrid *grid) {
  if (!scene->state->edits || scene->state->edits->n == 0) return;
  float inset = grid->cell_w < 4 * REN_PAD ? 0 : REN_GRID;
  for (int layer = 0; layer < grid->n_layers; layer++)
    for (int head = 0; head < grid->n_heads; head++)
      ren_edits_mark_head(scene->state, (RenPanel){layer, head},
                          ren_rect_inset(ren_grid_thumb(grid, layer, head), inset), scene->frame);
}

static RenRect panel_of(const RenState *state, const EngBlock *block, RenRect area, RenPanel panel) {
  RenGrid grid = ren_grid_make(area, state, block);
  return ren_panel_place(area, ren_grid_thumb(&grid, panel.layer, panel.head), block);
}

/* Pinned ones lie below the one that follows the selection. Each keeps clear of those before it, unless it was put
 * where it is. */
static void draw_panels(const RenScene *scene) {
  RenRect taken[REN_MAX_PANELS];
  const RenState *state = scene->state;
  int n = 0;
  for (int i = 0; i < state->n_pinned_panels; i++) {
    const RenPinnedPanel *pinned = &state->pinned_panels[i];
    if (!ren_block_has(scene->block, pinned->panel)) continue;
    RenRect rect = panel_of(state, scene->block, scene->area, pinned->panel);
    rect = pinned->moved ? ren_panel_move(scene->area, rect, pinned->at)
                         : ren_panel_clear(scene->area, rect, taken, n);
    ren_panel_draw(scene, rect, pinned->panel, true);
    taken[n++] = rect;
  }
  if (!ren_state_panel_shown(state) || !ren_block_has(scene->block, state->panel)) return;
  RenRect rect = panel_of(state, scene->block, scene->area, state->panel);
  ren_panel_draw(scene, ren_panel_clear(scene->area, rect, taken, n), state->panel, false);
}

static void draw(const RenState *state, const EngSource *source, RenText *text, RenRect area, RenFrame *frame) {
  RenScene scene;
  if (ren_scene_begin(&scene, state, source, text, area, frame)) {
    RenGrid grid = ren_grid_make(area, state, scene.block);
    if (!grid.ranking) {
      draw_head_axis(&scene, &grid);
      draw_layer_axis(&scene, &grid);
    }
    draw_cells(&scene, &grid);
    ren_thumbs_draw(&scene, &grid);
    draw_edits(&scene, &grid);
    ren_thumbs_score(&scene, &grid);
    if (grid.ranking) draw_ranking(&scene, &grid);
    draw_outlines(&scene, &grid);
    draw_panels(&scene);
  }
  ren_scene_end(&scene);
}

/* The grid always fits; what scrolls is the panel of a long text. */
static void extent(const RenState *state, const EngBlock *block, RenRect area, float *width, float *height) {
  (void)width;
  RenPanel panel = state->panel; /* all are equally high */
  bool any = ren_state_panel_shown(state);
  if (state->n_pinned_panels > 0) any = true, panel = state->pinned_panels[0].panel;
  if (!any || !ren_block_has(block, panel)) return;
  float more = ren_panel_rows(block) - ren_panel_room(panel_of(state, block, area, panel));
  if (more > 0) *height += more;
}

const RenView ren_view_model = {draw, extent};
