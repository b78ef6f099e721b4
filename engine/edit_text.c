/* An edit as a line of words: the part, pairs of a word and a number, the operation. What has a name of its own
 * (head, pattern, neuron) may be called by it, and always is where an edit is written. */
#include "engine/edit.h"

#include "engine/edit_words.h"
#include "engine/parts.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_WORDS = 16 };

typedef struct Words {
  const char *text; /* the whole, for errors */
  char copy[ENG_EDIT_TEXT];
  const char *list[MOST_WORDS + 1]; /* ended by NULL */
  int at;
} Words;

static bool refuse(const Words *words, const char *expected, EngError *err) {
  const char *word = words->list[words->at];
  if (word) return eng_error_set(err, words->text, NULL, "expected %s, found \"%.40s\"", expected, word);
  return eng_error_set(err, words->text, NULL, "expected %s, found the end", expected);
}

static bool split(Words *words, const char *text, EngError *err) {
  int n = 0;
  char *rest = NULL;
  *words = (Words){.text = text};
  if (strlen(text) >= sizeof words->copy)
    return eng_error_set(err, NULL, "edit", "expected at most %d bytes, found %zu", ENG_EDIT_TEXT - 1,
                         strlen(text));
  memcpy(words->copy, text, strlen(text) + 1);
  for (char *word = strtok_r(words->copy, " \t", &rest); word; word = strtok_r(NULL, " \t", &rest)) {
    if (n == MOST_WORDS) return eng_error_set(err, text, NULL, "expected at most %d words, found more", MOST_WORDS);
    words->list[n++] = word;
  }
  return n > 0 || eng_error_set(err, NULL, "edit", "expected one such as \"head 2.5 zero\", found none");
}

/* --- parts with names of their own */

static bool read_named(Words *words, const EngEditPart *part, const EngConfig *config, EngEdit *out,
                       EngError *err) {
  EngError cause = {""};
  const char *name = words->list[++words->at];
  if (!name) return refuse(words, "its name, such as 2.5", err);
  words->at++;
  return eng_edit_name(part, name, strlen(name), config, out, &cause) ||
         eng_error_set(err, words->text, NULL, "%s", cause.message);
}

static bool read_part(Words *words, const EngConfig *config, EngEdit *out, EngError *err) {
  EngError cause = {""};
  const char *word = words->list[0];
  for (const EngEditPart *part = eng_edit_parts; part->word; part++)
    if (strcmp(word, part->word) == 0) return read_named(words, part, config, out, err);
  words->at = 1;
  return eng_edit_activation(word, config, out, &cause) ||
         eng_error_set(err, words->text, NULL, "%s", cause.message);
}

/* --- a word and a number */

/* Reads one pair; sets `found` where there is one. */
static bool read_field(Words *words, EngEdit *out, bool *found, EngError *err) {
  EngError cause = {""};
  const char *word = words->list[words->at];
  *found = false;
  for (const EngEditField *field = eng_edit_fields; word && field->word; field++) {
    if (strcmp(word, field->word) != 0 || !eng_edit_field_applies(field, out)) continue;
    int *to = eng_edit_index(out, field->offset);
    if (*to != ENG_ALL) return refuse(words, "each part once", err);
    const char *number = words->list[++words->at];
    if (!number) return refuse(words, "a whole number", err);
    words->at++;
    *found = true;
    return eng_parts_number(word, number, to, &cause) || eng_error_set(err, words->text, NULL, "%s", cause.message);
  }
  return true;
}

/* --- the operation */

static bool read_value(Words *words, EngEdit *out, EngError *err) {
  const char *word = words->list[words->at];
  char *end = NULL;
  if (!word || word[strspn(word, "0123456789.eE+-")] != '\0') return refuse(words, "a finite number", err);
  out->value = strtof(word, &end);
  if (end == word || *end != '\0' || !isfinite(out->value)) return refuse(words, "a finite number", err);
  words->at++;
  return true;
}

static bool read_op(Words *words, EngEdit *out, EngError *err) {
  const char *word = words->list[words->at];
  for (int op = 0; word && op < ENG_EDIT_OPS; op++) {
    if (strcmp(word, eng_edit_op_name((EngEditOp)op)) != 0) continue;
    if (op == ENG_EDIT_PATCH)
      return refuse(words, "what a text can say (a patch needs the run that it is from)", err);
    words->at++;
    out->op = (EngEditOp)op;
    return !eng_edit_op_takes_value(out->op) || read_value(words, out, err);
  }
  return refuse(words,
                eng_edit_has_keys(out) ? "head, query or key with a number, or zero, mean, scale or set"
                                       : "head, token or dim with a number, or zero, mean, scale or set",
                err);
}

bool eng_edit_parse(const char *text, const EngConfig *config, EngEdit *out, EngError *err) {
  Words words;
  bool more = true;
  *out = eng_edit_new();
  if (!split(&words, text, err) || !read_part(&words, config, out, err)) return false;
  while (more)
    if (!read_field(&words, out, &more, err)) return false;
  if (!read_op(&words, out, err)) return false;
  if (words.list[words.at]) return refuse(&words, "nothing more", err);
  return eng_edit_check(out, config, err);
}

/* --- writing */

/* Where an index is read and not written. */
static int index_of(const EngEdit *edit, size_t offset) {
  EngEdit copy = *edit;
  return *eng_edit_index(&copy, offset);
}

static const EngEditPart *part_of(const EngEdit *edit) {
  for (const EngEditPart *part = eng_edit_parts; part->word; part++)
    if (part->at == edit->at && index_of(edit, part->offset) != ENG_ALL) return part;
  return NULL;
}

/* The shortest number that is read as the same. */
static void print_value(float number, char *out, size_t size) {
  int digits = 1;
  do snprintf(out, size, "%.*g", digits, (double)number);
  while (digits++ < 9 && isfinite(number) && strtof(out, NULL) != number);
}

void eng_edit_print(const EngEdit *edit, char *out, size_t size) {
  char name[64], fields[96] = "", number[24] = "";
  const EngEditPart *part = part_of(edit);
  size_t used = 0;
  if (part)
    snprintf(name, sizeof name, "%s %d.%d", part->word, edit->layer, index_of(edit, part->offset));
  else if (eng_activation_info(edit->at)->per_block)
    snprintf(name, sizeof name, "%s%d", eng_activation_info(edit->at)->short_name, edit->layer);
  else
    snprintf(name, sizeof name, "%s", eng_activation_info(edit->at)->short_name);
  for (const EngEditField *field = eng_edit_fields; field->word; field++) {
    int index = index_of(edit, field->offset);
    if (index == ENG_ALL || !eng_edit_field_applies(field, edit) || (part && part->offset == field->offset))
      continue;
    used += (size_t)snprintf(fields + used, sizeof fields - used, " %s %d", field->word, index);
  }
  if (eng_edit_op_takes_value(edit->op)) number[0] = ' ', print_value(edit->value, number + 1, sizeof number - 1);
  snprintf(out, size, "%s%s %s%s", name, fields, eng_edit_op_name(edit->op), number);
}
