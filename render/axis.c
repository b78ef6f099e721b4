/* A cell has two edges: snapped to device pixels while cells are large enough to be told apart, exact below that.
 */
#include "render/axis.h"

static const float tellable = 2; /* device pixels */

RenAxis ren_axis_make(float from, float length, size_t n, float gap, float scale) {
  float room = length - gap * ((float)n - 1), size = ren_most(room, 0) / (float)n;
  RenAxis axis = {n, ren_device(from, scale), ren_device(size + gap, scale), ren_device(size, scale), false};
  axis.snapped = axis.size >= tellable;
  return axis;
}

size_t ren_axis_first(const RenAxis *axis, int pixel) {
  float guess = axis->pitch > 0 ? ((float)pixel - axis->start) / axis->pitch - 2 : 0;
  if (!(guess > 0)) return 0;
  return guess < (float)axis->n ? (size_t)guess : axis->n;
}
