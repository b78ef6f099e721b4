/* Strips of cells and heat maps. Along each axis a cell has two edges: snapped to device pixels while cells
 * are large enough to be told apart, exact below that, so that many small cells mix by their areas. Down
 * the rows, then across the columns, every pixel sums the opacities of the cells it touches, one sum for
 * each sign; what is left of their area is ground. The colours are then laid over what is there. A heat map whose
 * values have a version is drawn into a layer that is kept: pointing at its cells does not sum them again. */
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
  float *covered; /* of pixels: their area in cells */
} Sums;

typedef struct Grid {
  Axis rows, columns;
  const RenValuesShape *shape;
  ptrdiff_t row_stride, column_stride;
  RenBounds bounds;
} Grid;

static bool shows(const RenValuesShape *shape, size_t column, float value) {
  return !(fabsf(value) < shape->threshold) && !(shape->skip && shape->skip[column]);
}

static void add_cells(const Grid *grid, size_t row, float share, Sums cells) {
  const float *value = grid->shape->values.data + (ptrdiff_t)row * grid->row_stride;
  float gain = ren_values_gain(grid->shape);
  for (size_t i = 0; i < grid->columns.n; i++, value += grid->column_stride) {
    if (!shows(grid->shape, i, *value)) continue;
    float opacity = share * ren_ramp_opacity(grid->shape->ramp, *value * gain);
    if (*value > 0)
      cells.plus[i] += opacity;
    else
      cells.minus[i] += opacity;
  }
}

/* How the pixels of row y are made of cells; the share of them that cells cover. */
static float sum_rows(const Grid *grid, int y, Sums cells) {
  float covered = 0;
  memset(cells.plus, 0, grid->columns.n * sizeof *cells.plus);
  memset(cells.minus, 0, grid->columns.n * sizeof *cells.minus);
  for (size_t i = first_cell(&grid->rows, y); i < grid->rows.n && cell_from(&grid->rows, i) < (float)y + 1; i++) {
    float share = overlap(&grid->rows, i, y);
    if (share > 0) add_cells(grid, i, share, cells);
    covered += share;
  }
  return covered;
}

static void sum_columns(const Grid *grid, float rows, Sums cells, Sums pixels) {
  for (int x = grid->bounds.left; x < grid->bounds.right; x++) {
    float plus = 0, minus = 0, covered = 0;
    const Axis *axis = &grid->columns;
    for (size_t i = first_cell(axis, x); i < axis->n && cell_from(axis, i) < (float)x + 1; i++) {
      float share = overlap(axis, i, x);
      plus += share * cells.plus[i];
      minus += share * cells.minus[i];
      covered += share;
    }
    pixels.plus[x - grid->bounds.left] = plus;
    pixels.minus[x - grid->bounds.left] = minus;
    pixels.covered[x - grid->bounds.left] = covered * rows;
  }
}

/* Opacities of a pixel's colours, with the colours' own. */
typedef struct Mix {
  float plus, minus, ground;
} Mix;

static Mix mix_of(const RenValuesShape *shape, Sums pixels, int x) {
  float plus = pixels.plus[x] * (float)shape->positive.a / 255;
  float minus = pixels.minus[x] * (float)shape->negative.a / 255;
  float rest = ren_most(pixels.covered[x] - plus - minus, 0);
  return (Mix){plus, minus, rest * (float)shape->ground.a / 255};
}

static float laid(uint32_t under, int shift, const uint8_t colors[3], Mix mix) {
  float channel = ren_channel(under, shift);
  float value = channel + ((float)colors[0] - channel) * mix.plus + ((float)colors[1] - channel) * mix.minus +
                ((float)colors[2] - channel) * mix.ground;
  return ren_most(ren_least(value, 255), 0);
}

static void blend_row(const RenCanvas *canvas, const Grid *grid, int y, Sums pixels) {
  RenColor p = grid->shape->positive, n = grid->shape->negative, g = grid->shape->ground;
  const uint8_t red[] = {p.r, n.r, g.r}, green[] = {p.g, n.g, g.g}, blue[] = {p.b, n.b, g.b};
  uint32_t *row = ren_canvas_row(canvas, y) + grid->bounds.left;
  for (int x = 0; x < grid->bounds.right - grid->bounds.left; x++) {
    Mix mix = mix_of(grid->shape, pixels, x);
    if (mix.plus + mix.minus + mix.ground > 0)
      row[x] = ren_opaque(laid(row[x], 16, red, mix), laid(row[x], 8, green, mix), laid(row[x], 0, blue, mix));
  }
}

static uint16_t sixteen(float value) { return (uint16_t)(ren_least(ren_most(value, 0), 1) * 65535 + 0.5F); }

static uint16_t mixed(const uint8_t colors[3], Mix mix) {
  return sixteen(((float)colors[0] * mix.plus + (float)colors[1] * mix.minus + (float)colors[2] * mix.ground) /
                 255);
}

static void lay_row(const RenLayer *layer, const Grid *grid, int y, Sums pixels) {
  RenColor p = grid->shape->positive, n = grid->shape->negative, g = grid->shape->ground;
  const uint8_t red[] = {p.r, n.r, g.r}, green[] = {p.g, n.g, g.g}, blue[] = {p.b, n.b, g.b};
  uint16_t *out = ren_layer_pixel(layer, grid->bounds.left, y);
  for (int x = 0; x < grid->bounds.right - grid->bounds.left; x++, out += 4) {
    Mix mix = mix_of(grid->shape, pixels, x);
    out[0] = sixteen(1 - mix.plus - mix.minus - mix.ground);
    out[1] = mixed(red, mix);
    out[2] = mixed(green, mix);
    out[3] = mixed(blue, mix);
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

/* One row of a layer, which is the row above it where that is made of the same cells. */
static void lay_or_repeat(const RenLayer *layer, const Grid *grid, int y, bool same, Sums pixels) {
  size_t width = (size_t)(grid->bounds.right - grid->bounds.left);
  uint16_t *row = ren_layer_pixel(layer, grid->bounds.left, y);
  if (same)
    memcpy(row, row - 4 * width, 4 * width * sizeof *row);
  else
    lay_row(layer, grid, y, pixels);
}

/* Into the layer where there is one. */
static void draw_grid(const RenCanvas *canvas, const RenLayer *layer, const Grid *grid, Sums cells, Sums pixels) {
  float rows = 0;
  for (int y = grid->bounds.top; y < grid->bounds.bottom; y++) {
    bool same = same_as_above(grid, y);
    if (!same) rows = sum_rows(grid, y, cells);
    if (!same && rows > 0) sum_columns(grid, rows, cells, pixels);
    if (rows > 0 && layer)
      lay_or_repeat(layer, grid, y, same, pixels);
    else if (rows > 0)
      blend_row(canvas, grid, y, pixels);
  }
}

/* False when nothing of it shows. */
static bool find_bounds(const RenCanvas *canvas, RenRect rect, Grid *grid) {
  float scale = canvas->scale;
  RenBounds all = {ren_device_round(rect.x - 1, scale), ren_device_round(rect.y - 1, scale),
                   ren_device_round(rect.x + rect.w + 1, scale), ren_device_round(rect.y + rect.h + 1, scale)};
  grid->bounds = ren_bounds_intersect(all, canvas->clip);
  return !ren_bounds_empty(grid->bounds) && !ren_rect_empty(rect) && grid->rows.n && grid->columns.n;
}

/* Memory for the sums, and behind them for `more` numbers; NULL when it is short. */
static float *reserve(RenScratch *scratch, const Grid *grid, size_t more, Sums *cells, Sums *pixels) {
  size_t n = grid->columns.n, width = (size_t)(grid->bounds.right - grid->bounds.left);
  if (n > SIZE_MAX / 16) return NULL;
  float *memory = ren_scratch_reserve(scratch, 2 * n + 3 * width + more);
  if (!memory) return NULL;
  float *next = memory + 2 * n;
  *cells = (Sums){memory, memory + n, NULL};
  *pixels = (Sums){next, next + width, next + 2 * width};
  return next + 3 * width;
}

static bool draw(const RenCanvas *canvas, RenScratch *scratch, const Grid *grid) {
  Sums cells, pixels;
  if (!reserve(scratch, grid, 0, &cells, &pixels)) return false;
  draw_grid(canvas, NULL, grid, cells, pixels);
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
  return !find_bounds(canvas, rect, &grid) || draw(canvas, scratch, &grid);
}

/* --- heat maps that are kept */

static void add_axis(XXH3_state_t *state, const Axis *axis) {
  const float places[] = {axis->start, axis->pitch, axis->size};
  XXH3_128bits_update(state, &axis->n, sizeof axis->n);
  XXH3_128bits_update(state, places, sizeof places);
}

/* Everything that the pixels depend on, where they are included. */
static XXH128_hash_t digest(XXH3_state_t *state, const Grid *grid) {
  const RenValuesShape *shape = grid->shape;
  const int64_t numbers[] = {(int64_t)shape->version, (int64_t)(intptr_t)shape->values.data,
                             grid->row_stride,        grid->column_stride,
                             (int64_t)shape->ramp,    shape->skip != NULL};
  XXH3_128bits_reset(state);
  XXH3_128bits_update(state, numbers, sizeof numbers);
  XXH3_128bits_update(state, &grid->bounds, sizeof grid->bounds);
  XXH3_128bits_update(state, &shape->positive, sizeof shape->positive);
  XXH3_128bits_update(state, &shape->negative, sizeof shape->negative);
  XXH3_128bits_update(state, &shape->ground, sizeof shape->ground);
  XXH3_128bits_update(state, &shape->threshold, sizeof shape->threshold);
  XXH3_128bits_update(state, &shape->gain, sizeof shape->gain);
  add_axis(state, &grid->rows);
  add_axis(state, &grid->columns);
  if (shape->skip) XXH3_128bits_update(state, shape->skip, grid->columns.n);
  return XXH3_128bits_digest(state);
}

static bool key_of(const Grid *grid, XXH128_hash_t *key) {
  XXH3_state_t *state = XXH3_createState();
  if (!state) return false;
  *key = digest(state, grid);
  XXH3_freeState(state);
  return true;
}

static bool draw_kept(const RenCanvas *canvas, RenLayers *layers, RenScratch *scratch, const Grid *grid) {
  XXH128_hash_t key;
  if (!key_of(grid, &key)) return false;
  const RenLayer *kept = ren_layers_find(layers, key);
  if (kept) {
    ren_layer_blend(canvas, kept, 0, 0);
    return true;
  }
  Sums cells, pixels;
  float *memory = reserve(scratch, grid, ren_layer_bytes(grid->bounds) / sizeof *memory, &cells, &pixels);
  if (!memory) return false;
  RenLayer layer = {grid->bounds, (uint16_t *)memory};
  ren_layer_clear(&layer);
  draw_grid(canvas, &layer, grid, cells, pixels);
  ren_layers_keep(layers, key, &layer);
  ren_layer_blend(canvas, &layer, 0, 0);
  return true;
}

bool ren_raster_heatmap(const RenCanvas *canvas, RenLayers *layers, RenScratch *scratch, RenRect rect,
                        const RenValuesShape *shape) {
  const EngTensor *values = &shape->values;
  if (values->rank != 2) return true;
  Grid grid = {make_axis(rect.y, rect.h, values->shape[0], shape->gap, canvas->scale),
               make_axis(rect.x, rect.w, values->shape[1], shape->gap, canvas->scale),
               shape,
               values->stride[0],
               values->stride[1],
               {0}};
  if (!find_bounds(canvas, rect, &grid)) return true;
  return shape->version ? draw_kept(canvas, layers, scratch, &grid) : draw(canvas, scratch, &grid);
}
