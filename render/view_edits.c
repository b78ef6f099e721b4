/* Marks are in the colour of warnings: what is seen is not the model as it is. An edit that is off, or that waits
 * for another text, marks nothing. */
#include "render/view_edits.h"

#include <math.h>

static const RenEditList none = {0, NULL};

static const RenEditList *edits_of(const RenState *state) {
  return state->edits && state->merge.kind == ENG_MERGE_NONE ? state->edits : &none;
}

static bool is_of_head(const EngEdit *edit, RenPanel head) {
  bool heads = eng_edit_has_keys(edit) || edit->at == ENG_ACT_Q || edit->at == ENG_ACT_K || edit->at == ENG_ACT_V ||
               edit->at == ENG_ACT_Z;
  return heads && edit->layer == head.layer && (edit->head == head.head || edit->head == ENG_ALL);
}

/* The head adds nothing at any token. */
static bool is_silent(const EngEdit *edit) {
  return edit->at == ENG_ACT_Z && edit->op == ENG_EDIT_ZERO && edit->token == ENG_ALL && edit->dim == ENG_ALL;
}

void ren_edits_mark_head(const RenState *state, RenPanel head, RenRect rect, RenFrame *frame) {
  const RenEditList *list = edits_of(state);
  RenColor warn = state->theme->warn;
  bool any = false, silent = false;
  for (int i = 0; i < list->n; i++) {
    if (!ren_edit_counts(&list->at[i]) || !is_of_head(&list->at[i].edit, head)) continue;
    any = true;
    silent = silent || is_silent(&list->at[i].edit);
  }
  float side = fminf(REN_EDIT_CORNER, fminf(rect.w, rect.h) / 2);
  if (silent)
    ren_frame_line(frame, (RenPoint){rect.x + 1, rect.y + rect.h - 1}, (RenPoint){rect.x + rect.w - 1, rect.y + 1},
                   REN_EDIT_STRIKE, warn);
  else if (any)
    ren_frame_fill(frame, REN_NO_ID, (RenRect){rect.x + rect.w - side, rect.y, side, side}, warn);
}

/* --- cells */

/* From one token to another of an axis, in the part that is shown. */
static bool stretch(int token, int start, int n, float pitch, float *from, float *length) {
  *from = token < 0 ? 0 : (float)(token - start) * pitch;
  *length = token < 0 ? (float)n * pitch : pitch;
  return token < 0 || (token >= start && token < start + n);
}

static void mark(const RenScene *scene, const RenMatrixLayout *layout, RenRect rect, const EngEdit *edit) {
  RenRect cell = rect;
  const EngBlock *block = scene->block;
  float x, y;
  if (!stretch(edit->token, block->row_start, layout->rows, layout->pitch, &y, &cell.h) ||
      !stretch(edit->key, block->column_start, layout->columns, layout->pitch, &x, &cell.w))
    return;
  cell.x += x, cell.y += y;
  if (ren_rect_empty(ren_rect_intersect(cell, layout->cells))) return;
  ren_frame_box(scene->frame, REN_NO_ID, cell,
                (RenRectShape){.stroke = scene->theme->warn, .stroke_width = REN_EDIT_OUTLINE});
}

static void mark_list(const RenScene *scene, const RenMatrixLayout *layout, RenRect rect, RenPanel head,
                      const RenEditList *list) {
  for (int i = 0; i < list->n; i++) {
    const EngEdit *edit = &list->at[i].edit;
    if (ren_edit_counts(&list->at[i]) && eng_edit_has_keys(edit) && is_of_head(edit, head))
      mark(scene, layout, rect, edit);
  }
}

void ren_edits_mark_cells(const RenScene *scene, const RenMatrixLayout *layout, RenRect rect, RenPanel head) {
  const RenState *state = scene->state;
  if (state->merge.words) return; /* tokens are others */
  mark_list(scene, layout, rect, head, edits_of(state));
  if (state->stroke) mark_list(scene, layout, rect, head, state->stroke);
}

const char *ren_edits_hint(const RenState *state, RenFrame *frame) {
  char brush[REN_BRUSH_TEXT];
  RenIdKind kind = state->hover.kind;
  bool token = state->view == REN_VIEW_MATRIX && (kind == REN_ID_QUERY || kind == REN_ID_KEY);
  bool place = kind == REN_ID_TILE || kind == REN_ID_PICK || kind == REN_ID_THUMB || kind == REN_ID_CELL ||
               kind == REN_ID_HEAD_CELL || kind == REN_ID_STRIP_Q || kind == REN_ID_STRIP_K;
  if (!state->editing || !(place || token) || state->merge.kind != ENG_MERGE_NONE) return NULL;
  ren_brush_print(state->brush, brush);
  const char *whole = !token ? "" : kind == REN_ID_QUERY ? ", the whole row" : ", the whole column";
  return ren_frame_format(frame, "click: %s%s", brush, whole);
}
