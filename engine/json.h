/* JSON from outside, behind getters that check the type and the range and name the field.
 *
 * A document is read whole and checked first: its size, its depth, the number of its values, valid UTF-8, no
 * key twice. Everything handed out is borrowed from the root, which eng_json_free frees. A NULL value is
 * fine everywhere and counts as absent. Strings may hold NUL bytes; keys do not. */
#ifndef ENGINE_JSON_H
#define ENGINE_JSON_H

#include "engine/cancel.h"
#include "engine/error.h"

#include <stddef.h>
#include <stdint.h>

typedef struct json_t EngJson;

typedef enum EngJsonKind {
  ENG_JSON_ABSENT, /* a NULL pointer */
  ENG_JSON_NULL,
  ENG_JSON_BOOL,
  ENG_JSON_NUMBER,
  ENG_JSON_STRING,
  ENG_JSON_ARRAY,
  ENG_JSON_OBJECT
} EngJsonKind;

/* Both return NULL and an error that names `file` (the text's origin) and the line. The root is an object
 * or an array. */
EngJson *eng_json_parse(const char *text, size_t size, const char *file, EngError *err);
EngJson *eng_json_load(const char *path, EngError *err);
/* The same, but NULL and an error as soon as it is cancelled. */
EngJson *eng_json_parse_until(const char *text, size_t size, const char *file, const EngCancel *cancel,
                              EngError *err);
EngJson *eng_json_load_until(const char *path, const EngCancel *cancel, EngError *err);
void eng_json_free(EngJson *root); /* NULL is fine */

/* The value as text with jansson's flags, malloc'ed; NULL when memory is short. */
char *eng_json_print(const EngJson *value, size_t flags);
/* From now on, and before anything is read, all values count as memory that scripts cause (engine/budget.h). */
void eng_json_count(void);

EngJsonKind eng_json_kind(const EngJson *value);
size_t eng_json_size(const EngJson *value);                          /* of an array or object, else 0 */
const EngJson *eng_json_at(const EngJson *array, size_t i);          /* NULL beyond the end */
const EngJson *eng_json_get(const EngJson *object, const char *key); /* NULL where there is none */

/* The members of an object in the file's order: start with `cursor` NULL; false after the last. */
bool eng_json_next(const EngJson *object, void **cursor, const char **key, const EngJson **value);

/* Values by type: false (or NULL) when `value` is of another type; whole numbers only in the second. */
const char *eng_json_text(const EngJson *value, size_t *length); /* `length` may be NULL */
bool eng_json_integer(const EngJson *value, int64_t *out);
bool eng_json_number(const EngJson *value, double *out);
bool eng_json_bool(const EngJson *value, bool *out);

/* Members of an object that may be absent or null: `out` then keeps the default that it holds. A wrong type
 * or range is an error "file: key: expected …, found …". */
bool eng_json_read_int(const EngJson *object, const char *key, const char *file, int low, int high, int *out,
                       EngError *err);
bool eng_json_read_number(const EngJson *object, const char *key, const char *file, double low, double high,
                          double *out, EngError *err);
bool eng_json_read_bool(const EngJson *object, const char *key, const char *file, bool *out, EngError *err);
bool eng_json_read_text(const EngJson *object, const char *key, const char *file, const char **out, EngError *err);

/* What a value is, for messages: `"gelu"`, `12`, `an array`, `nothing`. Returns `out`. */
const char *eng_json_describe(const EngJson *value, char *out, size_t size);

/* "file: field: expected `wanted`, found what the value is". */
bool eng_json_refuse(const EngJson *value, const char *file, const char *field, const char *wanted, EngError *err);

#endif
