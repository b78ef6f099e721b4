/* Draw commands to pixels: our own rasteriser, the same bits on every machine.
 *
 * Attention lines are drawn column by column, one vector lane a plane (head); a cache keeps the
 * transmittance of each attention command, so that a frame in which it did not change costs a blend. */
#ifndef RENDER_RASTER_H
#define RENDER_RASTER_H

#include "engine/cancel.h"
#include "engine/error.h"
#include "render/bounds.h"
#include "render/frame.h"
#include "render/text.h"

#include <stdint.h>

typedef struct RenPixels {
  int width, height;
  uint32_t *argb;         /* 0xAARRGGBB, rows of `width` */
  struct RenDrawn *drawn; /* what was drawn there last; NULL: something else */
  uint64_t n_drawn;       /* how often they were drawn … */
  RenRegion changed;      /* … and what of them the last time */
} RenPixels;

bool ren_pixels_resize(RenPixels *pixels, int width, int height, EngError *err); /* zeroed or empty before */
void ren_pixels_forget(RenPixels *pixels); /* they are no frame any more: the next one is drawn whole */
void ren_pixels_free(RenPixels *pixels);

typedef struct RenRaster RenRaster;

RenRaster *ren_raster_new(RenText *text, EngError *err); /* borrows text */
void ren_raster_free(RenRaster *raster);
/* From now on drawing stops, with an error, when that is raised; NULL: it does not. */
void ren_raster_set_cancel(RenRaster *raster, const EngCancel *cancel);

/* Draws the whole frame at `scale` device pixels per logical pixel over `background`; resizes `pixels` to
 * the frame's size times scale, rounded up. Where a frame was drawn in them before, only what differs is drawn.
 * False only when memory is short, or cancelled. */
bool ren_raster_draw(RenRaster *raster, const RenFrame *frame, float scale, RenColor background, RenPixels *pixels,
                     EngError *err);

/* The same within a bounded time: where there was none left for all lines of attention, only the more opaque
 * ones are there, and *finished is false. Each further call with the same frame comes nearer to it. */
bool ren_raster_draw_soon(RenRaster *raster, const RenFrame *frame, float scale, RenColor background,
                          RenPixels *pixels, bool *finished, EngError *err);

/* The same over nothing: pixels with their alpha, colours not multiplied by it. */
bool ren_raster_draw_clear(RenRaster *raster, const RenFrame *frame, float scale, RenPixels *pixels, EngError *err);

size_t ren_raster_cache_bytes(const RenRaster *raster);

#endif
