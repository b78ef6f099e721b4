/* The edits of the model in the inspector: a row each, the last ones where there are many, and below them what can
 * be done: edit mode, its brush, taking back. Without edits only the button that leads to some. */
#include "render/inspector_parts.h"

#include "engine/json.h"

#include <stdio.h>
#include <string.h>

enum { MOST = 24 };

static RenInspectControl control(RenIdKind kind, int a, const char *title, bool active, bool disabled) {
  return (RenInspectControl){{kind, a, 0, 0}, title, active, disabled};
}

static void add_controls(const RenInspector *it, const char *label, int n, const RenInspectControl *controls) {
  RenInspectRow row = {.kind = REN_INSPECT_CONTROLS, .label = label, .n_controls = n};
  for (int i = 0; i < n; i++) row.controls[i] = controls[i];
  ren_inspector_row(it, row);
}

/* Edit mode, and while there are edits what they do. */
static void add_mode(const RenInspector *it, const char *label, bool edited) {
  RenInspectControl controls[] = {control(REN_ID_EDITS_MODE, 0, "Edit mode", it->from->state->editing, false),
                                  control(REN_ID_EDITS_COMPARE, 0, "Compare without", false, false)};
  add_controls(it, label, edited ? 2 : 1, controls);
}

/* What clicks do, and its number. */
static void add_brush(const RenInspector *it) {
  static const char *const titles[] = {"Zero", "Mean", "Scale", "Set"};
  RenInspectControl ops[ENG_EDIT_PATCH];
  RenBrush brush = it->from->state->brush;
  for (int op = 0; op < ENG_EDIT_PATCH; op++)
    ops[op] = control(REN_ID_BRUSH, op, titles[op], (int)brush.op == op, false);
  add_controls(it, "", ENG_EDIT_PATCH, ops);
  if (!eng_edit_op_takes_value(brush.op)) return;
  RenInspectControl number[] = {
      control(REN_ID_BRUSH_LESS, 0, "−", false, false),
      control(REN_ID_NONE, 0, ren_frame_format(it->from->frame, "%.6g", (double)brush.value), false, false),
      control(REN_ID_BRUSH_MORE, 0, "+", false, false)};
  add_controls(it, brush.op == ENG_EDIT_SCALE ? "by" : "to", 3, number);
}

static void add_edit(const RenInspector *it, const RenEdit *edit, int i) {
  char text[ENG_EDIT_TEXT];
  eng_edit_print(&edit->edit, text, sizeof text);
  ren_inspector_row(it, (RenInspectRow){.kind = REN_INSPECT_EDIT,
                                        .label = ren_frame_format(it->from->frame, "%s", text),
                                        .token = i,
                                        .on = !edit->off,
                                        .faded = !ren_edit_counts(edit),
                                        .side = REN_SIDE_NONE});
  if (edit->waits) ren_inspector_note(it, "not in this text");
}

/* Of a recorded run, as they were: nothing can be done to them. */
static void add_recorded(const RenInspector *it) {
  const char *note = eng_source_note(it->from->source, "edits");
  EngJson *list = note ? eng_json_parse(note, strlen(note), NULL, NULL) : NULL;
  if (eng_json_size(list) > 0) ren_inspector_heading(it, "Recorded with edits");
  for (size_t i = 0; i < eng_json_size(list) && i < MOST; i++) {
    const char *text = eng_json_text(eng_json_at(list, i), NULL);
    if (text) ren_inspector_note(it, ren_frame_format(it->from->frame, "%.*s", ENG_EDIT_TEXT, text));
  }
  eng_json_free(list);
}

void ren_inspector_edits(const RenInspector *it) {
  if (!it->from->edits) {
    add_recorded(it);
    return;
  }
  const RenEdits *edits = it->from->edits;
  const RenEditList *list = ren_edits_now(edits);
  RenFrame *frame = it->from->frame;
  int n = ren_edits_count(list), first = list->n > MOST ? list->n - MOST : 0;
  bool history = edits->last > 0;
  if (list->n == 0 && !it->from->state->editing && !history) {
    add_mode(it, "Edits", false);
    return;
  }
  ren_inspector_heading(it, n < list->n ? ren_frame_format(frame, "Edits (%d of %d)", n, list->n)
                                        : ren_frame_format(frame, "Edits (%d)", list->n));
  if (first > 0) ren_inspector_note(it, ren_frame_format(frame, "%d before these", first));
  for (int i = first; i < list->n; i++) add_edit(it, &list->at[i], i);
  RenInspectControl changes[] = {
      control(REN_ID_EDITS_UNDO, 0, "Undo", false, edits->now == 0),
      control(REN_ID_EDITS_REDO, 0, "Redo", false, edits->now == edits->last),
      control(REN_ID_EDITS_CLEAR, 0, "Clear", false, list->n == 0),
  };
  add_controls(it, "", 3, changes);
  add_mode(it, "", list->n > 0);
  if (it->from->state->editing) add_brush(it);
}
