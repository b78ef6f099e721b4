/* One picture alone would leave fifteen of sixteen lanes idle. So a lane is a column here, and a line goes through
 * sixteen columns at once: from its highest row in them to its lowest, whatever part of each pixel it covers. Of a
 * line that climbs fast most of those would be empty; it is covered column by column. */
#include "render/columns_impl.h"

#include <math.h>

typedef struct Stretch { /* of a line in each column */
  float from[REN_LANES], to[REN_LANES];
} Stretch;

/* The rows first … last - 1, of which no column has more than that. */
REN_INLINE void cover_flat(RenLanes *pixels, const Stretch *stretch, int first, int last, float opacity) {
  for (int k = first; k < last; k++) {
    float *restrict pixel = (float *)&pixels[k], top = (float)k, bottom = (float)(k + 1), rest = 1 - opacity;
    for (int lane = 0; lane < REN_LANES; lane++) {
      float from = stretch->from[lane], to = stretch->to[lane], under = pixel[lane];
      float part = ren_most(ren_least(to, bottom) - ren_most(from, top), 0);
      float partly = under - under * (opacity * part), wholly = under * rest;
      float upper = from <= top ? wholly : partly;
      pixel[lane] = to >= bottom ? upper : partly;
    }
  }
}

/* One column, as in columns.c. */
REN_INLINE void cover_column(RenMaking making, int lane, float from, float to, const RenLines *lines, size_t i) {
  float opacity = lines->opacities[i][0];
  int first = (int)from, last = (int)to, whole = from > (float)first ? first + 1 : first;
  if (first == last) {
    making.pixels[first][lane] -= making.pixels[first][lane] * (opacity * (to - from));
    return;
  }
  if (whole > first) making.pixels[first][lane] -= making.pixels[first][lane] * (opacity * ((float)whole - from));
  if (ren_line_is_steep(&lines->lines[i])) {
    making.steps[whole][lane] += lines->wears[i][0];
    making.steps[last][lane] -= lines->wears[i][0];
  } else
    for (int k = whole; k < last; k++) making.pixels[k][lane] *= 1 - opacity;
  if (to > (float)last) making.pixels[last][lane] -= making.pixels[last][lane] * (opacity * (to - (float)last));
}

REN_INLINE void cover(RenMaking making, const Stretch *stretch, const RenLines *lines, size_t i) {
  enum { FAST = 2 };
  const RenLine *line = &lines->lines[i];
  if (ren_line_is_steep(line) || fabsf(line->slope) > FAST) {
    for (int lane = 0; lane < REN_LANES; lane++) {
      float from = stretch->from[lane], to = stretch->to[lane];
      if (to > from) cover_column(making, lane, from, to, lines, i);
    }
    return;
  }
  const int end = REN_LANES - 1; /* a line only rises, or only falls */
  float top = ren_least(stretch->from[0], stretch->from[end]), bottom = ren_most(stretch->to[0], stretch->to[end]);
  cover_flat(making.pixels, stretch, (int)top, (int)ceilf(bottom), lines->opacities[i][0]);
}

REN_INLINE void stretch_of(const RenLine *line, float x, float start, float rows, Stretch *out) {
  for (int lane = 0; lane < REN_LANES; lane++) {
    float middle = line->y + line->slope * (x + (float)lane);
    out->from[lane] = ren_most(ren_most(middle - line->half, line->top) - start, 0);
    out->to[lane] = ren_least(ren_least(middle + line->half, line->bottom) - start, rows);
  }
}

REN_INLINE void accumulate(const RenActive *active, float x, RenMaking making) {
  float start = (float)active->top, rows = (float)(active->bottom - active->top);
  for (size_t i = 0; i < active->n; i++) {
    Stretch stretch;
    stretch_of(&active->lines->lines[active->indices[i]], x, start, rows, &stretch);
    cover(making, &stretch, active->lines, active->indices[i]);
  }
  if (active->steep) ren_wear_down(making, active->bottom - active->top);
}

REN_VARIANTS(accumulate, (const RenActive *active, float x, RenMaking making), (active, x, making))

RenAccumulate ren_accumulate_single(void) { return accumulate_variants[ren_simd()]; }
