/* Marks are in the colour of warnings: what is seen is not the model as it is. An edit that is off, or that waits
 * for another text, marks nothing. */
#include "render/view_edits.h"

#include "engine/parts.h"
#include "render/strip_kind.h"
#include "render/view.h"

#include <limits.h>
#include <math.h>
#include <string.h>

static const RenEditList none = {0, NULL};

const RenEditList *ren_edits_shown(const RenState *state) {
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
  const RenEditList *list = ren_edits_shown(state);
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
  bool covers = fminf(cell.w, cell.h) < 4 * REN_EDIT_OUTLINE; /* what is below still shows */
  RenColor color = covers ? ren_color_fade(scene->theme->warn, REN_FADE_OTHERS) : scene->theme->warn;
  ren_frame_box(scene->frame, REN_NO_ID, cell, (RenRectShape){.stroke = color, .stroke_width = REN_EDIT_OUTLINE});
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
  mark_list(scene, layout, rect, head, ren_edits_shown(state));
  if (state->stroke) mark_list(scene, layout, rect, head, state->stroke);
}

/* --- places */

static EngEdit weight_of(const EngBlock *block, RenPanel head, int query, int key) {
  return (EngEdit){.at = ENG_ACT_PATTERN,
                   .layer = head.layer,
                   .head = head.head,
                   .token = query < 0 ? ENG_ALL : block->row_start + query,
                   .key = key < 0 ? ENG_ALL : block->column_start + key,
                   .dim = ENG_ALL};
}

static EngEdit whole_of(EngActivation at, RenPanel head, int dim) {
  return (EngEdit){.at = at, .layer = head.layer, .head = head.head, .token = ENG_ALL, .key = ENG_ALL, .dim = dim};
}

/* In the matrix view a token is its row or column of the selected head. */
static bool place_weight(const RenState *state, const EngBlock *block, RenId id, EngEdit *out) {
  RenPanel selected = {state->layer, state->head};
  bool matrix = state->view == REN_VIEW_MATRIX;
  if (id.kind == REN_ID_CELL)
    *out = weight_of(block, selected, id.a, id.b);
  else if (id.kind == REN_ID_HEAD_CELL)
    *out = weight_of(block, ren_scene_slot(state, block, id.c), id.a, id.b);
  else if (id.kind == REN_ID_QUERY && matrix)
    *out = weight_of(block, selected, id.a, -1);
  else if (id.kind == REN_ID_KEY && matrix)
    *out = weight_of(block, selected, -1, id.a);
  else
    return false;
  return !state->merge.words;
}

static bool place_head(const RenState *state, const EngBlock *block, RenId id, int dim, EngEdit *out) {
  RenPanel selected = {state->layer, state->head};
  if (id.kind == REN_ID_THUMB)
    *out = whole_of(ENG_ACT_Z, (RenPanel){id.a, id.b}, ENG_ALL);
  else if (id.kind == REN_ID_TILE || id.kind == REN_ID_PICK)
    *out = whole_of(ENG_ACT_Z, ren_scene_slot(state, block, id.a), ENG_ALL);
  else if (id.kind == REN_ID_STRIP_Q || id.kind == REN_ID_STRIP_K)
    *out = whole_of(id.kind == REN_ID_STRIP_Q ? ENG_ACT_Q : ENG_ACT_K, selected, dim);
  else
    return false;
  return dim >= 0 || out->at == ENG_ACT_Z;
}

/* A cell of the token strip is what that shows of its token: a neuron, or the residual stream behind the layer. */
static bool place_number(const RenState *state, const EngBlock *block, RenId id, EngEdit *out) {
  const char *name = state->strip;
  RenStripKind kind = ren_strip_find(name);
  if (id.kind != REN_ID_NUMBER || state->merge.words || (kind != REN_STRIP_NORM && kind != REN_STRIP_NEURON))
    return false;
  *out = (EngEdit){.at = kind == REN_STRIP_NORM ? ENG_ACT_RESID_POST : ENG_ACT_MLP_POST,
                   .layer = state->layer,
                   .head = ENG_ALL,
                   .token = block->row_start + id.a,
                   .key = ENG_ALL,
                   .dim = ENG_ALL};
  return kind == REN_STRIP_NORM ||
         eng_parts_neuron(name, strlen(name), block->n_layers, INT_MAX, &out->layer, &out->dim, NULL);
}

bool ren_edits_place(const RenState *state, const EngBlock *block, RenId id, int dim, EngEdit *out) {
  if (!block || state->merge.kind != ENG_MERGE_NONE) return false;
  if (!place_weight(state, block, id, out) && !place_head(state, block, id, dim, out) &&
      !place_number(state, block, id, out))
    return false;
  out->op = state->brush.op;
  out->value = state->brush.value;
  return true;
}

bool ren_edits_number(const RenState *state, const EngBlock *block, int token) {
  EngEdit edit;
  const RenEditList *list = ren_edits_shown(state);
  if (list->n == 0 || !ren_edits_place(state, block, (RenId){REN_ID_NUMBER, token, 0, 0}, -1, &edit)) return false;
  int i = ren_edits_find(list, &edit);
  edit.token = ENG_ALL;
  int all = ren_edits_find(list, &edit);
  return (i >= 0 && ren_edit_counts(&list->at[i])) || (all >= 0 && ren_edit_counts(&list->at[all]));
}
