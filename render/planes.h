/* The planes of an attention command, drawn into a layer. A plane stands on a whole device pixel; places are
 * relative to the first plane's, so that a picture that only moved is the same picture. */
#ifndef RENDER_PLANES_H
#define RENDER_PLANES_H

#include "render/bundle.h"
#include "render/layer.h"

typedef struct RenPlanes {
  const RenAttentionShape *shape;
  float scale;
  RenBundle bundle;
  int width, height; /* of a plane, device pixels */
  int x, y;          /* of the first plane */
  float most;        /* 0: all lines; else the more opaque ones, which cross about so many columns of pixels */
} RenPlanes;

/* False for what cannot be drawn: nothing there, planes of unlike shape, no room for a line. */
bool ren_planes_make(RenPlanes *out, const RenAttentionShape *shape, float scale);
/* Where plane i is, and all together, relative to the first. */
RenBounds ren_planes_place(const RenPlanes *planes, int i);
RenBounds ren_planes_bounds(const RenPlanes *planes);

/* Planes first … end - 1 of a picture that takes longer than a frame. */
typedef struct RenPart {
  int first, end;
} RenPart;

/* Whether it does: bins of many rows, of planes that do not lie across each other. */
bool ren_planes_come_in_parts(const RenPlanes *planes);
/* As many planes from this one on as there is time for in a frame; neighbours in the same place stay together. */
RenPart ren_planes_part(const RenPlanes *planes, int first);

/* The key of their picture; false when memory is short. */
bool ren_planes_key(const RenPlanes *planes, XXH128_hash_t *key);

typedef struct RenPlanesMemory { /* working memory; zeroed but for `columns`: empty */
  RenColumns *columns;
  RenGatherer gatherer;
  RenLines lines;
  bool left_out;           /* what was drawn last was not all of the lines */
  const EngCancel *cancel; /* NULL: nobody cancels */
} RenPlanesMemory;

/* What was done with it all told, in lines looked at in a column: a measure of time that is the same everywhere. */
size_t ren_planes_work(const RenPlanesMemory *memory);

/* How much of that it takes, about, to draw the lines that fall into the bounds, and to read all weights once. */
float ren_planes_cost(const RenPlanes *planes, RenPlanesMemory *memory, RenBounds bounds);
float ren_planes_reading(const RenPlanes *planes);

/* Lays the planes over the layer, which is clear. The bits of a pixel do not depend on the layer's bounds.
 * False when memory is short, or cancelled. */
bool ren_planes_draw(const RenPlanes *planes, RenPlanesMemory *memory, const RenLayer *layer);

#endif
