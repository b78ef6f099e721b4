/* Attention lines. The planes of a command go through in groups of sixteen: their weights are gathered,
 * summed to bins where tokens lie closer than pixels, and become a list of lines; the columns of the lines
 * are worked out for all planes of the group at once and laid, plane over plane, into a layer. The layer
 * is kept under a key of everything that it was made from.
 *
 * A plane stands on a whole device pixel. R rows (queries), C columns (keys) of weights. */
#include "render/bundle.h"
#include "render/layer.h"
#include "render/raster_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Geometry {
  const RenAttentionShape *shape;
  RenBundle bundle;
  int n_columns, n_rows; /* pixels of a plane */
  RenBounds window;      /* of a plane, what can show of any plane of the group */
} Geometry;

struct RenAttention {
  RenLayers *layers;
  RenColumns *columns;
  RenStrokes strokes;
  RenGatherer gatherer;
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
  ren_gatherer_free(&attention->gatherer);
  free(attention);
}

size_t ren_attention_bytes(const RenAttention *attention) {
  return ren_layers_bytes(attention->layers) + attention->strokes.capacity * (sizeof(RenStroke) + sizeof(RenLanes));
}

/* --- from columns to the layer */

typedef float Four __attribute__((vector_size(16)));
typedef int32_t FourInts __attribute__((vector_size(16)));
typedef uint16_t FourShorts __attribute__((vector_size(8)));

typedef struct Target {
  const Geometry *geometry;
  const RenLayer *layer;
  RenBounds places[REN_LANES]; /* of the planes, in the layer's coordinates */
  Four colors[REN_LANES];      /* as a layer's pixel, opaque */
  float alphas[REN_LANES];
  int n_planes;
} Target;

/* Nothing was drawn there in any plane. */
static bool is_untouched(const RenLanes *lanes) {
  static const RenLanes one = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  uint64_t here[sizeof(RenLanes) / 8], there[sizeof(RenLanes) / 8], differ = 0;
  memcpy(here, lanes, sizeof here);
  memcpy(there, &one, sizeof there);
  for (size_t i = 0; i < sizeof here / sizeof here[0]; i++) differ |= here[i] ^ there[i];
  return differ == 0;
}

static void lay_pixel(const Target *target, uint16_t *pixel, const float *lanes, int first, int last) {
  FourShorts stored;
  memcpy(&stored, pixel, sizeof stored);
  Four sum = __builtin_convertvector(stored, Four);
  for (int lane = first; lane < last; lane++)
    sum += (target->colors[lane] - sum) * ((1 - lanes[lane]) * target->alphas[lane]);
  stored = __builtin_convertvector(__builtin_convertvector(sum + 0.5F, FourInts), FourShorts);
  memcpy(pixel, &stored, sizeof stored);
}

/* Lays the lanes first … last of a column, planes that stand on each other, over the layer. */
static void lay_column(const Target *target, int x, const RenLanes *column, int first, int last) {
  const RenBounds *window = &target->geometry->window, *bounds = &target->layer->bounds;
  int to_x = target->places[first].left + x, dy = target->places[first].top;
  if (to_x < bounds->left || to_x >= bounds->right) return;
  int top = window->top > bounds->top - dy ? window->top : bounds->top - dy;
  int bottom = window->bottom < bounds->bottom - dy ? window->bottom : bounds->bottom - dy;
  uint16_t *pixel = top < bottom ? ren_layer_pixel(target->layer, to_x, top + dy) : NULL;
  size_t pitch = 4 * (size_t)(bounds->right - bounds->left);
  for (int y = top; y < bottom; y++, pixel += pitch)
    if (!is_untouched(&column[y - window->top]))
      lay_pixel(target, pixel, (const float *)&column[y - window->top], first, last);
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
      .bundle = {ren_bundle_side((int)rows, shape->only_row, shape->binned, shape->left_y, shape->left_pitch,
                                 scale),
                 ren_bundle_side((int)columns, shape->only_column, shape->binned, shape->right_y,
                                 shape->right_pitch, scale),
                 ren_device(shape->width, scale), ren_device(shape->thickness, scale), shape->threshold,
                 shape->skip, 0, 0},
      .n_columns = ren_device_round(shape->width, scale),
      .n_rows = ren_device_round(shape->height, scale),
  };
  return geometry->n_columns > 0 && geometry->n_rows > 0 && geometry->bundle.thickness > 0;
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

static Target make_target(Geometry *geometry, const RenLayer *layer, const RenPlane *planes, int n, float scale) {
  Target target = {.geometry = geometry, .layer = layer, .n_planes = n};
  geometry->window = (RenBounds){0};
  for (int i = 0; i < n; i++) {
    RenColor color = planes[i].color;
    target.places[i] = place_of(&planes[i], geometry, scale);
    target.colors[i] = (Four){0, (float)color.r * 257, (float)color.g * 257, (float)color.b * 257};
    target.alphas[i] = (float)color.a / 255;
    geometry->window = unite(geometry->window, window_of(target.places[i], layer->bounds));
  }
  return target;
}

/* A group of at most sixteen planes into the layer. */
static bool draw_group(RenAttention *attention, Geometry *geometry, const RenLayer *layer, const RenPlane *planes,
                       int n_planes, float scale) {
  Target target = make_target(geometry, layer, planes, n_planes, scale);
  RenBounds window = geometry->window;
  if (ren_bounds_empty(window)) return true;
  geometry->bundle.top = window.top;
  geometry->bundle.bottom = window.bottom;
  if (!ren_bundle_gather(&geometry->bundle, &attention->gatherer, planes, n_planes, &attention->strokes))
    return false;
  return ren_columns_draw(attention->columns, &attention->strokes, window.left, window.right,
                          window.bottom - window.top, take_column, &target);
}

/* How many of the n planes go together: as long as none lies across another. Columns of planes that do would
 * be laid in the order of their columns instead of the order of the planes. */
static int group_size(const Geometry *geometry, const RenPlane *planes, int n, float scale) {
  RenBounds places[REN_LANES];
  for (int i = 0; i < n && i < REN_LANES; i++) {
    places[i] = place_of(&planes[i], geometry, scale);
    for (int k = 0; k < i; k++)
      if (!same_place(places[i], places[k]) && !ren_bounds_empty(ren_bounds_intersect(places[i], places[k])))
        return i;
  }
  return n < REN_LANES ? n : REN_LANES;
}

static bool draw_layer(RenAttention *attention, Geometry *geometry, const RenLayer *layer, float scale) {
  const RenAttentionShape *shape = geometry->shape;
  for (int i = 0, n = 0; i < shape->n_planes; i += n) {
    n = group_size(geometry, shape->planes + i, shape->n_planes - i, scale);
    if (!draw_group(attention, geometry, layer, shape->planes + i, n, scale)) return false;
  }
  return true;
}

/* --- the key of a layer */

static void add_side(XXH3_state_t *state, const RenBundleSide *side) {
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
  const float sizes[] = {geometry->bundle.width, geometry->bundle.thickness, shape->threshold};
  XXH3_128bits_update(state, sizes, sizeof sizes);
  const int counts[] = {geometry->n_columns, geometry->n_rows, shape->n_planes, shape->skip != NULL};
  XXH3_128bits_update(state, counts, sizeof counts);
  XXH3_128bits_update(state, &bounds, sizeof bounds);
  add_side(state, &geometry->bundle.rows);
  add_side(state, &geometry->bundle.columns);
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
