/* What makes a file a record: patterns of layers 0 to n-1 without a gap, all of one shape, all numbers finite.
 * Queries and keys count only when every layer has both, values when every layer has them. */
#include "engine/record.h"

#include "engine/activation.h"
#include "engine/path.h"
#include "engine/record_tokens.h"
#include "engine/safetensors.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_TOKENS (1 << 20)
#define MOST_HEADS (1 << 16)

static const EngSafetensor *find_layer(const EngSafetensors *file, EngActivation id, int layer) {
  char name[96];
  eng_activation_full_name(id, layer, name, sizeof name);
  return eng_safetensors_find(file, name);
}

/* All layers' patterns, and no other: a gap is a layer that would silently be missing. */
static bool count_layers(EngRecord *record, const char *path, EngError *err) {
  const char *suffix = eng_activation_info(ENG_ACT_PATTERN)->name;
  while (record->n_layers < ENG_MAX_LAYERS && find_layer(record->file, ENG_ACT_PATTERN, record->n_layers))
    record->n_layers++;
  if (record->n_layers == 0)
    return eng_error_set(err, path, "blocks.0.attn.hook_pattern", "expected a tensor, found none");
  size_t found = 0;
  for (size_t i = 0; i < eng_safetensors_count(record->file); i++) {
    const char *dot = strrchr(eng_safetensors_at(record->file, i)->name, '.');
    if (dot && strcmp(dot, strrchr(suffix, '.')) == 0) found++;
  }
  if (found == (size_t)record->n_layers) return true;
  char name[96];
  eng_activation_full_name(ENG_ACT_PATTERN, record->n_layers, name, sizeof name);
  return eng_error_set(err, path, name, "expected a tensor, as layers after it have one, found none");
}

/* A view of the file's numbers where they are aligned F32, else a widened copy of its own. */
static bool view(EngTensor *out, const EngSafetensor *tensor, EngError *err) {
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

static bool check_finite(const EngTensor *tensor, const EngSafetensor *source, EngError *err) {
  size_t n = eng_tensor_size(tensor);
  for (size_t i = 0; i < n; i++)
    if (!isfinite(tensor->data[i]))
      return eng_error_set(err, source->file, source->name, "expected finite numbers, found %g at element %zu",
                           (double)tensor->data[i], i);
  return true;
}

/* One layer's tensor, of the given shape. */
static bool read_layer(EngTensor *out, const EngSafetensor *tensor, const size_t *shape, EngError *err) {
  char expected[96], found[128];
  if (tensor->rank != 3 || memcmp(tensor->shape, shape, 3 * sizeof *shape) != 0)
    return eng_error_set(err, tensor->file, tensor->name, "expected %s, found %s",
                         eng_shape_text(3, shape, expected, sizeof expected),
                         eng_shape_text(tensor->rank, tensor->shape, found, sizeof found));
  return view(out, tensor, err) && check_finite(out, tensor, err);
}

static bool read_layers(EngRecord *record, EngTensor *out, EngActivation id, const size_t *shape, EngError *err) {
  for (int layer = 0; layer < record->n_layers; layer++)
    if (!read_layer(&out[layer], find_layer(record->file, id, layer), shape, err)) return false;
  return true;
}

/* The first layer says how many heads and tokens there are. */
static bool read_patterns(EngRecord *record, EngError *err) {
  const EngSafetensor *first = find_layer(record->file, ENG_ACT_PATTERN, 0);
  const size_t *shape = first->shape;
  if (first->rank != 3 || shape[0] < 1 || shape[0] > MOST_HEADS || shape[1] < 1 || shape[1] > MOST_TOKENS ||
      shape[1] != shape[2]) {
    char found[128];
    return eng_error_set(err, first->file, first->name, "expected heads x tokens x tokens, found %s",
                         eng_shape_text(first->rank, shape, found, sizeof found));
  }
  record->n_heads = (int)shape[0];
  record->n_tokens = (int)shape[1];
  return read_layers(record, record->pattern, ENG_ACT_PATTERN, shape, err);
}

static bool has_all(const EngRecord *record, EngActivation id) {
  for (int layer = 0; layer < record->n_layers; layer++)
    if (!find_layer(record->file, id, layer)) return false;
  return true;
}

static bool read_vectors(EngRecord *record, EngError *err) {
  record->has_qk = has_all(record, ENG_ACT_Q) && has_all(record, ENG_ACT_K);
  record->has_v = has_all(record, ENG_ACT_V);
  if (!record->has_qk && !record->has_v) return true;
  const EngSafetensor *first = find_layer(record->file, record->has_qk ? ENG_ACT_Q : ENG_ACT_V, 0);
  size_t d_head = first->rank == 3 ? first->shape[2] : 0;
  if (d_head < 1 || d_head > MOST_TOKENS)
    return eng_error_set(err, first->file, first->name, "expected tokens x heads x width");
  size_t shape[3] = {(size_t)record->n_tokens, (size_t)record->n_heads, d_head};
  record->d_head = (int)d_head;
  if (record->has_qk && (!read_layers(record, record->q, ENG_ACT_Q, shape, err) ||
                         !read_layers(record, record->k, ENG_ACT_K, shape, err)))
    return false;
  return !record->has_v || read_layers(record, record->v, ENG_ACT_V, shape, err);
}

static bool is_lower_triangular(const EngTensor *pattern) {
  size_t n_heads = pattern->shape[0], n = pattern->shape[1];
  for (size_t h = 0; h < n_heads; h++)
    for (size_t q = 0; q < n; q++)
      for (size_t k = q + 1; k < n; k++)
        if (pattern->data[(h * n + q) * n + k] != 0.0f) return false;
  return true;
}

/* As the file says; else causal when no token of any head looks ahead. */
static bool find_causal(const EngRecord *record) {
  const char *said = eng_safetensors_metadata(record->file, "causal", NULL);
  if (said && strcmp(said, "true") == 0) return true;
  if (said && strcmp(said, "false") == 0) return false;
  for (int layer = 0; layer < record->n_layers; layer++)
    if (!is_lower_triangular(&record->pattern[layer])) return false;
  return true;
}

static bool read_names(EngRecord *record, const char *path, EngError *err) {
  const char *model = eng_safetensors_metadata(record->file, "model", NULL);
  const char *hash = eng_safetensors_metadata(record->file, "hash", NULL);
  record->name = model && *model ? strdup(model) : eng_path_base(path);
  if (hash && strlen(hash) < sizeof record->hash) strcpy(record->hash, hash);
  return record->name || eng_error_memory(err, path, "its name");
}

static bool open_file(EngRecord *record, const char *path, EngError *err) {
  record->file = eng_safetensors_open(path, err);
  if (!record->file || !count_layers(record, path, err)) return false;
  size_t n = (size_t)record->n_layers;
  record->pattern = calloc(n, sizeof *record->pattern);
  record->q = calloc(n, sizeof *record->q);
  record->k = calloc(n, sizeof *record->k);
  record->v = calloc(n, sizeof *record->v);
  if (!record->pattern || !record->q || !record->k || !record->v) return eng_error_memory(err, path, "its layers");
  if (!read_patterns(record, err) || !read_vectors(record, err)) return false;
  record->causal = find_causal(record);
  if (!read_names(record, path, err)) return false;
  record->input = eng_record_tokens(record->file, path, record->n_tokens, err);
  return record->input != NULL;
}

bool eng_record_open(EngRecord *out, const char *path, EngError *err) {
  *out = (EngRecord){0};
  if (open_file(out, path, err)) return true;
  eng_record_close(out);
  return false;
}

bool eng_record_tensor(const EngRecord *record, const char *name, EngTensor *out, EngError *err) {
  const EngSafetensor *tensor = eng_safetensors_find(record->file, name);
  if (!tensor) return eng_error_set(err, record->name, name, "expected the recorded run to have it, found none");
  if (tensor->rank > ENG_TENSOR_RANK)
    return eng_error_set(err, tensor->file, name, "expected at most %d axes, found %d", ENG_TENSOR_RANK, tensor->rank);
  if (!view(out, tensor, err)) return false;
  if (check_finite(out, tensor, err)) return true;
  eng_tensor_release(out);
  return false;
}

static void release_layers(EngTensor *tensors, int n) {
  for (int i = 0; tensors && i < n; i++) eng_tensor_release(&tensors[i]);
  free(tensors);
}

void eng_record_close(EngRecord *record) {
  release_layers(record->pattern, record->n_layers);
  release_layers(record->q, record->n_layers);
  release_layers(record->k, record->n_layers);
  release_layers(record->v, record->n_layers);
  eng_input_release(record->input);
  eng_safetensors_close(record->file);
  free(record->name);
  *record = (EngRecord){0};
}
