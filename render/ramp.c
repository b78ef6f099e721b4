/* tanh as the continued fraction x / (1 + x²/(3 + x²/(5 + …))), cut after the seventh term, and 1 from where
 * that is reached. */
#include "render/ramp.h"

float ren_tanh(float x) {
  static const float end = 4.97F;
  if (isnan(x)) return 0;
  if (fabsf(x) >= end) return x > 0 ? 1 : -1;
  float s = x * x;
  float top = x * (135135 + s * (17325 + s * (378 + s)));
  float bottom = 135135 + s * (62370 + s * (3150 + s * 28));
  return top / bottom;
}
