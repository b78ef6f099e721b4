/* Cells along one side of a strip or a heat map, and the pixels that they lie in. */
#ifndef RENDER_AXIS_H
#define RENDER_AXIS_H

#include "render/canvas.h"

#include <math.h>

typedef struct RenAxis {
  size_t n;
  float start, pitch, size; /* device pixels; cell i is start + i * pitch … + size */
  bool snapped;
} RenAxis;

/* `n` cells with gaps between them on a stretch in logical pixels. */
RenAxis ren_axis_make(float from, float length, size_t n, float gap, float scale);
static inline float ren_axis_snap(const RenAxis *axis, float edge) {
  return axis->snapped ? floorf(edge + 0.5F) : edge;
}

/* The edges of cell i. */
static inline float ren_axis_from(const RenAxis *axis, size_t i) {
  return ren_axis_snap(axis, axis->start + (float)i * axis->pitch);
}

static inline float ren_axis_to(const RenAxis *axis, size_t i) {
  return ren_axis_snap(axis, axis->start + (float)i * axis->pitch + axis->size);
}

/* How much of pixel [pixel, pixel + 1] cell i covers. */
static inline float ren_axis_overlap(const RenAxis *axis, size_t i, int pixel) {
  float from = ren_most(ren_axis_from(axis, i), (float)pixel);
  float to = ren_least(ren_axis_to(axis, i), (float)pixel + 1);
  return ren_most(to - from, 0);
}

/* A cell at or before the first that reaches the pixel. */
size_t ren_axis_first(const RenAxis *axis, int pixel);

#endif
