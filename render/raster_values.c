/* Strips of cells and heat maps. Along each axis a cell has two edges: snapped to device pixels while cells
 * are large enough to be told apart, exact below that, so that many small cells mix by their areas. Down
 * the rows, then across the columns, every pixel sums the opacities of the cells it touches, one sum for
 * each sign; the two colours are then laid over what is there. */
#include "render/ramp.h"
#include "render/raster_parts.h"

#include <math.h>
#include <string.h>

static const float tellable = 2; /* device pixels */

typedef struct Axis {
  size_t n;
  float start, pitch, size; /* device pixels; cell i is start + i * pitch … + size */
  bool snapped;
} Axis;

static Axis make_axis(float from, float length, size_t n, float gap, float scale) {
  float room = length - gap * ((float)n - 1), size = ren_most(room, 0) / (float)n;
  Axis axis = {n, ren_device(from, scale), ren_device(size + gap, scale), ren_device(size, scale), false};
  axis.snapped = axis.size >= tellable;
  return axis;
}

static float snap(const Axis *axis, float edge) { return axis->snapped ? floorf(edge + 0.5F) : edge; }

static float cell_from(const Axis *axis, size_t i) { return snap(axis, axis->start + (float)i * axis->pitch); }

static float cell_to(const Axis *axis, size_t i) {
  return snap(axis, axis->start + (float)i * axis->pitch + axis->size);
}

static float overlap(const Axis *axis, size_t i, int pixel) {
  float from = ren_most(cell_from(axis, i), (float)pixel);
  float to = ren_least(cell_to(axis, i), (float)pixel + 1);
  return ren_most(to - from, 0);
}

/* A cell at or before the first that reaches the pixel. */
static size_t first_cell(const Axis *axis, int pixel) {
  float guess = axis->pitch > 0 ? ((float)pixel - axis->start) / axis->pitch - 2 : 0;
  if (!(guess > 0)) return 0;
  return guess < (float)axis->n ? (size_t)guess : axis->n;
}

/* Sums of signed opacity: of the cells of a row (n), or of the pixels of a row (width). */
typedef struct Sums {
  float *plus, *minus;
} Sums;

typedef struct Grid {
  Axis rows, columns;
  const RenValuesShape *shape;
  ptrdiff_t row_stride, column_stride;
  RenBounds bounds;
} Grid;

static void add_cells(const Grid *grid, size_t row, float share, Sums cells) {
  const float *value = grid->shape->values.data + (ptrdiff_t)row * grid->row_stride;
  for (size_t i = 0; i < grid->columns.n; i++, value += grid->column_stride) {
    float opacity = share * ren_ramp_opacity(grid->shape->ramp, *value);
    if (*value > 0)
      cells.plus[i] += opacity;
    else
      cells.minus[i] += opacity;
  }
}

/* How the pixels of row y are made of cells; false when of none. */
static bool sum_rows(const Grid *grid, int y, Sums cells) {
  bool any = false;
  memset(cells.plus, 0, grid->columns.n * sizeof *cells.plus);
  memset(cells.minus, 0, grid->columns.n * sizeof *cells.minus);
  for (size_t i = first_cell(&grid->rows, y); i < grid->rows.n && cell_from(&grid->rows, i) < (float)y + 1; i++) {
    float share = overlap(&grid->rows, i, y);
    if (share > 0) add_cells(grid, i, share, cells);
    any |= share > 0;
  }
  return any;
}

static void sum_columns(const Grid *grid, Sums cells, Sums pixels) {
  for (int x = grid->bounds.left; x < grid->bounds.right; x++) {
    float plus = 0, minus = 0;
    const Axis *axis = &grid->columns;
    for (size_t i = first_cell(axis, x); i < axis->n && cell_from(axis, i) < (float)x + 1; i++) {
      float share = overlap(axis, i, x);
      plus += share * cells.plus[i];
      minus += share * cells.minus[i];
    }
    pixels.plus[x - grid->bounds.left] = plus;
    pixels.minus[x - grid->bounds.left] = minus;
  }
}

static float laid(uint32_t under, int shift, uint8_t positive, uint8_t negative, float plus, float minus) {
  float channel = ren_channel(under, shift);
  return ren_least(channel + ((float)positive - channel) * plus + ((float)negative - channel) * minus, 255);
}

static void blend_row(const RenCanvas *canvas, const Grid *grid, int y, Sums pixels) {
  RenColor p = grid->shape->positive, n = grid->shape->negative;
  uint32_t *row = ren_canvas_row(canvas, y) + grid->bounds.left;
  for (int x = 0; x < grid->bounds.right - grid->bounds.left; x++) {
    float plus = pixels.plus[x] * (float)p.a / 255, minus = pixels.minus[x] * (float)n.a / 255;
    if (plus + minus > 0)
      row[x] = ren_opaque(ren_most(laid(row[x], 16, p.r, n.r, plus, minus), 0),
                          ren_most(laid(row[x], 8, p.g, n.g, plus, minus), 0),
                          ren_most(laid(row[x], 0, p.b, n.b, plus, minus), 0));
  }
}

/* Whether row y is made of the same single cells as the row above it, so that the sums still hold. */
static bool same_as_above(const Grid *grid, int y) {
  const Axis *axis = &grid->rows;
  if (!axis->snapped || y == grid->bounds.top) return false;
  for (size_t i = first_cell(axis, y - 1); i < axis->n && cell_from(axis, i) < (float)y + 1; i++)
    if (overlap(axis, i, y - 1) != overlap(axis, i, y)) return false;
  return true;
}

static void draw_grid(const RenCanvas *canvas, const Grid *grid, Sums cells, Sums pixels) {
  bool any = false;
  for (int y = grid->bounds.top; y < grid->bounds.bottom; y++) {
    if (!same_as_above(grid, y)) {
      any = sum_rows(grid, y, cells);
      if (any) sum_columns(grid, cells, pixels);
    }
    if (any) blend_row(canvas, grid, y, pixels);
  }
}

static bool draw(const RenCanvas *canvas, RenScratch *scratch, RenRect rect, Grid *grid) {
  float scale = canvas->scale;
  RenBounds all = {ren_device_round(rect.x - 1, scale), ren_device_round(rect.y - 1, scale),
                   ren_device_round(rect.x + rect.w + 1, scale), ren_device_round(rect.y + rect.h + 1, scale)};
  grid->bounds = ren_bounds_intersect(all, canvas->clip);
  if (ren_bounds_empty(grid->bounds) || ren_rect_empty(rect) || !grid->rows.n || !grid->columns.n) return true;
  size_t n = grid->columns.n, width = (size_t)(grid->bounds.right - grid->bounds.left);
  if (n > SIZE_MAX / 16) return false;
  float *memory = ren_scratch_reserve(scratch, 2 * n + 2 * width);
  if (!memory) return false;
  Sums cells = {memory, memory + n}, pixels = {memory + 2 * n, memory + 2 * n + width};
  draw_grid(canvas, grid, cells, pixels);
  return true;
}

bool ren_raster_cells(const RenCanvas *canvas, RenScratch *scratch, RenRect rect, const RenValuesShape *shape) {
  const EngTensor *values = &shape->values;
  if (values->rank != 1) return true;
  Grid grid = {make_axis(rect.y, rect.h, 1, 0, canvas->scale),
               make_axis(rect.x, rect.w, values->shape[0], shape->gap, canvas->scale),
               shape,
               0,
               values->stride[0],
               {0}};
  return draw(canvas, scratch, rect, &grid);
}

bool ren_raster_heatmap(const RenCanvas *canvas, RenScratch *scratch, RenRect rect, const RenValuesShape *shape) {
  const EngTensor *values = &shape->values;
  if (values->rank != 2) return true;
  Grid grid = {make_axis(rect.y, rect.h, values->shape[0], shape->gap, canvas->scale),
               make_axis(rect.x, rect.w, values->shape[1], shape->gap, canvas->scale),
               shape,
               values->stride[0],
               values->stride[1],
               {0}};
  return draw(canvas, scratch, rect, &grid);
}
