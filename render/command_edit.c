/* The two text fields. Commands act on the one with the focus. */
#include "render/command_impl.h"

#include <stdlib.h>
#include <string.h>

static RenField *need_field(RenUi *ui, EngError *err) {
  RenField *field = ren_ui_focused_field(ui);
  if (!field) eng_error_set(err, NULL, "focus", "expected a text field with the focus, found none");
  return field;
}

static bool changed(bool ok, EngError *err) {
  return ok || eng_error_set(err, NULL, "text", "expected at most %zu bytes and memory for them", REN_FIELD_BYTES);
}

bool ren_do_text_set(RenUi *ui, const RenArg *args, EngError *err) {
  return changed(ren_field_set(&ui->text_field, args[0].string), err);
}

/* An empty second sentence folds its field. */
bool ren_do_pair_set(RenUi *ui, const RenArg *args, EngError *err) {
  if (!changed(ren_field_set(&ui->pair_field, args[0].string), err)) return false;
  ui->pair_open = args[0].string[0] != '\0';
  if (!ui->pair_open && ui->focus.kind == REN_ID_PAIR) ren_ui_set_focus(ui, REN_NO_ID);
  return true;
}

bool ren_do_pair_open(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  if (!ren_ui_takes_pair(ui))
    return eng_error_set(err, ren_ui_model(ui), "pair", "expected a model with token types, this one has none");
  ui->pair_open = true;
  ren_ui_set_focus(ui, (RenId){REN_ID_PAIR, 0, 0, 0});
  return true;
}

bool ren_do_pair_close(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ui->pair_open = false;
  if (ui->focus.kind == REN_ID_PAIR) ren_ui_set_focus(ui, REN_NO_ID);
  return true;
}

bool ren_do_edit_insert(RenUi *ui, const RenArg *args, EngError *err) {
  RenField *field = need_field(ui, err);
  return field && changed(ren_field_insert(field, args[0].string, args[1].boolean), err);
}

bool ren_do_edit_compose(RenUi *ui, const RenArg *args, EngError *err) {
  RenField *field = need_field(ui, err);
  return field && changed(ren_field_compose(field, args[0].string), err);
}

static bool need_offset(const RenField *field, const RenArg *arg, size_t *out, EngError *err) {
  if (!(arg->number >= 0 && arg->number <= (double)field->length))
    return eng_error_set(err, NULL, "offset", "expected 0 to %zu, found %g", field->length, arg->number);
  *out = (size_t)arg->number;
  return true;
}

bool ren_do_edit_place(RenUi *ui, const RenArg *args, EngError *err) {
  size_t offset = 0;
  RenField *field = need_field(ui, err);
  if (!field || !need_offset(field, &args[0], &offset, err)) return false;
  ren_field_place(field, offset, args[1].boolean);
  return true;
}

bool ren_do_edit_word(RenUi *ui, const RenArg *args, EngError *err) {
  size_t offset = 0;
  RenField *field = need_field(ui, err);
  if (!field || !need_offset(field, &args[0], &offset, err)) return false;
  if (args[1].boolean)
    ren_field_extend_words(field, offset);
  else
    ren_field_select_word(field, offset);
  return true;
}

bool ren_do_edit_all(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  RenField *field = need_field(ui, err);
  if (field) ren_field_select_all(field);
  return field != NULL;
}

void ren_ui_keep_on_clipboard(RenUi *ui, const char *text) {
  if (ui->host.set_clipboard)
    ui->host.set_clipboard(ui->host.context, text);
  else
    ren_ui_replace(&ui->clipboard, text);
}

/* Nothing selected: the clipboard stays as it is. */
bool ren_do_edit_copy(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  size_t from, to;
  RenField *field = need_field(ui, err);
  if (!field) return false;
  if (!ren_field_selected(field, &from, &to)) return true;
  char *part = strndup(field->text + from, to - from);
  if (!part) return changed(false, err);
  ren_ui_keep_on_clipboard(ui, part);
  free(part);
  return true;
}

bool ren_do_edit_cut(RenUi *ui, const RenArg *args, EngError *err) {
  size_t from, to;
  if (!ren_do_edit_copy(ui, args, err)) return false;
  RenField *field = ren_ui_focused_field(ui);
  return !ren_field_selected(field, &from, &to) || changed(ren_field_insert(field, "", false), err);
}

/* What is on the clipboard goes in by name, so that a replay needs no clipboard. Most fields have one line.
 * Pictures, and under X11 texts beyond some hundred thousand bytes, come as nothing. */
bool ren_do_edit_paste(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  RenField *field = need_field(ui, err);
  if (!field) return false;
  char *text = ren_ui_clipboard(ui);
  if (!text || !*text) {
    ren_ui_say(ui, "nothing to paste: the clipboard has no text, or more than the screen hands out");
    free(text);
    return true;
  }
  for (char *c = text; *c; c++)
    if ((*c == '\n' && !field->lines) || *c == '\r' || *c == '\t') *c = ' ';
  ren_ui_call_string(ui, "edit.insert", text);
  free(text);
  return true;
}

bool ren_do_edit_undo(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  RenField *field = need_field(ui, err);
  if (field) ren_field_undo(field);
  return field != NULL;
}

bool ren_do_edit_redo(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  RenField *field = need_field(ui, err);
  if (field) ren_field_redo(field);
  return field != NULL;
}

bool ren_do_edit_submit(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  if (ui->focus.kind == REN_ID_FIND) {
    ren_ui_call(ui, "find.next", NULL, 0);
    return true;
  }
  if (ui->focus.kind == REN_ID_WHERE) {
    ren_ui_call_string(ui, "heads.filter", ren_field_text(&ui->where_field));
    return true;
  }
  if (ui->focus.kind == REN_ID_VALUE) return ren_ui_end_value(ui, err);
  const char *what = ui->focus.kind == REN_ID_SECOND ? "compare.run" : "run";
  ren_ui_call(ui, "focus.clear", NULL, 0);
  ren_ui_call(ui, what, NULL, 0);
  return true;
}

static bool move(RenUi *ui, RenMotion motion, bool extend, EngError *err) {
  RenField *field = need_field(ui, err);
  if (field) ren_field_move(field, motion, extend);
  return field != NULL;
}

static bool erase(RenUi *ui, RenMotion motion, EngError *err) {
  RenField *field = need_field(ui, err);
  return field && changed(ren_field_delete(field, motion), err);
}

#define MOVE(name, motion, extend)                                                                                 \
  bool ren_do_##name(RenUi *ui, const RenArg *args, EngError *err) {                                               \
    (void)args;                                                                                                    \
    return move(ui, motion, extend, err);                                                                          \
  }
#define ERASE(name, motion)                                                                                        \
  bool ren_do_##name(RenUi *ui, const RenArg *args, EngError *err) {                                               \
    (void)args;                                                                                                    \
    return erase(ui, motion, err);                                                                                 \
  }

MOVE(caret_left, REN_TO_PREVIOUS, false)
MOVE(caret_right, REN_TO_NEXT, false)
MOVE(caret_word_left, REN_TO_PREVIOUS_WORD, false)
MOVE(caret_word_right, REN_TO_NEXT_WORD, false)
MOVE(caret_start, REN_TO_START, false)
MOVE(caret_end, REN_TO_END, false)
MOVE(caret_first, REN_TO_FIRST, false)
MOVE(caret_last, REN_TO_LAST, false)
MOVE(select_left, REN_TO_PREVIOUS, true)
MOVE(select_right, REN_TO_NEXT, true)
MOVE(select_word_left, REN_TO_PREVIOUS_WORD, true)
MOVE(select_word_right, REN_TO_NEXT_WORD, true)
MOVE(select_start, REN_TO_START, true)
MOVE(select_end, REN_TO_END, true)
MOVE(select_first, REN_TO_FIRST, true)
MOVE(select_last, REN_TO_LAST, true)
ERASE(delete_left, REN_TO_PREVIOUS)
ERASE(delete_right, REN_TO_NEXT)
ERASE(delete_word_left, REN_TO_PREVIOUS_WORD)
ERASE(delete_word_right, REN_TO_NEXT_WORD)
