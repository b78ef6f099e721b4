/* Heat maps smaller than their matrix, a thumbnail's: every pixel shows the weight of largest size that falls into
 * it, in the colour of its sign. The picture is kept, and so is the matrix made smaller by a power of two, as far
 * as that leaves several cells to a pixel: another threshold, another size or another colour does not read all
 * weights again. When a frame is wanted soon, no more weights are read than there is time for; pictures that need
 * others follow. */
#include "render/pool.h"
#include "render/ramp.h"
#include "render/raster_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const size_t soon_weights = (size_t)6 << 20; /* read in one frame */

struct RenHeatmaps {
  RenLayers *pictures;
  RenLayers *pools; /* two numbers of a pool stand in one pixel of a layer */
  size_t left;      /* weights that may be read in this frame */
  bool finished;
};

RenHeatmaps *ren_heatmaps_new(void) {
  RenHeatmaps *heatmaps = calloc(1, sizeof *heatmaps);
  if (!heatmaps) return NULL;
  heatmaps->pictures = ren_layers_new();
  heatmaps->pools = ren_layers_new();
  if (heatmaps->pictures && heatmaps->pools) return heatmaps;
  ren_heatmaps_free(heatmaps);
  return NULL;
}

void ren_heatmaps_free(RenHeatmaps *heatmaps) {
  if (!heatmaps) return;
  ren_layers_free(heatmaps->pictures);
  ren_layers_free(heatmaps->pools);
  free(heatmaps);
}

size_t ren_heatmaps_bytes(const RenHeatmaps *heatmaps) {
  return ren_layers_bytes(heatmaps->pictures) + ren_layers_bytes(heatmaps->pools);
}

RenLayers *ren_heatmaps_pictures(RenHeatmaps *heatmaps) { return heatmaps->pictures; }

void ren_heatmaps_begin(RenHeatmaps *heatmaps, const RenPixels *pixels, bool soon) {
  ren_layers_limit(heatmaps->pictures, pixels);
  heatmaps->left = soon ? soon_weights : SIZE_MAX;
  heatmaps->finished = true;
}

bool ren_heatmaps_finished(const RenHeatmaps *heatmaps) { return heatmaps->finished; }

/* --- keys */

typedef struct Pooled {
  const RenCanvas *canvas;
  RenHeatmaps *heatmaps;
  RenScratch *scratch;
  const RenValuesShape *shape;
  int x, y;
  size_t width, height; /* device pixels */
} Pooled;

static XXH128_hash_t weights_key(const RenValuesShape *shape, size_t rows, size_t columns) {
  const EngTensor *values = &shape->values;
  const int64_t numbers[] = {
      (int64_t)shape->version,   (int64_t)(intptr_t)values->data, values->stride[0], values->stride[1],
      (int64_t)values->shape[0], (int64_t)values->shape[1],       (int64_t)rows,     (int64_t)columns};
  XXH128_hash_t key = XXH3_128bits(numbers, sizeof numbers);
  if (!shape->skip) return key;
  XXH128_hash_t skip = XXH3_128bits(shape->skip, values->shape[1]);
  return (XXH128_hash_t){key.low64 ^ skip.low64, key.high64 + skip.high64};
}

static XXH128_hash_t picture_key(const Pooled *map) {
  const RenValuesShape *shape = map->shape;
  XXH128_hash_t weights = weights_key(shape, map->height, map->width);
  uint32_t threshold, gain;
  memcpy(&threshold, &shape->threshold, sizeof threshold);
  memcpy(&gain, &shape->gain, sizeof gain);
  const uint64_t numbers[] = {weights.low64, weights.high64, threshold, gain, (uint64_t)shape->ramp};
  const RenColor colors[] = {shape->positive, shape->negative, shape->ground};
  XXH128_hash_t key = XXH3_128bits(numbers, sizeof numbers), look = XXH3_128bits(colors, sizeof colors);
  return (XXH128_hash_t){key.low64 ^ look.low64, key.high64 + look.high64};
}

/* --- pools */

/* Whether there is time to read n weights; the first of a frame are always read. */
static bool has_time(RenHeatmaps *heatmaps, size_t n) {
  if (n > heatmaps->left && heatmaps->left < soon_weights) return false;
  heatmaps->left -= n < heatmaps->left ? n : heatmaps->left;
  return true;
}

/* The smaller matrix, kept or made in `room`. False where there is no time for it. */
static bool find_pool(const Pooled *map, const RenPool *pool, float *work, float *room, EngTensor *out) {
  RenHeatmaps *heatmaps = map->heatmaps;
  XXH128_hash_t key = weights_key(map->shape, pool->rows, pool->columns);
  const RenLayer *kept = ren_layers_find(heatmaps->pools, key);
  float *at = kept ? (float *)(void *)kept->pixels : room;
  *out = eng_tensor_view(at, 2, (const size_t[]){pool->rows, pool->columns});
  if (kept) return true;
  if (!has_time(heatmaps, ren_pool_cost(map->shape, pool))) return false;
  ren_pool_make(map->shape, pool, work, room);
  RenBounds bounds = {0, 0, (int)((pool->columns * pool->rows + 1) / 2), 1};
  ren_layers_keep(heatmaps->pools, key, &(RenLayer){bounds, (uint16_t *)(void *)room});
  return true;
}

/* --- pictures */

static uint16_t sixteen(float value) { return (uint16_t)(ren_least(ren_most(value, 0), 1) * 65535 + 0.5F); }

static void lay(const RenValuesShape *shape, float weight, uint16_t *pixel) {
  RenColor over = weight < 0 ? shape->negative : shape->positive, ground = shape->ground;
  float opacity = ren_ramp_opacity(shape->ramp, weight * ren_values_gain(shape)) * (float)over.a / 255;
  if (fabsf(weight) < shape->threshold) opacity = 0;
  float rest = (1 - opacity) * (float)ground.a / 255;
  pixel[0] = sixteen(1 - opacity - rest);
  pixel[1] = sixteen(((float)over.r * opacity + (float)ground.r * rest) / 255);
  pixel[2] = sixteen(((float)over.g * opacity + (float)ground.g * rest) / 255);
  pixel[3] = sixteen(((float)over.b * opacity + (float)ground.b * rest) / 255);
}

static size_t even(size_t n) { return n + n % 2; }

static bool draw(const Pooled *map, XXH128_hash_t key) {
  const EngTensor *values = &map->shape->values;
  RenPool pool = ren_pool_of(map->shape, map->height, map->width);
  size_t pixels = map->width * map->height, n_columns = values->shape[1], cells = even(pool.rows * pool.columns);
  float *work = ren_scratch_reserve(map->scratch, 2 * n_columns + cells + even(pixels) + 2 * pixels);
  if (!work) return false;
  float *room = work + 2 * n_columns, *weights = room + cells;
  uint16_t *picture = (uint16_t *)(void *)(weights + even(pixels));
  EngTensor smaller;
  if (!find_pool(map, &pool, work, room, &smaller)) {
    map->heatmaps->finished = false;
    return true;
  }
  ren_pool_spread(map->shape, &pool, &smaller, map->height, map->width, work, weights);
  for (size_t i = 0; i < pixels; i++) lay(map->shape, weights[i], picture + 4 * i);
  RenLayer layer = {{0, 0, (int)map->width, (int)map->height}, picture};
  ren_layers_keep(map->heatmaps->pictures, key, &layer);
  ren_layer_blend(map->canvas, &layer, map->x, map->y);
  return true;
}

bool ren_raster_is_pooled(const RenCanvas *canvas, RenRect rect, const RenValuesShape *shape) {
  int width = ren_device_round(rect.x + rect.w, canvas->scale) - ren_device_round(rect.x, canvas->scale);
  int height = ren_device_round(rect.y + rect.h, canvas->scale) - ren_device_round(rect.y, canvas->scale);
  const EngTensor *values = &shape->values;
  return shape->pooled && shape->version && width > 0 && height > 0 && values->rank == 2 &&
         values->shape[0] >= (size_t)height && values->shape[1] >= (size_t)width;
}

bool ren_raster_pooled(const RenCanvas *canvas, RenHeatmaps *heatmaps, RenScratch *scratch, RenRect rect,
                       const RenValuesShape *shape) {
  int x = ren_device_round(rect.x, canvas->scale), y = ren_device_round(rect.y, canvas->scale);
  Pooled map = {canvas,
                heatmaps,
                scratch,
                shape,
                x,
                y,
                (size_t)(ren_device_round(rect.x + rect.w, canvas->scale) - x),
                (size_t)(ren_device_round(rect.y + rect.h, canvas->scale) - y)};
  XXH128_hash_t key = picture_key(&map);
  const RenLayer *kept = ren_layers_find(heatmaps->pictures, key);
  if (!kept) return draw(&map, key);
  ren_layer_blend(canvas, kept, x, y);
  return true;
}
