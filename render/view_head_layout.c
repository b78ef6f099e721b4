/* Columns take a share of the width up to a bound, the lines what is left up to theirs; the whole sits in the
 * middle of the area. Rows get as low as the whole text needs, and no lower than at first where that fits; where a
 * text each has room they stand on whole pixels. */
#include "render/view_head.h"

#include "render/view_scroll.h"

#include <math.h>

static float clamp(float x, float low, float high) { return x < low ? low : x > high ? high : x; }

static float snap(float pitch) { return pitch >= REN_TOKEN_LABELS ? floorf(pitch) : pitch; }

static int n_tokens(const EngBlock *block) {
  int n = block->n_rows > block->n_columns ? block->n_rows : block->n_columns;
  return n > 0 ? n : 1;
}

/* The zoom at which everything shows in so high an area, at most 1; a pixel is left for what sums of fractions
 * lack. */
static float whole(const EngBlock *block, float room) {
  float pitch = fmaxf(room - REN_PAD - 1, 0) / (float)n_tokens(block);
  return clamp(pitch / REN_TOKEN_PITCH, REN_LEAST_ROWS, 1);
}

RenHeadLayout ren_head_layout(const RenState *state, const EngBlock *block, RenRect area) {
  RenHeadLayout layout = {.rows = area};
  ren_rect_cut_top(&layout.rows, REN_HEAD_TOP);
  float zoom = clamp(state->head_zoom, whole(block, layout.rows.h), REN_MOST_ROWS);
  layout.pitch = snap(zoom * REN_TOKEN_PITCH);
  layout.height = (float)n_tokens(block) * layout.pitch + REN_PAD;
  layout.scroll = ren_scroll_clamp(state->scroll_y[REN_VIEW_HEAD], layout.height, layout.rows.h);
  float margin = layout.height > layout.rows.h ? REN_MINIMAP + 1 : REN_PAD;
  layout.cell = floorf(clamp(area.w * REN_HEAD_CELL_SHARE, REN_HEAD_CELL_MIN, REN_HEAD_CELL_MAX * fmaxf(zoom, 1)));
  float band = floorf(clamp(area.w - 2 * layout.cell - 2 * margin, REN_HEAD_BAND_MIN, REN_HEAD_BAND_MAX));
  layout.query_x = area.x + fmaxf(floorf((area.w - 2 * layout.cell - band) / 2), REN_PAD);
  layout.key_x = layout.query_x + layout.cell + band;
  return layout;
}

void ren_head_zoom(RenState *state, const EngBlock *block, RenRect area, float factor, float y) {
  RenHeadLayout layout = ren_head_layout(state, block, area);
  float least = whole(block, layout.rows.h), below = y - layout.rows.y;
  float row = clamp((layout.scroll + below) / layout.pitch, 0, (float)n_tokens(block));
  state->head_zoom = clamp(fmaxf(state->head_zoom, least) * factor, least, REN_MOST_ROWS);
  layout = ren_head_layout(state, block, area);
  float scroll = row * layout.pitch - below;
  state->scroll_y[REN_VIEW_HEAD] = ren_scroll_clamp(roundf(scroll), layout.height, layout.rows.h);
}
