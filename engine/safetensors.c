/* A header is believed only after three checks: every entry's bytes are its shape times its type's width,
 * the entries laid side by side fill the data exactly, and that data is what the file has after the header.
 * Then every pointer handed out lies inside the mapping, and no two tensors share a byte. */
#include "engine/safetensors.h"

#include "engine/json.h"
#include "engine/map.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_HEADER ((uint64_t)100000000) /* bytes, the format's own limit */

struct EngSafetensors {
  EngMap map;
  char *path;
  EngJson *header; /* owns the names */
  EngSafetensor *tensors;
  size_t count;
};

static const struct {
  const char *name;
  size_t bits;
  EngDtype dtype;
} dtypes[] = {
    {"F32", 32, ENG_DTYPE_F32},      {"F16", 16, ENG_DTYPE_F16},      {"BF16", 16, ENG_DTYPE_BF16},
    {"F64", 64, ENG_DTYPE_OTHER},    {"I64", 64, ENG_DTYPE_OTHER},    {"U64", 64, ENG_DTYPE_OTHER},
    {"I32", 32, ENG_DTYPE_OTHER},    {"U32", 32, ENG_DTYPE_OTHER},    {"I16", 16, ENG_DTYPE_OTHER},
    {"U16", 16, ENG_DTYPE_OTHER},    {"I8", 8, ENG_DTYPE_OTHER},      {"U8", 8, ENG_DTYPE_OTHER},
    {"BOOL", 8, ENG_DTYPE_OTHER},    {"C64", 64, ENG_DTYPE_OTHER},    {"F8_E4M3", 8, ENG_DTYPE_OTHER},
    {"F8_E5M2", 8, ENG_DTYPE_OTHER}, {"F8_E8M0", 8, ENG_DTYPE_OTHER}, {"F6_E2M3", 6, ENG_DTYPE_OTHER},
    {"F6_E3M2", 6, ENG_DTYPE_OTHER}, {"F4", 4, ENG_DTYPE_OTHER},
};
#define N_DTYPES (sizeof dtypes / sizeof *dtypes)

const char *eng_shape_text(int rank, const size_t *shape, char *out, size_t size) {
  size_t used = 0;
  snprintf(out, size, "one number");
  for (int axis = 0; axis < rank && used < size; axis++) {
    int wrote = snprintf(out + used, size - used, axis ? "x%zu" : "%zu", shape[axis]);
    used += wrote > 0 ? (size_t)wrote : 0;
  }
  return out;
}

static bool read_size(const EngJson *value, size_t *out) {
  int64_t number = 0;
  if (!eng_json_integer(value, &number) || number < 0) return false;
  *out = (size_t)number;
  return true;
}

/* The type; its bits per element, 0 when it is unknown. */
static size_t read_dtype(EngSafetensor *out, const EngJson *value) {
  const char *name = eng_json_text(value, NULL);
  for (size_t i = 0; name && i < N_DTYPES; i++)
    if (strcmp(name, dtypes[i].name) == 0) {
      out->dtype_name = dtypes[i].name;
      out->dtype = dtypes[i].dtype;
      return dtypes[i].bits;
    }
  return 0;
}

static bool read_shape(EngSafetensor *out, const EngJson *value, EngError *err) {
  size_t rank = eng_json_size(value);
  char found[80];
  if (eng_json_kind(value) != ENG_JSON_ARRAY)
    return eng_error_set(err, out->file, out->name, "shape: expected a list of sizes, found %s",
                         eng_json_describe(value, found, sizeof found));
  if (rank > ENG_SAFETENSOR_RANK)
    return eng_error_set(err, out->file, out->name, "shape: expected a list of at most %d sizes, found %zu",
                         ENG_SAFETENSOR_RANK, rank);
  out->rank = (int)rank;
  out->count = 1;
  for (size_t i = 0; i < rank; i++) {
    if (!read_size(eng_json_at(value, i), &out->shape[i]))
      return eng_error_set(err, out->file, out->name, "shape: expected whole numbers of at least 0, found %s",
                           eng_json_describe(eng_json_at(value, i), found, sizeof found));
    if (__builtin_mul_overflow(out->count, out->shape[i], &out->count))
      return eng_error_set(err, out->file, out->name, "shape: expected a size that fits in memory, found more");
  }
  return true;
}

static bool read_offsets(const EngSafetensor *out, const EngJson *value, size_t place[2], EngError *err) {
  size_t n = eng_json_size(value);
  char found[80];
  if (eng_json_kind(value) != ENG_JSON_ARRAY)
    return eng_error_set(err, out->file, out->name, "data_offsets: expected two whole numbers, found %s",
                         eng_json_describe(value, found, sizeof found));
  if (n != 2) return eng_error_set(err, out->file, out->name, "data_offsets: expected two numbers, found %zu", n);
  for (size_t i = 0; i < 2; i++)
    if (!read_size(eng_json_at(value, i), &place[i]))
      return eng_error_set(err, out->file, out->name, "data_offsets: expected two whole numbers, found %s",
                           eng_json_describe(eng_json_at(value, i), found, sizeof found));
  return true;
}

/* The entry's bytes as offsets into the data, checked against the data's length and the shape. */
static bool read_place(EngSafetensor *out, const EngJson *value, size_t bits, const EngSafetensors *file,
                       size_t data_at, EngError *err) {
  size_t place[2] = {0}, all_bits = 0, room = file->map.size - data_at;
  if (!read_offsets(out, value, place, err)) return false;
  size_t begin = place[0], end = place[1];
  if (begin > end || end > room)
    return eng_error_set(err, out->file, out->name,
                         "data_offsets: expected a range within %zu bytes, found %zu to %zu", room, begin, end);
  if (__builtin_mul_overflow(out->count, bits, &all_bits) || all_bits % 8 != 0 || all_bits / 8 != end - begin) {
    char shape[200];
    return eng_error_set(err, out->file, out->name, "data_offsets: expected the bytes of %s %s, found %zu",
                         eng_shape_text(out->rank, out->shape, shape, sizeof shape), out->dtype_name, end - begin);
  }
  out->data = file->map.data + data_at + begin;
  out->size = end - begin;
  return true;
}

static bool read_entry(EngSafetensor *out, const EngJson *value, const EngSafetensors *file, size_t data_at,
                       EngError *err) {
  size_t bits = read_dtype(out, eng_json_get(value, "dtype"));
  char found[80];
  if (bits == 0)
    return eng_error_set(err, out->file, out->name, "dtype: expected a type of the format, found %s",
                         eng_json_describe(eng_json_get(value, "dtype"), found, sizeof found));
  return read_shape(out, eng_json_get(value, "shape"), err) &&
         read_place(out, eng_json_get(value, "data_offsets"), bits, file, data_at, err);
}

static bool check_metadata(const EngJson *metadata, const char *path, EngError *err) {
  if (!metadata) return true;
  if (eng_json_kind(metadata) != ENG_JSON_OBJECT)
    return eng_json_refuse(metadata, path, "__metadata__", "an object of strings", err);
  void *cursor = NULL;
  const char *key = NULL;
  const EngJson *value = NULL;
  char found[80];
  while (eng_json_next(metadata, &cursor, &key, &value))
    if (!eng_json_text(value, NULL))
      return eng_error_set(err, path, "__metadata__", "%s: expected a string, found %s", key,
                           eng_json_describe(value, found, sizeof found));
  return true;
}

static bool read_entries(EngSafetensors *file, size_t data_at, EngError *err) {
  void *cursor = NULL;
  const char *key = NULL;
  const EngJson *value = NULL;
  if (!check_metadata(eng_json_get(file->header, "__metadata__"), file->path, err)) return false;
  file->tensors = calloc(eng_json_size(file->header) + 1, sizeof *file->tensors);
  if (!file->tensors) return eng_error_memory(err, file->path, "its tensors");
  while (eng_json_next(file->header, &cursor, &key, &value)) {
    if (strcmp(key, "__metadata__") == 0) continue;
    EngSafetensor *tensor = &file->tensors[file->count];
    *tensor = (EngSafetensor){.name = key, .file = file->path};
    if (!read_entry(tensor, value, file, data_at, err)) return false;
    file->count++;
  }
  return true;
}

static int by_place(const void *a, const void *b) {
  const EngSafetensor *x = a, *y = b;
  if (x->data != y->data) return x->data < y->data ? -1 : 1;
  return (x->size > y->size) - (x->size < y->size); /* an empty tensor comes before its neighbour */
}

static int by_name(const void *a, const void *b) {
  return strcmp(((const EngSafetensor *)a)->name, ((const EngSafetensor *)b)->name);
}

/* Side by side the tensors fill the data: no overlap, no hole, nothing left over. */
static bool check_layout(EngSafetensors *file, size_t data_at, EngError *err) {
  const unsigned char *data = file->map.data + data_at;
  size_t at = 0;
  qsort(file->tensors, file->count, sizeof *file->tensors, by_place);
  for (size_t i = 0; i < file->count; i++) {
    const EngSafetensor *tensor = &file->tensors[i];
    size_t begin = (size_t)(tensor->data - data);
    if (begin != at)
      return eng_error_set(err, file->path, tensor->name, "data_offsets: expected to begin at %zu, found %zu (%s)",
                           at, begin, begin < at ? "overlaps another tensor" : "a hole before it");
    at += tensor->size;
  }
  if (data_at + at != file->map.size)
    return eng_error_set(err, file->path, NULL, "expected %zu bytes of tensors, found %zu", at,
                         file->map.size - data_at);
  qsort(file->tensors, file->count, sizeof *file->tensors, by_name);
  return true;
}

static bool read_header_size(const EngMap *map, const char *path, size_t *out, EngError *err) {
  uint64_t size = 0;
  if (map->size < 8)
    return eng_error_set(err, path, NULL, "expected a safetensors file, found %zu bytes", map->size);
  for (int i = 7; i >= 0; i--) size = size << 8 | map->data[i];
  if (size > MOST_HEADER)
    return eng_error_set(err, path, "header", "expected at most %llu bytes, found %llu: no safetensors file",
                         (unsigned long long)MOST_HEADER, (unsigned long long)size);
  if (size > map->size - 8)
    return eng_error_set(err, path, "header", "expected %llu bytes, found only %zu", (unsigned long long)size,
                         map->size - 8);
  *out = (size_t)size;
  return true;
}

static bool read_file(EngSafetensors *file, const EngCancel *cancel, EngError *err) {
  size_t header_size = 0;
  if (!eng_map_open(&file->map, file->path, err)) return false;
  if (!read_header_size(&file->map, file->path, &header_size, err)) return false;
  const char *header = (const char *)file->map.data + 8;
  file->header = eng_json_parse_until(header, header_size, file->path, cancel, err);
  if (!file->header) return false;
  if (eng_json_kind(file->header) != ENG_JSON_OBJECT)
    return eng_error_set(err, file->path, "header", "expected an object, found an array");
  return read_entries(file, 8 + header_size, err) && check_layout(file, 8 + header_size, err);
}

EngSafetensors *eng_safetensors_open_until(const char *path, const EngCancel *cancel, EngError *err) {
  EngSafetensors *file = calloc(1, sizeof *file);
  if (file) file->path = strdup(path);
  if (!file || !file->path) {
    eng_error_memory(err, path, "a file of tensors");
    free(file);
    return NULL;
  }
  if (read_file(file, cancel, err)) return file;
  eng_safetensors_close(file);
  return NULL;
}

EngSafetensors *eng_safetensors_open(const char *path, EngError *err) {
  return eng_safetensors_open_until(path, NULL, err);
}

void eng_safetensors_close(EngSafetensors *file) {
  if (!file) return;
  eng_json_free(file->header);
  eng_map_close(&file->map);
  free(file->tensors);
  free(file->path);
  free(file);
}

void eng_safetensors_forget(const EngSafetensors *file) {
  if (file) eng_map_forget(&file->map);
}

size_t eng_safetensors_count(const EngSafetensors *file) { return file->count; }

const EngSafetensor *eng_safetensors_at(const EngSafetensors *file, size_t i) { return &file->tensors[i]; }

const EngSafetensor *eng_safetensors_find(const EngSafetensors *file, const char *name) {
  EngSafetensor key = {.name = name};
  return bsearch(&key, file->tensors, file->count, sizeof key, by_name);
}

const char *eng_safetensors_metadata(const EngSafetensors *file, const char *key, size_t *length) {
  return eng_json_text(eng_json_get(eng_json_get(file->header, "__metadata__"), key), length);
}

bool eng_safetensors_next_note(const EngSafetensors *file, void **cursor, EngSafetensorsNote *note) {
  const EngJson *metadata = eng_json_get(file->header, "__metadata__"), *value = NULL;
  if (!metadata || !eng_json_next(metadata, cursor, &note->key, &value)) return false;
  note->value = eng_json_text(value, &note->length);
  return true;
}
