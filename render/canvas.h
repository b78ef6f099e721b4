/* What commands are drawn on: the pixels, the scale, the clip in device pixels; and how a colour goes over
 * a pixel.
 *
 * Colours go "over" straight in the eight-bit values of the screen, under + (over - under) * opacity,
 * rounded to nearest, in float arithmetic that every machine does alike. */
#ifndef RENDER_CANVAS_H
#define RENDER_CANVAS_H

#include "render/raster.h"
#include "render/simd.h"

#include <stddef.h>

typedef struct RenCanvas {
  RenPixels *pixels;
  float scale;
  RenBounds clip;   /* inside the pixels */
  RenBounds change; /* outside of it nothing is drawn; what a pixel gets does not depend on it */
  RenSimd simd;
} RenCanvas;

/* Logical to device pixels, held to what any image can be, so that no coordinate overflows later; NaN is 0. */
float ren_device(float logical, float scale);
/* The same to the nearest whole one. */
int ren_device_round(float logical, float scale);
/* A clip reaches to the nearest device pixel. */
void ren_canvas_set_clip(RenCanvas *canvas, RenRect clip);

RenBounds ren_canvas_shown(const RenCanvas *canvas, RenBounds bounds); /* what of them is drawn */
void ren_canvas_fill(const RenCanvas *canvas, RenBounds bounds, RenColor color);

static inline float ren_least(float a, float b) { return a < b ? a : b; }
static inline float ren_most(float a, float b) { return a > b ? a : b; }

static inline uint32_t *ren_canvas_row(const RenCanvas *canvas, int y) {
  return canvas->pixels->argb + (size_t)y * (size_t)canvas->pixels->width;
}

static inline float ren_channel(uint32_t argb, int shift) { return (float)(argb >> shift & 255); }

/* To an int first: there are vectors for that. */
static inline uint32_t ren_rounded(float value) { return (uint32_t)(int)(value + 0.5F); }

static inline uint32_t ren_opaque(float r, float g, float b) {
  return 0xFF000000U | ren_rounded(r) << 16 | ren_rounded(g) << 8 | ren_rounded(b);
}

/* `opacity` in 0 … 1; the colour's own alpha counts on top of it. */
static inline uint32_t ren_over(uint32_t under, RenColor over, float opacity) {
  float a = opacity * (float)over.a / 255, r = ren_channel(under, 16), g = ren_channel(under, 8),
        b = ren_channel(under, 0);
  return ren_opaque(r + ((float)over.r - r) * a, g + ((float)over.g - g) * a, b + ((float)over.b - b) * a);
}

#endif
