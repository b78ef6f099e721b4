/* A long text makes a panel higher than the area: it is then as high as the area and its rows scroll inside,
 * since binned tokens could not be read or pointed at. */
#include "render/view_panel.h"

#include "render/view_pair.h"
#include "render/view_scroll.h"

#include <math.h>

float ren_panel_rows(const EngBlock *block) {
  return (float)REN_PANEL_PITCH * (float)(block->n_rows > block->n_columns ? block->n_rows : block->n_columns);
}

float ren_panel_room(RenRect panel) { return panel.h - REN_PANEL_TOP - REN_PANEL_BOTTOM; }

RenRect ren_panel_place(RenRect area, RenRect thumb, const EngBlock *block) {
  float right = area.x + area.w, bottom = area.y + area.h - REN_PANEL_SHIFT;
  RenRect panel = {.w = fminf(REN_PANEL_WIDTH, area.w),
                   .h = fminf(ren_panel_rows(block) + REN_PANEL_TOP + REN_PANEL_BOTTOM, bottom - area.y)};
  panel.x = floorf(thumb.x + REN_PANEL_SHARE * thumb.w) + REN_PANEL_SHIFT;
  if (panel.x + panel.w > right) panel.x = floorf(thumb.x) + REN_PANEL_OVERLAP - panel.w;
  panel.x = fmaxf(area.x, fminf(panel.x, right - panel.w));
  panel.y = fmaxf(area.y, fminf(floorf(thumb.y) - REN_PANEL_RISE, bottom - panel.h));
  return panel;
}

RenRect ren_panel_move(RenRect area, RenRect panel, RenPoint at) {
  float right = fmaxf(area.w - panel.w, 0), bottom = fmaxf(area.h - panel.h, 0);
  panel.x = area.x + floorf(fminf(fmaxf(at.x, 0), right));
  panel.y = area.y + floorf(fminf(fmaxf(at.y, 0), bottom));
  return panel;
}

/* --- beside each other */

/* Whether a panel would hide half of another one: of those that only touch both can be read and reached. */
static bool hides(RenRect panel, RenRect other) {
  RenRect both = ren_rect_intersect(panel, other);
  return !ren_rect_empty(both) && 2 * both.w * both.h >= other.w * other.h;
}

static bool is_clear(RenRect area, RenRect panel, const RenRect *others, int n) {
  if (panel.x < area.x || panel.x + panel.w > area.x + area.w) return false;
  for (int i = 0; i < n; i++)
    if (hides(panel, others[i])) return false;
  return true;
}

RenRect ren_panel_clear(RenRect area, RenRect panel, const RenRect *others, int n) {
  if (is_clear(area, panel, others, n)) return panel;
  for (int i = 0; i < n; i++) {
    RenRect left = panel, right = panel;
    left.x = others[i].x - panel.w - REN_GRID;
    right.x = others[i].x + others[i].w + REN_GRID;
    if (is_clear(area, left, others, n)) return left;
    if (is_clear(area, right, others, n)) return right;
  }
  return panel;
}

/* --- one panel */

static void draw_control(const RenScene *scene, RenId id, RenRect rect, RenColor color, const char *sign) {
  bool lit = ren_id_equal(scene->state->hover, id);
  RenRectShape box = {.fill = lit ? scene->theme->raised : scene->theme->bg, .radius = REN_CORNER};
  ren_frame_box(scene->frame, id, rect, box);
  ren_frame_text(
      scene->frame, REN_NO_ID, rect,
      (RenTextShape){.text = sign, .font = REN_SANS, .size = REN_TEXT_TOKEN, .align = REN_CENTER, .color = color});
}

/* At the right end of the heading: a dot that is full where the panel is pinned, and a cross. */
static void draw_controls(const RenScene *scene, RenRect panel, int layer, int head, bool pinned) {
  const RenTheme *theme = scene->theme;
  RenRect line = {panel.x, panel.y + REN_PAD, panel.w - REN_PAD, REN_PANEL_CONTROL};
  RenRect close = ren_rect_cut_right(&line, REN_PANEL_CONTROL), pin = ren_rect_cut_right(&line, REN_PANEL_CONTROL);
  draw_control(scene, (RenId){REN_ID_PANEL_PIN, layer, head, 0}, pin, pinned ? theme->warn : theme->muted,
               pinned ? "●" : "○");
  draw_control(scene, (RenId){REN_ID_PANEL_CLOSE, layer, head, 0}, close, theme->muted, "×");
  RenRect bar = {panel.x, panel.y + REN_RADIUS, REN_PINNED, REN_PANEL_TOP - REN_RADIUS};
  if (pinned) ren_frame_fill(scene->frame, REN_NO_ID, bar, theme->warn);
}

/* "Layer 2, Head 5", "Layer 2, mean of heads", "Head 5, mean of layers", "Mean of all heads", "Layer 2, rollout".
 */
static const char *heading_of(const RenScene *scene, int layer, int head) {
  const EngBlock *block = scene->block;
  if (block->heads && block->layers) return ren_frame_format(scene->frame, "All heads, %s", block->heads);
  if (block->layers) return ren_frame_format(scene->frame, "Head %d, %s of layers", head, block->layers);
  if (!block->heads) return ren_frame_format(scene->frame, "Layer %d, Head %d", layer, head);
  bool rollout = block->heads[0] == 'r';
  return ren_frame_format(scene->frame, "Layer %d, %s%s", layer, block->heads, rollout ? "" : " of heads");
}

static void draw_frame(const RenScene *scene, RenRect panel, int layer, int head) {
  RenColor color = ren_state_layer_color(scene->state, layer);
  ren_frame_box(scene->frame, (RenId){REN_ID_PANEL, layer, head, 0}, panel,
                (RenRectShape){.fill = scene->theme->bg,
                               .stroke = ren_color_fade(color, REN_PANEL_STROKE_FADE),
                               .stroke_width = REN_PANEL_STROKE,
                               .radius = REN_RADIUS});
  RenRect heading = {panel.x, panel.y, panel.w, REN_PANEL_TOP};
  ren_frame_text(scene->frame, REN_NO_ID, heading,
                 (RenTextShape){.text = heading_of(scene, layer, head),
                                .font = REN_SANS_BOLD,
                                .size = REN_TEXT_CONTROL,
                                .align = REN_CENTER,
                                .color = scene->theme->text});
}

void ren_panel_draw(const RenScene *scene, RenRect panel, RenPanel of, bool pinned) {
  int layer = of.layer, head = of.head;
  bool ready = ren_scene_ready(scene, layer);
  RenStroke stroke = {.color = ren_state_layer_color(scene->state, layer)};
  if (ready) stroke.weights = ren_scene_pattern(scene, layer, head);
  stroke.dim = fminf(ren_scene_dim(scene, layer, head), REN_FILTER_DIM); /* it is selected: it shows */
  RenPair pair = {.rows = {panel.x, panel.y + REN_PANEL_TOP, panel.w, ren_panel_room(panel)},
                  .query_x = panel.x + REN_PANEL_PAD,
                  .query_w = REN_PANEL_CELL - REN_PANEL_PAD,
                  .key_x = panel.x + panel.w - REN_PANEL_CELL,
                  .key_w = REN_PANEL_CELL - REN_PANEL_PAD,
                  .pitch = REN_PANEL_PITCH,
                  .text_size = REN_TEXT_CONTROL,
                  .line_width = REN_LINE_WIDTH,
                  .query_id = {REN_ID_PANEL_QUERY, layer, head, 0},
                  .key_id = {REN_ID_PANEL_KEY, layer, head, 0},
                  .n_heads = ready ? 1 : 0,
                  .heads = &stroke};
  float height = ren_panel_rows(scene->block);
  pair.scroll = ren_scroll_clamp(scene->state->scroll_y[REN_VIEW_MODEL], height, pair.rows.h);
  draw_frame(scene, panel, layer, head);
  draw_controls(scene, panel, layer, head, pinned);
  ren_pair_draw(scene, &pair);
  ren_scroll_mark_y(scene->frame, pair.rows, height, pair.scroll, scene->theme->border);
}
