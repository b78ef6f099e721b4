/* Edits in the window: which run they are of, and in edit mode what the mouse means by an element. Whatever is
 * clicked is a place; the brush edits it, or restores it where it has edited it just so before. A stroke over cells
 * is gathered, and becomes one command when the button is let go. */
#include "engine/json.h"
#include "render/command.h"
#include "render/ui_impl.h"
#include "render/view.h"
#include "render/view_edits.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const RenEditList *ren_ui_edits(const RenUi *ui) { return ren_edits_now(&ui->edits); }

const EngConfig *ren_ui_edited(const RenUi *ui, EngError *err) {
  EngRun *run = ui->base ? eng_source_run(ui->base) : NULL;
  if (run) return eng_model_config(eng_run_model(run));
  eng_error_set(err, NULL, "edits", "expected a model's run to edit, found %s",
                ui->base ? "a recorded one; open its model" : "none");
  return NULL;
}

void ren_ui_fit_edits(RenUi *ui) {
  const EngConfig *config = ren_ui_edited(ui, NULL);
  if (config) ren_edits_fit(&ui->edits, config, (size_t)eng_source_input(ui->base)->n_tokens);
  if (!config) ui->state.editing = false;
  ui->state.edits = config ? ren_edits_now(&ui->edits) : NULL;
}

void ren_ui_drop_edits(RenUi *ui) {
  ren_edits_free(&ui->edits);
  ui->state.editing = false;
  ren_ui_fit_edits(ui);
}

bool ren_ui_begin_edits(RenUi *ui, const RenEditText *texts, int n, const EngConfig *config, EngError *err) {
  RenEditList list = {0, calloc((size_t)n + 1, sizeof *list.at)};
  bool ok = list.at || eng_error_memory(err, NULL, "edits");
  for (; ok && list.n < n; list.n++) {
    list.at[list.n].off = texts[list.n].off;
    ok = eng_edit_parse(texts[list.n].text, config, &list.at[list.n].edit, err);
  }
  ok = ok && ren_edits_begin(&ui->edits, &list, err);
  free(list.at);
  if (!ok) ren_edits_free(&ui->edits);
  ren_ui_fit_edits(ui);
  return ok;
}

/* A recorded run says with how many it was made. */
static int count_recorded(const RenUi *ui) {
  const char *note = ui->base ? eng_source_note(ui->base, "edits") : NULL;
  EngJson *list = note ? eng_json_parse(note, strlen(note), NULL, NULL) : NULL;
  int n = 0;
  for (size_t i = 0; i < eng_json_size(list); i++) n += eng_json_text(eng_json_at(list, i), NULL) != NULL;
  eng_json_free(list);
  return n;
}

void ren_ui_say_edits(const RenUi *ui, char *out, size_t size) {
  const RenEditList *list = ren_ui_edits(ui);
  int n = ren_edits_count(list), recorded = count_recorded(ui);
  out[0] = '\0';
  if (recorded > 0)
    snprintf(out, size, recorded == 1 ? "recorded with 1 edit" : "recorded with %d edits", recorded);
  if (list->n == 0) return;
  if (n < list->n)
    snprintf(out, size, "%d of %d edits", n, list->n);
  else
    snprintf(out, size, n == 1 ? "1 edit" : "%d edits", n);
}

/* --- the brush */

/* What it is at first, of each kind. */
static RenBrush preset(EngEditOp op) {
  return (RenBrush){op, op == ENG_EDIT_SCALE ? 0.5f : op == ENG_EDIT_SET ? 1 : 0};
}

/* Its number goes by tenths. */
void ren_ui_choose_brush(RenUi *ui, RenId id) {
  char text[REN_BRUSH_TEXT];
  RenBrush brush = ui->state.brush;
  if (id.kind == REN_ID_BRUSH && (int)brush.op != id.a) brush = preset((EngEditOp)id.a);
  if (id.kind != REN_ID_BRUSH)
    brush.value = roundf(brush.value * 10 + (id.kind == REN_ID_BRUSH_MORE ? 1 : -1)) / 10;
  ren_brush_print(brush, text);
  ren_ui_call_string(ui, "edits.brush", text);
}

/* --- places */

/* What an element stands for; false: nothing that can be edited. */
static bool place_of(const RenUi *ui, RenId id, EngEdit *out) {
  RenPane pane;
  RenState state = ui->state;
  bool vector = id.kind == REN_ID_STRIP_Q || id.kind == REN_ID_STRIP_K, hovers = ren_ui_hovered_pane(ui, &pane);
  if (hovers) state.view = pane.state.view; /* the mouse may be on the other one */
  int dim = vector && hovers ? ren_view_dimension(&pane.state, pane.source, ui->frame) : -1;
  return ren_edits_place(&state, ren_ui_block(ui), id, dim, out);
}

/* A weight that is 0 whatever is done. */
static bool is_unseen(const EngEdit *edit, const EngConfig *config) {
  return edit->at == ENG_ACT_PATTERN && config->causal && edit->token >= 0 && edit->key > edit->token;
}

static bool call_edits(RenUi *ui, const char *command, const EngEdit *edits, int n) {
  size_t room = (size_t)n * (ENG_EDIT_TEXT + 2) + 1, used = 0;
  char *text = malloc(room);
  if (!text) return true; /* memory is short: nothing is edited */
  text[0] = '\0';
  for (int i = 0; i < n; i++) {
    char one[ENG_EDIT_TEXT];
    eng_edit_print(&edits[i], one, sizeof one);
    used += (size_t)snprintf(text + used, room - used, "%s%s", i ? "; " : "", one);
  }
  RenArg arg = {.kind = REN_ARG_STRING, .string = text};
  ren_ui_try(ui, command, &arg, 1);
  free(text);
  return true;
}

bool ren_ui_flip_edits(RenUi *ui, const EngEdit *edits, int n) {
  return call_edits(ui, ren_edits_done(ren_ui_edits(ui), &edits[0]) ? "edits.erase" : "edits.add", edits, n);
}

/* A thumbnail or a cell that several heads or tokens are put together in. Tiles then say which heads are. */
static bool is_merged(const RenState *state, RenId id) {
  bool token = state->view == REN_VIEW_MATRIX && (id.kind == REN_ID_QUERY || id.kind == REN_ID_KEY);
  bool weight = token || id.kind == REN_ID_CELL || id.kind == REN_ID_HEAD_CELL;
  if (state->merge.kind != ENG_MERGE_NONE) return weight || id.kind == REN_ID_THUMB;
  return weight && state->merge.words;
}

bool ren_ui_edit(RenUi *ui, RenId id) {
  EngEdit edit;
  EngError why = {0};
  const EngConfig *config = ren_ui_edited(ui, &why);
  if (is_merged(&ui->state, id)) {
    ren_ui_say(ui, "edits: expected one head and its tokens to edit, found several put together");
    ren_ui_touch(ui);
    return true;
  }
  if (!place_of(ui, id, &edit)) return false;
  if (config && !is_unseen(&edit, config)) return ren_ui_flip_edits(ui, &edit, 1);
  ren_ui_say(ui, config ? "a query does not see keys behind it: this weight is always 0" : why.message);
  ren_ui_touch(ui);
  return true;
}

/* What a click does at the hovered element, which may be one of the second run that stands for one of this. */
static const char *hint_of(const RenUi *ui, const EngConfig *config) {
  EngEdit edit;
  char brush[REN_BRUSH_TEXT];
  RenId id = ren_ui_selected_id(ui, (RenElement){ui->state.hover, ui->state.hover_right});
  if (!place_of(ui, id, &edit) || is_unseen(&edit, config)) return NULL;
  if (ren_edits_done(ren_ui_edits(ui), &edit)) return "click: as it was";
  ren_brush_print(ui->state.brush, brush);
  const char *whole = id.kind == REN_ID_QUERY ? ", the whole row"
                      : id.kind == REN_ID_KEY ? ", the whole column"
                                              : "";
  return ren_frame_format(ui->frame, "click: %s%s", brush, whole);
}

const char *ren_ui_edit_tip(RenUi *ui, const char *tip) {
  const EngConfig *config = tip && ui->state.editing ? ren_ui_edited(ui, NULL) : NULL;
  const char *hint = config ? hint_of(ui, config) : NULL;
  return hint ? ren_frame_format(ui->frame, "%s  %s", tip, hint) : tip;
}

/* --- a stroke */

/* Cells of one head, each once. */
static void add_to_stroke(RenUi *ui, const EngEdit *edit) {
  RenEditList *stroke = &ui->stroke;
  const EngConfig *config = ren_ui_edited(ui, NULL);
  if (!config || stroke->n == ENG_MAX_EDITS || is_unseen(edit, config)) return;
  if (ren_edits_find(stroke, edit) >= 0) return;
  RenEdit *more = realloc(stroke->at, ((size_t)stroke->n + 1) * sizeof *more);
  if (!more) return;
  stroke->at = more;
  stroke->at[stroke->n++] = (RenEdit){.edit = *edit};
  ui->state.stroke = stroke;
  ren_ui_touch(ui);
}

bool ren_ui_begin_stroke(RenUi *ui, RenId id) {
  EngEdit edit;
  const EngConfig *config = ren_ui_edited(ui, NULL);
  bool cell = id.kind == REN_ID_CELL || id.kind == REN_ID_HEAD_CELL;
  if (!config || !cell || !place_of(ui, id, &edit) || is_unseen(&edit, config)) return false;
  ui->stroke.n = 0;
  add_to_stroke(ui, &edit);
  ui->stroke_query = edit.token;
  ui->stroke_key = edit.key;
  return ui->stroke.n > 0;
}

/* From the last cell to this one, since a mouse jumps. */
static void draw_on(RenUi *ui, EngEdit to) {
  EngEdit at = to;
  int rows = to.token - ui->stroke_query, columns = to.key - ui->stroke_key;
  int n = abs(rows) > abs(columns) ? abs(rows) : abs(columns);
  for (int i = 1; i <= n; i++) {
    at.token = ui->stroke_query + (int)lroundf((float)(rows * i) / (float)n);
    at.key = ui->stroke_key + (int)lroundf((float)(columns * i) / (float)n);
    add_to_stroke(ui, &at);
  }
  ui->stroke_query = to.token;
  ui->stroke_key = to.key;
}

void ren_ui_drag_stroke(RenUi *ui, RenPoint at) {
  EngEdit edit;
  RenElement element = ren_frame_element(ren_ui_frame(ui), at);
  RenId id = ren_ui_selected_id(ui, element);
  bool cell = id.kind == REN_ID_CELL || id.kind == REN_ID_HEAD_CELL;
  ui->state.mouse = at;
  bool same = cell && ui->stroke.n > 0 && place_of(ui, id, &edit) && edit.head == ui->stroke.at[0].edit.head;
  if (same) draw_on(ui, edit);
}

void ren_ui_end_stroke(RenUi *ui) {
  int n = ui->stroke.n;
  EngEdit *edits = malloc((size_t)n * sizeof *edits + 1);
  for (int i = 0; edits && i < n; i++) edits[i] = ui->stroke.at[i].edit;
  ui->stroke.n = 0;
  ui->state.stroke = NULL;
  if (edits && n > 0) ren_ui_flip_edits(ui, edits, n);
  free(edits);
  ren_ui_touch(ui);
}
