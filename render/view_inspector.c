/* The inspector's rows as they stand in its panel, scrolled. A ranked row's bar lies under its text. */
#include "render/inspector.h"
#include "render/view_scroll.h"
#include "render/widget.h"

#include <math.h>

static float height_of(const RenInspectRow *row, bool first) {
  if (row->kind == REN_INSPECT_HEADING) return first ? REN_INSPECT_HEIGHT : REN_INSPECT_HEIGHT + REN_PAD;
  if (row->kind == REN_INSPECT_CONTROLS) return REN_INSPECT_BUTTONS;
  return row->kind == REN_INSPECT_NOTE ? REN_LINE_SMALL : REN_INSPECT_HEIGHT;
}

float ren_inspection_height(const RenInspection *inspection) {
  float height = 2 * REN_PAD;
  for (int i = 0; i < inspection->n; i++) height += height_of(&inspection->rows[i], i == 0);
  return height;
}

static void draw_text(const RenState *state, RenRect rect, RenTextShape shape, bool muted, RenFrame *frame) {
  shape.color = muted ? state->theme->muted : state->theme->text;
  shape.ellipsis = true;
  ren_frame_text(frame, REN_NO_ID, rect, shape);
}

static void draw_bar(const RenState *state, RenRect row, float share, RenFrame *frame) {
  RenRect bar = {row.x, row.y + 1, row.w * (share < 1 ? share : 1), row.h - 2};
  ren_frame_box(
      frame, REN_NO_ID, bar,
      (RenRectShape){.fill = ren_color_fade(state->theme->accent, REN_INSPECT_FADE), .radius = REN_CORNER});
}

static void draw_value(const RenState *state, RenRect rect, const char *text, bool muted, RenFrame *frame) {
  if (!text) return;
  ren_rect_cut_right(&rect, REN_GRID);
  draw_text(state, rect, (RenTextShape){.text = text, .font = REN_MONO, .size = REN_TEXT_SMALL, .align = REN_RIGHT},
            muted, frame);
}

/* What the numbers of a row take of its width. */
static float values_width(const RenInspectRow *row) {
  if (row->second) return 3 * REN_INSPECT_COLUMN;
  if (!row->value) return 0;
  return row->kind == REN_INSPECT_RANKED ? REN_INSPECT_NUMBER : REN_INSPECT_VALUE;
}

/* Label left, value right, or three of them; titles of columns have no label. */
static void draw_pair(const RenState *state, const RenInspectRow *row, RenRect rect, RenFrame *frame) {
  RenRect values = rect;
  bool ranked = row->kind == REN_INSPECT_RANKED, titles = row->label[0] == '\0';
  RenRect label = ren_rect_cut_left(&values, rect.w - values_width(row));
  ren_rect_cut_left(&label, REN_GRID);
  draw_text(state, label,
            (RenTextShape){.text = row->label,
                           .font = REN_SANS,
                           .size = ranked && !row->second ? REN_TEXT_CONTROL : REN_TEXT_SMALL,
                           .align = REN_LEFT},
            !ranked, frame);
  const char *const texts[] = {row->value, row->second, row->difference};
  int n = row->second ? 3 : 1;
  for (int i = 0; i < n; i++)
    draw_value(state, ren_rect_cut_left(&values, values.w / (float)(n - i)), texts[i], titles, frame);
}

/* --- edits */

/* Where its controls draw, and how they look. */
typedef struct Pen {
  RenPaint paint;
  const RenState *state;
  RenId focus;
} Pen;

static RenLook look_of(const Pen *pen, const RenInspectControl *control) {
  bool named = control->id.kind != REN_ID_NONE;
  return (RenLook){.hover = named && ren_id_equal(pen->state->hover, control->id),
                   .focus = named && ren_id_equal(pen->focus, control->id),
                   .active = control->active,
                   .disabled = control->disabled};
}

static void draw_control(const Pen *pen, const RenInspectControl *control, RenRect rect) {
  if (!control->title) return;
  if (control->id.kind == REN_ID_NONE)
    ren_widget_label(&pen->paint, rect, REN_CENTER, pen->state->theme->text, control->title);
  else
    ren_widget_button(&pen->paint, control->id, rect, look_of(pen, control), control->title);
}

/* Side by side, behind a label where there is one. */
static void draw_controls(const Pen *pen, const RenInspectRow *row, RenRect rect) {
  rect = (RenRect){rect.x, rect.y + (rect.h - REN_INSPECT_BUTTON) / 2, rect.w, REN_INSPECT_BUTTON};
  if (row->label[0])
    ren_frame_text(pen->paint.frame, REN_NO_ID, ren_rect_cut_left(&rect, rect.w / 4),
                   (RenTextShape){.text = row->label,
                                  .font = REN_SANS_BOLD,
                                  .size = REN_TEXT_CONTROL,
                                  .align = REN_LEFT,
                                  .color = pen->state->theme->text});
  for (int i = 0; i < row->n_controls; i++) {
    int left = row->n_controls - i;
    RenRect button = ren_rect_cut_left(&rect, (rect.w - (float)(left - 1) * REN_GRID) / (float)left);
    ren_rect_cut_left(&rect, fminf(REN_GRID, rect.w));
    draw_control(pen, &row->controls[i], button);
  }
}

/* A box that says whether it is on, the edit, and what takes it away. */
static void draw_edit(const Pen *pen, const RenInspectRow *row, RenRect rect) {
  const RenTheme *theme = pen->state->theme;
  RenFrame *frame = pen->paint.frame;
  RenInspectControl toggle = {{REN_ID_EDIT, row->token, 0, 0}, row->label, row->on, false},
                    remove = {{REN_ID_EDIT_REMOVE, row->token, 0, 0}, "×", false, false};
  RenLook look = look_of(pen, &toggle), other = look_of(pen, &remove);
  RenRect cross = ren_rect_cut_right(&rect, rect.h), line = rect;
  ren_frame_area(frame, toggle.id, rect);
  ren_frame_area(frame, remove.id, cross);
  if (look.hover)
    ren_frame_box(frame, REN_NO_ID, rect, (RenRectShape){.fill = theme->raised, .radius = REN_CORNER});
  if (other.hover)
    ren_frame_box(frame, REN_NO_ID, cross, (RenRectShape){.fill = theme->raised, .radius = REN_CORNER});
  RenRect box = ren_rect_cut_left(&line, rect.h);
  box = ren_rect_inset(box, (rect.h - REN_INSPECT_CHECK) / 2);
  ren_frame_box(frame, REN_NO_ID, box,
                (RenRectShape){.fill = row->on ? theme->warn : theme->panel,
                               .stroke = row->on ? theme->warn : theme->muted,
                               .stroke_width = 1,
                               .radius = REN_CORNER});
  draw_text(pen->state, line,
            (RenTextShape){.text = row->label, .font = REN_SANS, .size = REN_TEXT_SMALL, .align = REN_LEFT},
            row->faded, frame);
  ren_widget_label(&pen->paint, cross, REN_CENTER, other.hover ? theme->text : theme->muted, remove.title);
  ren_widget_ring(&pen->paint, ren_rect_inset(rect, 2 * REN_RING), look);
  ren_widget_ring(&pen->paint, ren_rect_inset(cross, 2 * REN_RING), other);
}

static void draw_row(const Pen *pen, const RenInspectRow *row, int i, RenRect rect) {
  const RenState *state = pen->state;
  RenFrame *frame = pen->paint.frame;
  RenId id = {REN_ID_INSPECTOR_ROW, i, 0, 0};
  switch (row->kind) {
  case REN_INSPECT_HEADING: {
    RenRect line = ren_rect_cut_bottom(&rect, REN_INSPECT_HEIGHT);
    draw_text(
        state, line,
        (RenTextShape){.text = row->label, .font = REN_SANS_BOLD, .size = REN_TEXT_CONTROL, .align = REN_LEFT},
        false, frame);
    break;
  }
  case REN_INSPECT_NOTE:
    draw_text(state, rect,
              (RenTextShape){.text = row->label, .font = REN_SANS, .size = REN_TEXT_SMALL, .align = REN_LEFT}, true,
              frame);
    break;
  case REN_INSPECT_RANKED:
    if (row->side != REN_SIDE_NONE) ren_frame_area(frame, id, rect);
    if (row->side != REN_SIDE_NONE && ren_id_equal(state->hover, id))
      ren_frame_box(frame, REN_NO_ID, rect, (RenRectShape){.fill = state->theme->raised, .radius = REN_CORNER});
    draw_bar(state, rect, row->share, frame);
    draw_pair(state, row, rect, frame);
    break;
  case REN_INSPECT_FIELD:
    draw_pair(state, row, rect, frame);
    break;
  case REN_INSPECT_EDIT:
    draw_edit(pen, row, rect);
    break;
  case REN_INSPECT_CONTROLS:
    draw_controls(pen, row, rect);
    break;
  }
}

void ren_inspection_draw(const RenInspection *inspection, const RenState *state, RenRect panel, float scroll,
                         RenFrame *frame) {
  ren_frame_push_clip(frame, panel);
  ren_frame_fill(frame, (RenId){REN_ID_INSPECTOR, 0, 0, 0}, panel, state->theme->panel);
  RenRect rest = panel;
  ren_frame_fill(frame, REN_NO_ID, ren_rect_cut_left(&rest, 1), state->theme->border);
  Pen pen = {{.frame = frame, .theme = state->theme, .scale = state->scale}, state, inspection->focus};
  float y = panel.y + REN_PAD - scroll;
  for (int i = 0; i < inspection->n; i++) {
    float height = height_of(&inspection->rows[i], i == 0);
    RenRect rect = {rest.x + REN_PAD, y, rest.w - 2 * REN_PAD, height};
    if (!ren_rect_empty(ren_rect_intersect(rect, panel))) draw_row(&pen, &inspection->rows[i], i, rect);
    y += height;
  }
  ren_scroll_mark_y(frame, rest, ren_inspection_height(inspection), scroll, state->theme->border);
  ren_frame_pop_clip(frame);
}
