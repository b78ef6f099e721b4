/* All cells are one command, so that a long text costs no more than a short one. The scale beside the title is
 * drawn as cells are, by the same ramp, and so says what a colour means. */
#include "render/view_strip.h"

#include "render/view_edits.h"
#include "render/view_scene.h"
#include "render/view_token.h"

#include <math.h>

static float pitch_of(const RenStrip *strip, float width) {
  float pitch = (width - 2 * REN_PAD) / (float)(strip->n > 0 ? strip->n : 1);
  if (pitch > REN_STRIP_PITCH) pitch = REN_STRIP_PITCH;
  return pitch >= REN_MATRIX_GAPPED ? floorf(pitch) : pitch;
}

static bool has_labels(const RenStrip *strip, float width) {
  return strip->n > 0 && pitch_of(strip, width) >= REN_STRIP_LABELS;
}

float ren_strip_height(const RenStrip *strip, float width) {
  float labels = has_labels(strip, width) ? REN_LINE_SMALL : 0;
  return REN_GRID + REN_STRIP_TITLE + REN_STRIP_CELL + labels + REN_GRID + 1;
}

static void draw_text(const RenState *state, RenRect rect, RenFont font, int size, RenAlign align, bool muted,
                      const char *text, RenFrame *frame) {
  RenColor color = muted ? state->theme->muted : state->theme->text;
  ren_frame_text(
      frame, REN_NO_ID, rect,
      (RenTextShape){.text = text, .font = font, .size = size, .align = align, .color = color, .ellipsis = true});
}

/* --- cells and the scale */

/* From 0 to 1, by sign where both count. */
static float shade_of(const RenStrip *strip, float value) {
  float share = strip->most > 0 ? value / strip->most : 0;
  return strip->diverges ? share : fabsf(share);
}

static void draw_cells(const RenState *state, const RenStrip *strip, const float *values, int n, float gap,
                       RenRect rect, RenFrame *frame) {
  float *shades = ren_frame_alloc(frame, (size_t)n * sizeof *shades);
  uint8_t *skip = ren_frame_alloc(frame, (size_t)n);
  if (!shades || !skip) return;
  for (int i = 0; i < n; i++) {
    skip[i] = (uint8_t)(isnan(values[i]) != 0);
    shades[i] = skip[i] ? 0 : shade_of(strip, values[i]);
  }
  RenColor one = state->theme->accent;
  ren_frame_cells(frame, REN_NO_ID, rect,
                  (RenValuesShape){.values = eng_tensor_view(shades, 1, (size_t[]){(size_t)n}),
                                   .positive = strip->diverges ? state->theme->positive : one,
                                   .negative = strip->diverges ? state->theme->negative : one,
                                   .ground = state->theme->panel,
                                   .ramp = state->ramp,
                                   .gap = gap,
                                   .skip = skip});
}

static void draw_number(const RenState *state, RenRect rect, RenAlign align, float number, RenFrame *frame) {
  const char *text = ren_frame_format(frame, "%.3g", (double)number);
  if (text) draw_text(state, rect, REN_MONO, REN_TEXT_SMALL, align, true, text, frame);
}

/* Low end, colours, high end, off the right of the row; of a narrow one fewer colours and the high end. */
static void draw_scale(const RenState *state, const RenStrip *strip, RenRect *row, RenFrame *frame) {
  float steps[REN_STRIP_STEPS], low = strip->diverges ? -strip->most : 0;
  float high = strip->negative ? -strip->most : strip->most;
  bool narrow = row->w < REN_STRIP_ROOMY;
  for (int i = 0; i < REN_STRIP_STEPS; i++) steps[i] = low + (high - low) * (float)i / (float)(REN_STRIP_STEPS - 1);
  draw_number(state, ren_rect_cut_right(row, REN_STRIP_NUMBER), REN_LEFT, high, frame);
  ren_rect_cut_right(row, REN_GRID);
  RenRect colors = ren_rect_cut_right(row, narrow ? REN_STRIP_SCALE / 2.0f : REN_STRIP_SCALE);
  colors.y += (colors.h - REN_STRIP_COLORS) / 2, colors.h = REN_STRIP_COLORS;
  draw_cells(state, strip, steps, REN_STRIP_STEPS, 0, colors, frame);
  ren_rect_cut_right(row, REN_GRID);
  if (!narrow) draw_number(state, ren_rect_cut_right(row, REN_STRIP_NUMBER), REN_RIGHT, low, frame);
  ren_rect_cut_right(row, REN_PAD);
}

/* --- tokens */

static const EngToken *tokens_of(const RenStrip *strip, const EngBlock *block) {
  return strip->side == REN_SIDE_KEY ? block->columns : block->rows;
}

static RenRect cell_at(RenRect cells, float pitch, float gap, int i) {
  return (RenRect){cells.x + (float)i * pitch, cells.y, pitch - gap, cells.h};
}

static void draw_labels(const RenState *state, const RenStrip *strip, const EngBlock *block, RenRect row,
                        float pitch, RenFrame *frame) {
  char shown[REN_TOKEN_BYTES];
  for (int i = 0; i < strip->n; i++) {
    ren_token_show(&tokens_of(strip, block)[i], shown);
    draw_text(state, cell_at(row, pitch, 2, i), REN_SANS, REN_TEXT_SMALL, REN_CENTER, true, shown, frame);
  }
}

static void outline(RenFrame *frame, RenRect cell, RenColor color) {
  ren_frame_box(frame, REN_NO_ID, cell, (RenRectShape){.stroke = color, .stroke_width = REN_SELECTED});
}

/* Edited ones, the selected token, the one under the mouse, pinned ones. */
static void draw_marks(const RenState *state, const RenStrip *strip, const EngBlock *block, RenRect cells,
                       float pitch, RenFrame *frame) {
  float gap = pitch >= REN_MATRIX_GAPPED ? 1 : 0;
  bool query = strip->side == REN_SIDE_QUERY;
  for (int i = 0; i < strip->n; i++)
    if (ren_edits_number(state, block, i)) outline(frame, cell_at(cells, pitch, gap, i), state->theme->warn);
  if (query && state->token >= 0 && state->token < strip->n)
    outline(frame, cell_at(cells, pitch, gap, state->token), state->theme->accent);
  if (state->hover_side == strip->side && state->hover_token >= 0 && state->hover_token < strip->n)
    outline(frame, cell_at(cells, pitch, gap, state->hover_token), state->theme->text);
  for (int i = 0; i < state->pins.n; i++) {
    RenRect cell = cell_at(cells, pitch, gap, state->pins.at[i].token);
    if (state->pins.at[i].side != strip->side || state->pins.at[i].token >= strip->n) continue;
    ren_frame_fill(frame, REN_NO_ID, ren_rect_cut_bottom(&cell, REN_PINNED), state->theme->warn);
  }
}

static void draw_tokens(const RenState *state, const RenStrip *strip, const EngBlock *block, RenRect area,
                        RenFrame *frame) {
  float pitch = pitch_of(strip, area.w), gap = pitch >= REN_MATRIX_GAPPED ? 1 : 0;
  RenRect cells = ren_rect_cut_top(&area, REN_STRIP_CELL);
  cells.w = pitch * (float)strip->n;
  cells.x += REN_PAD;
  RenRect drawn = cells;
  drawn.w -= gap;
  draw_cells(state, strip, strip->values, strip->n, gap, drawn, frame);
  RenRect answers = cells;
  if (pitch >= REN_STRIP_LABELS) answers.h += REN_LINE_SMALL;
  ren_frame_grid(frame, (RenId){REN_ID_NUMBER, 0, 0, 0}, answers, 1, strip->n);
  draw_marks(state, strip, block, cells, pitch, frame);
  area.x = cells.x;
  area.h = REN_LINE_SMALL;
  if (pitch >= REN_STRIP_LABELS) draw_labels(state, strip, block, area, pitch, frame);
}

void ren_strip_draw(const RenStrip *strip, const RenState *state, const EngSource *source, RenRect area, bool menu,
                    RenFrame *frame) {
  const EngBlock *block = ren_scene_block(state, source);
  ren_frame_push_clip(frame, area);
  ren_frame_fill(frame, (RenId){REN_ID_VIEW, 0, 0, 0}, area, state->theme->bg);
  ren_frame_area(frame, (RenId){REN_ID_STRIP, 0, 0, 0}, area);
  const char *title = ren_frame_format(frame, menu ? "%s ▾" : "%s", strip->title);
  RenRect rest = area, inside;
  ren_frame_fill(frame, REN_NO_ID, ren_rect_cut_bottom(&rest, 1), state->theme->border);
  ren_rect_cut_top(&rest, REN_GRID);
  RenRect row = ren_rect_cut_top(&rest, REN_STRIP_TITLE);
  ren_rect_cut_left(&row, REN_PAD);
  ren_rect_cut_right(&row, REN_PAD);
  if (strip->n > 0) draw_scale(state, strip, &row, frame);
  draw_text(state, row, REN_SANS, REN_TEXT_CONTROL, REN_LEFT, false, title ? title : "", frame);
  inside = rest;
  ren_rect_cut_left(&inside, REN_PAD);
  inside.h = REN_STRIP_CELL;
  if (strip->missing[0])
    draw_text(state, inside, REN_SANS, REN_TEXT_CONTROL, REN_LEFT, true, strip->missing, frame);
  else if (block && strip->n > 0)
    draw_tokens(state, strip, block, rest, frame);
  ren_frame_pop_clip(frame);
}

const char *ren_strip_tip(const RenStrip *strip, const RenState *state, const EngSource *source, RenFrame *frame) {
  char shown[REN_TOKEN_BYTES];
  const EngBlock *block = ren_scene_block(state, source);
  int i = state->hover.a;
  if (state->hover.kind != REN_ID_NUMBER || !block || i < 0 || i >= strip->n) return NULL;
  bool key = strip->side == REN_SIDE_KEY;
  ren_token_show(&tokens_of(strip, block)[i], shown);
  const char *token = ren_frame_format(frame, "%c%d \"%s\"", key ? 'k' : 'q',
                                       (key ? block->column_start : block->row_start) + i, shown);
  if (!token) return NULL;
  if (isnan(strip->values[i])) return ren_frame_format(frame, "%s  no number", token);
  if (!strip->both) return ren_frame_format(frame, "%s  %.4g", token, (double)strip->values[i]);
  return ren_frame_format(frame, "%s  %.4g → %.4g  %+.4g", token, (double)strip->both[i],
                          (double)strip->both[strip->n + i], (double)strip->values[i]);
}
