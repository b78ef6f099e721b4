/* Columns take a share of the width up to a bound, the lines what is left up to theirs; the whole sits in the
 * middle of the area. */
#include "render/view_head_layout.h"

#include "render/view_rows.h"
#include "render/view_scroll.h"

#include <math.h>

static RenRows rows_of(const EngBlock *block, RenRect rows) {
  int n = block->n_rows > block->n_columns ? block->n_rows : block->n_columns;
  return ren_rows_whole(n, REN_TOKEN_PITCH, rows.h);
}

RenHeadLayout ren_head_layout(const RenState *state, const EngBlock *block, RenRect area) {
  RenHeadLayout layout = {.rows = area};
  ren_rect_cut_top(&layout.rows, REN_HEAD_TOP);
  RenRows rows = rows_of(block, layout.rows);
  layout.pitch = ren_rows_pitch(&rows, state);
  layout.zoom = ren_rows_now(&rows, state);
  layout.height = (float)rows.n * layout.pitch + REN_PAD;
  layout.scroll = ren_scroll_clamp(state->scroll_y[REN_VIEW_HEAD], layout.height, layout.rows.h);
  float margin = layout.height > layout.rows.h ? REN_MINIMAP + 1 : REN_PAD;
  layout.cell =
      floorf(ren_clamp(area.w * REN_HEAD_CELL_SHARE, REN_HEAD_CELL_MIN, REN_HEAD_CELL_MAX * fmaxf(layout.zoom, 1)));
  float band = floorf(ren_clamp(area.w - 2 * layout.cell - 2 * margin, REN_HEAD_BAND_MIN, REN_HEAD_BAND_MAX));
  layout.query_x = area.x + fmaxf(floorf((area.w - 2 * layout.cell - band) / 2), REN_PAD);
  layout.key_x = layout.query_x + layout.cell + band;
  return layout;
}

void ren_head_zoom(RenState *state, const EngBlock *block, RenRect area, float factor, float y) {
  RenHeadLayout layout = ren_head_layout(state, block, area);
  RenRows rows = rows_of(block, layout.rows);
  float below = y - layout.rows.y, row = ren_clamp((layout.scroll + below) / layout.pitch, 0, (float)rows.n);
  ren_rows_zoom(&rows, state, factor);
  layout = ren_head_layout(state, block, area);
  float scroll = row * layout.pitch - below;
  state->scroll_y[REN_VIEW_HEAD] = ren_scroll_clamp(roundf(scroll), layout.height, layout.rows.h);
}
