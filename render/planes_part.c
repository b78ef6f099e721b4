/* Pictures of which many weights are read for few lines, as those of bins of tokens are, in parts that do not take
 * long. */
#include "render/planes.h"

static const size_t most_weights = (size_t)4 << 20; /* read for one part */

static size_t weights_of(const RenPlanes *planes) { return eng_tensor_size(&planes->shape->planes[0].weights); }

/* False for more planes than a frame has time to compare. */
static bool lie_apart(const RenPlanes *planes) {
  enum { MOST = 2048 };
  RenBounds places[MOST];
  if (planes->shape->n_planes > MOST) return false;
  for (int i = 0; i < planes->shape->n_planes; i++) {
    RenBounds a = places[i] = ren_planes_place(planes, i);
    for (int k = 0; k < i; k++) {
      RenBounds b = places[k];
      bool across = a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
      if (across && !ren_bounds_same(a, b)) return false;
    }
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
