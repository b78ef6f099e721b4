/* Sixteen bits a number lose nothing that an eight-bit screen could show, and integers blend alike on every
 * machine. Of a tile of lines only the part with lines is kept: a token's fan leaves most of them empty. The layer
 * that was not used longest goes first when the kept ones exceed their bound. */
#include "render/layer.h"

#include "render/lanes.h"

#include <stdlib.h>
#include <string.h>

enum { BUCKETS = 4096, ONE = 65535 };
static const size_t least_bytes = (size_t)4 << 20, most_bytes = (size_t)64 << 20;
static const uint16_t nothing[4] = {ONE, 0, 0, 0}; /* lets everything through */

typedef struct Entry {
  RenLayer layer; /* pixels NULL: free */
  XXH128_hash_t key;
  struct Entry *next;          /* of its bucket, or of those that are free */
  struct Entry *newer, *older; /* in the order of use */
} Entry;

struct RenLayers {
  Entry entries[REN_LAYERS];
  Entry *buckets[BUCKETS]; /* those in use, by their keys */
  size_t n_entries;        /* that were in use at some time */
  Entry *free;             /* of them */
  Entry ends;              /* of those in use: newer is the oldest, older the newest */
  size_t bytes, most;      /* that are kept, and that may be */
};

size_t ren_layer_bytes(RenBounds bounds) {
  return (size_t)(bounds.right - bounds.left) * (size_t)(bounds.bottom - bounds.top) * 4 * sizeof(uint16_t);
}

void ren_layer_clear(const RenLayer *layer) {
  typedef uint16_t Pixels __attribute__((vector_size(16), aligned(2), may_alias));
  const Pixels two = {ONE, 0, 0, 0, ONE, 0, 0, 0};
  size_t n = ren_layer_bytes(layer->bounds) / sizeof nothing, i = 0;
  for (; i + 2 <= n; i += 2) *(Pixels *)(layer->pixels + 4 * i) = two;
  for (; i < n; i++) memcpy(layer->pixels + 4 * i, nothing, sizeof nothing);
}

/* under * transmittance + colour, to nearest. */
REN_INLINE uint32_t lay(uint32_t under, int shift, uint32_t transmittance, uint32_t color) {
  uint32_t sum = (under >> shift & 255) * transmittance + color * 255 + ONE / 2 + 1;
  return (sum + (sum >> 16)) >> 16 << shift; /* (sum - 1) / ONE */
}

/* Without a branch, so that it becomes a loop over vectors. */
REN_INLINE void blend_row(uint32_t *restrict row, const uint16_t *restrict pixel, int n) {
  for (int x = 0; x < n; x++, pixel += 4) {
    uint32_t under = row[x], t = pixel[0];
    row[x] = 0xFF000000U | lay(under, 16, t, pixel[1]) | lay(under, 8, t, pixel[2]) | lay(under, 0, t, pixel[3]);
  }
}

REN_VARIANTS(blend_row, (uint32_t * row, const uint16_t *pixel, int n), (row, pixel, n))

void ren_layer_blend(const RenCanvas *canvas, const RenLayer *layer, int dx, int dy) {
  RenBounds b = layer->bounds, moved = {b.left + dx, b.top + dy, b.right + dx, b.bottom + dy};
  RenBounds bounds = ren_canvas_shown(canvas, moved);
  for (int y = bounds.top; y < bounds.bottom; y++)
    blend_row_variants[canvas->simd](ren_canvas_row(canvas, y) + bounds.left,
                                     ren_layer_pixel(layer, bounds.left - dx, y - dy), bounds.right - bounds.left);
}

RenLayers *ren_layers_new(void) {
  RenLayers *layers = calloc(1, sizeof(RenLayers));
  if (!layers) return NULL;
  layers->ends.newer = layers->ends.older = &layers->ends;
  layers->most = most_bytes;
  return layers;
}

static Entry **bucket_of(RenLayers *layers, XXH128_hash_t key) { return &layers->buckets[key.low64 % BUCKETS]; }

static void leave_order(Entry *entry) {
  entry->newer->older = entry->older;
  entry->older->newer = entry->newer;
}

static void make_newest(RenLayers *layers, Entry *entry) {
  entry->newer = &layers->ends;
  entry->older = layers->ends.older;
  entry->newer->older = entry->older->newer = entry;
}

static void forget_oldest(RenLayers *layers) {
  Entry *entry = layers->ends.newer, **link = bucket_of(layers, entry->key);
  while (*link != entry) link = &(*link)->next;
  *link = entry->next;
  leave_order(entry);
  layers->bytes -= ren_layer_bytes(entry->layer.bounds);
  free(entry->layer.pixels);
  *entry = (Entry){.next = layers->free};
  layers->free = entry;
}

void ren_layers_free(RenLayers *layers) {
  if (!layers) return;
  while (layers->ends.newer != &layers->ends) forget_oldest(layers);
  free(layers);
}

const RenLayer *ren_layers_find(RenLayers *layers, XXH128_hash_t key) {
  for (Entry *e = *bucket_of(layers, key); e; e = e->next) {
    if (!XXH128_isEqual(e->key, key)) continue;
    leave_order(e);
    make_newest(layers, e);
    return &e->layer;
  }
  return NULL;
}

static bool has_free(const RenLayers *layers) { return layers->free || layers->n_entries < REN_LAYERS; }

static Entry *take_free(RenLayers *layers) {
  Entry *entry = layers->free;
  if (!entry) return &layers->entries[layers->n_entries++];
  layers->free = entry->next;
  return entry;
}

void ren_layers_limit(RenLayers *layers, const RenPixels *pixels) {
  size_t bytes = ren_layer_bytes((RenBounds){0, 0, pixels->width, pixels->height}) * 5 / 2;
  layers->most = bytes < least_bytes ? least_bytes : bytes < most_bytes ? bytes : most_bytes;
}

bool ren_layers_hold(const RenLayers *layers, size_t bytes) { return bytes <= layers->most; }

/* Makes room within the bound. The memory of a forgotten layer of the same size is used again: pages that are
 * there already are much cheaper than new ones. */
static uint16_t *make_room(RenLayers *layers, size_t bytes) {
  uint16_t *room = NULL;
  while (layers->bytes + bytes > layers->most || !has_free(layers)) {
    RenLayer *layer = &layers->ends.newer->layer;
    if (ren_layer_bytes(layer->bounds) == bytes && !room) {
      room = layer->pixels;
      layer->pixels = NULL;
    }
    forget_oldest(layers);
  }
  return room ? room : malloc(bytes > 0 ? bytes : 1);
}

static void copy_part(const RenLayer *from, const RenLayer *to) {
  size_t row = ren_layer_bytes((RenBounds){to->bounds.left, 0, to->bounds.right, 1});
  for (int y = to->bounds.top; y < to->bounds.bottom; y++)
    memcpy(ren_layer_pixel(to, to->bounds.left, y), ren_layer_pixel(from, to->bounds.left, y), row);
}

static void keep(RenLayers *layers, XXH128_hash_t key, const RenLayer *layer, RenBounds part) {
  size_t bytes = ren_layer_bytes(part);
  if (!ren_layers_hold(layers, bytes)) return;
  RenLayer kept = {part, make_room(layers, bytes)};
  if (!kept.pixels) return;
  copy_part(layer, &kept);
  Entry *entry = take_free(layers), **bucket = bucket_of(layers, key);
  *entry = (Entry){.layer = kept, .key = key, .next = *bucket};
  *bucket = entry;
  make_newest(layers, entry);
  layers->bytes += bytes;
}

void ren_layers_keep(RenLayers *layers, XXH128_hash_t key, const RenLayer *layer) {
  keep(layers, key, layer, layer->bounds);
}

static bool lets_through(const uint16_t *pixel) { return memcmp(pixel, nothing, sizeof nothing) == 0; }

/* The smallest bounds inside `part` outside of which it lets everything through. */
static RenBounds find_ink(const RenLayer *layer, RenBounds part) {
  RenBounds ink = {0};
  for (int y = part.top; y < part.bottom; y++) {
    int left = part.left, right = part.right;
    while (left < right && lets_through(ren_layer_pixel(layer, left, y))) left++;
    while (left < right && lets_through(ren_layer_pixel(layer, right - 1, y))) right--;
    ink = ren_bounds_unite(ink, (RenBounds){left, y, right, y + 1});
  }
  return ink;
}

void ren_layers_keep_part(RenLayers *layers, XXH128_hash_t key, const RenLayer *layer, RenBounds part) {
  keep(layers, key, layer, find_ink(layer, part));
}

size_t ren_layers_bytes(const RenLayers *layers) { return layers->bytes; }
