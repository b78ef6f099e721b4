/* What a merge is, in words and in questions; the numbers are in derived.c. */
#include "engine/merge.h"

#include <string.h>

static const char *const names[ENG_MERGE_KINDS] = {"none", "heads", "layers", "all", "rollout", "picked"};

const char *eng_merge_name(EngMergeKind kind) { return names[kind]; }

bool eng_merge_parse(const char *name, EngMergeKind *out) {
  for (int i = 0; i < ENG_MERGE_KINDS; i++) {
    if (strcmp(name, names[i]) != 0) continue;
    *out = (EngMergeKind)i;
    return true;
  }
  return false;
}

bool eng_merge_takes_heads(EngMergeKind kind) {
  return kind == ENG_MERGE_HEADS || kind == ENG_MERGE_ALL || kind == ENG_MERGE_ROLLOUT || kind == ENG_MERGE_PICKED;
}

bool eng_merge_takes_layers(EngMergeKind kind) {
  return kind == ENG_MERGE_LAYERS || kind == ENG_MERGE_ALL || kind == ENG_MERGE_PICKED;
}

bool eng_merge_has(const EngMerge *merge, int layer, int head) {
  if (merge->kind != ENG_MERGE_PICKED) return eng_merge_has_head(merge, head);
  for (int i = 0; i < merge->n_picked; i++)
    if (merge->picked[i].layer == layer && merge->picked[i].head == head) return true;
  return false;
}

bool eng_merge_has_head(const EngMerge *merge, int head) {
  for (int i = 0; merge->kind == ENG_MERGE_PICKED && i < merge->n_picked; i++)
    if (merge->picked[i].head == head) return true;
  if (merge->kind == ENG_MERGE_PICKED) return false;
  return head >= 0 && head < ENG_MERGE_MOST_HEADS && (merge->heads[head / 64] >> (head % 64) & 1) != 0;
}

bool eng_merge_is_nothing(const EngMerge *merge) {
  return merge->kind == ENG_MERGE_NONE && !merge->words && !merge->renormalise;
}

static bool same_heads(const EngMerge *a, const EngMerge *b) {
  if (a->kind != ENG_MERGE_PICKED) return memcmp(a->heads, b->heads, sizeof a->heads) == 0;
  size_t bytes = (size_t)a->n_picked * sizeof a->picked[0];
  return a->n_picked == b->n_picked && memcmp(a->picked, b->picked, bytes) == 0;
}

/* Of heads and their mean only what counts. */
bool eng_merge_equal(const EngMerge *a, const EngMerge *b) {
  if (a->kind != b->kind || a->words != b->words || a->renormalise != b->renormalise) return false;
  if (eng_merge_takes_heads(a->kind) && !same_heads(a, b)) return false;
  bool measured = a->kind != ENG_MERGE_NONE && a->kind != ENG_MERGE_ROLLOUT;
  return !measured || a->maximum == b->maximum;
}
