/* A list that grows, filled from the places of the numbers that lie in a rule's ranges. */
#include "engine/edges.h"

#include <math.h>
#include <stdlib.h>

static bool add(EngEdges *edges, EngEdge edge, EngError *err) {
  if (edges->n == edges->room) {
    size_t room = edges->room ? 2 * edges->room : 64;
    EngEdge *list = room > edges->room ? reallocarray(edges->list, room, sizeof *list) : NULL;
    if (!list) return eng_error_memory(err, NULL, "%zu edges", room);
    edges->list = list;
    edges->room = room;
  }
  edges->list[edges->n++] = edge;
  return true;
}

bool eng_edges_find(EngEdges *edges, const EngTensor *pattern, const EngEdgeRule *rule, int layer, int head,
                    EngError *err) {
  EngTensor places = {0}, weights = {0};
  EngRange distance = rule->distance;
  if (rule->causal) distance.from = fmax(distance.from, 0);
  if (!eng_tensor_places(&places, &weights, pattern, rule->weight, distance, err)) return false;
  bool ok = true;
  for (size_t i = 0; ok && i < weights.shape[0]; i++) {
    const float *place = places.data + 2 * i;
    ok = add(edges, (EngEdge){layer, head, (int)place[0], (int)place[1], weights.data[i]}, err);
  }
  eng_tensor_release(&places);
  eng_tensor_release(&weights);
  return ok;
}

static int compare(const void *left, const void *right) {
  const EngEdge *a = left, *b = right;
  if (a->query != b->query) return a->query < b->query ? -1 : 1;
  if (a->key != b->key) return a->key < b->key ? -1 : 1;
  if (a->layer != b->layer) return a->layer < b->layer ? -1 : 1;
  return a->head < b->head ? -1 : a->head > b->head;
}

void eng_edges_sort(EngEdges *edges) {
  if (edges->n) qsort(edges->list, edges->n, sizeof *edges->list, compare);
}

void eng_edges_free(EngEdges *edges) {
  free(edges->list);
  *edges = (EngEdges){0};
}
