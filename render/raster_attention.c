/* Attention lines. The picture of a command is cut into tiles, which are kept: an unchanged command costs a blend,
 * a scrolled one the tiles that came into sight. Planes beside each other, of which many weights are read for few
 * lines, are drawn some at a time in place of tiles (raster_attention_parts.c). */
#include "render/raster_attention_impl.h"

#include <stdlib.h>

enum { THIN = 4 }; /* the least width of a tile, device pixels */

RenAttention *ren_attention_new(void) {
  RenAttention *attention = calloc(1, sizeof *attention);
  if (!attention) return NULL;
  attention->layers = ren_layers_new();
  attention->memory.columns = ren_columns_new();
  if (attention->layers && attention->memory.columns) return attention;
  ren_attention_free(attention);
  return NULL;
}

static void free_roughs(RenAttention *attention) {
  for (int i = 0; i < ROUGHS; i++) {
    free(attention->rough[i].sheet.layer.pixels);
    attention->rough[i] = (RenRough){0};
  }
}

void ren_attention_free(RenAttention *attention) {
  if (!attention) return;
  ren_layers_free(attention->layers);
  ren_columns_free(attention->memory.columns);
  ren_gatherer_free(&attention->memory.gatherer);
  ren_lines_free(&attention->memory.lines);
  free(attention->sheet.layer.pixels);
  free_roughs(attention);
  free(attention);
}

void ren_attention_begin(RenAttention *attention, const RenPixels *pixels, bool soon) {
  ren_layers_limit(attention->layers, pixels);
  attention->soon = soon;
  attention->finished = true;
  attention->frame++;
  attention->since = ren_planes_work(&attention->memory);
  attention->until = attention->since + REN_SOON;
}

void ren_attention_set_cancel(RenAttention *attention, const EngCancel *cancel) {
  attention->memory.cancel = cancel;
}

bool ren_attention_end(RenAttention *attention) {
  if (attention->finished) free_roughs(attention);
  return attention->finished;
}

size_t ren_attention_bytes(const RenAttention *attention) {
  size_t bytes = ren_layers_bytes(attention->layers) + attention->sheet.capacity;
  for (int i = 0; i < ROUGHS; i++) bytes += attention->rough[i].sheet.capacity;
  return bytes + ren_lines_bytes(&attention->memory.lines);
}

/* --- sheets */

static int least(int a, int b) { return a < b ? a : b; }

/* The bands of a sheet, runs of those that are there and of those that are not. */
static bool show_sheet(const RenJob *job, int slice, int end) {
  for (int from = job->band_from, to = from; from < job->band_to; from = to) {
    bool there = ren_tiles_there(job, slice, end, from, from + 1);
    for (to = from + 1; to < job->band_to && ren_tiles_there(job, slice, end, to, to + 1) == there;) to++;
    if (there)
      ren_tiles_blend(job, slice, end, from, to);
    else if (!ren_tiles_draw(job, slice, end, from, to))
      return false;
  }
  return true;
}

static bool show_all(const RenJob *job) {
  int n = REN_SLICE / job->slice;
  for (int slice = job->slice_from; slice < job->slice_to; slice += n)
    if (!show_sheet(job, slice, least(slice + n, job->slice_to))) return false;
  return true;
}

/* --- all of it */

static int floor_div(int a, int b) { return a / b - (a % b < 0); }

/* Bins read many weights for few lines, and so would every slice of planes beside each other. */
static bool can_be_sliced(const RenPlanes *planes) {
  RenBounds first = ren_planes_place(planes, 0), all = ren_planes_bounds(planes);
  return !planes->shape->binned && ren_bounds_contain(first, all);
}

/* Tiles of that many slices and as many bands can all be kept, and those of another picture beside it. */
static bool can_be_kept(RenBounds seen, int slice) {
  return (seen.right - seen.left) / slice * ((seen.bottom - seen.top) / REN_BAND + 2) < REN_LAYERS / 4;
}

/* Narrower where lines are so many that a tile would take longer than a frame. */
static int slice_of(const RenPlanes *planes, RenBounds seen) {
  const EngTensor *weights = &planes->shape->planes[0].weights;
  float lines = (float)weights->shape[0] * (float)weights->shape[1] * REN_BAND / (float)planes->height;
  int slice = REN_SLICE;
  while (slice > THIN && lines * (float)slice > REN_SOON && can_be_kept(seen, slice / 2)) slice /= 2;
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
                .band_from = floor_div(seen.top, REN_BAND),
                .band_to = floor_div(seen.bottom - 1, REN_BAND) + 1,
                .slice_to = 1,
                .sliced = can_be_sliced(&planes),
                .slice = slice_of(&planes, seen)};
  if (job.sliced)
    job.slice_from = floor_div(seen.left, job.slice), job.slice_to = floor_div(seen.right - 1, job.slice) + 1;
  job.in_parts = ren_planes_come_in_parts(&planes);
  job.soon = attention->soon && (job.sliced || job.in_parts) &&
             ren_layers_hold(attention->layers, 2 * ren_layer_bytes(seen));
  if (job.in_parts) job.band_to = job.band_from; /* no tiles */
  if (!ren_planes_key(&planes, &job.key)) return false;
  if (job.soon && ren_attention_is_light(&job)) job.soon = false;
  if (job.soon && !ren_attention_stand_in(&job)) return false;
  return (job.in_parts ? ren_parts_show : job.soon ? ren_attention_show_soon : show_all)(&job);
}
