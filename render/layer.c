/* Sixteen bits a number lose nothing that an eight-bit screen could show, and integers blend alike on every
 * machine. The layer that was not used longest goes first when the kept ones exceed their bound. */
#include "render/layer.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_LAYERS = 64, ONE = 65535 };
static const size_t max_bytes = (size_t)64 << 20;

typedef struct Entry {
  RenLayer layer; /* pixels NULL: free */
  XXH128_hash_t key;
  size_t bytes;
  uint64_t used;
} Entry;

struct RenLayers {
  Entry entries[MAX_LAYERS];
  Entry *latest;
  size_t bytes;
  uint64_t clock;
};

RenLayers *ren_layers_new(void) { return calloc(1, sizeof(RenLayers)); }

static void forget(RenLayers *layers, Entry *entry) {
  layers->bytes -= entry->bytes;
  free(entry->layer.pixels);
  *entry = (Entry){0};
}

void ren_layers_free(RenLayers *layers) {
  if (!layers) return;
  for (int i = 0; i < MAX_LAYERS; i++) forget(layers, &layers->entries[i]);
  free(layers);
}

/* Free entries were never used, so they come first. */
static Entry *oldest(RenLayers *layers) {
  Entry *found = &layers->entries[0];
  for (Entry *e = layers->entries; e < layers->entries + MAX_LAYERS; e++)
    if (e->used < found->used) found = e;
  return found;
}

static Entry *oldest_kept(RenLayers *layers) {
  Entry *found = NULL;
  for (Entry *e = layers->entries; e < layers->entries + MAX_LAYERS; e++)
    if (e->layer.pixels && (!found || e->used < found->used)) found = e;
  return found;
}

static Entry *find(RenLayers *layers, XXH128_hash_t key) {
  for (Entry *e = layers->entries; e < layers->entries + MAX_LAYERS; e++)
    if (e->layer.pixels && XXH128_isEqual(e->key, key)) return e;
  return NULL;
}

/* All of it lets everything through. */
static void clear(uint16_t *pixels, size_t n_pixels) {
  static const uint16_t nothing[4] = {ONE, 0, 0, 0};
  for (size_t i = 0; i < n_pixels; i++) memcpy(pixels + 4 * i, nothing, sizeof nothing);
}

static Entry *add(RenLayers *layers, XXH128_hash_t key, RenBounds bounds) {
  size_t n = (size_t)(bounds.right - bounds.left) * (size_t)(bounds.bottom - bounds.top);
  size_t bytes = n * 4 * sizeof(uint16_t);
  while (layers->bytes > 0 && layers->bytes + bytes > max_bytes) forget(layers, oldest_kept(layers));
  uint16_t *pixels = malloc(bytes);
  if (!pixels) return NULL;
  clear(pixels, n);
  Entry *entry = oldest(layers);
  forget(layers, entry);
  *entry = (Entry){{bounds, pixels}, key, bytes, 0};
  layers->bytes += bytes;
  return entry;
}

const RenLayer *ren_layers_get(RenLayers *layers, XXH128_hash_t key, RenBounds bounds, bool *fresh) {
  Entry *entry = find(layers, key);
  *fresh = !entry;
  if (!entry) entry = add(layers, key, bounds);
  if (!entry) return NULL;
  entry->used = ++layers->clock;
  layers->latest = entry;
  return &entry->layer;
}

void ren_layers_drop(RenLayers *layers) {
  if (layers->latest) forget(layers, layers->latest);
  layers->latest = NULL;
}

size_t ren_layers_bytes(const RenLayers *layers) { return layers->bytes; }

/* under * transmittance + colour, to nearest. */
static uint32_t lay(uint32_t under, int shift, uint32_t transmittance, uint32_t colour) {
  return ((under >> shift & 255) * transmittance + colour * 255 + ONE / 2) / ONE << shift;
}

void ren_layer_blend(const RenCanvas *canvas, const RenLayer *layer, int dx, int dy) {
  RenBounds moved = {layer->bounds.left + dx, layer->bounds.top + dy, layer->bounds.right + dx,
                     layer->bounds.bottom + dy};
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
