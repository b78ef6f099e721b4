/* Pictures of which many weights are read for few lines, as those of bins of tokens are, in parts that do not take
 * long. */
#include "render/planes.h"

static const size_t most_weights = (size_t)4 << 20; /* read for one part */

static size_t weights_of(const RenPlanes *planes) { return eng_tensor_size(&planes->shape->planes[0].weights); }

static bool lie_apart(const RenPlanes *planes) {
  for (int i = 0; i < planes->shape->n_planes; i++)
    for (int k = 0; k < i; k++) {
      RenBounds a = ren_planes_place(planes, i), b = ren_planes_place(planes, k);
      if (!ren_bounds_same(a, b) && !ren_bounds_empty(ren_bounds_intersect(a, b))) return false;
    }
  return true;
}

bool ren_planes_come_in_parts(const RenPlanes *planes) {
  return planes->bundle.rows.each > 1 && (size_t)planes->shape->n_planes * weights_of(planes) > most_weights &&
         lie_apart(planes);
}

RenPart ren_planes_part(const RenPlanes *planes, int first) {
  int end = first + 1;
  for (; end < planes->shape->n_planes; end++) {
    bool together = ren_bounds_same(ren_planes_place(planes, end), ren_planes_place(planes, end - 1));
    if (!together && (size_t)(end + 1 - first) * weights_of(planes) > most_weights) break;
  }
  return (RenPart){first, end};
}
