/* Attention lines. The picture of a command is cut into tiles, counted from the first plane's corner, and every
 * tile is kept under a key of all that it was made from: an unchanged command costs a blend, a scrolled one the
 * tiles that came into sight. Tiles that are missing one above the other are drawn as one sheet. When a
 * frame is wanted soon, only the more opaque lines of all that is missing are drawn at first, as many as there
 * is time for. If those are all, that was it; else they stand in for the tiles, which later frames draw as long
 * as the work does not exceed a bound. Planes beside each other, of which many weights are read for few lines, are
 * drawn some at a time in place of tiles, and what stands in for them is made of some of the weights. */
#include "render/raster_attention_impl.h"

#include <stdlib.h>

enum { BAND = 64, SLICE = 32, THIN = 4 };          /* a tile, device pixels; its least width */
enum { SHEET = 1 };                                /* bands of a sheet when a frame is wanted soon */
enum { SOON = 250000, ROUGH = 80000 };             /* ren_planes_work: a few milliseconds */
static const size_t most_lines = (size_t)64 << 20; /* bytes of the list of lines that stay allocated */

RenAttention *ren_attention_new(void) {
  RenAttention *attention = calloc(1, sizeof *attention);
  if (!attention) return NULL;
  attention->layers = ren_layers_new();
  attention->memory.columns = ren_columns_new();
  if (attention->layers && attention->memory.columns) return attention;
  ren_attention_free(attention);
  return NULL;
}

void ren_attention_free(RenAttention *attention) {
  if (!attention) return;
  ren_layers_free(attention->layers);
  ren_columns_free(attention->memory.columns);
  ren_gatherer_free(&attention->memory.gatherer);
  ren_lines_free(&attention->memory.lines);
  free(attention->sheet.layer.pixels);
  for (int i = 0; i < ROUGHS; i++) free(attention->rough[i].sheet.layer.pixels);
  free(attention);
}

void ren_attention_begin(RenAttention *attention, bool soon) {
  attention->soon = soon;
  attention->finished = true;
  attention->frame++;
  attention->since = ren_planes_work(&attention->memory);
  attention->until = attention->since + SOON;
}

void ren_attention_set_cancel(RenAttention *attention, const EngCancel *cancel) {
  attention->memory.cancel = cancel;
}

bool ren_attention_finished(const RenAttention *attention) { return attention->finished; }

size_t ren_attention_bytes(const RenAttention *attention) {
  size_t bytes = ren_layers_bytes(attention->layers) + attention->sheet.capacity;
  for (int i = 0; i < ROUGHS; i++) bytes += attention->rough[i].sheet.capacity;
  return bytes + ren_lines_bytes(&attention->memory.lines);
}

/* --- tiles */

/* The bands from … to of n slices. */
static RenBounds tiles(const RenJob *job, int slice, int n, int from, int to) {
  RenBounds bounds = {job->all.left, from * BAND, job->all.right, to * BAND};
  if (job->sliced) bounds.left = slice * job->slice, bounds.right = (slice + n) * job->slice;
  return ren_bounds_intersect(bounds, job->all);
}

static RenBounds tile(const RenJob *job, int slice, int band) { return tiles(job, slice, 1, band, band + 1); }

XXH128_hash_t ren_tile_key(XXH128_hash_t key, RenBounds tile) {
  const int64_t numbers[] = {(int64_t)key.low64, (int64_t)key.high64, tile.left, tile.top, tile.right, tile.bottom};
  return XXH3_128bits(numbers, sizeof numbers);
}

static const RenLayer *find_tile(const RenJob *job, int slice, int band) {
  return ren_layers_find(job->attention->layers, ren_tile_key(job->key, tile(job, slice, band)));
}

void ren_attention_blend(const RenJob *job, const RenLayer *layer) {
  ren_layer_blend(job->canvas, layer, job->planes->x, job->planes->y);
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
static void keep_tile(const RenJob *job, const RenLayer *sheet, int slice, int band) {
  RenBounds bounds = tile(job, slice, band);
  ren_layers_keep_part(job->attention->layers, ren_tile_key(job->key, bounds), sheet, bounds);
}

static int sheet_end(const RenJob *job, int slice) {
  return slice + job->sheet < job->slice_to ? slice + job->sheet : job->slice_to;
}

/* Draws the bands from … to of a sheet. */
static bool draw_tiles(const RenJob *job, int slice, int from, int to) {
  RenAttention *attention = job->attention;
  size_t since = ren_planes_work(&attention->memory);
  if (!ren_attention_draw_sheet(attention, job->planes, &attention->sheet,
                                tiles(job, slice, sheet_end(job, slice) - slice, from, to)))
    return false;
  attention->tile = ren_planes_work(&attention->memory) - since;
  for (int band = from; band < to; band++)
    for (int i = slice; i < sheet_end(job, slice); i++)
      if (!find_tile(job, i, band)) keep_tile(job, &attention->sheet.layer, i, band);
  ren_attention_blend(job, &attention->sheet.layer);
  return true;
}

/* --- in place of what is missing */

static bool contains(RenBounds a, RenBounds b) {
  return a.left <= b.left && a.top <= b.top && a.right >= b.right && a.bottom >= b.bottom;
}

static RenBounds find_missing(const RenJob *job) {
  RenBounds missing = job->in_parts ? ren_parts_missing(job) : (RenBounds){0};
  for (int band = job->band_from; band < job->band_to; band++)
    for (int slice = job->slice_from; slice < job->slice_to; slice++)
      if (!find_tile(job, slice, band)) missing = ren_bounds_unite(missing, tile(job, slice, band));
  return missing;
}

static void keep_missing(const RenJob *job, const RenLayer *sheet) {
  for (int band = job->band_from; band < job->band_to; band++)
    for (int slice = job->slice_from; slice < job->slice_to; slice++)
      if (contains(sheet->bounds, tile(job, slice, band)) && !find_tile(job, slice, band))
        keep_tile(job, sheet, slice, band);
}

/* The stand-in of this picture, or one that no picture of the last frames needs, or NULL. */
static RenRough *find_rough(RenAttention *attention, XXH128_hash_t key) {
  RenRough *unused = NULL;
  for (RenRough *r = attention->rough; r < attention->rough + ROUGHS; r++) {
    if (XXH128_isEqual(r->key, key)) return r;
    if (r->frame + 1 < attention->frame) unused = r;
  }
  return unused;
}

/* All that this frame has time for. If nothing is left out, the tiles themselves are there. */
static bool draw_rough(const RenJob *job, RenSheet *sheet, RenBounds missing) {
  RenAttention *attention = job->attention;
  RenPlanes planes = *job->planes;
  planes.most = job->in_parts ? 0 : ROUGH;
  planes.bundle.sampled = job->in_parts;
  attention->until = 0;
  if (!ren_attention_draw_sheet(attention, &planes, sheet, missing)) return false;
  if (!attention->memory.left_out) keep_missing(job, &sheet->layer);
  return true;
}

/* Draws what stands in, unless it is there already. One that cannot be kept is drawn in each frame. */
static bool stand_in(RenJob *job) {
  RenAttention *attention = job->attention;
  RenBounds missing = find_missing(job);
  if (ren_bounds_empty(missing)) return true;
  RenRough *rough = find_rough(attention, job->key);
  RenSheet *sheet = rough ? &rough->sheet : &attention->sheet;
  bool there = rough && rough->sheet.capacity && XXH128_isEqual(rough->key, job->key) &&
               contains(rough->sheet.layer.bounds, missing);
  if (rough) rough->key = job->key, rough->frame = attention->frame;
  job->rough = &sheet->layer;
  return there || draw_rough(job, sheet, missing);
}

void ren_attention_blend_rough(const RenJob *job, RenBounds tile) {
  int x = job->planes->x, y = job->planes->y;
  RenBounds moved = {tile.left + x, tile.top + y, tile.right + x, tile.bottom + y};
  RenCanvas canvas = *job->canvas;
  canvas.clip = ren_bounds_intersect(canvas.clip, moved);
  ren_layer_blend(&canvas, job->rough, x, y);
}

/* --- bands and sheets */

bool ren_attention_out_of_time(const RenJob *job) {
  const RenAttention *attention = job->attention;
  size_t work = ren_planes_work(&attention->memory);
  return job->soon && work > attention->since && work + attention->tile >= attention->until;
}

/* Whether a band of a sheet is there. */
static bool is_there(const RenJob *job, int slice, int band) {
  for (int i = slice; i < sheet_end(job, slice); i++)
    if (!find_tile(job, i, band)) return false;
  return true;
}

/* The bands from … to of a sheet. */
static bool show_tiles(const RenJob *job, int slice, int from, int to) {
  for (int band = from, end = from; band < to; band = end) {
    end = band + 1;
    if (is_there(job, slice, band)) {
      for (int i = slice; i < sheet_end(job, slice); i++) ren_attention_blend(job, find_tile(job, i, band));
      continue;
    }
    while (end < to && !is_there(job, slice, end)) end++;
    if (ren_attention_out_of_time(job)) {
      job->attention->finished = false;
      ren_attention_blend_rough(job, tiles(job, slice, job->sheet, band, end));
    } else if (!draw_tiles(job, slice, band, end))
      return false;
  }
  return true;
}

static bool show_all(const RenJob *job) {
  int step = job->soon ? SHEET : job->band_to - job->band_from;
  for (int band = job->band_from; band < job->band_to; band += step) {
    int end = band + step < job->band_to ? band + step : job->band_to;
    for (int slice = job->slice_from; slice < job->slice_to; slice += job->sheet)
      if (!show_tiles(job, slice, band, end)) return false;
  }
  return true;
}

/* --- all of it */

static int floor_div(int a, int b) { return a / b - (a % b < 0); }

/* Bins read many weights for few lines, and so would every slice of planes beside each other. */
static bool can_be_sliced(const RenPlanes *planes) {
  RenBounds first = ren_planes_place(planes, 0), all = ren_planes_bounds(planes);
  return !planes->shape->binned && contains(first, all);
}

/* Narrower where lines are so many that a tile would take longer than a frame. */
static int slice_of(const RenPlanes *planes) {
  const EngTensor *weights = &planes->shape->planes[0].weights;
  float lines = (float)weights->shape[0] * (float)weights->shape[1] * BAND / (float)planes->height;
  int slice = SLICE;
  while (slice > THIN && lines * (float)slice > 2 * SOON) slice /= 2;
  return slice;
}

bool ren_raster_attention(const RenCanvas *canvas, RenAttention *attention, const RenAttentionShape *shape) {
  RenPlanes planes;
  if (!ren_planes_make(&planes, shape, canvas->scale)) return true;
  RenBounds clip = canvas->clip, all = ren_planes_bounds(&planes);
  RenBounds moved = {clip.left - planes.x, clip.top - planes.y, clip.right - planes.x, clip.bottom - planes.y};
  RenBounds seen = ren_bounds_intersect(all, moved);
  if (ren_bounds_empty(seen)) return true;
  RenJob job = {.canvas = canvas,
                .attention = attention,
                .planes = &planes,
                .all = {seen.left, all.top, seen.right, all.bottom},
                .band_from = floor_div(seen.top, BAND),
                .band_to = floor_div(seen.bottom - 1, BAND) + 1,
                .slice_to = 1,
                .sliced = can_be_sliced(&planes),
                .slice = slice_of(&planes)};
  if (job.sliced)
    job.slice_from = floor_div(seen.left, job.slice), job.slice_to = floor_div(seen.right - 1, job.slice) + 1;
  job.in_parts = ren_planes_come_in_parts(&planes);
  job.soon = attention->soon && (job.sliced || job.in_parts);
  job.sheet = job.soon ? 1 : SLICE / job.slice;
  if (job.in_parts) job.band_to = job.band_from; /* no tiles */
  return ren_planes_key(&planes, &job.key) && (!job.soon || stand_in(&job)) &&
         (job.in_parts ? ren_parts_show : show_all)(&job);
}
