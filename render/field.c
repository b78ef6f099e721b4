/* Every change goes through one function, splice: it remembers what was there and puts in what comes. The
 * history is a stack of whole texts, which are short; redo steps lie behind the undo steps in the same
 * array, so that taking back and putting back only exchange the text with the step beside it. */
#include "render/field.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static void free_steps(RenField *field, int from, int to) {
  for (int i = from; i < to; i++) {
    free(field->history[i].text);
    field->history[i] = (RenFieldEdit){0};
  }
}

static void forget_history(RenField *field) {
  free_steps(field, 0, field->n_undo + field->n_redo);
  field->n_undo = field->n_redo = 0;
  field->typing = false;
}

static void end_composition(RenField *field) {
  free(field->composed);
  field->composed = NULL;
}

void ren_field_free(RenField *field) {
  forget_history(field);
  end_composition(field);
  free(field->text);
  *field = (RenField){0};
}

const char *ren_field_text(const RenField *field) { return field->text ? field->text : ""; }

bool ren_field_set(RenField *field, const char *text) {
  size_t length = strlen(text);
  char *copy = length > REN_FIELD_BYTES ? NULL : strdup(text);
  if (!copy) return false;
  bool lines = field->lines;
  ren_field_free(field);
  *field = (RenField){.text = copy, .length = length, .caret = length, .anchor = length, .lines = lines};
  return true;
}

/* The code point at `at` and its bytes; a byte that is no UTF-8 stands for itself. */
static utf8proc_int32_t decode(const RenField *field, size_t at, size_t *bytes) {
  utf8proc_int32_t code = 0;
  utf8proc_ssize_t n =
      utf8proc_iterate((const utf8proc_uint8_t *)field->text + at, (utf8proc_ssize_t)(field->length - at), &code);
  *bytes = n > 0 ? (size_t)n : 1;
  return n > 0 ? code : 0xFFFD;
}

/* The end of the character (with its combining marks) that starts at `at`. */
static size_t next_character(const RenField *field, size_t at) {
  if (at >= field->length) return field->length;
  size_t bytes;
  utf8proc_int32_t state = 0, before = decode(field, at, &bytes);
  for (at += bytes; at < field->length; at += bytes) {
    utf8proc_int32_t code = decode(field, at, &bytes);
    if (utf8proc_grapheme_break_stateful(before, code, &state)) break;
    before = code;
  }
  return at;
}

/* The last place between characters that is before `at`. */
static size_t previous_character(const RenField *field, size_t at) {
  size_t place = 0;
  for (size_t next = next_character(field, 0); next < at && next > place; next = next_character(field, next))
    place = next;
  return at == 0 ? 0 : place;
}

static bool is_space(const RenField *field, size_t at) {
  size_t bytes;
  utf8proc_int32_t code = decode(field, at, &bytes);
  return code < 0x20 || utf8proc_category(code) == UTF8PROC_CATEGORY_ZS;
}

/* Over spaces, then over what is none. */
static size_t next_word(const RenField *field, size_t at) {
  while (at < field->length && is_space(field, at)) at = next_character(field, at);
  while (at < field->length && !is_space(field, at)) at = next_character(field, at);
  return at;
}

/* The last start of a word before `at`. */
static size_t previous_word(const RenField *field, size_t at) {
  size_t word = 0;
  bool space = true;
  for (size_t i = 0; i < at && i < field->length; i = next_character(field, i)) {
    if (space && !is_space(field, i)) word = i;
    space = is_space(field, i);
  }
  return word;
}

static size_t line_start(const RenField *field, size_t at) {
  while (field->lines && at > 0 && field->text[at - 1] != '\n') at--;
  return field->lines ? at : 0;
}

static size_t line_end(const RenField *field, size_t at) {
  while (field->lines && at < field->length && field->text[at] != '\n') at++;
  return field->lines ? at : field->length;
}

static size_t reach(const RenField *field, RenMotion motion) {
  switch (motion) {
  case REN_TO_PREVIOUS:
    return previous_character(field, field->caret);
  case REN_TO_NEXT:
    return next_character(field, field->caret);
  case REN_TO_PREVIOUS_WORD:
    return previous_word(field, field->caret);
  case REN_TO_NEXT_WORD:
    return next_word(field, field->caret);
  case REN_TO_START:
    return line_start(field, field->caret);
  case REN_TO_FIRST:
    return 0;
  case REN_TO_LAST:
    return field->length;
  default:
    return line_end(field, field->caret);
  }
}

bool ren_field_selected(const RenField *field, size_t *from, size_t *to) {
  bool forward = field->anchor < field->caret;
  *from = forward ? field->anchor : field->caret;
  *to = forward ? field->caret : field->anchor;
  return *from < *to;
}

static void put_caret(RenField *field, size_t offset, bool extend) {
  field->caret = offset;
  if (!extend) field->anchor = offset;
  field->typing = false;
  end_composition(field);
}

void ren_field_place(RenField *field, size_t offset, bool extend) {
  if (offset < field->length) offset = previous_character(field, offset + 1);
  put_caret(field, offset < field->length ? offset : field->length, extend);
}

/* Without extending, an arrow key first drops a selection towards its side. */
void ren_field_move(RenField *field, RenMotion motion, bool extend) {
  size_t from, to;
  bool selected = ren_field_selected(field, &from, &to) && !extend;
  if (selected && motion == REN_TO_PREVIOUS)
    put_caret(field, from, false);
  else if (selected && motion == REN_TO_NEXT)
    put_caret(field, to, false);
  else
    put_caret(field, reach(field, motion), extend);
}

void ren_field_select_all(RenField *field) {
  put_caret(field, 0, false);
  put_caret(field, field->length, true);
}

void ren_field_select_word(RenField *field, size_t offset) {
  ren_field_place(field, offset, false);
  size_t start = previous_word(field, next_character(field, field->caret)), end = field->caret;
  while (end < field->length && !is_space(field, end)) end = next_character(field, end);
  if (end <= start) return;
  put_caret(field, start, false);
  put_caret(field, end, true);
  field->word_from = start;
  field->word_to = end;
}

void ren_field_extend_words(RenField *field, size_t offset) {
  size_t from = field->word_from, to = field->word_to;
  ren_field_select_word(field, offset);
  size_t start = field->anchor, end = field->caret;
  if (from > field->length || to > field->length) from = start, to = end;
  put_caret(field, start < from ? to : from, false);
  put_caret(field, start < from ? start : end > to ? end : to, true);
  field->word_from = from;
  field->word_to = to;
}

/* Remembers the text as it is now as the newest undo step. Short memory costs the step, not the edit. */
static void remember(RenField *field) {
  free_steps(field, field->n_undo, field->n_undo + field->n_redo);
  field->n_redo = 0;
  if (field->n_undo == REN_FIELD_UNDO) {
    free(field->history[0].text);
    memmove(field->history, field->history + 1, (REN_FIELD_UNDO - 1) * sizeof field->history[0]);
    field->n_undo--;
  }
  char *copy = strdup(ren_field_text(field));
  if (copy) field->history[field->n_undo++] = (RenFieldEdit){copy, field->caret, field->anchor};
}

/* Puts `text` in the place of [from, to). */
static bool splice(RenField *field, size_t from, size_t to, const char *text, bool joins) {
  size_t added = strlen(text), rest = field->length - to;
  if (added > REN_FIELD_BYTES || from + added + rest > REN_FIELD_BYTES) return false;
  char *made = malloc(from + added + rest + 1);
  if (!made) return false;
  memcpy(made, ren_field_text(field), from);
  memcpy(made + from, text, added);
  memcpy(made + from + added, ren_field_text(field) + to, rest + 1);
  if (!joins) remember(field);
  free(field->text);
  field->text = made;
  field->length = from + added + rest;
  put_caret(field, from + added, false);
  return true;
}

bool ren_field_insert(RenField *field, const char *text, bool typed) {
  size_t from, to;
  bool joins = !ren_field_selected(field, &from, &to) && typed && field->typing;
  if (!splice(field, from, to, text, joins)) return false;
  field->typing = typed;
  return true;
}

bool ren_field_compose(RenField *field, const char *text) {
  char *copy = *text && strlen(text) <= REN_FIELD_BYTES ? strdup(text) : NULL;
  end_composition(field);
  field->composed = copy;
  return copy || !*text;
}

bool ren_field_delete(RenField *field, RenMotion motion) {
  size_t from, to;
  if (!ren_field_selected(field, &from, &to)) {
    size_t end = reach(field, motion);
    from = end < field->caret ? end : field->caret;
    to = end < field->caret ? field->caret : end;
  }
  return from == to || splice(field, from, to, "", false);
}

static void exchange(RenField *field, RenFieldEdit *step) {
  RenFieldEdit now = {field->text, field->caret, field->anchor};
  field->text = step->text;
  field->length = strlen(step->text);
  field->caret = step->caret;
  field->anchor = step->anchor;
  field->typing = false;
  end_composition(field);
  *step = now;
}

/* The step keeps its place in the array and changes sides. A field that was never filled has no text to
 * exchange, but then it has no step either: splice made one. */
bool ren_field_undo(RenField *field) {
  if (field->n_undo == 0) return false;
  exchange(field, &field->history[--field->n_undo]);
  field->n_redo++;
  return true;
}

bool ren_field_redo(RenField *field) {
  if (field->n_redo == 0) return false;
  exchange(field, &field->history[field->n_undo++]);
  field->n_redo--;
  return true;
}
