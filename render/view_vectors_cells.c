/* The numbers of the expanded neuron view as colours: one vector is a strip of cells, many are a heat map. */
#include "render/view_vectors.h"

RenRect ren_vectors_cell(const RenExpanded *expanded, float x, int place) {
  float width = (expanded->layout->strip - 2) / (float)expanded->dimensions.n;
  return (RenRect){x + 1 + (float)place * width, 0, width, 0};
}

int ren_vectors_reach(const RenExpanded *expanded) {
  const EngBlock *block = expanded->scene->block;
  int n = 0;
  while (n < block->n_columns && !ren_vectors_masked(block, expanded->query, n)) n++;
  return n;
}

float ren_vectors_product(const RenExpanded *expanded, int j, float *product) {
  float sum = 0;
  for (int d = 0; d < expanded->vectors.d_head; d++) {
    product[d] = ren_at2(&expanded->vectors.q, expanded->query, d) * ren_at2(&expanded->vectors.k, j, d);
    sum += product[d];
  }
  return sum;
}

/* The elements of a vector, or of several, in the order in which they are shown; as they are when memory is short.
 */
static EngTensor in_order(const RenExpanded *expanded, EngTensor values) {
  const RenDimensions *dimensions = &expanded->dimensions;
  size_t rows = values.rank == 2 ? values.shape[0] : 1, n = (size_t)dimensions->n;
  if (dimensions->plain) return values;
  float *shown = ren_frame_alloc(expanded->scene->frame, rows * n * sizeof *shown);
  if (shown == NULL) return values;
  for (size_t row = 0; row < rows; row++) {
    EngTensor vector = values.rank == 2 ? eng_tensor_select(values, 0, row) : values;
    for (size_t i = 0; i < n; i++) shown[row * n + i] = ren_at1(&vector, dimensions->at[i].number);
  }
  return values.rank == 2 ? eng_tensor_view(shown, 2, (size_t[]){rows, n}) : eng_tensor_view(shown, 1, &n);
}

static void draw_values_of(const RenExpanded *expanded, RenId id, RenRect rect, RenValuesShape shape) {
  if (shape.values.rank == 2)
    ren_frame_heatmap(expanded->scene->frame, id, rect, shape);
  else
    ren_frame_cells(expanded->scene->frame, id, rect, shape);
}

static RenValuesShape shape_of(const RenExpanded *expanded, EngTensor values) {
  const RenTheme *theme = expanded->scene->theme;
  return (RenValuesShape){
      .values = values, .positive = theme->positive, .negative = theme->negative, .ramp = REN_RAMP_TANH4};
}

/* Where the rest is faded it is drawn by itself, and the first without it. */
void ren_vectors_cells(const RenExpanded *expanded, RenId id, RenRect rect, EngTensor values) {
  bool faded = expanded->scene->state->dimensions.rest == REN_REST_FADED;
  RenValuesShape shape = shape_of(expanded, in_order(expanded, values));
  shape.skip = faded ? expanded->dimensions.is_rest : NULL;
  draw_values_of(expanded, id, rect, shape);
  if (!faded) return;
  shape.positive = ren_color_fade(shape.positive, REN_FADE_REST);
  shape.negative = ren_color_fade(shape.negative, REN_FADE_REST);
  shape.skip = expanded->dimensions.is_first;
  draw_values_of(expanded, REN_NO_ID, rect, shape);
}

void ren_vectors_plain(const RenExpanded *expanded, RenId id, RenRect rect, EngTensor values) {
  draw_values_of(expanded, id, rect, shape_of(expanded, values));
}
