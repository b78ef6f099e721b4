/* One pass over a head's weights, row by row, in double precision where numbers are added up. */
#include "render/inspector.h"
#include "render/view_scene.h"

#include <math.h>

/* At its place among the largest; of equal ones the first comes first. */
static void consider(RenHeadNumbers *out, RenEdge edge) {
  int i = out->n_edges;
  if (!(edge.weight > 0) || (i == REN_INSPECT_BEST && edge.weight <= out->edges[i - 1].weight)) return;
  if (i == REN_INSPECT_BEST) i--;
  while (i > 0 && out->edges[i - 1].weight < edge.weight) {
    out->edges[i] = out->edges[i - 1];
    i--;
  }
  out->edges[i] = edge;
  if (out->n_edges < REN_INSPECT_BEST) out->n_edges++;
}

void ren_head_numbers(const EngSource *source, int block, int layer, int head, RenHeadNumbers *out) {
  const EngBlock *b = eng_source_block(source, block);
  EngTensor weights = eng_source_pattern(source, block, layer, head);
  double entropy = 0, first = 0, all = 0, previous = 0;
  int n_previous = 0, shift = b->row_start - b->column_start - 1; /* of the key before query 0 */
  *out = (RenHeadNumbers){.n_edges = 0};
  for (int i = 0; i < b->n_rows; i++) {
    for (int j = 0; j < b->n_columns; j++) {
      double p = (double)ren_at2(&weights, i, j);
      all += p;
      if (p != 0) entropy -= p * log(p); /* also of NaN */
      consider(out, (RenEdge){i, j, (float)p});
    }
    first += (double)ren_at2(&weights, i, 0);
    if (i + shift < 0 || i + shift >= b->n_columns) continue;
    previous += (double)ren_at2(&weights, i, i + shift);
    n_previous++;
  }
  out->entropy = (float)(entropy / b->n_rows);
  out->first = all != 0 ? (float)(first / all) : 0;
  out->previous = n_previous > 0 ? (float)(previous / n_previous) : 0;
}
