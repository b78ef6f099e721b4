/* Names are read whole: what follows the last digit is an error, never ignored. */
#include "engine/parts.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

typedef struct Reader {
  const char *at, *end;
} Reader;

/* Digits up to INT_MAX; false where none stand or the number is larger. */
static bool read_number(Reader *reader, int *out) {
  const char *begin = reader->at;
  long long value = 0;
  for (; reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9'; reader->at++) {
    value = value * 10 + (*reader->at - '0');
    if (value > INT_MAX) return false;
  }
  *out = (int)value;
  return reader->at > begin;
}

/* One letter, capital or small (`letter` is the capital). */
static bool read_letter(Reader *reader, char letter) {
  if (reader->at == reader->end || (*reader->at != letter && *reader->at != letter - 'A' + 'a')) return false;
  reader->at++;
  return true;
}

static bool read_dot(Reader *reader) {
  if (reader->at == reader->end || *reader->at != '.') return false;
  reader->at++;
  return true;
}

/* "L5H10" for the letter H. */
static bool read_lettered(const char *text, size_t length, char letter, int *layer, int *index) {
  Reader reader = {text, text + length};
  return read_letter(&reader, 'L') && read_number(&reader, layer) && read_letter(&reader, letter) &&
         read_number(&reader, index) && reader.at == reader.end;
}

static bool read_dotted(const char *text, size_t length, int *layer, int *index) {
  Reader reader = {text, text + length};
  return read_number(&reader, layer) && read_dot(&reader) && read_number(&reader, index) && reader.at == reader.end;
}

bool eng_parts_check(const char *what, long long value, long long count, EngError *err) {
  if (value >= 0 && value < count) return true;
  return eng_error_set(err, NULL, what, "expected 0 to %lld, found %lld", count - 1, value);
}

/* At most this much of a wrong name is quoted. */
static int quoted(size_t length) { return length > 40 ? 40 : (int)length; }

bool eng_parts_head(const char *text, size_t length, int n_layers, int n_heads, int *layer, int *head,
                    EngError *err) {
  if (!read_dotted(text, length, layer, head) && !read_lettered(text, length, 'H', layer, head))
    return eng_error_set(err, NULL, "head", "expected a name as \"5.10\" or \"L5H10\", found \"%.*s\"",
                         quoted(length), text);
  return eng_parts_check("layer", *layer, n_layers, err) && eng_parts_check("head", *head, n_heads, err);
}

bool eng_parts_neuron(const char *text, size_t length, int n_layers, int n_neurons, int *layer, int *neuron,
                      EngError *err) {
  if (!read_dotted(text, length, layer, neuron) && !read_lettered(text, length, 'N', layer, neuron))
    return eng_error_set(err, NULL, "neuron", "expected a name as \"L3N120\", found \"%.*s\"", quoted(length),
                         text);
  return eng_parts_check("layer", *layer, n_layers, err) && eng_parts_check("neuron", *neuron, n_neurons, err);
}

bool eng_parts_number(const char *what, const char *text, int *out, EngError *err) {
  Reader reader = {text, text + strlen(text)};
  if (read_number(&reader, out) && reader.at == reader.end) return true;
  return eng_error_set(err, NULL, what, "expected a whole number, found \"%.*s\"", quoted(strlen(text)), text);
}

/* How many numbers a list could hold: one more than its commas. */
static size_t count_items(const char *text) {
  size_t n = 1;
  for (; *text; text++) n += *text == ',';
  return n;
}

static void skip_spaces(Reader *reader) {
  while (*reader->at == ' ') reader->at++;
}

/* A number and the spaces around it. */
static bool read_item(Reader *reader, int *out) {
  skip_spaces(reader);
  if (!read_number(reader, out)) return false;
  skip_spaces(reader);
  return true;
}

bool eng_parts_numbers(const char *what, const char *text, int **out, size_t *n_out, EngError *err) {
  Reader reader = {text, text + strlen(text)};
  int *list = calloc(count_items(text), sizeof *list);
  if (!list) return eng_error_set(err, NULL, what, "expected memory for a list, found none");
  size_t n = 0;
  while (read_item(&reader, &list[n])) {
    n++;
    if (reader.at == reader.end) {
      *out = list;
      *n_out = n;
      return true;
    }
    if (*reader.at != ',') break;
    reader.at++;
  }
  free(list);
  return eng_error_set(err, NULL, what, "expected whole numbers as \"1,2,3\", found \"%.*s\"", quoted(strlen(text)),
                       text);
}
