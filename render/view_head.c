/* The head view: any heads of one layer overlaid in their own colours, or heads picked from several, coloured in
 * the order of picking; all tokens legible. Rows scroll under fixed headings; lower ones leave texts out. At rest a
 * line is as opaque as its weight over the square root of the active heads; for some tokens alone, as its plain
 * weight.
 */
#include "render/view.h"

#include "render/view_head_layout.h"
#include "render/view_minimap.h"
#include "render/view_pair.h"
#include "render/view_rows.h"

#include <math.h>

static void draw_heading(const RenScene *scene, float x, float width, RenAlign align, const char *text) {
  RenRect rect = {x + REN_CELL_PAD, scene->area.y + REN_PAD, width - 2 * REN_CELL_PAD, REN_HEAD_TOP - 2 * REN_PAD};
  ren_scene_label(scene, rect, align, scene->theme->muted, text);
}

/* The head whose tile is hovered is drawn alone. */
static bool is_drawn(const RenState *state, int n_slots, int slot) {
  if (state->preview >= 0 && state->preview < n_slots) return slot == state->preview;
  return ren_state_slot_shown(state, slot);
}

/* The heads that are on in the order of their slots, of layers that are finished; their number. */
static int collect_heads(const RenScene *scene, const RenStroke **out) {
  int n_slots = ren_state_slots(scene->state, scene->block->n_heads), n = 0;
  RenStroke *heads = ren_frame_alloc(scene->frame, (size_t)n_slots * sizeof *heads);
  *out = heads;
  for (int slot = 0; heads != NULL && slot < n_slots; slot++) {
    RenPanel head = ren_scene_slot(scene->state, scene->block, slot);
    if (!is_drawn(scene->state, n_slots, slot) || !ren_scene_ready(scene, head.layer)) continue;
    float dim = ren_scene_dim(scene, head.layer, head.head);
    heads[n++] = (RenStroke){ren_scene_pattern(scene, head.layer, head.head), ren_scene_color(scene, slot),
                             fminf(dim, REN_FILTER_DIM)};
  }
  return n;
}

/* The first row's, between the columns. */
static RenRect band_of(const RenHeadLayout *layout) {
  float x = layout->query_x + layout->cell;
  return (RenRect){x, layout->rows.y, layout->key_x - x, REN_TOKEN_PITCH};
}

/* Texts get smaller with their rows as long as they can be read; lines are as thin as a pixel, and as the pitch. */
static void draw_rows(const RenScene *scene, const RenHeadLayout *layout) {
  const RenStroke *heads;
  int n_heads = collect_heads(scene, &heads);
  float pitch = layout->pitch;
  RenPair pair = {.rows = layout->rows,
                  .scroll = layout->scroll,
                  .query_x = layout->query_x,
                  .query_w = layout->cell,
                  .key_x = layout->key_x,
                  .key_w = layout->cell,
                  .pitch = pitch,
                  .text_size = ren_rows_text(REN_TEXT_TOKEN, pitch / REN_TOKEN_PITCH),
                  .line_width = ren_rows_line(pitch),
                  .query_id = {.kind = REN_ID_QUERY},
                  .key_id = {.kind = REN_ID_KEY},
                  .n_heads = n_heads,
                  .heads = heads};
  bool none = ren_state_slots_shown(scene->state, scene->block->n_heads) == 0 && n_heads == 0;
  if (none)
    ren_scene_label(scene, band_of(layout), REN_CENTER, scene->theme->muted, "no head here passes the filter");
  pair.hidden = none;
  ren_pair_draw(scene, &pair);
}

static void draw(const RenState *state, const EngSource *source, RenText *text, RenRect area, RenFrame *frame) {
  RenScene scene;
  if (ren_scene_begin(&scene, state, source, text, area, frame)) {
    RenHeadLayout layout = ren_head_layout(state, scene.block, area);
    draw_heading(&scene, layout.query_x, layout.cell, REN_RIGHT, "query");
    draw_heading(&scene, layout.key_x, layout.cell, REN_LEFT, "key");
    draw_rows(&scene, &layout);
    ren_minimap_draw(&scene);
  }
  ren_scene_end(&scene);
}

static void extent(const RenState *state, const EngBlock *block, RenRect area, float *width, float *height) {
  (void)width;
  *height = fmaxf(area.h, REN_HEAD_TOP + ren_head_layout(state, block, area).height);
}

const RenView ren_view_head = {draw, extent};
