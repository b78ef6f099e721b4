/* The writer: the header from the shapes alone, padded so that the data is aligned, then each tensor's numbers
 * in C order, a contiguous row at a time. The machine is little-endian, as the format is. */
#include "engine/safetensors.h"

#include "engine/file.h"
#include "engine/json.h"

#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Bytes of a tensor as F32; SIZE_MAX when they overflow (an axis with stride 0 may be of any size). */
static size_t tensor_bytes(const EngTensor *tensor) {
  size_t bytes = sizeof(float);
  for (int axis = 0; axis < tensor->rank; axis++)
    if (__builtin_mul_overflow(bytes, tensor->shape[axis], &bytes)) return SIZE_MAX;
  return bytes;
}

/* NULL when memory is short. */
static json_t *describe_shape(const EngTensor *tensor) {
  json_t *shape = json_array();
  for (int axis = 0; axis < tensor->rank; axis++)
    if (json_array_append_new(shape, json_integer((json_int_t)tensor->shape[axis])) != 0) {
      json_decref(shape);
      return NULL;
    }
  return shape;
}

static bool add_entry(json_t *header, const EngSafetensorsEntry *entry, size_t *at, const char *path,
                      EngError *err) {
  size_t bytes = tensor_bytes(&entry->tensor), end = 0;
  if (bytes == SIZE_MAX || __builtin_add_overflow(*at, bytes, &end) || end > (size_t)INT64_MAX)
    return eng_error_set(err, path, entry->name, "expected a size that fits in a file, found more");
  if (json_object_get(header, entry->name))
    return eng_error_set(err, path, entry->name, "expected once, found twice");
  json_t *value = json_pack("{s:s, s:o, s:[I, I]}", "dtype", "F32", "shape", describe_shape(&entry->tensor),
                            "data_offsets", (json_int_t)*at, (json_int_t)end);
  *at = end;
  if (json_object_set_new(header, entry->name, value) == 0) return true;
  return eng_error_set(err, path, entry->name, "expected a name in UTF-8 and memory for it");
}

static bool add_notes(json_t *header, const EngSafetensorsNote *notes, size_t n, const char *path, EngError *err) {
  json_t *metadata = json_object();
  for (size_t i = 0; i < n; i++) {
    json_t *value = json_stringn(notes[i].value, notes[i].length);
    if (json_object_set_new(metadata, notes[i].key, value) == 0) continue;
    json_decref(metadata);
    return eng_error_set(err, path, notes[i].key, "expected metadata in UTF-8 and memory for it");
  }
  if (json_object_set_new(header, "__metadata__", metadata) == 0) return true;
  return eng_error_memory(err, path, "its header");
}

static bool write_header(FILE *out, const json_t *header, const char *path, EngError *err) {
  char *text = eng_json_print(header, JSON_COMPACT);
  if (!text) return eng_error_memory(err, path, "its header");
  size_t length = strlen(text), padded = (length + 7) / 8 * 8;
  unsigned char size[8];
  for (int i = 0; i < 8; i++) size[i] = (unsigned char)((uint64_t)padded >> (8 * i));
  fwrite(size, 1, sizeof size, out);
  fwrite(text, 1, length, out);
  fprintf(out, "%*s", (int)(padded - length), "");
  free(text);
  return true;
}

/* The last axis of one place, a float at a time unless they lie side by side. */
static void write_row(FILE *out, const float *data, size_t n, ptrdiff_t stride) {
  if (stride == 1 || n <= 1) {
    fwrite(data, sizeof *data, n, out);
    return;
  }
  for (size_t i = 0; i < n; i++) fwrite(data + (ptrdiff_t)i * stride, sizeof *data, 1, out);
}

static void write_axis(FILE *out, const EngTensor *tensor, int axis, const float *data) {
  if (axis == tensor->rank) {
    fwrite(data, sizeof *data, 1, out);
    return;
  }
  size_t n = tensor->shape[axis];
  ptrdiff_t stride = tensor->stride[axis];
  if (axis == tensor->rank - 1) write_row(out, data, n, stride);
  for (size_t i = 0; i < n && axis < tensor->rank - 1 && !ferror(out); i++)
    write_axis(out, tensor, axis + 1, data + (ptrdiff_t)i * stride);
}

static json_t *build_header(const char *path, const EngSafetensorsEntry *entries, size_t n_entries,
                            const EngSafetensorsNote *notes, size_t n_notes, EngError *err) {
  size_t at = 0;
  json_t *header = json_object();
  bool ok = header && (n_notes == 0 || add_notes(header, notes, n_notes, path, err));
  if (!header) eng_error_memory(err, path, "its header");
  for (size_t i = 0; i < n_entries && ok; i++) ok = add_entry(header, &entries[i], &at, path, err);
  if (ok) return header;
  json_decref(header);
  return NULL;
}

bool eng_safetensors_write(const char *path, const EngSafetensorsEntry *entries, size_t n_entries,
                           const EngSafetensorsNote *notes, size_t n_notes, EngError *err) {
  EngFile file;
  json_t *header = build_header(path, entries, n_entries, notes, n_notes, err);
  if (!header) return false;
  if (!eng_file_begin(&file, path, err)) {
    json_decref(header);
    return false;
  }
  bool ok = write_header(file.stream, header, path, err);
  for (size_t i = 0; i < n_entries && ok; i++)
    write_axis(file.stream, &entries[i].tensor, 0, entries[i].tensor.data);
  json_decref(header);
  return eng_file_end(&file, ok, ok ? err : NULL) && ok;
}
