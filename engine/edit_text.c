/* An edit as a line of words: the part, pairs of a word and a number, the operation. What has a name of its own
 * (head, pattern, neuron) may be called by it, and always is where an edit is written. */
#include "engine/edit.h"

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
    if (n == MOST_WORDS) return eng_error_set(err, text, NULL, "expected at most %d words", MOST_WORDS);
    words->list[n++] = word;
  }
  return n > 0 || eng_error_set(err, NULL, "edit", "expected one such as \"head 2.5 zero\", found none");
}

/* --- parts with names of their own */

typedef bool (*Named)(const char *text, size_t length, int n_layers, int n, int *layer, int *index, EngError *err);

static const struct Part {
  const char *word;
  EngActivation at;
  size_t index; /* offsetof(EngEdit, …) */
  size_t count; /* offsetof(EngConfig, …) */
  Named parse;
} PARTS[] = {
    {"head", ENG_ACT_Z, offsetof(EngEdit, head), offsetof(EngConfig, n_heads), eng_parts_head},
    {"pattern", ENG_ACT_PATTERN, offsetof(EngEdit, head), offsetof(EngConfig, n_heads), eng_parts_head},
    {"neuron", ENG_ACT_MLP_POST, offsetof(EngEdit, dim), offsetof(EngConfig, d_mlp), eng_parts_neuron},
};
enum { N_PARTS = sizeof PARTS / sizeof *PARTS };

static int *field(EngEdit *edit, size_t offset) { return (int *)(void *)((char *)edit + offset); }
static int value(const void *of, size_t offset) { return *(const int *)(const void *)((const char *)of + offset); }

static bool read_named(Words *words, const struct Part *part, const EngConfig *config, EngEdit *out,
                       EngError *err) {
  EngError cause = {""};
  const char *name = words->list[++words->at];
  if (!name) return refuse(words, "its name, such as 2.5", err);
  words->at++;
  out->at = part->at;
  return part->parse(name, strlen(name), config->n_layers, value(config, part->count), &out->layer,
                     field(out, part->index), &cause) ||
         eng_error_set(err, words->text, NULL, "%s", cause.message);
}

static bool read_part(Words *words, const EngConfig *config, EngEdit *out, EngError *err) {
  EngError cause = {""};
  const char *word = words->list[0];
  for (int i = 0; i < N_PARTS; i++)
    if (strcmp(word, PARTS[i].word) == 0) return read_named(words, &PARTS[i], config, out, err);
  if (!eng_activation_parse(word, config, &out->at, &out->layer, &cause))
    return eng_error_set(err, words->text, NULL, "%s", cause.message);
  if (out->layer == ENG_ALL_LAYERS && eng_activation_info(out->at)->per_block)
    return refuse(words, "an activation with its layer, such as q2", err);
  if (out->layer == ENG_ALL_LAYERS) out->layer = 0;
  words->at = 1;
  return true;
}

/* --- a word and a number */

enum { TOKENS = 1, QUERIES = 2 }; /* what has the field: activations of tokens, those of queries and keys */

static const struct Field {
  const char *word;
  size_t offset;
  int of;
} FIELDS[] = {
    {"head", offsetof(EngEdit, head), TOKENS | QUERIES},
    {"token", offsetof(EngEdit, token), TOKENS},
    {"query", offsetof(EngEdit, token), QUERIES},
    {"key", offsetof(EngEdit, key), QUERIES},
    {"dim", offsetof(EngEdit, dim), TOKENS},
};
enum { N_FIELDS = sizeof FIELDS / sizeof *FIELDS };

static bool applies(const struct Field *f, const EngEdit *edit) {
  return f->of & (eng_edit_has_keys(edit) ? QUERIES : TOKENS);
}

/* Reads one pair; sets `found` where there is one. */
static bool read_field(Words *words, EngEdit *out, bool *found, EngError *err) {
  EngError cause = {""};
  const char *word = words->list[words->at];
  *found = false;
  for (int i = 0; word && i < N_FIELDS; i++) {
    if (strcmp(word, FIELDS[i].word) != 0 || !applies(&FIELDS[i], out)) continue;
    int *to = field(out, FIELDS[i].offset);
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
  if (!word || word[strspn(word, "0123456789.eE+-")] != '\0') return refuse(words, "a number", err);
  out->value = strtof(word, &end);
  if (end == word || *end != '\0' || !isfinite(out->value)) return refuse(words, "a number", err);
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
  *out = (EngEdit){.head = ENG_ALL, .token = ENG_ALL, .key = ENG_ALL, .dim = ENG_ALL};
  if (!split(&words, text, err) || !read_part(&words, config, out, err)) return false;
  while (more)
    if (!read_field(&words, out, &more, err)) return false;
  if (!read_op(&words, out, err)) return false;
  if (words.list[words.at]) return refuse(&words, "nothing more", err);
  return eng_edit_check(out, config, err);
}

/* --- writing */

static const struct Part *part_of(const EngEdit *edit) {
  for (int i = 0; i < N_PARTS; i++)
    if (PARTS[i].at == edit->at && value(edit, PARTS[i].index) != ENG_ALL) return &PARTS[i];
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
  const struct Part *part = part_of(edit);
  size_t used = 0;
  if (part)
    snprintf(name, sizeof name, "%s %d.%d", part->word, edit->layer, value(edit, part->index));
  else if (eng_activation_info(edit->at)->per_block)
    snprintf(name, sizeof name, "%s%d", eng_activation_info(edit->at)->short_name, edit->layer);
  else
    snprintf(name, sizeof name, "%s", eng_activation_info(edit->at)->short_name);
  for (int i = 0; i < N_FIELDS; i++) {
    int index = value(edit, FIELDS[i].offset);
    if (index == ENG_ALL || !applies(&FIELDS[i], edit) || (part && part->index == FIELDS[i].offset)) continue;
    used += (size_t)snprintf(fields + used, sizeof fields - used, " %s %d", FIELDS[i].word, index);
  }
  if (eng_edit_op_takes_value(edit->op)) number[0] = ' ', print_value(edit->value, number + 1, sizeof number - 1);
  snprintf(out, size, "%s%s %s%s", name, fields, eng_edit_op_name(edit->op), number);
}
