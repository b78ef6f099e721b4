/* Attention lines. The planes of a command go through in groups of sixteen: their weights are gathered,
 * summed to bins where tokens lie closer than pixels, and become a list of lines; the columns of the lines
 * are worked out for all planes of the group at once and laid, plane over plane, into a layer. The layer
 * is kept under a key of everything that it was made from.
 *
 * A plane stands on a whole device pixel. R rows (queries), C columns (keys) of weights. */
#include "render/columns.h"
#include "render/layer.h"
#include "render/raster_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Tokens from … to of one side, `each` to a bin; bin b is at start + pitch * its tokens' middle. */
typedef struct Side {
  int from, to, each;
  float start, pitch; /* device pixels */
} Side;

typedef struct Geometry {
  const RenAttentionShape *shape;
  Side rows, columns;
  float width, thickness; /* device pixels */
  int n_columns, n_rows;  /* pixels of a plane */
  RenBounds window;       /* of a plane, what can show of any plane of the group */
} Geometry;

struct RenAttention {
  RenLayers *layers;
  RenColumns *columns;
  RenStrokes strokes;
  float *sums;    /* (C) of one plane and bin of rows */
  RenLanes *bins; /* (C) */
  size_t capacity;
};

RenAttention *ren_attention_new(void) {
  RenAttention *attention = calloc(1, sizeof *attention);
  if (!attention) return NULL;
  attention->layers = ren_layers_new();
  attention->columns = ren_columns_new();
  if (attention->layers && attention->columns) return attention;
  ren_attention_free(attention);
  return NULL;
}

void ren_attention_free(RenAttention *attention) {
  if (!attention) return;
  ren_layers_free(attention->layers);
  ren_columns_free(attention->columns);
  ren_strokes_free(&attention->strokes);
  free(attention->sums);
  free(attention->bins);
  free(attention);
}

size_t ren_attention_bytes(const RenAttention *attention) {
  return ren_layers_bytes(attention->layers) + attention->strokes.capacity * (sizeof(RenStroke) + sizeof(RenLanes));
}

/* --- from weights to lines */

static bool reserve(RenAttention *attention, size_t n) {
  if (n <= attention->capacity) return true;
  free(attention->sums);
  free(attention->bins);
  attention->sums = malloc(n * sizeof *attention->sums);
  attention->bins = aligned_alloc(sizeof(RenLanes), n * sizeof(RenLanes));
  attention->capacity = attention->sums && attention->bins ? n : 0;
  return attention->capacity > 0;
}

/* Adds a row of weights to the sums, leaving out what is below the threshold or no number. */
static void add_row(float *restrict sums, const float *restrict weights, ptrdiff_t stride, size_t n,
                    float threshold) {
  if (stride == 1)
    for (size_t j = 0; j < n; j++) sums[j] += weights[j] >= threshold ? weights[j] : 0;
  else
    for (size_t j = 0; j < n; j++, weights += stride) sums[j] += *weights >= threshold ? *weights : 0;
}

/* The rows from … to of a plane, summed for each column that is drawn. */
static void sum_rows(float *sums, const Geometry *geometry, const RenPlane *plane, int from, int to) {
  const EngTensor *weights = &plane->weights;
  const Side *columns = &geometry->columns;
  size_t n = (size_t)(columns->to - columns->from);
  memset(sums, 0, n * sizeof *sums);
  float threshold = ren_most(geometry->shape->threshold, 0);
  for (int i = from; i < to; i++)
    add_row(sums, weights->data + i * weights->stride[0] + columns->from * weights->stride[1], weights->stride[1],
            n, threshold);
  const uint8_t *skip = geometry->shape->skip;
  for (size_t j = 0; skip && j < n; j++)
    if (skip[(size_t)columns->from + j]) sums[j] = 0;
}

static int n_bins(const Side *side) { return (side->to - side->from + side->each - 1) / side->each; }

static int bin_end(const Side *side, int bin) {
  int end = side->from + (bin + 1) * side->each;
  return end < side->to ? end : side->to;
}

static float bin_y(const Side *side, int bin) {
  int first = side->from + bin * side->each, last = bin_end(side, bin) - 1;
  return side->start + side->pitch * ((float)(first + last) / 2);
}

/* Opacities of one bin of rows into lane `lane` of every bin of columns: the mean over its rows, the sum
 * over the columns. */
static void fill_lane(RenLanes *bins, const float *sums, const Geometry *geometry, const RenPlane *plane, int lane,
                      int n_rows) {
  const Side *columns = &geometry->columns;
  float gain = plane->gain / (float)n_rows;
  for (int bin = 0; bin < n_bins(columns); bin++) {
    float sum = 0;
    for (int j = columns->from + bin * columns->each; j < bin_end(columns, bin); j++)
      sum += sums[j - columns->from];
    float opacity = sum * gain;
    bins[bin][lane] = opacity > 0 ? ren_least(opacity, 1) : 0;
  }
}

static bool is_clear(const RenLanes *opacities) {
  uint64_t words[sizeof(RenLanes) / 8], any = 0;
  memcpy(words, opacities, sizeof words);
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) any |= words[i];
  return any == 0;
}

/* The line between two bins, with rows counted from the window's top. */
static RenStroke stroke_between(const Geometry *geometry, int row, int column) {
  float left = bin_y(&geometry->rows, row) - (float)geometry->window.top;
  float right = bin_y(&geometry->columns, column) - (float)geometry->window.top;
  float slope = (right - left) / geometry->width;
  return (RenStroke){left, slope, geometry->thickness / 2 * sqrtf(1 + slope * slope)};
}

static bool is_visible(const Geometry *geometry, const RenStroke *stroke) {
  float end = stroke->y + stroke->slope * geometry->width;
  float rows = (float)(geometry->window.bottom - geometry->window.top);
  return ren_most(stroke->y, end) + stroke->half > 0 && ren_least(stroke->y, end) - stroke->half < rows;
}

static bool push_row(RenAttention *attention, const Geometry *geometry, int row) {
  for (int bin = 0; bin < n_bins(&geometry->columns); bin++) {
    if (is_clear(&attention->bins[bin])) continue;
    RenStroke stroke = stroke_between(geometry, row, bin);
    if (is_visible(geometry, &stroke) && !ren_strokes_push(&attention->strokes, stroke, &attention->bins[bin]))
      return false;
  }
  return true;
}

static bool gather(RenAttention *attention, const Geometry *geometry, const RenPlane *planes, int n_planes) {
  attention->strokes.n = 0;
  size_t n = (size_t)(geometry->columns.to - geometry->columns.from);
  if (!reserve(attention, n)) return false;
  memset(attention->bins, 0, n * sizeof *attention->bins);
  for (int row = 0; row < n_bins(&geometry->rows); row++) {
    int from = geometry->rows.from + row * geometry->rows.each, to = bin_end(&geometry->rows, row);
    for (int lane = 0; lane < n_planes; lane++) {
      sum_rows(attention->sums, geometry, &planes[lane], from, to);
      fill_lane(attention->bins, attention->sums, geometry, &planes[lane], lane, to - from);
    }
    if (!push_row(attention, geometry, row)) return false;
  }
  return true;
}

/* --- from columns to the layer */

typedef float Four __attribute__((vector_size(16)));
typedef int32_t FourInts __attribute__((vector_size(16)));
typedef uint16_t FourShorts __attribute__((vector_size(8)));

typedef struct Target {
  const Geometry *geometry;
  const RenLayer *layer;
  const RenPlane *planes;
  const RenBounds *places; /* of the planes in the layer's coordinates */
  int n_planes;
} Target;

static Four color_of(RenColor color) {
  return (Four){0, (float)color.r * 257, (float)color.g * 257, (float)color.b * 257};
}

/* Lays the lanes first … last of a column of planes that stand on each other over the layer. */
static void lay_column(const Target *target, int x, const RenLanes *column, int first, int last) {
  const RenBounds *place = &target->places[first], *window = &target->geometry->window;
  const RenLayer *layer = target->layer;
  int to_x = place->left + x;
  if (to_x < layer->bounds.left || to_x >= layer->bounds.right) return;
  for (int y = window->top; y < window->bottom; y++) {
    int to_y = place->top + y;
    if (to_y < layer->bounds.top || to_y >= layer->bounds.bottom) continue;
    uint16_t *pixel = ren_layer_pixel(layer, to_x, to_y);
    FourShorts stored;
    memcpy(&stored, pixel, sizeof stored);
    Four sum = __builtin_convertvector(stored, Four);
    const float *lanes = (const float *)&column[y - window->top];
    for (int lane = first; lane < last; lane++) {
      RenColor color = target->planes[lane].color;
      sum += (color_of(color) - sum) * ((1 - lanes[lane]) * ((float)color.a / 255));
    }
    stored = __builtin_convertvector(__builtin_convertvector(sum + 0.5F, FourInts), FourShorts);
    memcpy(pixel, &stored, sizeof stored);
  }
}

static bool same_place(RenBounds a, RenBounds b) { return a.left == b.left && a.top == b.top; }

static void take_column(void *context, int x, const RenLanes *column) {
  const Target *target = context;
  for (int first = 0, last = 0; first < target->n_planes; first = last) {
    for (last = first + 1; last < target->n_planes; last++)
      if (!same_place(target->places[first], target->places[last])) break;
    lay_column(target, x, column, first, last);
  }
}

/* --- a command */

static int clamp_int(int value, int low, int high) { return value < low ? low : value > high ? high : value; }

static Side make_side(int n, int only, bool binned, float start, float pitch, float scale) {
  Side side = {0, n, 1, ren_device(start, scale), ren_device(pitch, scale)};
  if (only >= 0) {
    side.from = clamp_int(only, 0, n);
    side.to = clamp_int(only, -1, n - 1) + 1;
  } else if (binned && pitch > 0 && pitch < 1) {
    side.each = clamp_int((int)ceilf(ren_least(1 / pitch, (float)n)), 1, n > 1 ? n : 1);
  }
  return side;
}

static bool fits(const EngTensor *weights, size_t rows, size_t columns) {
  return weights->rank == 2 && weights->shape[0] == rows && weights->shape[1] == columns;
}

/* False for what cannot be drawn: nothing there, planes of unlike shape, no room for a line. */
static bool make_geometry(Geometry *geometry, const RenAttentionShape *shape, float scale) {
  const EngTensor *first = &shape->planes[0].weights;
  size_t rows = first->shape[0], columns = first->shape[1];
  for (int i = 0; i < shape->n_planes; i++)
    if (!fits(&shape->planes[i].weights, rows, columns)) return false;
  if (rows < 1 || columns < 1 || rows > INT32_MAX / 2 || columns > INT32_MAX / 2) return false;
  *geometry = (Geometry){
      .shape = shape,
      .rows = make_side((int)rows, shape->only_row, shape->binned, shape->left_y, shape->left_pitch, scale),
      .columns =
          make_side((int)columns, shape->only_column, shape->binned, shape->right_y, shape->right_pitch, scale),
      .width = ren_device(shape->width, scale),
      .thickness = ren_device(shape->thickness, scale),
      .n_columns = ren_device_round(shape->width, scale),
      .n_rows = ren_device_round(shape->height, scale),
  };
  return geometry->n_columns > 0 && geometry->n_rows > 0 && geometry->thickness > 0;
}

static RenBounds place_of(const RenPlane *plane, const Geometry *geometry, float scale) {
  int x = ren_device_round(plane->origin.x, scale), y = ren_device_round(plane->origin.y, scale);
  return (RenBounds){x, y, x + geometry->n_columns, y + geometry->n_rows};
}

static RenBounds unite(RenBounds a, RenBounds b) {
  if (ren_bounds_empty(a)) return b;
  if (ren_bounds_empty(b)) return a;
  return (RenBounds){clamp_int(a.left, INT32_MIN, b.left), clamp_int(a.top, INT32_MIN, b.top),
                     clamp_int(a.right, b.right, INT32_MAX), clamp_int(a.bottom, b.bottom, INT32_MAX)};
}

/* What of a plane shows inside `clip`, counted from the plane's corner. */
static RenBounds window_of(RenBounds place, RenBounds clip) {
  RenBounds seen = ren_bounds_intersect(place, clip);
  if (ren_bounds_empty(seen)) return (RenBounds){0};
  return (RenBounds){seen.left - place.left, seen.top - place.top, seen.right - place.left,
                     seen.bottom - place.top};
}

/* A group of at most sixteen planes into the layer. */
static bool draw_group(RenAttention *attention, Geometry *geometry, const RenLayer *layer, const RenPlane *planes,
                       int n_planes, float scale) {
  RenBounds places[REN_LANES];
  geometry->window = (RenBounds){0};
  for (int i = 0; i < n_planes; i++) {
    places[i] = place_of(&planes[i], geometry, scale);
    geometry->window = unite(geometry->window, window_of(places[i], layer->bounds));
  }
  RenBounds window = geometry->window;
  if (ren_bounds_empty(window)) return true;
  if (!gather(attention, geometry, planes, n_planes)) return false;
  Target target = {geometry, layer, planes, places, n_planes};
  return ren_columns_draw(attention->columns, &attention->strokes, window.left, window.right,
                          window.bottom - window.top, take_column, &target);
}

static bool draw_layer(RenAttention *attention, Geometry *geometry, const RenLayer *layer, float scale) {
  const RenAttentionShape *shape = geometry->shape;
  for (int i = 0; i < shape->n_planes; i += REN_LANES) {
    int n = shape->n_planes - i < REN_LANES ? shape->n_planes - i : REN_LANES;
    if (!draw_group(attention, geometry, layer, shape->planes + i, n, scale)) return false;
  }
  return true;
}

/* --- the key of a layer */

static void add_side(XXH3_state_t *state, const Side *side) {
  const int counts[] = {side->from, side->to, side->each};
  const float places[] = {side->start, side->pitch};
  XXH3_128bits_update(state, counts, sizeof counts);
  XXH3_128bits_update(state, places, sizeof places);
}

static void add_plane(XXH3_state_t *state, const RenPlane *plane, RenBounds place) {
  const int64_t numbers[] = {(int64_t)(intptr_t)plane->weights.data, plane->weights.stride[0],
                             plane->weights.stride[1], place.left, place.top};
  XXH3_128bits_update(state, numbers, sizeof numbers);
  XXH3_128bits_update(state, &plane->color, sizeof plane->color);
  XXH3_128bits_update(state, &plane->gain, sizeof plane->gain);
}

/* Everything that the layer's pixels depend on. */
static XXH128_hash_t key_of(XXH3_state_t *state, const Geometry *geometry, RenBounds bounds, float scale) {
  const RenAttentionShape *shape = geometry->shape;
  XXH3_128bits_reset(state);
  XXH3_128bits_update(state, &shape->version, sizeof shape->version);
  const float sizes[] = {geometry->width, geometry->thickness, shape->threshold};
  XXH3_128bits_update(state, sizes, sizeof sizes);
  const int counts[] = {geometry->n_columns, geometry->n_rows, shape->n_planes, shape->skip != NULL};
  XXH3_128bits_update(state, counts, sizeof counts);
  XXH3_128bits_update(state, &bounds, sizeof bounds);
  add_side(state, &geometry->rows);
  add_side(state, &geometry->columns);
  if (shape->skip) XXH3_128bits_update(state, shape->skip, shape->planes[0].weights.shape[1]);
  for (int i = 0; i < shape->n_planes; i++)
    add_plane(state, &shape->planes[i], place_of(&shape->planes[i], geometry, scale));
  return XXH3_128bits_digest(state);
}

static bool find_key(const Geometry *geometry, RenBounds bounds, float scale, XXH128_hash_t *key) {
  XXH3_state_t *state = XXH3_createState();
  if (!state) return false;
  *key = key_of(state, geometry, bounds, scale);
  XXH3_freeState(state);
  return true;
}

bool ren_raster_attention(const RenCanvas *canvas, RenAttention *attention, const RenAttentionShape *shape) {
  Geometry geometry;
  if (shape->n_planes < 1 || !make_geometry(&geometry, shape, canvas->scale)) return true;
  RenBounds all = {0};
  for (int i = 0; i < shape->n_planes; i++) all = unite(all, place_of(&shape->planes[i], &geometry, canvas->scale));
  RenBounds bounds = ren_bounds_intersect(all, canvas->clip);
  if (ren_bounds_empty(bounds)) return true;
  XXH128_hash_t key;
  bool fresh = false;
  if (!find_key(&geometry, bounds, canvas->scale, &key)) return false;
  const RenLayer *layer = ren_layers_get(attention->layers, key, bounds, &fresh);
  if (!layer) return false;
  if (fresh && !draw_layer(attention, &geometry, layer, canvas->scale)) {
    ren_layers_drop(attention->layers);
    return false;
  }
  ren_layer_blend(canvas, layer, 0, 0);
  return true;
}
