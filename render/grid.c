/* Down the rows, then across the columns, every pixel sums the opacities of the cells it touches by the areas that
 * it has of them, one sum for each sign. */
#include "render/grid.h"

#include "engine/fetch.h"
#include "render/lanes.h"
#include "render/ramp.h"

#include <math.h>
#include <string.h>

/* Without a branch where the stride and the ramp are known: a loop over vectors. */
REN_INLINE void add_ramped(const RenGrid *grid, const float *restrict values, float share, RenSums cells, size_t n,
                           ptrdiff_t stride, RenRamp ramp) {
  float gain = ren_values_gain(grid->shape), threshold = grid->shape->threshold;
  float *restrict plus = cells.plus, *restrict minus = cells.minus;
  for (size_t i = 0; i < n; i++) {
    float value = values[(ptrdiff_t)i * stride], shown = fabsf(value) < threshold ? 0 : value;
    float opacity = share * ren_ramp_opacity(ramp, shown * gain);
    plus[i] += shown > 0 ? opacity : 0;
    minus[i] += shown > 0 ? 0 : opacity;
  }
}

REN_INLINE void add_row(const RenGrid *grid, const float *values, float share, RenSums cells, size_t n) {
  RenRamp ramp = grid->shape->ramp;
  if (grid->column_stride != 1 || ramp == REN_RAMP_TANH4)
    add_ramped(grid, values, share, cells, n, grid->column_stride, ramp);
  else if (ramp == REN_RAMP_SQRT)
    add_ramped(grid, values, share, cells, n, 1, REN_RAMP_SQRT);
  else
    add_ramped(grid, values, share, cells, n, 1, REN_RAMP_LINEAR);
}

REN_VARIANTS(add_row, (const RenGrid *grid, const float *values, float share, RenSums cells, size_t n),
             (grid, values, share, cells, n))

static void add_cells(const RenGrid *grid, size_t row, float share, RenSums cells) {
  const float *values = grid->shape->values.data + (ptrdiff_t)row * grid->row_stride;
  size_t n = grid->shape->lower && row + 1 < grid->columns.n ? row + 1 : grid->columns.n;
  if (row + 1 < grid->rows.n) eng_fetch(values + grid->row_stride, n);
  add_row_variants[grid->simd](grid, values, share, cells, n);
}

/* How the pixels of row y are made of cells; the share of them that cells cover. */
static float sum_rows(const RenGrid *grid, int y, RenSums cells) {
  float covered = 0;
  const uint8_t *skip = grid->shape->skip;
  memset(cells.plus, 0, grid->columns.n * sizeof *cells.plus);
  memset(cells.minus, 0, grid->columns.n * sizeof *cells.minus);
  for (size_t i = ren_axis_first(&grid->rows, y); i < grid->rows.n && ren_axis_from(&grid->rows, i) < (float)y + 1;
       i++) {
    float share = ren_axis_overlap(&grid->rows, i, y);
    if (share > 0) add_cells(grid, i, share, cells);
    covered += share;
  }
  for (size_t i = 0; skip && i < grid->columns.n; i++)
    if (skip[i]) cells.plus[i] = cells.minus[i] = 0;
  return covered;
}

/* The spans of all pixels of a row, with their shares: as many as cells and edges of pixels, but for rounding. */
static void find_spans(const RenGrid *grid, float *shares, const float *end) {
  const RenAxis *axis = &grid->columns;
  size_t before = ren_axis_first(axis, grid->bounds.left); /* ends at or before the pixel's left edge */
  for (int x = grid->bounds.left; x < grid->bounds.right; x++) {
    RenGridSpan span = {.shares = shares};
    while (before < axis->n && ren_axis_to(axis, before) <= (float)x) before++;
    for (size_t i = before; i < axis->n && ren_axis_from(axis, i) < (float)x + 1; i++) {
      float share = ren_axis_overlap(axis, i, x);
      if (!(share > 0) || shares == end) continue;
      if (span.n++ == 0) span.first = i;
      span.covered += share;
      *shares++ = share;
    }
    grid->spans[x - grid->bounds.left] = span;
  }
}

static void sum_columns(const RenGrid *grid, float rows, RenSums cells, RenSums pixels) {
  for (int x = 0; x < grid->bounds.right - grid->bounds.left; x++) {
    const RenGridSpan *span = &grid->spans[x];
    float plus = 0, minus = 0;
    for (size_t i = 0; i < span->n; i++) {
      plus += span->shares[i] * cells.plus[span->first + i];
      minus += span->shares[i] * cells.minus[span->first + i];
    }
    pixels.plus[x] = plus;
    pixels.minus[x] = minus;
    pixels.covered[x] = span->covered * rows;
  }
}

bool ren_grid_same(const RenGrid *grid, int y) {
  const RenAxis *axis = &grid->rows;
  if (!axis->snapped || y == grid->bounds.top) return false;
  for (size_t i = ren_axis_first(axis, y - 1); i < axis->n && ren_axis_from(axis, i) < (float)y + 1; i++)
    if (ren_axis_overlap(axis, i, y - 1) != ren_axis_overlap(axis, i, y)) return false;
  return true;
}

float *ren_grid_reserve(RenScratch *scratch, RenGrid *grid, size_t more, RenSums *cells, RenSums *pixels) {
  enum { SPAN = sizeof(RenGridSpan) / sizeof(float) };
  size_t n = grid->columns.n, width = (size_t)(grid->bounds.right - grid->bounds.left);
  if (n > SIZE_MAX / 32) return NULL;
  float *memory = ren_scratch_reserve(scratch, SPAN * width + 4 * n + 5 * width + more);
  if (!memory) return NULL;
  grid->spans = (RenGridSpan *)(void *)memory;
  float *shares = memory + SPAN * width, *next = shares + 2 * (n + width);
  find_spans(grid, shares, next);
  *cells = (RenSums){next, next + n, NULL};
  next += 2 * n;
  *pixels = (RenSums){next, next + width, next + 2 * width};
  return next + 3 * width;
}

bool ren_grid_sum(const RenGrid *grid, int y, RenSums cells, RenSums pixels) {
  float rows = sum_rows(grid, y, cells);
  if (rows > 0) sum_columns(grid, rows, cells, pixels);
  return rows > 0;
}
