/* What columns*.c share: a column in the making, and the lines that touch it. */
#ifndef RENDER_COLUMNS_IMPL_H
#define RENDER_COLUMNS_IMPL_H

#include "render/columns.h"

#include <string.h>

enum { REN_MORE = 4 }; /* rows behind the last: lines may end there, and whoever takes four at once reads them */

/* What shows through the pixels, and by how much the wear changes at each; of one column in sixteen pictures, or of
 * sixteen columns of one picture. */
typedef struct RenMaking {
  RenLanes *pixels;   /* (rows + REN_MORE): lines may end on the lower edge */
  RenLaneInts *steps; /* (rows + REN_MORE), 0 between columns */
} RenMaking;

/* The lines to draw: those of the list whose indices are active. */
typedef struct RenActive {
  const RenLines *lines;
  uint32_t *indices;
  size_t n;
  int top, bottom; /* rows that they touch */
  bool steep;      /* any of them */
} RenActive;

/* The column at x, or that one and those right of it; all of it lets through before. */
typedef void (*RenAccumulate)(const RenActive *active, float x, RenMaking making);

struct RenColumns {
  RenAccumulate accumulate, accumulate_single;
  RenMaking making;
  size_t n_rows;
  RenActive active;
  size_t capacity; /* of the indices */
  size_t work;
};

static const RenLanes ren_all_through = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

REN_INLINE bool ren_is_zero(const RenLaneInts *lanes) {
  uint64_t words[sizeof *lanes / 8], any = 0;
  memcpy(words, lanes, sizeof words);
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) any |= words[i];
  return any == 0;
}

REN_INLINE void ren_wear_down(RenMaking making, int n_rows) {
  RenLaneInts wear = {0}, nothing = {0};
  RenLanes through = ren_all_through;
  for (int k = 0; k < n_rows; k++) {
    if (!ren_is_zero(&making.steps[k])) {
      wear += making.steps[k];
      making.steps[k] = nothing;
      through = ren_all_through;
      ren_lanes_weaken(&through, &wear);
    }
    making.pixels[k] *= through;
  }
  making.steps[n_rows] = nothing;
}

/* columns_single.c: sixteen columns of one picture. */
RenAccumulate ren_accumulate_single(void);

#endif
