/* Rows get as low as the whole text needs, and no lower than at first where that fits. */
#include "render/view_rows.h"

#include <math.h>

/* A pixel is left for what sums of fractions lack. */
RenRows ren_rows_whole(int n, float first, float room) {
  float pitch = fmaxf(room - REN_PAD - 1, 0) / (float)(n > 0 ? n : 1);
  return (RenRows){n > 0 ? n : 1, first, ren_clamp(pitch / first, REN_LEAST_ROWS, 1)};
}

float ren_rows_now(const RenRows *rows, const RenState *state) {
  return ren_clamp(state->row_zoom, rows->least, REN_MOST_ROWS);
}

float ren_rows_pitch(const RenRows *rows, const RenState *state) {
  float pitch = ren_rows_now(rows, state) * rows->first;
  return pitch >= REN_TOKEN_LABELS ? floorf(pitch) : pitch;
}

void ren_rows_zoom(const RenRows *rows, RenState *state, float factor) {
  float now = ren_clamp(ren_rows_now(rows, state) * factor, rows->least, REN_MOST_ROWS);
  state->row_zoom = now <= rows->least && now < 1 ? REN_LEAST_ROWS : now;
}

int ren_rows_text(float size, float share) { return (int)fmaxf(size * share, REN_TEXT_SMALL); }

float ren_rows_line(float pitch) {
  return fminf(REN_LINE_WIDTH, fmaxf(fminf(1, pitch), REN_THUMB_LINE_SHARE * pitch));
}
