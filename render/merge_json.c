/* Heads are listed only where some are left out: a list of all would not fit a model with more. */
#include "render/merge_json.h"

#include <jansson.h>
#include <string.h>

static bool has_all(const EngMerge *merge) {
  for (size_t i = 0; i < sizeof merge->heads / sizeof merge->heads[0]; i++)
    if (merge->heads[i] != UINT64_MAX) return false;
  return true;
}

void ren_merge_write(json_t *object, const EngMerge *merge) {
  json_object_set_new(object, "aggregate", json_string(eng_merge_name(merge->kind)));
  json_object_set_new(object, "by", json_string(merge->maximum ? "max" : "mean"));
  json_object_set_new(object, "words", json_boolean(merge->words));
  json_object_set_new(object, "renormalise", json_boolean(merge->renormalise));
  if (!eng_merge_takes_heads(merge->kind) || (merge->kind != ENG_MERGE_PICKED && has_all(merge))) return;
  json_t *list = json_array();
  for (int i = 0; merge->kind == ENG_MERGE_PICKED && i < merge->n_picked; i++)
    json_array_append_new(list, json_pack("[i, i]", merge->picked[i].layer, merge->picked[i].head));
  json_object_set_new(object, "merged", list);
  if (merge->kind == ENG_MERGE_PICKED) return;
  for (int head = 0; head < ENG_MERGE_MOST_HEADS; head++)
    if (eng_merge_has_head(merge, head)) json_array_append_new(list, json_integer(head));
}

/* [[layer, head], …] */
static bool read_picked(const EngJson *list, const char *file, EngMerge *out, EngError *err) {
  enum { MOST = 1 << 20 };
  size_t n = eng_json_size(list);
  bool ok = eng_json_kind(list) == ENG_JSON_ARRAY && n > 0 && n <= ENG_MERGE_MOST_PICKED;
  for (size_t i = 0; ok && i < n; i++) {
    int64_t layer = -1, head = -1;
    const EngJson *entry = eng_json_at(list, i);
    ok = eng_json_integer(eng_json_at(entry, 0), &layer) && eng_json_integer(eng_json_at(entry, 1), &head) &&
         layer >= 0 && layer <= MOST && head >= 0 && head < ENG_MERGE_MOST_HEADS;
    if (ok) out->picked[out->n_picked++] = (EngMergeHead){(int)layer, (int)head};
  }
  return ok ||
         eng_error_set(err, file, "merged", "expected 1 to %d pairs of a layer and a head", ENG_MERGE_MOST_PICKED);
}

static bool read_heads(const EngJson *object, const char *file, EngMerge *out, EngError *err) {
  const EngJson *list = eng_json_get(object, "merged");
  memset(out->heads, 0xFF, sizeof out->heads);
  if (out->kind == ENG_MERGE_PICKED) return read_picked(list, file, out, err);
  if (eng_json_kind(list) <= ENG_JSON_NULL) return true;
  memset(out->heads, 0, sizeof out->heads);
  bool ok = eng_json_kind(list) == ENG_JSON_ARRAY && eng_json_size(list) > 0;
  for (size_t i = 0; ok && i < eng_json_size(list); i++) {
    int64_t head = -1;
    ok = eng_json_integer(eng_json_at(list, i), &head) && head >= 0 && head < ENG_MERGE_MOST_HEADS;
    if (ok) out->heads[head / 64] |= (uint64_t)1 << (head % 64);
  }
  return ok || eng_error_set(err, file, "merged", "expected a list of heads, 0 to %d", ENG_MERGE_MOST_HEADS - 1);
}

bool ren_merge_read(const EngJson *object, const char *file, EngMerge *out, EngError *err) {
  const char *kind = "none", *by = "mean";
  *out = (EngMerge){.kind = ENG_MERGE_NONE};
  if (!eng_json_read_text(object, "aggregate", file, &kind, err) ||
      !eng_json_read_text(object, "by", file, &by, err) ||
      !eng_json_read_bool(object, "words", file, &out->words, err) ||
      !eng_json_read_bool(object, "renormalise", file, &out->renormalise, err))
    return false;
  if (!eng_merge_parse(kind, &out->kind))
    return eng_error_set(err, file, "aggregate", "expected none, heads, layers, all or rollout, found %.40s", kind);
  out->maximum = strcmp(by, "max") == 0;
  if (!out->maximum && strcmp(by, "mean") != 0)
    return eng_error_set(err, file, "by", "expected mean or max, found %.40s", by);
  return read_heads(object, file, out, err);
}
