/* Strips of cells and heat maps. Down the rows, then across the columns, every pixel sums the opacities of the
 * cells it touches by the areas that it has of them, one sum for each sign; what is left of their area is ground.
 * The colours are then laid over what is there. A heat map whose values have a version is drawn into a layer that
 * is kept: pointing at its cells does not sum them again. */
#include "engine/fetch.h"
#include "render/axis.h"
#include "render/lanes.h"
#include "render/ramp.h"
#include "render/raster_parts.h"

#include <math.h>
#include <string.h>

/* Sums of signed opacity: of the cells of a row (n), or of the pixels of a row (width). */
typedef struct Sums {
  float *plus, *minus;
  float *covered; /* of pixels: their area in cells */
} Sums;

/* Which cells of a row a pixel is made of: the shares of n from `first` on, and their sum. */
typedef struct Span {
  size_t first, n;
  const float *shares;
  float covered;
} Span;

typedef struct Grid {
  RenAxis rows, columns;
  const RenValuesShape *shape;
  ptrdiff_t row_stride, column_stride;
  RenBounds bounds;
  Span *spans; /* of the pixels of a row */
  RenSimd simd;
} Grid;

/* Without a branch where the stride and the ramp are known: a loop over vectors. */
REN_INLINE void add_ramped(const Grid *grid, const float *restrict values, float share, Sums cells, size_t n,
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

REN_INLINE void add_row(const Grid *grid, const float *values, float share, Sums cells, size_t n) {
  RenRamp ramp = grid->shape->ramp;
  if (grid->column_stride != 1 || ramp == REN_RAMP_TANH4)
    add_ramped(grid, values, share, cells, n, grid->column_stride, ramp);
  else if (ramp == REN_RAMP_SQRT)
    add_ramped(grid, values, share, cells, n, 1, REN_RAMP_SQRT);
  else
    add_ramped(grid, values, share, cells, n, 1, REN_RAMP_LINEAR);
}

#define VARIANT(name, target)                                                                                      \
  target static void name(const Grid *grid, const float *values, float share, Sums cells, size_t n) {              \
    add_row(grid, values, share, cells, n);                                                                        \
  }

VARIANT(add_row_scalar, )
VARIANT(add_row_avx2, REN_AVX2)
VARIANT(add_row_avx512, REN_AVX512)

typedef void (*AddRow)(const Grid *grid, const float *values, float share, Sums cells, size_t n);
static const AddRow variants[REN_SIMDS] = {add_row_scalar, add_row_avx2, add_row_avx512};

static void add_cells(const Grid *grid, size_t row, float share, Sums cells) {
  const float *values = grid->shape->values.data + (ptrdiff_t)row * grid->row_stride;
  size_t n = grid->shape->lower && row + 1 < grid->columns.n ? row + 1 : grid->columns.n;
  if (row + 1 < grid->rows.n) eng_fetch(values + grid->row_stride, n);
  variants[grid->simd](grid, values, share, cells, n);
}

/* How the pixels of row y are made of cells; the share of them that cells cover. */
static float sum_rows(const Grid *grid, int y, Sums cells) {
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
static void find_spans(const Grid *grid, float *shares, const float *end) {
  const RenAxis *axis = &grid->columns;
  size_t before = ren_axis_first(axis, grid->bounds.left); /* ends at or before the pixel's left edge */
  for (int x = grid->bounds.left; x < grid->bounds.right; x++) {
    Span span = {.shares = shares};
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

static void sum_columns(const Grid *grid, float rows, Sums cells, Sums pixels) {
  for (int x = 0; x < grid->bounds.right - grid->bounds.left; x++) {
    const Span *span = &grid->spans[x];
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

static uint16_t sixteen(float value) { return (uint16_t)(int)(ren_least(ren_most(value, 0), 1) * 65535 + 0.5F); }

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
  const RenAxis *axis = &grid->rows;
  if (!axis->snapped || y == grid->bounds.top) return false;
  for (size_t i = ren_axis_first(axis, y - 1); i < axis->n && ren_axis_from(axis, i) < (float)y + 1; i++)
    if (ren_axis_overlap(axis, i, y - 1) != ren_axis_overlap(axis, i, y)) return false;
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

/* One row of the canvas: what came out of the row above, where it is made of the same cells and lies on the same.
 * `under` is what was there above, and then what is here. */
static void blend_or_repeat(const RenCanvas *canvas, const Grid *grid, int y, bool same, Sums pixels,
                            uint32_t *under) {
  size_t width = (size_t)(grid->bounds.right - grid->bounds.left);
  uint32_t *row = ren_canvas_row(canvas, y) + grid->bounds.left;
  if (same && memcmp(under, row, width * sizeof *row) == 0) {
    memcpy(row, ren_canvas_row(canvas, y - 1) + grid->bounds.left, width * sizeof *row);
    return;
  }
  memcpy(under, row, width * sizeof *row);
  blend_row(canvas, grid, y, pixels);
}

/* Into the layer where there is one. */
static void draw_grid(const RenCanvas *canvas, const RenLayer *layer, const Grid *grid, Sums cells, Sums pixels,
                      uint32_t *under) {
  float rows = 0;
  for (int y = grid->bounds.top; y < grid->bounds.bottom; y++) {
    bool same = same_as_above(grid, y);
    if (!same) rows = sum_rows(grid, y, cells);
    if (!same && rows > 0) sum_columns(grid, rows, cells, pixels);
    if (rows > 0 && layer)
      lay_or_repeat(layer, grid, y, same, pixels);
    else if (rows > 0)
      blend_or_repeat(canvas, grid, y, same, pixels, under);
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

/* Memory for the sums and the spans, which are found, and behind them for `more` numbers; NULL when it is short. */
static float *reserve(RenScratch *scratch, Grid *grid, size_t more, Sums *cells, Sums *pixels) {
  enum { SPAN = sizeof(Span) / sizeof(float) };
  size_t n = grid->columns.n, width = (size_t)(grid->bounds.right - grid->bounds.left);
  if (n > SIZE_MAX / 32) return NULL;
  float *memory = ren_scratch_reserve(scratch, SPAN * width + 4 * n + 5 * width + more);
  if (!memory) return NULL;
  grid->spans = (Span *)(void *)memory;
  float *shares = memory + SPAN * width, *next = shares + 2 * (n + width);
  find_spans(grid, shares, next);
  *cells = (Sums){next, next + n, NULL};
  next += 2 * n;
  *pixels = (Sums){next, next + width, next + 2 * width};
  return next + 3 * width;
}

static bool draw(const RenCanvas *canvas, RenScratch *scratch, Grid *grid) {
  Sums cells, pixels;
  float *under = reserve(scratch, grid, (size_t)(grid->bounds.right - grid->bounds.left), &cells, &pixels);
  if (!under) return false;
  draw_grid(canvas, NULL, grid, cells, pixels, (uint32_t *)(void *)under);
  return true;
}

bool ren_raster_cells(const RenCanvas *canvas, RenScratch *scratch, RenRect rect, const RenValuesShape *shape) {
  const EngTensor *values = &shape->values;
  if (values->rank != 1) return true;
  Grid grid = {ren_axis_make(rect.y, rect.h, 1, 0, canvas->scale),
               ren_axis_make(rect.x, rect.w, values->shape[0], shape->gap, canvas->scale),
               shape,
               0,
               values->stride[0],
               {0},
               NULL,
               canvas->simd};
  return !find_bounds(canvas, rect, &grid) || draw(canvas, scratch, &grid);
}

/* --- heat maps that are kept */

static void add_axis(XXH3_state_t *state, const RenAxis *axis) {
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

static bool draw_kept(const RenCanvas *canvas, RenLayers *layers, RenScratch *scratch, Grid *grid) {
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
  draw_grid(canvas, &layer, grid, cells, pixels, NULL);
  ren_layers_keep(layers, key, &layer);
  ren_layer_blend(canvas, &layer, 0, 0);
  return true;
}

bool ren_raster_heatmap(const RenCanvas *canvas, RenLayers *layers, RenScratch *scratch, RenRect rect,
                        const RenValuesShape *shape) {
  const EngTensor *values = &shape->values;
  if (values->rank != 2) return true;
  Grid grid = {ren_axis_make(rect.y, rect.h, values->shape[0], shape->gap, canvas->scale),
               ren_axis_make(rect.x, rect.w, values->shape[1], shape->gap, canvas->scale),
               shape,
               values->stride[0],
               values->stride[1],
               {0},
               NULL,
               canvas->simd};
  if (!find_bounds(canvas, rect, &grid)) return true;
  return shape->version ? draw_kept(canvas, layers, scratch, &grid) : draw(canvas, scratch, &grid);
}
