/* Cells are square. At rest they are as large as fits, up to a bound; enlarged, they scroll under the axes.
 * Large cells stand on whole pixels; small ones do not, or a long text would end in the middle of the area. */
#include "render/view_matrix_layout.h"

#include "render/view_scene.h"
#include "render/view_scroll.h"

#include <math.h>

static float snap(float pitch) { return pitch >= REN_MATRIX_GAPPED ? floorf(pitch) : pitch; }

/* The largest cells with so many heads side by side. */
static float pitch_across(const RenMatrixLayout *layout, float room_w, float room_h, int across) {
  int down = (layout->n_heads + across - 1) / across;
  float w = room_w - (float)((across - 1) * REN_MATRIX_GAP);
  float h = room_h - (float)down * layout->title - (float)((down - 1) * REN_MATRIX_GAP);
  return fminf(w / (float)(across * layout->columns), h / (float)(down * layout->rows));
}

static void fit_heads(RenMatrixLayout *layout, float room_w, float room_h) {
  float least = (float)REN_MATRIX_SIDE / fmaxf((float)layout->rows, (float)layout->columns);
  float best = -INFINITY;
  for (int across = 1; across <= layout->n_heads; across++) {
    float pitch = pitch_across(layout, room_w, room_h, across);
    if (pitch > best) best = pitch, layout->across = across;
  }
  layout->down = (layout->n_heads + layout->across - 1) / layout->across;
  layout->fit = snap(ren_clamp(best, fminf(least, REN_MATRIX_PITCH), REN_MATRIX_PITCH));
}

static float most_zoom(const RenMatrixLayout *layout) { return fmaxf(1, REN_MATRIX_LARGEST / layout->fit); }

/* From one head to the next, with cells of this pitch. */
static RenPoint step_of(const RenMatrixLayout *layout, float pitch) {
  return (RenPoint){(float)layout->columns * pitch + REN_MATRIX_GAP,
                    (float)layout->rows * pitch + REN_MATRIX_GAP + layout->title};
}

/* Axes, all heads, a margin behind them. */
static RenPoint size_of(const RenMatrixLayout *layout, float pitch) {
  RenPoint step = step_of(layout, pitch);
  return (RenPoint){layout->left + (float)layout->across * step.x - REN_MATRIX_GAP + REN_PAD,
                    layout->top + (float)layout->down * step.y - REN_MATRIX_GAP + REN_PAD};
}

/* At rest everything sits in the middle of the area. What is left around it then belongs to what scrolls, so
 * that any point can stay where it is while cells grow; the axes stay beside the cells and inside the area. */
static void place(RenMatrixLayout *layout, const RenState *state, RenRect area) {
  RenPoint rest = size_of(layout, layout->fit), size = size_of(layout, layout->pitch);
  RenPoint margin = {floorf(fmaxf(0, area.w - rest.x) / 2), floorf(fmaxf(0, area.h - rest.y) / 2)};
  layout->width = size.x + 2 * margin.x;
  layout->height = size.y + 2 * margin.y;
  layout->scroll_x = ren_scroll_clamp(state->scroll_x[REN_VIEW_MATRIX], layout->width, area.w);
  layout->scroll_y = ren_scroll_clamp(state->scroll_y[REN_VIEW_MATRIX], layout->height, area.h);
  layout->x = area.x + layout->left + margin.x - layout->scroll_x;
  layout->y = area.y + layout->top + margin.y - layout->scroll_y;
  layout->cells = area;
  ren_rect_cut_left(&layout->cells, fmaxf(layout->left, layout->x - area.x));
  ren_rect_cut_top(&layout->cells, fmaxf(layout->top, layout->y - area.y));
}

RenMatrixLayout ren_matrix_layout(const RenState *state, const EngBlock *block, RenRect area) {
  RenMatrixLayout layout = {.rows = block->n_rows > 0 ? block->n_rows : 1,
                            .columns = block->n_columns > 0 ? block->n_columns : 1,
                            .n_heads = ren_state_slots_shown(state, block->n_heads)};
  if (layout.n_heads < 1) layout.n_heads = 1;
  layout.title = layout.n_heads > 1 ? REN_MATRIX_TITLE : 0;
  layout.left = floorf(ren_clamp(area.w * REN_MATRIX_SHARE, REN_MATRIX_LEFT_MIN, REN_MATRIX_LEFT_MAX));
  layout.top = floorf(ren_clamp(area.h * REN_MATRIX_SHARE, REN_MATRIX_TOP_MIN, REN_MATRIX_TOP_MAX));
  fit_heads(&layout, area.w - layout.left - REN_PAD, area.h - layout.top - REN_PAD);
  layout.pitch = snap(layout.fit * ren_clamp(state->zoom, 1, most_zoom(&layout)));
  place(&layout, state, area);
  return layout;
}

RenRect ren_matrix_head(const RenMatrixLayout *layout, int n) {
  RenPoint step = step_of(layout, layout->pitch);
  return (RenRect){layout->x + (float)(n % layout->across) * step.x,
                   layout->y + (float)(n / layout->across) * step.y + layout->title,
                   (float)layout->columns * layout->pitch, (float)layout->rows * layout->pitch};
}

int ren_matrix_place(const RenState *state, const EngBlock *block) {
  int n = 0, slot = ren_scene_selected_slot(state, block);
  for (int i = 0; i < slot; i++) n += ren_state_slot_shown(state, i);
  return ren_state_slot_shown(state, slot) ? n : -1;
}

/* A place along one axis as the head it is in and the cells from that head's start: what does not change when
 * cells grow. */
typedef struct Anchor {
  float head, cells;
} Anchor;

static Anchor anchor_of(float at, float step, float pitch, int n_heads, int n_tokens) {
  float head = ren_clamp(floorf(at / step), 0, (float)(n_heads - 1));
  return (Anchor){head, ren_clamp((at - head * step) / pitch, 0, (float)n_tokens)};
}

static float place_of(Anchor anchor, float step, float pitch) { return anchor.head * step + anchor.cells * pitch; }

void ren_matrix_zoom(RenState *state, const EngBlock *block, RenRect area, float factor, RenPoint at) {
  RenMatrixLayout layout = ren_matrix_layout(state, block, area);
  RenPoint step = step_of(&layout, layout.pitch);
  Anchor x = anchor_of(at.x - layout.x, step.x, layout.pitch, layout.across, layout.columns);
  Anchor y = anchor_of(at.y - layout.y - layout.title, step.y, layout.pitch, layout.down, layout.rows);
  float most = most_zoom(&layout);
  state->zoom = ren_clamp(fminf(state->zoom, most) * factor, 1, most);
  state->scroll_x[REN_VIEW_MATRIX] = state->scroll_y[REN_VIEW_MATRIX] = 0;
  layout = ren_matrix_layout(state, block, area);
  step = step_of(&layout, layout.pitch);
  state->scroll_x[REN_VIEW_MATRIX] = roundf(layout.x + place_of(x, step.x, layout.pitch) - at.x);
  state->scroll_y[REN_VIEW_MATRIX] = roundf(layout.y + layout.title + place_of(y, step.y, layout.pitch) - at.y);
  layout = ren_matrix_layout(state, block, area);
  state->scroll_x[REN_VIEW_MATRIX] = layout.scroll_x;
  state->scroll_y[REN_VIEW_MATRIX] = layout.scroll_y;
}
