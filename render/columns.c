/* Column by column, so that the column being worked on stays in the nearest cache; for some columns at a
 * time the lines that touch them at all are listed first. A pixel that a line covers in part is multiplied
 * at once, and so are the few that a flat line covers wholly. The many of a steep line are not touched: only
 * where they begin and end is noted, as a sum of wear, and summing up along the column gives every pixel its
 * share. The inner loop exists once and is compiled for several instruction sets. */
#include "render/columns_impl.h"

#include <stdlib.h>

enum { LISTED = 8, SOME = 64 };

/* --- the inner loop */

REN_INLINE void cover_part(RenLanes *pixel, const RenLanes *opacity, float part) {
  *pixel -= *pixel * (*opacity * part);
}

/* The pixels from … to, wholly. */
REN_INLINE void cover_whole(RenMaking column, int from, int to, const RenLines *lines, size_t i) {
  if (ren_line_is_steep(&lines->lines[i])) {
    column.steps[from] += lines->wears[i];
    column.steps[to] -= lines->wears[i];
    return;
  }
  RenLanes rest = 1 - lines->opacities[i];
  for (int k = from; k < to; k++) column.pixels[k] *= rest;
}

/* Line i over the rows from … to. What counts as whole does not depend on where the window cuts. */
REN_INLINE void cover(RenMaking column, float from, float to, const RenLines *lines, size_t i) {
  const RenLanes *opacity = &lines->opacities[i];
  int first = (int)from, last = (int)to;
  if (first == last) {
    cover_part(&column.pixels[first], opacity, to - from);
    return;
  }
  int whole = from > (float)first ? first + 1 : first;
  if (whole > first) cover_part(&column.pixels[first], opacity, (float)whole - from);
  cover_whole(column, whole, last, lines, i);
  if (to > (float)last) cover_part(&column.pixels[last], opacity, to - (float)last);
}

/* Where lines begin and end in a column, and how much of their first and last pixel they cover: of some lines at
 * once, so that none waits for what the one before has drawn. */
typedef struct Places {
  float from[SOME], to[SOME];
  int first[SOME], last[SOME];
  float above[SOME], below[SOME];
} Places;

/* The coverage of a pixel by a line is the height of the line, cut at the pixel, in the pixel's middle. Counting
 * rows from the top is exact, since it makes numbers smaller. */
REN_INLINE void place(const RenActive *active, size_t i, int n, float x, Places *out) {
  float start = (float)active->top, rows = (float)(active->bottom - active->top);
  for (int k = 0; k < n; k++) {
    const RenLine *line = &active->lines->lines[active->indices[i + (size_t)k]];
    float middle = line->y + line->slope * x;
    out->from[k] = ren_most(ren_most(middle - line->half, line->top) - start, 0);
    out->to[k] = ren_least(ren_least(middle + line->half, line->bottom) - start, rows);
  }
  for (int k = 0; k < n; k++) {
    out->first[k] = (int)out->from[k];
    out->last[k] = (int)out->to[k];
    out->above[k] = (float)(out->first[k] + 1) - out->from[k];
    out->below[k] = out->to[k] - (float)out->last[k];
  }
}

/* Most lines are flat, begin inside of a pixel and end in another one. The rest of the opacity is worked out anew
 * for each pixel: kept, it would go through memory where vectors are shorter. */
REN_INLINE void cover_placed(RenMaking column, const Places *places, int k, const RenLines *lines, size_t i) {
  const RenLanes *opacity = &lines->opacities[i];
  int first = places->first[k], last = places->last[k];
  if (first >= last || !(places->above[k] < 1) || ren_line_is_steep(&lines->lines[i])) {
    if (places->to[k] > places->from[k]) cover(column, places->from[k], places->to[k], lines, i);
    return;
  }
  cover_part(&column.pixels[first], opacity, places->above[k]);
  for (int row = first + 1; row < last; row++) column.pixels[row] *= 1 - *opacity;
  cover_part(&column.pixels[last], opacity, places->below[k]);
}

REN_INLINE void accumulate(const RenActive *active, float x, RenMaking column) {
  Places places;
  for (size_t i = 0; i < active->n; i += SOME) {
    int n = active->n - i < SOME ? (int)(active->n - i) : SOME;
    place(active, i, n, x, &places);
    for (int k = 0; k < n; k++) cover_placed(column, &places, k, active->lines, active->indices[i + (size_t)k]);
  }
  if (active->steep) ren_wear_down(column, active->bottom - active->top);
}

REN_VARIANTS(accumulate, (const RenActive *active, float x, RenMaking column), (active, x, column))

RenColumns *ren_columns_new(void) {
  RenColumns *columns = calloc(1, sizeof *columns);
  if (columns) columns->accumulate = accumulate_variants[ren_simd()];
  if (columns) columns->accumulate_single = ren_accumulate_single();
  return columns;
}

static void free_column(RenMaking *column) {
  free(column->pixels);
  free(column->steps);
  *column = (RenMaking){0};
}

void ren_columns_free(RenColumns *columns) {
  if (!columns) return;
  free_column(&columns->making);
  free(columns->active.indices);
  free(columns);
}

static bool reserve_rows(RenColumns *columns, size_t n) {
  if (n <= columns->n_rows) return true;
  free_column(&columns->making);
  columns->making.pixels = aligned_alloc(sizeof(RenLanes), n * sizeof(RenLanes));
  columns->making.steps = aligned_alloc(sizeof(RenLanes), n * sizeof(RenLanes));
  columns->n_rows = columns->making.pixels && columns->making.steps ? n : 0;
  if (columns->n_rows > 0) memset(columns->making.steps, 0, n * sizeof(RenLanes));
  return columns->n_rows > 0;
}

static bool reserve_active(RenColumns *columns, size_t n) {
  if (n <= columns->capacity) return true;
  uint32_t *grown = realloc(columns->active.indices, n * sizeof *grown);
  if (!grown) return false;
  columns->active.indices = grown;
  columns->capacity = n;
  return true;
}

static int clamp_row(float y, RenBounds window) {
  return (int)ren_most(ren_least(y, (float)window.bottom), (float)window.top);
}

/* Lists the lines that touch the window and widens the rows to theirs; a pixel to spare on every side, since
 * this is for speed and must not decide. */
static void consider(RenActive *active, const RenLine *line, uint32_t index, RenBounds window) {
  float y0 = line->y + line->slope * (float)window.left, y1 = line->y + line->slope * (float)window.right;
  float from = ren_least(y0, y1) - line->half - 1, to = ren_most(y0, y1) + line->half + 1;
  if (to <= (float)window.top || from >= (float)window.bottom) return;
  int top = clamp_row(from, window), bottom = clamp_row(to + 1, window);
  active->top = active->n == 0 || top < active->top ? top : active->top;
  active->bottom = active->n == 0 || bottom > active->bottom ? bottom : active->bottom;
  active->steep |= ren_line_is_steep(line);
  active->indices[active->n++] = index;
}

static void list(RenActive *active, const RenLines *lines, RenBounds window) {
  *active = (RenActive){.lines = lines, .indices = active->indices};
  for (size_t i = 0; i < lines->n; i++) consider(active, &lines->lines[i], (uint32_t)i, window);
}

/* Lets everything through. */
static const RenActive *begin(RenColumns *columns) {
  const RenActive *active = &columns->active;
  for (int k = 0; k < active->bottom - active->top + REN_MORE; k++) columns->making.pixels[k] = ren_all_through;
  return active;
}

static void draw_column(RenColumns *columns, int x, RenColumnTaker take, void *context) {
  const RenActive *active = begin(columns);
  columns->accumulate(active, (float)x + 0.5F, columns->making);
  take(context, &(RenColumn){x, active->top, active->bottom, columns->making.pixels});
}

static bool reserve(RenColumns *columns, const RenLines *lines, RenBounds window) {
  columns->work += lines->n;
  return reserve_rows(columns, (size_t)(window.bottom - window.top + REN_MORE)) &&
         reserve_active(columns, lines->n);
}

bool ren_columns_draw(RenColumns *columns, const RenLines *lines, RenBounds window, RenColumnTaker take,
                      void *context) {
  if (!reserve(columns, lines, window)) return false;
  for (int left = window.left; left < window.right; left += LISTED) {
    int right = left + LISTED < window.right ? left + LISTED : window.right;
    list(&columns->active, lines, (RenBounds){left, window.top, right, window.bottom});
    for (int x = left; columns->active.n > 0 && x < right; x++) draw_column(columns, x, take, context);
    columns->work += columns->active.n * (size_t)(right - left);
  }
  return true;
}

bool ren_columns_draw_single(RenColumns *columns, const RenLines *lines, RenBounds window, RenBlockTaker take,
                             void *context) {
  if (!reserve(columns, lines, window)) return false;
  for (int left = window.left; left < window.right; left += REN_LANES) {
    int right = left + REN_LANES < window.right ? left + REN_LANES : window.right;
    list(&columns->active, lines, (RenBounds){left, window.top, right, window.bottom});
    columns->work += columns->active.n * (size_t)(right - left) / REN_SINGLE;
    if (columns->active.n == 0) continue;
    const RenActive *active = begin(columns);
    columns->accumulate_single(active, (float)left + 0.5F, columns->making);
    take(context, &(RenBlock){left, right, active->top, active->bottom, columns->making.pixels});
  }
  return true;
}

size_t ren_columns_work(const RenColumns *columns) { return columns->work; }
