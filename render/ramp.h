/* From the magnitude of a value to the opacity of its colour. No C library's tanh is asked, so that a
 * picture has the same bits everywhere. */
#ifndef RENDER_RAMP_H
#define RENDER_RAMP_H

#include "render/frame.h"

#include <math.h>

float ren_tanh(float x); /* within 1e-4 of the function, -1 … 1; NaN is 0 */

/* 0 … 1 for a value of either sign; NaN is 0. But for tanh without a branch where the ramp is known. */
static inline float ren_ramp_opacity(RenRamp ramp, float value) {
  float magnitude = fabsf(value) > 0 ? fabsf(value) : 0, least = magnitude < 1 ? magnitude : 1;
  if (ramp == REN_RAMP_TANH4) return ren_tanh(magnitude / 4);
  return ramp == REN_RAMP_SQRT ? sqrtf(least) : least;
}

static inline float ren_values_gain(const RenValuesShape *shape) { return shape->gain > 0 ? shape->gain : 1; }

#endif
