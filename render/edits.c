/* The history holds whole lists: they are short, and then no change needs an inverse. A new one drops what could
 * have been put back; where there are too many the oldest goes. */
#include "render/edits.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const RenEditList *ren_edits_now(const RenEdits *edits) { return &edits->steps[edits->now]; }

static void clear(RenEditList *list) {
  free(list->at);
  *list = (RenEditList){0, NULL};
}

void ren_edits_free(RenEdits *edits) {
  for (int i = 0; i <= edits->last; i++) clear(&edits->steps[i]);
  edits->now = edits->last = 0;
}

bool ren_edit_counts(const RenEdit *edit) { return !edit->off && !edit->waits; }

int ren_edits_count(const RenEditList *list) {
  int n = 0;
  for (int i = 0; i < list->n; i++) n += ren_edit_counts(&list->at[i]);
  return n;
}

void ren_edits_fit(RenEdits *edits, const EngConfig *config, size_t n_tokens) {
  RenEditList *list = &edits->steps[edits->now];
  for (int i = 0; i < list->n; i++)
    list->at[i].waits = !eng_edit_fits(&list->at[i].edit, config, 0, n_tokens, NULL);
}

int ren_edits_find(const RenEditList *list, const EngEdit *at) {
  for (int i = 0; i < list->n; i++) {
    EngEdit same = list->at[i].edit;
    same.op = at->op, same.value = at->value;
    if (eng_edit_same(&same, at)) return i;
  }
  return -1;
}

bool ren_edits_done(const RenEditList *list, const EngEdit *edit) {
  int i = ren_edits_find(list, edit);
  return i >= 0 && !list->at[i].off && eng_edit_same(&list->at[i].edit, edit);
}

/* --- steps */

/* A copy with room for more. */
static bool copy(const RenEditList *from, int more, RenEditList *out, EngError *err) {
  *out = (RenEditList){from->n, malloc(((size_t)from->n + (size_t)more + 1) * sizeof *out->at)};
  if (!out->at) return eng_error_memory(err, NULL, "edits");
  if (from->n > 0) memcpy(out->at, from->at, (size_t)from->n * sizeof *out->at);
  return true;
}

/* Takes the list. */
static bool step(RenEdits *edits, RenEditList *list) {
  for (int i = edits->now + 1; i <= edits->last; i++) clear(&edits->steps[i]);
  if (edits->now + 1 == REN_EDIT_STEPS) {
    clear(&edits->steps[0]);
    memmove(&edits->steps[0], &edits->steps[1], (size_t)edits->now * sizeof edits->steps[0]);
    edits->now--;
  }
  edits->steps[++edits->now] = *list;
  edits->last = edits->now;
  return true;
}

bool ren_edits_add(RenEdits *edits, const EngEdit *added, int n, EngError *err) {
  RenEditList list;
  const RenEditList *now = ren_edits_now(edits);
  if (!copy(now, n, &list, err)) return false;
  for (int i = 0; i < n; i++) {
    int place = ren_edits_find(&list, &added[i]);
    list.at[place < 0 ? list.n++ : place] = (RenEdit){.edit = added[i]};
  }
  if (list.n <= ENG_MAX_EDITS) return step(edits, &list);
  eng_error_set(err, NULL, "edits", "expected at most %d, found %d", ENG_MAX_EDITS, list.n);
  clear(&list);
  return false;
}

static void drop(RenEditList *list, int i) {
  memmove(&list->at[i], &list->at[i + 1], (size_t)(list->n - i - 1) * sizeof list->at[0]);
  list->n--;
}

bool ren_edits_erase(RenEdits *edits, const EngEdit *at, int n, EngError *err) {
  RenEditList list;
  if (!copy(ren_edits_now(edits), 0, &list, err)) return false;
  for (int i = 0; i < n; i++) {
    int place = ren_edits_find(&list, &at[i]);
    if (place >= 0) drop(&list, place);
  }
  return step(edits, &list);
}

bool ren_edits_remove(RenEdits *edits, int i, EngError *err) {
  RenEditList list;
  if (!copy(ren_edits_now(edits), 0, &list, err)) return false;
  drop(&list, i);
  return step(edits, &list);
}

bool ren_edits_toggle(RenEdits *edits, int i, EngError *err) {
  RenEditList list;
  if (!copy(ren_edits_now(edits), 0, &list, err)) return false;
  list.at[i].off = !list.at[i].off;
  return step(edits, &list);
}

bool ren_edits_clear(RenEdits *edits, EngError *err) {
  RenEditList list;
  return copy(&(RenEditList){0, NULL}, 0, &list, err) && step(edits, &list);
}

bool ren_edits_begin(RenEdits *edits, const RenEditList *list, EngError *err) {
  RenEditList first;
  if (!copy(list, 0, &first, err)) return false;
  ren_edits_free(edits);
  edits->steps[0] = first;
  return true;
}

bool ren_edits_undo(RenEdits *edits) {
  if (edits->now == 0) return false;
  edits->now--;
  return true;
}

bool ren_edits_redo(RenEdits *edits) {
  if (edits->now == edits->last) return false;
  edits->now++;
  return true;
}

/* --- the brush */

bool ren_brush_parse(const char *text, RenBrush *out, EngError *err) {
  for (int op = 0; op < ENG_EDIT_PATCH; op++) {
    const char *name = eng_edit_op_name((EngEditOp)op);
    size_t n = strlen(name);
    bool takes = eng_edit_op_takes_value((EngEditOp)op);
    if (strncmp(text, name, n) != 0 || text[n] != (takes ? ' ' : '\0')) continue;
    char *end = NULL;
    float value = takes ? strtof(text + n, &end) : 0;
    if (takes && (end == text + n || *end || !isfinite(value))) break;
    *out = (RenBrush){(EngEditOp)op, value};
    return true;
  }
  return eng_error_set(err, NULL, "brush", "expected zero, mean, scale FACTOR or set VALUE, found \"%.40s\"", text);
}

void ren_brush_print(RenBrush brush, char out[REN_BRUSH_TEXT]) {
  const char *name = eng_edit_op_name(brush.op);
  if (eng_edit_op_takes_value(brush.op))
    snprintf(out, REN_BRUSH_TEXT, "%s %.6g", name, (double)brush.value);
  else
    snprintf(out, REN_BRUSH_TEXT, "%s", name);
}
