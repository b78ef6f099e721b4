/* Attention lines. The picture of a command is cut into bands of rows, counted from the first plane's
 * corner, and every band is kept under a key of all that it was made from: an unchanged command costs a
 * blend, a scrolled one the bands that came into sight. Bands that are missing side by side are drawn as one
 * sheet. */
#include "render/planes.h"
#include "render/raster_parts.h"

#include <stdlib.h>

enum { BAND = 64 };                                /* device pixels */
static const size_t most_lines = (size_t)64 << 20; /* bytes of the list of lines that stay allocated */

struct RenAttention {
  RenLayers *layers;
  RenPlanesMemory memory;
  uint16_t *sheet;
  size_t capacity; /* bytes of the sheet */
};

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
  free(attention->sheet);
  free(attention);
}

size_t ren_attention_bytes(const RenAttention *attention) {
  return ren_layers_bytes(attention->layers) + attention->capacity + ren_lines_bytes(&attention->memory.lines);
}

/* --- keys */

static void add_side(XXH3_state_t *state, const RenBundleSide *side) {
  const int counts[] = {side->from, side->to, side->each};
  const float places[] = {side->start, side->pitch};
  XXH3_128bits_update(state, counts, sizeof counts);
  XXH3_128bits_update(state, places, sizeof places);
}

static void add_mask(XXH3_state_t *state, const uint8_t *mask, size_t n) {
  const uint8_t present = mask != NULL;
  XXH3_128bits_update(state, &present, sizeof present);
  if (mask) XXH3_128bits_update(state, mask, n);
}

static void add_plane(XXH3_state_t *state, const RenPlane *plane, RenBounds place) {
  const int64_t numbers[] = {(int64_t)(intptr_t)plane->weights.data, plane->weights.stride[0],
                             plane->weights.stride[1], place.left, place.top};
  XXH3_128bits_update(state, numbers, sizeof numbers);
  XXH3_128bits_update(state, &plane->color, sizeof plane->color);
  XXH3_128bits_update(state, &plane->gain, sizeof plane->gain);
}

/* Everything that the pixels depend on, but for which of them are asked for. */
static void add_planes(XXH3_state_t *state, const RenPlanes *planes) {
  const RenAttentionShape *shape = planes->shape;
  const float sizes[] = {planes->bundle.width, planes->bundle.thickness, shape->threshold};
  const int counts[] = {planes->width, planes->height, shape->n_planes};
  XXH3_128bits_reset(state);
  XXH3_128bits_update(state, &shape->version, sizeof shape->version);
  XXH3_128bits_update(state, sizes, sizeof sizes);
  XXH3_128bits_update(state, counts, sizeof counts);
  add_side(state, &planes->bundle.rows);
  add_side(state, &planes->bundle.columns);
  const size_t *n = shape->planes[0].weights.shape;
  add_mask(state, shape->only_rows, n[0]);
  add_mask(state, shape->only_columns, n[1]);
  add_mask(state, shape->skip, n[1]);
  for (int i = 0; i < shape->n_planes; i++) add_plane(state, &shape->planes[i], ren_planes_place(planes, i));
}

static bool key_of(const RenPlanes *planes, XXH128_hash_t *key) {
  XXH3_state_t *state = XXH3_createState();
  if (!state) return false;
  add_planes(state, planes);
  *key = XXH3_128bits_digest(state);
  XXH3_freeState(state);
  return true;
}

static XXH128_hash_t band_key(XXH128_hash_t key, RenBounds band) {
  const int64_t numbers[] = {(int64_t)key.low64, (int64_t)key.high64, band.left, band.top, band.right, band.bottom};
  return XXH3_128bits(numbers, sizeof numbers);
}

/* --- bands */

typedef struct Job {
  const RenCanvas *canvas;
  RenAttention *attention;
  const RenPlanes *planes;
  XXH128_hash_t key;
  RenBounds all; /* the whole picture, as wide as it shows */
} Job;

static RenBounds bands(const Job *job, int from, int to) {
  RenBounds bounds = {job->all.left, from * BAND, job->all.right, to * BAND};
  return ren_bounds_intersect(bounds, job->all);
}

static const RenLayer *find_band(const Job *job, int band) {
  return ren_layers_find(job->attention->layers, band_key(job->key, bands(job, band, band + 1)));
}

static void blend(const Job *job, const RenLayer *layer) {
  ren_layer_blend(job->canvas, layer, job->planes->x, job->planes->y);
}

static bool make_sheet(RenAttention *attention, RenBounds bounds, RenLayer *out) {
  size_t bytes = ren_layer_bytes(bounds);
  if (bytes > attention->capacity) {
    free(attention->sheet);
    attention->sheet = malloc(bytes);
    attention->capacity = attention->sheet ? bytes : 0;
  }
  *out = (RenLayer){bounds, attention->sheet};
  if (attention->sheet) ren_layer_clear(out);
  return attention->sheet != NULL;
}

/* Draws the bands from … to and keeps each; a band of a sheet lies in it as it lies alone. */
static bool draw_bands(const Job *job, int from, int to) {
  RenLayer sheet;
  if (!make_sheet(job->attention, bands(job, from, to), &sheet)) return false;
  RenLines *lines = &job->attention->memory.lines;
  bool drawn = ren_planes_draw(job->planes, &job->attention->memory, &sheet);
  if (ren_lines_bytes(lines) > most_lines) ren_lines_free(lines);
  if (!drawn) return false;
  for (int band = from; band < to; band++) {
    RenBounds bounds = bands(job, band, band + 1);
    RenLayer layer = {bounds, ren_layer_pixel(&sheet, bounds.left, bounds.top)};
    ren_layers_keep(job->attention->layers, band_key(job->key, bounds), &layer);
  }
  blend(job, &sheet);
  return true;
}

static bool show_bands(const Job *job, int from, int to) {
  for (int band = from, end = from; band < to; band = end) {
    const RenLayer *layer = find_band(job, band);
    end = band + 1;
    if (layer) {
      blend(job, layer);
      continue;
    }
    while (end < to && !find_band(job, end)) end++;
    if (!draw_bands(job, band, end)) return false;
  }
  return true;
}

static int floor_div(int a, int b) { return a / b - (a % b < 0); }

bool ren_raster_attention(const RenCanvas *canvas, RenAttention *attention, const RenAttentionShape *shape) {
  RenPlanes planes;
  if (!ren_planes_make(&planes, shape, canvas->scale)) return true;
  RenBounds clip = canvas->clip, all = ren_planes_bounds(&planes);
  RenBounds moved = {clip.left - planes.x, clip.top - planes.y, clip.right - planes.x, clip.bottom - planes.y};
  RenBounds seen = ren_bounds_intersect(all, moved);
  if (ren_bounds_empty(seen)) return true;
  Job job = {canvas, attention, &planes, {0}, {seen.left, all.top, seen.right, all.bottom}};
  if (!key_of(&planes, &job.key)) return false;
  return show_bands(&job, floor_div(seen.top, BAND), floor_div(seen.bottom - 1, BAND) + 1);
}
