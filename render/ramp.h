/* From the magnitude of a value to the opacity of its colour. No C library's tanh is asked, so that a
 * picture has the same bits everywhere. */
#ifndef RENDER_RAMP_H
#define RENDER_RAMP_H

#include "render/frame.h"

float ren_tanh(float x); /* within 1e-4 of the function, -1 … 1; NaN is 0 */
/* 0 … 1 for a value of either sign; NaN is 0. */
float ren_ramp_opacity(RenRamp ramp, float value);
static inline float ren_values_gain(const RenValuesShape *shape) { return shape->gain > 0 ? shape->gain : 1; }

#endif
