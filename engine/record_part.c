/* One attention of a recorded file: patterns of layers 0 to n-1 without a gap, all of one shape, all numbers
 * finite. Queries and keys count only when every layer has both, values when every layer has them. All of the file
 * is looked at, of which a view shows a little: a layer that was checked does not stay in memory. */
#include "engine/record_parts.h"

#include "engine/activation.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_TOKENS (1 << 20)
#define MOST_HEADS (1 << 16)

static const char *name_layer(const EngPart *part, EngActivation id, int layer, char *out, size_t size) {
  char name[96];
  eng_activation_full_name(id, layer, name, sizeof name);
  snprintf(out, size, "%s%s", part->prefix, name);
  return out;
}

static const EngSafetensor *find_layer(const EngSafetensors *file, const EngPart *part, EngActivation id,
                                       int layer) {
  char name[128];
  return eng_safetensors_find(file, name_layer(part, id, layer, name, sizeof name));
}

static bool is_pattern(const char *name) {
  const char *dot = strrchr(name, '.');
  return dot && strcmp(dot, ".hook_pattern") == 0;
}

/* "encoder.blocks.…" of the encoder, "blocks.…" of what has no name. */
static bool has_name(const EngPart *part, const char *name) {
  size_t length = strlen(part->prefix);
  return strncmp(name, part->prefix, length) == 0 && strncmp(name + length, "blocks.", 7) == 0;
}

int eng_part_patterns(const EngPart *part, const EngSafetensors *file) {
  int n = 0;
  for (size_t i = 0; i < eng_safetensors_count(file); i++) {
    const char *name = eng_safetensors_at(file, i)->name;
    n += is_pattern(name) && has_name(part, name);
  }
  return n;
}

bool eng_part_owns(const EngPart *part, const char *name) { return !is_pattern(name) || has_name(part, name); }

/* All layers' patterns, and no other: a gap is a layer that would silently be missing. */
static bool count_layers(EngPart *part, const EngSafetensors *file, const char *path, EngError *err) {
  char name[128];
  while (part->n_layers < ENG_MAX_LAYERS && find_layer(file, part, ENG_ACT_PATTERN, part->n_layers))
    part->n_layers++;
  if (part->n_layers > 0 && part->n_layers == eng_part_patterns(part, file)) return true;
  name_layer(part, ENG_ACT_PATTERN, part->n_layers, name, sizeof name);
  if (part->n_layers == 0)
    return eng_error_set(err, path, name, "expected a tensor, found none; a model is opened by its folder");
  return eng_error_set(err, path, name, "expected a tensor, as layers after it have one, found none");
}

/* A view of the file's numbers where they are aligned F32, else a widened copy of its own. */
bool eng_record_view(EngTensor *out, const EngSafetensor *tensor, EngError *err) {
  if (tensor->dtype == ENG_DTYPE_OTHER)
    return eng_error_set(err, tensor->file, tensor->name, "expected F32, F16 or BF16, found %s",
                         tensor->dtype_name);
  if (tensor->dtype == ENG_DTYPE_F32 && (uintptr_t)tensor->data % _Alignof(float) == 0) {
    *out = eng_tensor_view((float *)(uintptr_t)tensor->data, tensor->rank, tensor->shape);
    return true;
  }
  if (!eng_tensor_new(out, tensor->rank, tensor->shape, err)) return false;
  return eng_safetensor_widen(tensor, out->data);
}

/* Without a way out in between, so that it is a loop over vectors. */
static bool all_finite(const float *numbers, size_t n) {
  const uint32_t largest = 0x7F800000; /* the exponent of what is no number, or no finite one */
  uint32_t bits, none = 0;
  for (size_t i = 0; i < n; i++) {
    memcpy(&bits, numbers + i, sizeof bits);
    none |= (bits & largest) == largest;
  }
  return !none;
}

/* The elements from … to - 1 of a tensor in C order. */
static bool check_finite(const EngTensor *tensor, size_t from, size_t to, const EngSafetensor *source,
                         EngError *err) {
  if (all_finite(tensor->data + from, to - from)) return true;
  while (isfinite(tensor->data[from])) from++;
  return eng_error_set(err, source->file, source->name, "expected finite numbers, found %g at element %zu",
                       (double)tensor->data[from], from);
}

bool eng_record_finite(const EngTensor *tensor, const EngSafetensor *source, EngError *err) {
  return check_finite(tensor, 0, eng_tensor_size(tensor), source, err);
}

/* One layer's tensor, of the given shape; its numbers are not looked at. */
static bool view_layer(EngTensor *out, const EngSafetensor *tensor, const size_t *shape, EngError *err) {
  char expected[96], found[128];
  if (tensor->rank != 3 || memcmp(tensor->shape, shape, 3 * sizeof *shape) != 0)
    return eng_error_set(err, tensor->file, tensor->name, "expected %s, found %s",
                         eng_shape_text(3, shape, expected, sizeof expected),
                         eng_shape_text(tensor->rank, tensor->shape, found, sizeof found));
  return eng_record_view(out, tensor, err);
}

static bool read_layers(const EngPart *part, const EngSafetensors *file, EngTensor *out, EngActivation id,
                        const size_t *shape, EngError *err) {
  for (int layer = 0; layer < part->n_layers; layer++) {
    const EngSafetensor *tensor = find_layer(file, part, id, layer);
    if (!view_layer(&out[layer], tensor, shape, err) || !eng_record_finite(&out[layer], tensor, err)) return false;
    eng_safetensors_forget(file);
  }
  return true;
}

/* Of either sign. */
static bool all_zero(const float *numbers, size_t n) {
  uint32_t bits, any = 0;
  for (size_t i = 0; i < n; i++) {
    memcpy(&bits, numbers + i, sizeof bits);
    any |= bits << 1;
  }
  return any == 0;
}

/* (n, n) */
static bool is_lower_triangular(const float *pattern, size_t n) {
  for (size_t q = 0; q < n; q++)
    if (!all_zero(pattern + q * n + q + 1, n - q - 1)) return false;
  return true;
}

/* A layer's patterns, each looked at from all sides while it is in the cache. */
static bool read_layer(EngPart *part, int layer, const EngSafetensor *tensor, const size_t *shape, EngError *err) {
  EngTensor *patterns = &part->pattern[layer];
  if (!view_layer(patterns, tensor, shape, err)) return false;
  size_t n = shape[1] * shape[2];
  for (size_t head = 0; head < shape[0]; head++) {
    EngTensor pattern = eng_tensor_select(*patterns, 0, head);
    if (!check_finite(patterns, head * n, (head + 1) * n, tensor, err)) return false;
    bool lower = shape[1] == shape[2] && is_lower_triangular(pattern.data, shape[1]);
    part->lower = part->lower && lower;
    eng_coarse_put(&part->coarse, (size_t)layer * shape[0] + head, 0, &pattern, lower);
  }
  return true;
}

/* Whether a side is as long as its sequence, which it may be the first to tell. */
static bool fits(size_t side, int n) { return side >= 1 && side <= MOST_TOKENS && (n == 0 || side == (size_t)n); }

/* The first layer says how many heads and tokens there are. */
static bool read_patterns(EngPart *part, const EngSafetensors *file, int *n_rows, int *n_columns, EngError *err) {
  const EngSafetensor *first = find_layer(file, part, ENG_ACT_PATTERN, 0);
  const size_t *shape = first->shape;
  bool same = n_rows == n_columns;
  if (first->rank != 3 || shape[0] < 1 || shape[0] > MOST_HEADS || !fits(shape[1], *n_rows) ||
      !fits(shape[2], *n_columns) || (same && shape[1] != shape[2])) {
    char found[128], rows[24] = "tokens", columns[24] = "tokens";
    if (*n_rows) snprintf(rows, sizeof rows, "%d", *n_rows);
    if (*n_columns) snprintf(columns, sizeof columns, "%d", *n_columns);
    return eng_error_set(err, first->file, first->name, "expected heads x %s x %s, found %s", rows, columns,
                         eng_shape_text(first->rank, shape, found, sizeof found));
  }
  part->n_heads = (int)shape[0];
  *n_rows = (int)shape[1];
  *n_columns = (int)shape[2];
  part->lower = same;
  if (!eng_coarse_new(&part->coarse, (size_t)part->n_layers * shape[0], shape[1], shape[2], err)) return false;
  for (int layer = 0; layer < part->n_layers; layer++) {
    if (!read_layer(part, layer, find_layer(file, part, ENG_ACT_PATTERN, layer), shape, err)) return false;
    eng_safetensors_forget(file);
  }
  return true;
}

static bool has_all(const EngPart *part, const EngSafetensors *file, EngActivation id) {
  for (int layer = 0; layer < part->n_layers; layer++)
    if (!find_layer(file, part, id, layer)) return false;
  return true;
}

static bool read_vectors(EngPart *part, const EngSafetensors *file, int n_rows, int n_columns, EngError *err) {
  part->has_qk = has_all(part, file, ENG_ACT_Q) && has_all(part, file, ENG_ACT_K);
  part->has_v = has_all(part, file, ENG_ACT_V);
  if (!part->has_qk && !part->has_v) return true;
  const EngSafetensor *first = find_layer(file, part, part->has_qk ? ENG_ACT_Q : ENG_ACT_V, 0);
  size_t d_head = first->rank == 3 ? first->shape[2] : 0;
  if (d_head < 1 || d_head > MOST_TOKENS)
    return eng_error_set(err, first->file, first->name, "expected tokens x heads x width");
  size_t rows[3] = {(size_t)n_rows, (size_t)part->n_heads, d_head};
  size_t columns[3] = {(size_t)n_columns, (size_t)part->n_heads, d_head};
  part->d_head = (int)d_head;
  if (part->has_qk && (!read_layers(part, file, part->q, ENG_ACT_Q, rows, err) ||
                       !read_layers(part, file, part->k, ENG_ACT_K, columns, err)))
    return false;
  return !part->has_v || read_layers(part, file, part->v, ENG_ACT_V, columns, err);
}

/* As the file says ("causal", "causal.decoder"); else causal when no token of any head looks ahead. */
static bool find_causal(const EngPart *part, const EngSafetensors *file) {
  char key[32];
  snprintf(key, sizeof key, "causal%s%s", *part->prefix ? "." : "", *part->prefix ? part->key : "");
  const char *said = eng_safetensors_metadata(file, key, NULL);
  if (said && strcmp(said, "true") == 0) return true;
  if (said && strcmp(said, "false") == 0) return false;
  return part->lower;
}

bool eng_part_read(EngPart *part, const EngSafetensors *file, const char *path, int *n_rows, int *n_columns,
                   EngError *err) {
  if (!count_layers(part, file, path, err)) return false;
  size_t n = (size_t)part->n_layers;
  part->pattern = calloc(n, sizeof *part->pattern);
  part->q = calloc(n, sizeof *part->q);
  part->k = calloc(n, sizeof *part->k);
  part->v = calloc(n, sizeof *part->v);
  if (!part->pattern || !part->q || !part->k || !part->v) return eng_error_memory(err, path, "its layers");
  if (!read_patterns(part, file, n_rows, n_columns, err) || !read_vectors(part, file, *n_rows, *n_columns, err))
    return false;
  part->causal = n_rows == n_columns && find_causal(part, file);
  return true;
}

static void release_layers(EngTensor *tensors, int n) {
  for (int i = 0; tensors && i < n; i++) eng_tensor_release(&tensors[i]);
  free(tensors);
}

void eng_part_free(EngPart *part) {
  eng_coarse_free(&part->coarse);
  release_layers(part->pattern, part->n_layers);
  release_layers(part->q, part->n_layers);
  release_layers(part->k, part->n_layers);
  release_layers(part->v, part->n_layers);
}
