/* A picture of lines in tiles, counted from the first plane's corner, each kept under a key of all that it was made
 * from. Tiles that are missing beside or above each other are drawn as one sheet. */
#include "render/raster_attention_impl.h"

#include <stdlib.h>

static const size_t most_lines = (size_t)64 << 20; /* bytes of the list of lines that stay allocated */

/* The bands from … to of n slices. */
RenBounds ren_tiles_bounds(const RenJob *job, int slice, int n, int from, int to) {
  RenBounds bounds = {job->all.left, from * REN_BAND, job->all.right, to * REN_BAND};
  if (job->sliced) bounds.left = slice * job->slice, bounds.right = (slice + n) * job->slice;
  return ren_bounds_intersect(bounds, job->all);
}

RenBounds ren_tile_bounds(const RenJob *job, int slice, int band) {
  return ren_tiles_bounds(job, slice, 1, band, band + 1);
}

XXH128_hash_t ren_tile_key(XXH128_hash_t key, RenBounds tile) {
  const int64_t numbers[] = {(int64_t)key.low64, (int64_t)key.high64, tile.left, tile.top, tile.right, tile.bottom};
  return XXH3_128bits(numbers, sizeof numbers);
}

const RenLayer *ren_tiles_find(const RenJob *job, int slice, int band) {
  return ren_layers_find(job->attention->layers, ren_tile_key(job->key, ren_tile_bounds(job, slice, band)));
}

void ren_attention_blend(const RenJob *job, const RenLayer *layer) {
  ren_layer_blend(job->canvas, layer, job->planes->x, job->planes->y);
}

void ren_attention_blend_rough(const RenJob *job, RenBounds tile) {
  int x = job->planes->x, y = job->planes->y;
  RenBounds moved = {tile.left + x, tile.top + y, tile.right + x, tile.bottom + y};
  RenCanvas canvas = *job->canvas;
  canvas.clip = ren_bounds_intersect(canvas.clip, moved);
  ren_layer_blend(&canvas, job->rough, x, y);
}

bool ren_attention_out_of_time(const RenJob *job, size_t expected) {
  const RenAttention *attention = job->attention;
  size_t work = ren_planes_work(&attention->memory);
  return job->soon && work > attention->since && work + expected >= attention->until;
}

static bool clear_sheet(RenSheet *sheet, RenBounds bounds) {
  size_t bytes = ren_layer_bytes(bounds);
  if (bytes > sheet->capacity) {
    free(sheet->layer.pixels);
    sheet->layer.pixels = malloc(bytes);
    sheet->capacity = sheet->layer.pixels ? bytes : 0;
  }
  sheet->layer.bounds = bounds;
  if (sheet->capacity == 0) return false;
  ren_layer_clear(&sheet->layer);
  return true;
}

bool ren_attention_draw_sheet(RenAttention *attention, const RenPlanes *planes, RenSheet *sheet, RenBounds bounds) {
  if (!clear_sheet(sheet, bounds)) return false;
  RenLines *lines = &attention->memory.lines;
  bool drawn = ren_planes_draw(planes, &attention->memory, &sheet->layer);
  if (ren_lines_bytes(lines) > most_lines) ren_lines_free(lines);
  return drawn;
}

/* A tile lies in a sheet as it lies alone. */
void ren_tiles_keep(const RenJob *job, const RenLayer *sheet, int slice, int band) {
  RenBounds bounds = ren_tile_bounds(job, slice, band);
  ren_layers_keep_part(job->attention->layers, ren_tile_key(job->key, bounds), sheet, bounds);
}

/* Draws the slices up to `end` of the bands from … to, as one sheet. */
bool ren_tiles_draw(const RenJob *job, int slice, int end, int from, int to) {
  RenAttention *attention = job->attention;
  size_t since = ren_planes_work(&attention->memory);
  if (!ren_attention_draw_sheet(attention, job->planes, &attention->sheet,
                                ren_tiles_bounds(job, slice, end - slice, from, to)))
    return false;
  attention->tile = (ren_planes_work(&attention->memory) - since) / (size_t)((end - slice) * (to - from));
  for (int band = from; band < to; band++)
    for (int i = slice; i < end; i++)
      if (!ren_tiles_find(job, i, band)) ren_tiles_keep(job, &attention->sheet.layer, i, band);
  ren_attention_blend(job, &attention->sheet.layer);
  return true;
}

/* Whether the bands from … to of the slices are there. */
bool ren_tiles_there(const RenJob *job, int slice, int end, int from, int to) {
  for (int band = from; band < to; band++)
    for (int i = slice; i < end; i++)
      if (!ren_tiles_find(job, i, band)) return false;
  return true;
}

bool ren_tiles_any(const RenJob *job, int slice) {
  for (int band = job->band_from; band < job->band_to; band++)
    if (ren_tiles_find(job, slice, band)) return true;
  return false;
}

void ren_tiles_blend(const RenJob *job, int slice, int end, int from, int to) {
  for (int band = from; band < to; band++)
    for (int i = slice; i < end; i++) ren_attention_blend(job, ren_tiles_find(job, i, band));
}
