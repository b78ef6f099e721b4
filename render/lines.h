/* A list of straight lines, each in sixteen pictures at once with an opacity of its own. */
#ifndef RENDER_LINES_H
#define RENDER_LINES_H

#include "render/lanes.h"

#include <stdbool.h>
#include <stddef.h>

/* In device pixels: at x it covers `half` above and below y + slope * x, as far as that is between top and
 * bottom, where its ends are. */
typedef struct RenLine {
  float y, slope, half;
  float top, bottom;
} RenLine;

typedef struct RenLines { /* zeroed: empty */
  size_t n, capacity;
  RenLine *lines;
  RenLanes *opacities; /* 0 … 1 */
  RenLaneInts *wears;  /* of steep lines */
} RenLines;

/* Whether the line covers so many pixels of a column wholly that they are better not counted one by one. */
static inline bool ren_line_is_steep(const RenLine *line) { return line->half > 4; }

bool ren_lines_push(RenLines *lines, RenLine line, const RenLanes *opacities); /* false: no memory */
void ren_lines_free(RenLines *lines);
size_t ren_lines_bytes(const RenLines *lines);

#endif
