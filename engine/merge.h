/* How attention is put together before it is looked at: heads of a layer, layers, or their rollout; pieces into
 * words; what the sink takes left out. A value; eng_source_derive makes a source of it. */
#ifndef ENGINE_MERGE_H
#define ENGINE_MERGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum EngMergeKind {
  ENG_MERGE_NONE,
  ENG_MERGE_HEADS,   /* the heads of each layer: one pattern a layer */
  ENG_MERGE_LAYERS,  /* the layers, head by head: one pattern a head */
  ENG_MERGE_ALL,     /* heads and layers: one pattern */
  ENG_MERGE_ROLLOUT, /* Abnar and Zuidema's: up to each layer, one pattern a layer */
  ENG_MERGE_PICKED,  /* heads of any layers: one pattern */
  ENG_MERGE_KINDS
} EngMergeKind;

enum { ENG_MERGE_MOST_HEADS = 256, ENG_MERGE_MOST_PICKED = 16 };

typedef struct EngMergeHead {
  int layer, head;
} EngMergeHead;

typedef struct EngMerge {
  EngMergeKind kind;
  bool maximum;                              /* of the weights; else their mean. A rollout takes means */
  uint64_t heads[ENG_MERGE_MOST_HEADS / 64]; /* which are merged, a bit each; where heads are */
  int n_picked;                              /* which are merged, where they are picked one by one */
  EngMergeHead picked[ENG_MERGE_MOST_PICKED];
  bool words;       /* pieces of a word are one token: keys summed, queries averaged */
  bool renormalise; /* keys of the sink weigh 0, and every row sums to 1 again */
} EngMerge;

const char *eng_merge_name(EngMergeKind kind); /* "none", "heads", "layers", "all", "rollout", "picked" */
bool eng_merge_parse(const char *name, EngMergeKind *out);

bool eng_merge_takes_heads(EngMergeKind kind);            /* one pattern of several heads */
bool eng_merge_takes_layers(EngMergeKind kind);           /* one pattern of all layers */
bool eng_merge_has_head(const EngMerge *merge, int head); /* in each layer, or in any where they are picked */
bool eng_merge_has(const EngMerge *merge, int layer, int head);
bool eng_merge_is_nothing(const EngMerge *merge); /* the attention stays as it is */
bool eng_merge_equal(const EngMerge *a, const EngMerge *b);

#endif
