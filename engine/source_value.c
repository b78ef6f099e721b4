/* The numbers of a source, wherever they lie: attention of a head, its vectors, both sides of a difference. All are
 * views of tensors that are there already. */
#include "engine/source_impl.h"

/* Parts of a record come in the order of their blocks; a pair's slices are of the only one. */
static const EngPart *part_of(const EngSource *source, const EngBlock *block) {
  return &source->record.parts[block->whole];
}

/* One layer's activation; empty when a run does not have it, which callers have excluded. */
static EngTensor layer_of(const EngSource *source, const EngTensor *recorded, EngActivation id, int layer) {
  EngTensor tensor = {0};
  if (!source->run) return recorded[layer];
  return eng_run_get(source->run, 0, id, layer, &tensor, NULL) ? tensor : (EngTensor){0};
}

/* (T, T) */
static EngTensor head_of(const EngSource *source, const EngBlock *block, int layer, int head) {
  if (source->difference) return eng_difference_pattern(source->difference, layer, head);
  EngTensor tensor = layer_of(source, part_of(source, block)->pattern, ENG_ACT_PATTERN, layer); /* (H, R, C) */
  return tensor.rank == 3 ? eng_tensor_select(tensor, 0, (size_t)head) : (EngTensor){0};
}

EngTensor eng_source_pattern(const EngSource *source, int block, int layer, int head) {
  const EngBlock *b = &source->blocks[block];
  if (source->derived) return eng_derived_pattern(source->derived, block, layer, head);
  EngTensor tensor = head_of(source, b, layer, head);
  if (tensor.rank != 2) return tensor;
  tensor = eng_tensor_slice(tensor, 0, (size_t)b->row_start, (size_t)(b->row_start + b->n_rows));
  return eng_tensor_slice(tensor, 1, (size_t)b->column_start, (size_t)(b->column_start + b->n_columns));
}

EngTensor eng_source_coarse(const EngSource *source, int block, int layer, int head) {
  const EngBlock *b = &source->blocks[block];
  if (b->whole != block) return (EngTensor){0};
  if (source->derived) return eng_derived_coarse(source->derived, block, layer, head);
  if (source->difference) return eng_difference_coarse(source->difference, layer, head);
  if (source->run) return eng_run_coarse(source->run, layer, head);
  return eng_coarse_get(&part_of(source, b)->coarse, (size_t)(layer * b->n_heads + head));
}

/* (T, H, d_head) to (n, d_head). */
static EngTensor vectors(EngTensor tensor, int head, int start, int n) {
  if (tensor.rank != 3) return tensor;
  return eng_tensor_slice(eng_tensor_select(tensor, 1, (size_t)head), 0, (size_t)start, (size_t)(start + n));
}

EngTensor eng_source_queries(const EngSource *source, int block, int layer, int head) {
  source = eng_source_base(source);
  const EngBlock *b = &source->blocks[block];
  return vectors(layer_of(source, part_of(source, b)->q, ENG_ACT_Q, layer), head, b->row_start, b->n_rows);
}

EngTensor eng_source_keys(const EngSource *source, int block, int layer, int head) {
  source = eng_source_base(source);
  const EngBlock *b = &source->blocks[block];
  return vectors(layer_of(source, part_of(source, b)->k, ENG_ACT_K, layer), head, b->column_start, b->n_columns);
}

EngTensor eng_source_values(const EngSource *source, int block, int layer, int head) {
  source = eng_source_base(source);
  const EngBlock *b = &source->blocks[block];
  return vectors(layer_of(source, part_of(source, b)->v, ENG_ACT_V, layer), head, b->column_start, b->n_columns);
}

const EngAlignment *eng_source_alignment(const EngSource *source) {
  return source->difference ? source->difference->alignment : NULL;
}

bool eng_source_compared(const EngSource *source, int block, int layer, int head, int row, int column,
                         float out[2]) {
  if (!source->difference) return false;
  const EngBlock *b = &source->blocks[block];
  const EngPlace *places = source->difference->alignment->places;
  const EngPlace *query = &places[b->row_start + row], *key = &places[b->column_start + column];
  for (int i = 0; i < 2; i++) {
    if (query->token[i] < 0 || key->token[i] < 0) return false;
    EngTensor weights = eng_source_pattern(source->difference->of[i], 0, layer, head);
    out[i] = weights.data[query->token[i] * weights.stride[0] + key->token[i] * weights.stride[1]];
  }
  return true;
}
