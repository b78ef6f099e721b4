/* Strips of cells and heat maps. What is left of a pixel's area beside its cells' opacities is ground.
 * The colours are then laid over what is there. A heat map whose values have a version is drawn into a layer that
 * is kept: pointing at its cells does not sum them again. */
#include "render/grid.h"
#include "render/ramp.h"

#include <math.h>
#include <string.h>

/* Opacities of a pixel's colours, with the colours' own. */
typedef struct Mix {
  float plus, minus, ground;
} Mix;

static Mix mix_of(const RenValuesShape *shape, RenSums pixels, int x) {
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

static void blend_row(const RenCanvas *canvas, const RenGrid *grid, int y, RenSums pixels) {
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

static void lay_row(const RenLayer *layer, const RenGrid *grid, int y, RenSums pixels) {
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

/* One row of a layer, which is the row above it where that is made of the same cells. */
static void lay_or_repeat(const RenLayer *layer, const RenGrid *grid, int y, bool same, RenSums pixels) {
  size_t width = (size_t)(grid->bounds.right - grid->bounds.left);
  uint16_t *row = ren_layer_pixel(layer, grid->bounds.left, y);
  if (same)
    memcpy(row, row - 4 * width, 4 * width * sizeof *row);
  else
    lay_row(layer, grid, y, pixels);
}

/* One row of the canvas: what came out of the row above, where it is made of the same cells and lies on the same.
 * `under` is what was there above, and then what is here. */
static void blend_or_repeat(const RenCanvas *canvas, const RenGrid *grid, int y, bool same, RenSums pixels,
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
static void draw_grid(const RenCanvas *canvas, const RenLayer *layer, const RenGrid *grid, RenSums cells,
                      RenSums pixels, uint32_t *under) {
  bool any = false;
  for (int y = grid->bounds.top; y < grid->bounds.bottom; y++) {
    bool same = ren_grid_same(grid, y);
    if (!same) any = ren_grid_sum(grid, y, cells, pixels);
    if (any && layer)
      lay_or_repeat(layer, grid, y, same, pixels);
    else if (any)
      blend_or_repeat(canvas, grid, y, same, pixels, under);
  }
}

/* False when nothing of it shows. */
static bool find_bounds(const RenCanvas *canvas, RenRect rect, RenGrid *grid) {
  float scale = canvas->scale;
  RenBounds all = {ren_device_round(rect.x - 1, scale), ren_device_round(rect.y - 1, scale),
                   ren_device_round(rect.x + rect.w + 1, scale), ren_device_round(rect.y + rect.h + 1, scale)};
  grid->bounds = ren_bounds_intersect(all, canvas->clip);
  return !ren_bounds_empty(grid->bounds) && !ren_rect_empty(rect) && grid->rows.n && grid->columns.n;
}

static bool draw(const RenCanvas *canvas, RenScratch *scratch, RenGrid *grid) {
  RenSums cells, pixels;
  float *under = ren_grid_reserve(scratch, grid, (size_t)(grid->bounds.right - grid->bounds.left), &cells, &pixels);
  if (!under) return false;
  draw_grid(canvas, NULL, grid, cells, pixels, (uint32_t *)(void *)under);
  return true;
}

bool ren_raster_cells(const RenCanvas *canvas, RenScratch *scratch, RenRect rect, const RenValuesShape *shape) {
  const EngTensor *values = &shape->values;
  if (values->rank != 1) return true;
  RenGrid grid = {ren_axis_make(rect.y, rect.h, 1, 0, canvas->scale),
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
static XXH128_hash_t digest(XXH3_state_t *state, const RenGrid *grid) {
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

static bool key_of(const RenGrid *grid, XXH128_hash_t *key) {
  XXH3_state_t *state = XXH3_createState();
  if (!state) return false;
  *key = digest(state, grid);
  XXH3_freeState(state);
  return true;
}

static bool draw_kept(const RenCanvas *canvas, RenLayers *layers, RenScratch *scratch, RenGrid *grid) {
  XXH128_hash_t key;
  if (!key_of(grid, &key)) return false;
  const RenLayer *kept = ren_layers_find(layers, key);
  if (kept) {
    ren_layer_blend(canvas, kept, 0, 0);
    return true;
  }
  RenSums cells, pixels;
  float *memory = ren_grid_reserve(scratch, grid, ren_layer_bytes(grid->bounds) / sizeof *memory, &cells, &pixels);
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
  RenGrid grid = {ren_axis_make(rect.y, rect.h, values->shape[0], shape->gap, canvas->scale),
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
