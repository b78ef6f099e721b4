/* A part more costs a walk over all commands and a message to the screen, about as much as a few thousand pixels
 * do: what lies so near each other is one part. When there are too many, those become one that lose least by it. */
#include "render/bounds.h"

#include <stdint.h>

enum { APART = 16384 }; /* pixels */

static int least(int a, int b) { return a < b ? a : b; }
static int most(int a, int b) { return a > b ? a : b; }

RenBounds ren_bounds_intersect(RenBounds a, RenBounds b) {
  return (RenBounds){most(a.left, b.left), most(a.top, b.top), least(a.right, b.right), least(a.bottom, b.bottom)};
}

RenBounds ren_bounds_unite(RenBounds a, RenBounds b) {
  if (ren_bounds_empty(a)) return b;
  if (ren_bounds_empty(b)) return a;
  return (RenBounds){least(a.left, b.left), least(a.top, b.top), most(a.right, b.right), most(a.bottom, b.bottom)};
}

bool ren_bounds_same(RenBounds a, RenBounds b) {
  return a.left == b.left && a.top == b.top && a.right == b.right && a.bottom == b.bottom;
}

bool ren_bounds_contain(RenBounds a, RenBounds b) {
  return a.left <= b.left && a.top <= b.top && a.right >= b.right && a.bottom >= b.bottom;
}

bool ren_bounds_empty(RenBounds bounds) { return bounds.right <= bounds.left || bounds.bottom <= bounds.top; }

static int64_t area(RenBounds bounds) {
  return (int64_t)(bounds.right - bounds.left) * (bounds.bottom - bounds.top);
}

/* Pixels that would be in both in place of neither, less those that are in both twice. */
static int64_t loss(RenBounds a, RenBounds b) { return area(ren_bounds_unite(a, b)) - area(a) - area(b); }

/* The part that loses least when it takes in the bounds. */
static int nearest(const RenRegion *region, RenBounds bounds, int64_t *least_loss) {
  int best = 0;
  *least_loss = INT64_MAX;
  for (int i = 0; i < region->n; i++) {
    int64_t lost = loss(region->parts[i], bounds);
    if (lost < *least_loss) *least_loss = lost, best = i;
  }
  return best;
}

static bool is_in(const RenRegion *region, RenBounds bounds) {
  for (int i = region->n - 1; i >= 0; i--)
    if (ren_bounds_contain(region->parts[i], bounds)) return true;
  return false;
}

/* A part that grew may have come near to others. */
void ren_region_add(RenRegion *region, RenBounds bounds) {
  int64_t lost;
  if (ren_bounds_empty(bounds) || is_in(region, bounds)) return;
  while (region->n > 0) {
    int i = nearest(region, bounds, &lost);
    if (region->n < REN_REGIONS && lost > APART) break;
    bounds = ren_bounds_unite(region->parts[i], bounds);
    region->parts[i] = region->parts[--region->n];
  }
  region->parts[region->n++] = bounds;
}
