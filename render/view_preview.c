/* The thumbnail under the mouse, larger, while its tooltip shows: the picture of the grid once more, few tokens
 * with their names at its sides, and above it what the tooltip says. It stands beside the thumbnail, so that it is
 * never under the mouse. */
#include "render/view.h"
#include "render/view_pair.h"
#include "render/view_thumbs.h"

#include <math.h>

/* Where the picture stands in its box: names at both sides or none, below the tip. */
typedef struct Preview {
  RenRect box;
  float cell, height; /* width of a name; of the picture */
} Preview;

static int longer_side(const EngBlock *block) {
  return block->n_rows > block->n_columns ? block->n_rows : block->n_columns;
}

/* Wide enough for the tip, too, as far as there is room. */
static Preview measure(const RenScene *scene, RenRect area, const char *tip) {
  Preview preview = {.height = REN_PREVIEW_SIDE};
  int n = longer_side(scene->block);
  if (!ren_thumbs_are_heat(scene->state, scene->block)) {
    preview.height = fminf(REN_PREVIEW_SIDE, (float)(n * REN_PREVIEW_PITCH));
    if (preview.height >= (float)(n * REN_PREVIEW_LABELS)) preview.cell = REN_PREVIEW_CELL;
  }
  float width = REN_PREVIEW_SIDE + (preview.cell > 0 ? REN_PREVIEW_CELL : 0);
  float run = scene->text ? ren_text_width(scene->text, REN_SANS, REN_TEXT_SMALL, scene->state->scale, tip) : 0;
  preview.box.w = fmaxf(width, fminf(ceilf(run), area.w - 2 * REN_PAD)) + 2 * REN_PAD;
  preview.box.h = preview.height + 2 * REN_PAD + REN_PREVIEW_TOP;
  return preview;
}

/* To the right of the thumbnail, else to its left, else below or above it, and inside of the area; false where it
 * would have to cover it. */
static bool place(RenRect area, RenRect thumb, RenRect *box) {
  float right = area.x + area.w - box->w, bottom = area.y + area.h - REN_PANEL_SHIFT - box->h;
  if (right < area.x || bottom < area.y) return false;
  RenPoint after = {ceilf(thumb.x + thumb.w) + REN_GRID, ceilf(thumb.y + thumb.h) + REN_GRID};
  RenPoint before = {floorf(thumb.x) - REN_GRID - box->w, floorf(thumb.y) - REN_GRID - box->h};
  box->x = fmaxf(area.x, fminf(floorf(thumb.x), right));
  box->y = fmaxf(area.y, fminf(floorf(thumb.y) - REN_PANEL_RISE, bottom));
  if (after.x <= right)
    box->x = after.x;
  else if (before.x >= area.x)
    box->x = before.x;
  else if (after.y <= bottom)
    box->y = after.y;
  else if (before.y >= area.y)
    box->y = before.y;
  else
    return false;
  return true;
}

static void draw_names(const RenScene *scene, RenRect picture, float cell) {
  const EngBlock *block = scene->block;
  float pitch = picture.h / (float)longer_side(block);
  for (int i = 0; i < block->n_rows; i++) {
    RenRect at = {picture.x - cell, picture.y + (float)i * pitch, cell, pitch};
    ren_pair_query(scene, i, at, 0, REN_TEXT_SMALL);
  }
  for (int j = 0; j < block->n_columns; j++) {
    RenRect at = {picture.x + picture.w, picture.y + (float)j * pitch, cell, pitch};
    ren_pair_key(scene, j, at, REN_TEXT_SMALL);
  }
}

static void draw(const RenScene *scene, const Preview *preview, int layer, int head, const char *tip) {
  const RenTheme *theme = scene->theme;
  RenColor color = ren_color_fade(ren_state_layer_color(scene->state, layer), REN_PANEL_STROKE_FADE);
  ren_frame_box(scene->frame, (RenId){REN_ID_PREVIEW, 0, 0, 0}, preview->box,
                (RenRectShape){theme->bg, color, REN_PANEL_STROKE, REN_RADIUS});
  RenRect picture = ren_rect_inset(preview->box, REN_PAD), heading = ren_rect_cut_top(&picture, REN_PREVIEW_TOP);
  heading.h = REN_LINE_SMALL;
  picture.x += preview->cell;
  picture.w -= 2 * preview->cell;
  ren_thumb_draw(scene, picture, layer, head);
  if (preview->cell > 0) draw_names(scene, picture, preview->cell);
  ren_frame_text(scene->frame, REN_NO_ID, heading,
                 (RenTextShape){.text = tip,
                                .font = REN_SANS,
                                .size = REN_TEXT_SMALL,
                                .align = REN_CENTER,
                                .color = theme->text,
                                .ellipsis = true});
}

static bool has_panel(const RenState *state, RenPanel of) {
  bool selected = ren_state_panel_shown(state) && state->panel.layer == of.layer && state->panel.head == of.head;
  return selected || ren_state_pinned_panel(state, of) >= 0;
}

bool ren_view_preview(const RenState *state, const EngSource *source, RenText *text, RenRect area, const char *tip,
                      RenFrame *frame) {
  RenScene scene;
  int layer = state->hover.a, head = state->hover.b;
  if (state->hover.kind != REN_ID_THUMB || tip == NULL || !ren_scene_read(&scene, state, source, frame))
    return false;
  scene.text = text;
  bool there = ren_block_has(scene.block, (RenPanel){layer, head}) && ren_scene_ready(&scene, layer);
  if (!there || has_panel(state, (RenPanel){layer, head})) return false;
  RenGrid grid = ren_grid_make(area, state, scene.block);
  Preview preview = measure(&scene, area, tip);
  if (!place(area, ren_grid_thumb(&grid, layer, head), &preview.box)) return false;
  draw(&scene, &preview, layer, head, tip);
  return true;
}
