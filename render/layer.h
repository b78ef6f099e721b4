/* A picture to be laid over another: for each pixel how much shows through and the colour on top of that,
 * four numbers of sixteen bits. Layers are kept under a key, within a bound. */
#ifndef RENDER_LAYER_H
#define RENDER_LAYER_H

#include "render/canvas.h"

#include <xxhash.h>

typedef struct RenLayer {
  RenBounds bounds;
  uint16_t *pixels; /* (rows, columns, 4): transmittance, then red, green, blue times opacity; 65535 is 1 */
} RenLayer;

size_t ren_layer_bytes(RenBounds bounds);
/* Lets everything through. */
void ren_layer_clear(const RenLayer *layer);

static inline uint16_t *ren_layer_pixel(const RenLayer *layer, int x, int y) {
  size_t width = (size_t)(layer->bounds.right - layer->bounds.left);
  return layer->pixels + 4 * ((size_t)(y - layer->bounds.top) * width + (size_t)(x - layer->bounds.left));
}

/* Lays it over the canvas, moved by (dx, dy), inside the clip. */
void ren_layer_blend(const RenCanvas *canvas, const RenLayer *layer, int dx, int dy);

enum { REN_LAYERS = 16384 }; /* that are kept at most */
typedef struct RenLayers RenLayers;

RenLayers *ren_layers_new(void); /* NULL when memory is short; holds 64 MB at most */
void ren_layers_free(RenLayers *layers);

/* The layer kept under this key, or NULL. Valid until the next keep. */
const RenLayer *ren_layers_find(RenLayers *layers, XXH128_hash_t key);
/* Keeps a copy; does nothing when memory is short. */
void ren_layers_keep(RenLayers *layers, XXH128_hash_t key, const RenLayer *layer);
/* The same with what lies inside `part` of a layer; the kept one is as small as what can be seen of it. */
void ren_layers_keep_part(RenLayers *layers, XXH128_hash_t key, const RenLayer *layer, RenBounds part);
/* From now on they hold no more than two and a half pictures of that many pixels, or 4 MB, or 64 MB. */
void ren_layers_limit(RenLayers *layers, const RenPixels *pixels);
bool ren_layers_hold(const RenLayers *layers, size_t bytes); /* whether so many can be kept */
size_t ren_layers_bytes(const RenLayers *layers);

#endif
