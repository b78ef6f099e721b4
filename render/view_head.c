/* The head view: any heads of one layer overlaid in their own colours, or heads picked from several, coloured in
 * the order of picking; all tokens legible. Rows have a fixed pitch and scroll under fixed headings. At rest a line
 * is as opaque as its weight over the square root of the active heads; for some tokens alone, as its plain weight.
 */
#include "render/view.h"
#include "render/view_pair.h"
#include "render/view_scroll.h"

#include <math.h>

typedef struct Layout {
  float query_x, key_x, cell; /* both columns are `cell` wide */
  RenRect rows;
} Layout;

static float clamp(float x, float low, float high) { return x < low ? low : x > high ? high : x; }

/* Columns take a share of the width up to a bound, the lines what is left up to theirs; the whole sits in the
 * middle of the area. */
static Layout layout_of(RenRect area) {
  float cell = floorf(clamp(area.w * REN_HEAD_CELL_SHARE, REN_HEAD_CELL_MIN, REN_HEAD_CELL_MAX));
  float band = floorf(clamp(area.w - 2 * cell - 2 * REN_PAD, REN_HEAD_BAND_MIN, REN_HEAD_BAND_MAX));
  float x = area.x + fmaxf(floorf((area.w - 2 * cell - band) / 2), REN_PAD);
  RenRect rows = area;
  ren_rect_cut_top(&rows, REN_HEAD_TOP);
  return (Layout){x, x + cell + band, cell, rows};
}

static float rows_height(const EngBlock *block) {
  int n = block->n_rows > block->n_columns ? block->n_rows : block->n_columns;
  return (float)(n * REN_TOKEN_PITCH + REN_PAD);
}

static void draw_heading(const RenScene *scene, float x, float width, RenAlign align, const char *text) {
  RenRect rect = {x + REN_CELL_PAD, scene->area.y + REN_PAD, width - 2 * REN_CELL_PAD, REN_HEAD_TOP - 2 * REN_PAD};
  ren_scene_label(scene, rect, align, scene->theme->muted, text);
}

/* The head whose tile is hovered is drawn alone. */
static bool is_drawn(const RenState *state, int n_slots, int slot) {
  if (state->preview >= 0 && state->preview < n_slots) return slot == state->preview;
  return ren_state_slot_on(state, slot);
}

/* The heads that are on in the order of their slots, of layers that are finished; their number. */
static int collect_heads(const RenScene *scene, const RenStroke **out) {
  int n_slots = ren_state_slots(scene->state, scene->block->n_heads), n = 0;
  RenStroke *heads = ren_frame_alloc(scene->frame, (size_t)n_slots * sizeof *heads);
  *out = heads;
  for (int slot = 0; heads != NULL && slot < n_slots; slot++) {
    RenPanel head = ren_scene_slot(scene->state, scene->block, slot);
    if (!is_drawn(scene->state, n_slots, slot) || !ren_scene_ready(scene, head.layer)) continue;
    heads[n++] = (RenStroke){ren_scene_pattern(scene, head.layer, head.head), ren_scene_color(scene, slot)};
  }
  return n;
}

static void draw_rows(const RenScene *scene, const Layout *layout) {
  float height = rows_height(scene->block);
  const RenStroke *heads;
  int n_heads = collect_heads(scene, &heads);
  RenPair pair = {.rows = layout->rows,
                  .scroll = ren_scroll_clamp(scene->state->scroll_y[REN_VIEW_HEAD], height, layout->rows.h),
                  .query_x = layout->query_x,
                  .query_w = layout->cell,
                  .key_x = layout->key_x,
                  .key_w = layout->cell,
                  .pitch = REN_TOKEN_PITCH,
                  .text_size = REN_TEXT_TOKEN,
                  .line_width = REN_LINE_WIDTH,
                  .query_id = {.kind = REN_ID_QUERY},
                  .key_id = {.kind = REN_ID_KEY},
                  .n_heads = n_heads,
                  .heads = heads};
  ren_pair_draw(scene, &pair);
  ren_scroll_mark_y(scene->frame, layout->rows, height, pair.scroll, scene->theme->border);
}

static void draw(const RenState *state, const EngSource *source, RenText *text, RenRect area, RenFrame *frame) {
  RenScene scene;
  if (ren_scene_begin(&scene, state, source, area, frame)) {
    scene.text = text;
    Layout layout = layout_of(area);
    draw_heading(&scene, layout.query_x, layout.cell, REN_RIGHT, "query");
    draw_heading(&scene, layout.key_x, layout.cell, REN_LEFT, "key");
    draw_rows(&scene, &layout);
  }
  ren_scene_end(&scene);
}

static void extent(const RenState *state, const EngSource *source, RenText *text, RenRect area, float *width,
                   float *height) {
  (void)text;
  const EngBlock *block = ren_scene_block(state, source);
  *width = area.w;
  *height = block == NULL ? area.h : fmaxf(area.h, REN_HEAD_TOP + rows_height(block));
}

const RenView ren_view_head = {draw, extent};
