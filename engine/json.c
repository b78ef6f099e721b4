/* jansson does the reading. What it does not bound is bounded here by one pass over the text before it is
 * parsed: how deep it nests (jansson recurses) and how many values it has (each costs some hundred bytes).
 *
 * Python writes whole numbers of any size (tokenizer_config.json says 10^30 for "no limit"); where one
 * overflows, the document is read again with every number as a double. */
#include "engine/json.h"

#include "engine/budget.h"
#include "engine/map.h"

#include <jansson.h>
#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_BYTES ((size_t)128 << 20)
#define MOST_VALUES ((size_t)8 << 20)
#define MOST_DEPTH 128
#define STRETCH ((size_t)1 << 16) /* bytes between two looks at whether to go on */

static void *count_memory(size_t bytes) {
  void *at = malloc(bytes);
  if (!at || eng_budget_take(malloc_usable_size(at))) return at;
  free(at);
  return NULL;
}

static void uncount_memory(void *at) {
  if (at) eng_budget_give(malloc_usable_size(at));
  free(at);
}

void eng_json_count(void) { json_set_alloc_funcs(count_memory, uncount_memory); }

/* The end of a string that starts at text[i], just after its quote. */
static size_t skip_string(const char *text, size_t size, size_t i) {
  while (i < size && text[i] != '"') i += text[i] == '\\' ? 2 : 1;
  return i;
}

static bool is_deep(size_t depth, size_t values, const char *file, EngError *err) {
  if (depth > MOST_DEPTH)
    return !eng_error_set(err, file, NULL, "expected JSON at most %d levels deep, found more", MOST_DEPTH);
  return values > MOST_VALUES &&
         !eng_error_set(err, file, NULL, "expected at most %zu JSON values, found more", MOST_VALUES);
}

/* Depth and number of values, counted by brackets and commas; right for JSON, harmless for anything else. */
static bool measure(const char *text, size_t size, const char *file, const EngCancel *cancel, EngError *err) {
  size_t depth = 0, values = 0;
  for (size_t i = 0, look = 0; i < size; i++) {
    char c = text[i];
    if (c == '"') i = skip_string(text, size, i + 1);
    if (c == '[' || c == '{' || c == ',') values++;
    if (c == '[' || c == '{') depth++;
    if ((c == ']' || c == '}') && depth > 0) depth--;
    if (is_deep(depth, values, file, err)) return false;
    if (i < look) continue;
    if (eng_cancel_raised(cancel)) return eng_error_set(err, file, NULL, "cancelled");
    look = i + STRETCH;
  }
  return true;
}

/* A text as jansson asks for it, in parts. */
typedef struct Reader {
  const char *text;
  size_t left;
  const EngCancel *cancel;
} Reader;

static size_t read_part(void *out, size_t most, void *context) {
  Reader *reader = context;
  size_t n = reader->left < most ? reader->left : most;
  if (eng_cancel_raised(reader->cancel)) return (size_t)-1;
  if (n) memcpy(out, reader->text, n);
  reader->text += n;
  reader->left -= n;
  return n;
}

static json_t *load(Reader reader, size_t flags, json_error_t *fault) {
  return json_load_callback(read_part, &reader, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL | flags, fault);
}

EngJson *eng_json_parse_until(const char *text, size_t size, const char *file, const EngCancel *cancel,
                              EngError *err) {
  Reader reader = {text, size, cancel};
  if (size > MOST_BYTES) {
    eng_error_set(err, file, NULL, "expected at most %zu bytes of JSON, found %zu", MOST_BYTES, size);
    return NULL;
  }
  if (!measure(text, size, file, cancel, err)) return NULL;
  json_error_t fault;
  json_t *root = load(reader, 0, &fault);
  if (!root && json_error_code(&fault) == json_error_numeric_overflow)
    root = load(reader, JSON_DECODE_INT_AS_REAL, &fault);
  if (!root && eng_cancel_raised(cancel))
    eng_error_set(err, file, NULL, "cancelled");
  else if (!root && !*fault.text) /* jansson has no words for it */
    eng_budget_lack(err, file, "JSON");
  else if (!root)
    eng_error_set(err, file, NULL, "expected JSON, found at line %d: %s", fault.line, fault.text);
  return root;
}

EngJson *eng_json_parse(const char *text, size_t size, const char *file, EngError *err) {
  return eng_json_parse_until(text, size, file, NULL, err);
}

EngJson *eng_json_load_until(const char *path, const EngCancel *cancel, EngError *err) {
  EngMap map;
  if (!eng_map_open(&map, path, err)) return NULL;
  EngJson *root = eng_json_parse_until((const char *)map.data, map.size, path, cancel, err);
  eng_map_close(&map);
  return root;
}

EngJson *eng_json_load(const char *path, EngError *err) { return eng_json_load_until(path, NULL, err); }

void eng_json_free(EngJson *root) { json_decref(root); }

char *eng_json_print(const EngJson *value, size_t flags) {
  size_t size = json_dumpb(value, NULL, 0, flags);
  char *text = size > 0 ? malloc(size + 1) : NULL;
  if (!text || json_dumpb(value, text, size, flags) != size) {
    free(text);
    return NULL;
  }
  text[size] = '\0';
  return text;
}

EngJsonKind eng_json_kind(const EngJson *value) {
  if (!value) return ENG_JSON_ABSENT;
  switch (json_typeof(value)) {
  case JSON_OBJECT:
    return ENG_JSON_OBJECT;
  case JSON_ARRAY:
    return ENG_JSON_ARRAY;
  case JSON_STRING:
    return ENG_JSON_STRING;
  case JSON_INTEGER:
  case JSON_REAL:
    return ENG_JSON_NUMBER;
  case JSON_TRUE:
  case JSON_FALSE:
    return ENG_JSON_BOOL;
  case JSON_NULL:
    break;
  }
  return ENG_JSON_NULL;
}

size_t eng_json_size(const EngJson *value) {
  return json_is_object(value) ? json_object_size(value) : json_array_size(value);
}

const EngJson *eng_json_at(const EngJson *array, size_t i) { return json_array_get(array, i); }

const EngJson *eng_json_get(const EngJson *object, const char *key) { return json_object_get(object, key); }

bool eng_json_next(const EngJson *object, void **cursor, const char **key, const EngJson **value) {
  json_t *walked = (json_t *)(uintptr_t)object; /* jansson's iterators take no const; nothing is written */
  *cursor = *cursor ? json_object_iter_next(walked, *cursor) : json_object_iter(walked);
  if (!*cursor) return false;
  *key = json_object_iter_key(*cursor);
  *value = json_object_iter_value(*cursor);
  return true;
}

const char *eng_json_text(const EngJson *value, size_t *length) {
  if (length) *length = json_string_length(value);
  return json_string_value(value);
}

bool eng_json_integer(const EngJson *value, int64_t *out) {
  double number = json_real_value(value);
  if (json_is_real(value) && (number != floor(number) || fabs(number) > 0x1p53)) return false;
  if (!json_is_number(value)) return false;
  *out = json_is_real(value) ? (int64_t)number : (int64_t)json_integer_value(value);
  return true;
}

bool eng_json_number(const EngJson *value, double *out) {
  if (json_is_number(value)) *out = json_number_value(value);
  return json_is_number(value);
}

bool eng_json_bool(const EngJson *value, bool *out) {
  if (json_is_boolean(value)) *out = json_is_true(value);
  return json_is_boolean(value);
}

const char *eng_json_describe(const EngJson *value, char *out, size_t size) {
  switch (eng_json_kind(value)) {
  case ENG_JSON_ABSENT:
    snprintf(out, size, "nothing");
    break;
  case ENG_JSON_NULL:
    snprintf(out, size, "null");
    break;
  case ENG_JSON_BOOL:
    snprintf(out, size, json_is_true(value) ? "true" : "false");
    break;
  case ENG_JSON_NUMBER:
    snprintf(out, size, "%.17g", json_number_value(value));
    break;
  case ENG_JSON_STRING:
    snprintf(out, size, "\"%.60s\"", json_string_value(value));
    break;
  case ENG_JSON_ARRAY:
    snprintf(out, size, "an array");
    break;
  case ENG_JSON_OBJECT:
    snprintf(out, size, "an object");
    break;
  }
  return out;
}

bool eng_json_refuse(const EngJson *value, const char *file, const char *field, const char *wanted, EngError *err) {
  char found[80];
  return eng_error_set(err, file, field, "expected %s, found %s", wanted,
                       eng_json_describe(value, found, sizeof found));
}

static bool is_given(const EngJson *value) { return value && !json_is_null(value); }

bool eng_json_read_int(const EngJson *object, const char *key, const char *file, int low, int high, int *out,
                       EngError *err) {
  const EngJson *value = eng_json_get(object, key);
  if (!is_given(value)) return true;
  int64_t number = 0;
  char wanted[80];
  snprintf(wanted, sizeof wanted, "a whole number from %d to %d", low, high);
  if (!eng_json_integer(value, &number) || number < low || number > high)
    return eng_json_refuse(value, file, key, wanted, err);
  *out = (int)number;
  return true;
}

bool eng_json_read_number(const EngJson *object, const char *key, const char *file, double low, double high,
                          double *out, EngError *err) {
  const EngJson *value = eng_json_get(object, key);
  if (!is_given(value)) return true;
  double number = 0;
  char wanted[80];
  snprintf(wanted, sizeof wanted, "a number from %g to %g", low, high);
  if (!eng_json_number(value, &number) || !(number >= low && number <= high))
    return eng_json_refuse(value, file, key, wanted, err);
  *out = number;
  return true;
}

bool eng_json_read_bool(const EngJson *object, const char *key, const char *file, bool *out, EngError *err) {
  const EngJson *value = eng_json_get(object, key);
  if (!is_given(value) || eng_json_bool(value, out)) return true;
  return eng_json_refuse(value, file, key, "true or false", err);
}

bool eng_json_read_text(const EngJson *object, const char *key, const char *file, const char **out, EngError *err) {
  const EngJson *value = eng_json_get(object, key);
  if (!is_given(value)) return true;
  const char *text = eng_json_text(value, NULL);
  if (!text) return eng_json_refuse(value, file, key, "a string", err);
  *out = text;
  return true;
}
