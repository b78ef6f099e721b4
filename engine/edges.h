/* Edges of attention that lie in ranges: what is asked of every cell of a pattern before anything else is. */
#ifndef ENGINE_EDGES_H
#define ENGINE_EDGES_H

#include "engine/error.h"
#include "engine/tensor_ops.h"

#include <stddef.h>

typedef struct EngEdgeRule {
  EngRange weight, distance; /* distance: query minus key */
  bool causal;               /* keys behind the query are masked: no edges */
} EngEdgeRule;

typedef struct EngEdge {
  int layer, head, query, key;
  float weight;
} EngEdge;

typedef struct EngEdges {
  EngEdge *list; /* malloc'ed */
  size_t n, room;
} EngEdges;

/* Adds the edges of one head's pattern (T, T), by query, then by key. */
bool eng_edges_find(EngEdges *edges, const EngTensor *pattern, const EngEdgeRule *rule, int layer, int head,
                    EngError *err);
/* In the order of the text: by query, key, layer, head. */
void eng_edges_sort(EngEdges *edges);
void eng_edges_free(EngEdges *edges);

#endif
