/* Column by column, so that the column being worked on stays in the nearest cache; for some columns at a
 * time the lines that touch them at all are listed first. A pixel that a line covers in part is multiplied
 * at once, and so are the few that a flat line covers wholly. The many of a steep line are not touched: only
 * where they begin and end is noted, as a sum of wear, and summing up along the column gives every pixel its
 * share. The inner loop exists once and is compiled for several instruction sets. */
#include "render/columns.h"

#include <stdlib.h>
#include <string.h>

enum { LISTED = 8 };
enum { MORE = 4 }; /* rows behind the last: lines may end there, and whoever takes four at once reads them */

static const RenLanes all_through = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

/* A column in the making: what shows through its pixels, and by how much the wear changes at each. */
typedef struct Making {
  RenLanes *pixels;   /* (rows + MORE): lines may end on the lower edge */
  RenLaneInts *steps; /* (rows + MORE), 0 between columns */
} Making;

/* The lines to draw: those of the list whose indices are active. */
typedef struct Active {
  const RenLines *lines;
  uint32_t *indices;
  size_t n;
  int top, bottom; /* rows that they touch */
  bool steep;      /* any of them */
} Active;

typedef void (*Accumulate)(const Active *active, float x, Making column);

struct RenColumns {
  Accumulate accumulate;
  Making column;
  size_t n_rows;
  Active active;
  size_t capacity; /* of the indices */
  size_t work;
};

/* --- the inner loop */

REN_INLINE void cover_part(RenLanes *pixel, const RenLanes *opacity, float part) {
  *pixel -= *pixel * (*opacity * part);
}

/* The pixels from … to, wholly. */
REN_INLINE void cover_whole(Making column, int from, int to, const RenLines *lines, size_t i) {
  if (ren_line_is_steep(&lines->lines[i])) {
    column.steps[from] += lines->wears[i];
    column.steps[to] -= lines->wears[i];
    return;
  }
  RenLanes rest = 1 - lines->opacities[i];
  for (int k = from; k < to; k++) column.pixels[k] *= rest;
}

/* Line i over the rows from … to. What counts as whole does not depend on where the window cuts. */
REN_INLINE void cover(Making column, float from, float to, const RenLines *lines, size_t i) {
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

REN_INLINE bool is_zero(const RenLaneInts *lanes) {
  uint64_t words[sizeof *lanes / 8], any = 0;
  memcpy(words, lanes, sizeof words);
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) any |= words[i];
  return any == 0;
}

REN_INLINE void wear_down(Making column, int n_rows) {
  RenLaneInts wear = {0}, nothing = {0};
  RenLanes through = all_through;
  for (int k = 0; k < n_rows; k++) {
    if (!is_zero(&column.steps[k])) {
      wear += column.steps[k];
      column.steps[k] = nothing;
      through = all_through;
      ren_lanes_weaken(&through, &wear);
    }
    column.pixels[k] *= through;
  }
  column.steps[n_rows] = nothing;
}

/* The column at x. The coverage of a pixel by a line is the height of the line, cut at the
 * pixel, in the pixel's middle. Counting rows from the top is exact, since it makes numbers smaller. */
REN_INLINE void accumulate(const Active *active, float x, Making column) {
  float start = (float)active->top, rows = (float)(active->bottom - active->top);
  for (size_t i = 0; i < active->n; i++) {
    const RenLine *line = &active->lines->lines[active->indices[i]];
    float middle = line->y + line->slope * x;
    float from = ren_most(ren_most(middle - line->half, line->top) - start, 0);
    float to = ren_least(ren_least(middle + line->half, line->bottom) - start, rows);
    if (to > from) cover(column, from, to, active->lines, active->indices[i]);
  }
  if (active->steep) wear_down(column, active->bottom - active->top);
}

REN_VARIANTS(accumulate, (const Active *active, float x, Making column), (active, x, column))

RenColumns *ren_columns_new(void) {
  RenColumns *columns = calloc(1, sizeof *columns);
  if (columns) columns->accumulate = accumulate_variants[ren_simd()];
  return columns;
}

static void free_column(Making *column) {
  free(column->pixels);
  free(column->steps);
  *column = (Making){0};
}

void ren_columns_free(RenColumns *columns) {
  if (!columns) return;
  free_column(&columns->column);
  free(columns->active.indices);
  free(columns);
}

static bool reserve_rows(RenColumns *columns, size_t n) {
  if (n <= columns->n_rows) return true;
  free_column(&columns->column);
  columns->column.pixels = aligned_alloc(sizeof(RenLanes), n * sizeof(RenLanes));
  columns->column.steps = aligned_alloc(sizeof(RenLanes), n * sizeof(RenLanes));
  columns->n_rows = columns->column.pixels && columns->column.steps ? n : 0;
  if (columns->n_rows > 0) memset(columns->column.steps, 0, n * sizeof(RenLanes));
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
static void consider(Active *active, const RenLine *line, uint32_t index, RenBounds window) {
  float y0 = line->y + line->slope * (float)window.left, y1 = line->y + line->slope * (float)window.right;
  float from = ren_least(y0, y1) - line->half - 1, to = ren_most(y0, y1) + line->half + 1;
  if (to <= (float)window.top || from >= (float)window.bottom) return;
  int top = clamp_row(from, window), bottom = clamp_row(to + 1, window);
  active->top = active->n == 0 || top < active->top ? top : active->top;
  active->bottom = active->n == 0 || bottom > active->bottom ? bottom : active->bottom;
  active->steep |= ren_line_is_steep(line);
  active->indices[active->n++] = index;
}

static void list(Active *active, const RenLines *lines, RenBounds window) {
  *active = (Active){.lines = lines, .indices = active->indices};
  for (size_t i = 0; i < lines->n; i++) consider(active, &lines->lines[i], (uint32_t)i, window);
}

static void draw_column(RenColumns *columns, int x, RenColumnTaker take, void *context) {
  const Active *active = &columns->active;
  for (int k = 0; k < active->bottom - active->top + MORE; k++) columns->column.pixels[k] = all_through;
  columns->accumulate(active, (float)x + 0.5F, columns->column);
  take(context, &(RenColumn){x, active->top, active->bottom, columns->column.pixels});
}

bool ren_columns_draw(RenColumns *columns, const RenLines *lines, RenBounds window, RenColumnTaker take,
                      void *context) {
  size_t n_rows = (size_t)(window.bottom - window.top + MORE);
  columns->work += lines->n;
  if (!reserve_rows(columns, n_rows) || !reserve_active(columns, lines->n)) return false;
  for (int left = window.left; left < window.right; left += LISTED) {
    int right = left + LISTED < window.right ? left + LISTED : window.right;
    list(&columns->active, lines, (RenBounds){left, window.top, right, window.bottom});
    for (int x = left; columns->active.n > 0 && x < right; x++) draw_column(columns, x, take, context);
    columns->work += columns->active.n * (size_t)(right - left);
  }
  return true;
}

size_t ren_columns_work(const RenColumns *columns) { return columns->work; }
