/* Cells along one side of a strip or a heat map, and the pixels that they lie in. */
#ifndef RENDER_AXIS_H
#define RENDER_AXIS_H

#include "render/canvas.h"

typedef struct RenAxis {
  size_t n;
  float start, pitch, size; /* device pixels; cell i is start + i * pitch … + size */
  bool snapped;
} RenAxis;

/* `n` cells with gaps between them on a stretch in logical pixels. */
RenAxis ren_axis_make(float from, float length, size_t n, float gap, float scale);
/* Where cell i begins; how much of pixel [pixel, pixel + 1] it covers. */
float ren_axis_from(const RenAxis *axis, size_t i);
float ren_axis_overlap(const RenAxis *axis, size_t i, int pixel);
/* A cell at or before the first that reaches the pixel. */
size_t ren_axis_first(const RenAxis *axis, int pixel);

#endif
