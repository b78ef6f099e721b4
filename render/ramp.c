/* tanh as the continued fraction x / (1 + x²/(3 + x²/(5 + …))), cut after the seventh term and held to 1. */
#include "render/ramp.h"

#include <math.h>

float ren_tanh(float x) {
  if (isnan(x)) return 0;
  float end = 4.97F, c = x < -end ? -end : x > end ? end : x, s = c * c;
  float top = c * (135135 + s * (17325 + s * (378 + s)));
  float bottom = 135135 + s * (62370 + s * (3150 + s * 28));
  float t = top / bottom;
  return t < -1 ? -1 : t > 1 ? 1 : t;
}

float ren_ramp_opacity(RenRamp ramp, float value) {
  float magnitude = fabsf(value);
  if (!(magnitude > 0)) return 0;
  if (ramp == REN_RAMP_TANH4) return ren_tanh(magnitude / 4);
  if (magnitude >= 1) return 1;
  return ramp == REN_RAMP_SQRT ? sqrtf(magnitude) : magnitude;
}
