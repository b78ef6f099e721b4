/* Sixteen bits a number lose nothing that an eight-bit screen could show, and integers blend alike on every
 * machine. The layer that was not used longest goes first when the kept ones exceed their bound. */
#include "render/layer.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_LAYERS = 2048, BUCKETS = 1024, ONE = 65535 };
static const size_t max_bytes = (size_t)64 << 20;

typedef struct Entry {
  RenLayer layer; /* pixels NULL: free */
  XXH128_hash_t key;
  uint64_t used;      /* 0: free */
  struct Entry *next; /* of its bucket */
} Entry;

struct RenLayers {
  Entry entries[MAX_LAYERS];
  Entry *buckets[BUCKETS]; /* those in use, by their keys */
  size_t bytes;
  uint64_t clock;
};

size_t ren_layer_bytes(RenBounds bounds) {
  return (size_t)(bounds.right - bounds.left) * (size_t)(bounds.bottom - bounds.top) * 4 * sizeof(uint16_t);
}

void ren_layer_clear(const RenLayer *layer) {
  static const uint16_t nothing[4] = {ONE, 0, 0, 0};
  typedef uint16_t Pixels __attribute__((vector_size(16), aligned(2), may_alias));
  const Pixels two = {ONE, 0, 0, 0, ONE, 0, 0, 0};
  size_t n = ren_layer_bytes(layer->bounds) / sizeof nothing, i = 0;
  for (; i + 2 <= n; i += 2) *(Pixels *)(layer->pixels + 4 * i) = two;
  for (; i < n; i++) memcpy(layer->pixels + 4 * i, nothing, sizeof nothing);
}

/* under * transmittance + colour, to nearest. */
static uint32_t lay(uint32_t under, int shift, uint32_t transmittance, uint32_t color) {
  return ((under >> shift & 255) * transmittance + color * 255 + ONE / 2) / ONE << shift;
}

void ren_layer_blend(const RenCanvas *canvas, const RenLayer *layer, int dx, int dy) {
  RenBounds b = layer->bounds, moved = {b.left + dx, b.top + dy, b.right + dx, b.bottom + dy};
  RenBounds bounds = ren_bounds_intersect(moved, canvas->clip);
  for (int y = bounds.top; y < bounds.bottom; y++) {
    uint32_t *row = ren_canvas_row(canvas, y);
    const uint16_t *pixel = ren_layer_pixel(layer, bounds.left - dx, y - dy);
    for (int x = bounds.left; x < bounds.right; x++, pixel += 4) {
      if (pixel[0] == ONE) continue;
      uint32_t under = row[x], t = pixel[0];
      row[x] = 0xFF000000U | lay(under, 16, t, pixel[1]) | lay(under, 8, t, pixel[2]) | lay(under, 0, t, pixel[3]);
    }
  }
}

RenLayers *ren_layers_new(void) { return calloc(1, sizeof(RenLayers)); }

static Entry **bucket_of(RenLayers *layers, XXH128_hash_t key) { return &layers->buckets[key.low64 % BUCKETS]; }

static void unlink_entry(RenLayers *layers, const Entry *entry) {
  Entry **link = bucket_of(layers, entry->key);
  while (*link && *link != entry) link = &(*link)->next;
  if (*link) *link = entry->next;
}

static void link_entry(RenLayers *layers, Entry *entry) {
  Entry **bucket = bucket_of(layers, entry->key);
  entry->next = *bucket;
  *bucket = entry;
}

static void forget(RenLayers *layers, Entry *entry) {
  if (entry->used) unlink_entry(layers, entry);
  if (entry->layer.pixels) layers->bytes -= ren_layer_bytes(entry->layer.bounds);
  free(entry->layer.pixels);
  *entry = (Entry){0};
}

void ren_layers_free(RenLayers *layers) {
  if (!layers) return;
  for (int i = 0; i < MAX_LAYERS; i++) forget(layers, &layers->entries[i]);
  free(layers);
}

const RenLayer *ren_layers_find(RenLayers *layers, XXH128_hash_t key) {
  for (Entry *e = *bucket_of(layers, key); e; e = e->next) {
    if (!XXH128_isEqual(e->key, key)) continue;
    e->used = ++layers->clock;
    return &e->layer;
  }
  return NULL;
}

/* The free one, or else the oldest, of the entries that are kept or of all. */
static Entry *oldest(RenLayers *layers, bool kept) {
  Entry *found = NULL;
  for (Entry *e = layers->entries; e < layers->entries + MAX_LAYERS; e++)
    if ((e->used || !kept) && (!found || e->used < found->used)) found = e;
  return found;
}

/* Makes room within the bound. The memory of a forgotten layer of the same size is used again: pages that are
 * there already are much cheaper than new ones. */
static uint16_t *make_room(RenLayers *layers, size_t bytes) {
  uint16_t *room = NULL;
  while (layers->bytes + bytes > max_bytes) {
    Entry *entry = oldest(layers, true);
    size_t freed = ren_layer_bytes(entry->layer.bounds);
    if (freed == bytes && !room) {
      room = entry->layer.pixels;
      entry->layer.pixels = NULL;
      layers->bytes -= freed;
    }
    forget(layers, entry);
  }
  return room ? room : malloc(bytes);
}

static void copy_part(const RenLayer *from, const RenLayer *to) {
  size_t row = ren_layer_bytes((RenBounds){to->bounds.left, 0, to->bounds.right, 1});
  for (int y = to->bounds.top; y < to->bounds.bottom; y++)
    memcpy(ren_layer_pixel(to, to->bounds.left, y), ren_layer_pixel(from, to->bounds.left, y), row);
}

void ren_layers_keep_part(RenLayers *layers, XXH128_hash_t key, const RenLayer *layer, RenBounds part) {
  size_t bytes = ren_layer_bytes(part);
  if (bytes > max_bytes) return;
  RenLayer kept = {part, make_room(layers, bytes)};
  if (!kept.pixels) return;
  copy_part(layer, &kept);
  Entry *entry = oldest(layers, false);
  forget(layers, entry);
  *entry = (Entry){kept, key, ++layers->clock, NULL};
  link_entry(layers, entry);
  layers->bytes += bytes;
}

void ren_layers_keep(RenLayers *layers, XXH128_hash_t key, const RenLayer *layer) {
  ren_layers_keep_part(layers, key, layer, layer->bounds);
}

size_t ren_layers_bytes(const RenLayers *layers) { return layers->bytes; }
