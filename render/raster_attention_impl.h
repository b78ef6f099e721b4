/* What raster_attention*.c share: a picture of lines on its way to the canvas. */
#ifndef RENDER_RASTER_ATTENTION_IMPL_H
#define RENDER_RASTER_ATTENTION_IMPL_H

#include "render/planes.h"
#include "render/raster_parts.h"

/* A layer to draw on. */
typedef struct RenSheet {
  RenLayer layer;
  size_t capacity; /* bytes */
} RenSheet;

/* What stands in for the missing tiles of a picture. */
typedef struct RenRough {
  RenSheet sheet;
  XXH128_hash_t key;
  uint64_t frame; /* in which it was used last */
} RenRough;

enum { ROUGHS = 3 };

struct RenAttention {
  RenLayers *layers;
  RenPlanesMemory memory;
  RenSheet sheet;
  RenRough rough[ROUGHS];
  bool soon, finished;
  uint64_t frame;
  size_t since, until; /* the work at the frame's beginning, and at which there is no more time */
  size_t tile;         /* the work of the last tile, or part; in a sheet of several, their mean */
  size_t slice;        /* … and of the last slice, of the picture with that key */
  XXH128_hash_t slice_key;
};

typedef struct RenJob {
  const RenCanvas *canvas;
  RenAttention *attention;
  const RenPlanes *planes;
  XXH128_hash_t key;
  RenBounds all; /* the whole picture, as wide as it shows */
  int band_from, band_to;
  int slice_from, slice_to;
  bool sliced; /* else a tile is as wide as the picture */
  int slice;   /* how wide one is then */
  bool soon;
  bool in_parts;         /* places of planes in place of tiles */
  const RenLayer *rough; /* in place of what is missing */
} RenJob;

enum { REN_BAND = 64 };     /* the height of a tile, device pixels */
enum { REN_SLICE = 32 };    /* the width of one, or of a sheet of several narrower ones */
enum { REN_SOON = 400000 }; /* ren_planes_work of a frame that is wanted soon: a few milliseconds */

/* raster_tiles.c: where the slices up to `end`, or n of them, and the bands from … to lie. */
RenBounds ren_tiles_bounds(const RenJob *job, int slice, int n, int from, int to);
RenBounds ren_tile_bounds(const RenJob *job, int slice, int band);
XXH128_hash_t ren_tile_key(XXH128_hash_t key, RenBounds tile);
const RenLayer *ren_tiles_find(const RenJob *job, int slice, int band);        /* NULL: it is not there */
bool ren_tiles_there(const RenJob *job, int slice, int end, int from, int to); /* all of them */
bool ren_tiles_any(const RenJob *job, int slice);
void ren_tiles_keep(const RenJob *job, const RenLayer *sheet, int slice, int band);
/* Draws them as one sheet; false when memory is short, or cancelled. */
bool ren_tiles_draw(const RenJob *job, int slice, int end, int from, int to);
void ren_tiles_blend(const RenJob *job, int slice, int end, int from, int to);
void ren_attention_blend(const RenJob *job, const RenLayer *layer);
void ren_attention_blend_rough(const RenJob *job, RenBounds tile);
/* Draws what falls into the bounds; false when memory is short, or cancelled. */
bool ren_attention_draw_sheet(RenAttention *attention, const RenPlanes *planes, RenSheet *sheet, RenBounds bounds);
/* Whether so much work would take longer than there is time; what comes first in a frame is always done. */
bool ren_attention_out_of_time(const RenJob *job, size_t expected);

/* raster_attention_soon.c: whether all that is missing is better drawn at once. */
bool ren_attention_is_light(const RenJob *job);
/* Draws what stands in for what is missing, unless it is there already; all tiles, or what stands in for them. */
bool ren_attention_stand_in(RenJob *job);
bool ren_attention_show_soon(const RenJob *job);

/* raster_attention_parts.c: places of planes in place of tiles; around those that are not there yet; all of them,
 * or what stands in. */
RenBounds ren_parts_missing(const RenJob *job);
bool ren_parts_show(const RenJob *job);

#endif
