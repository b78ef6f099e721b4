/* Rectangles of device pixels, and a few of them in place of one around them all. */
#ifndef RENDER_BOUNDS_H
#define RENDER_BOUNDS_H

#include <stdbool.h>

/* Left and top inside, right and bottom not. */
typedef struct RenBounds {
  int left, top, right, bottom;
} RenBounds;

RenBounds ren_bounds_intersect(RenBounds a, RenBounds b);
RenBounds ren_bounds_unite(RenBounds a, RenBounds b); /* around both */
bool ren_bounds_empty(RenBounds bounds);
bool ren_bounds_contain(RenBounds a, RenBounds b); /* all of b */
bool ren_bounds_same(RenBounds a, RenBounds b);

/* Rectangles around all that was added, far ones each for itself; they may overlap. */
enum { REN_REGIONS = 4 };
typedef struct RenRegion { /* zeroed: empty */
  int n;
  RenBounds parts[REN_REGIONS];
} RenRegion;

void ren_region_add(RenRegion *region, RenBounds bounds);

#endif
