/* Boxes and lines. Of what lies in the clip only what changes is drawn, to the same bits. A plain box covers a
 * pixel by width times height. Everything else is a polygon: its edges add the area to their right, row by row,
 * into one cell a pixel, and the running sum of the cells is the exact coverage. A border is the part of the outer
 * polygon that the inner one leaves. */
#include "render/raster_parts.h"

#include <math.h>
#include <string.h>

enum { ARC = 16, MAX_POINTS = 4 * (ARC + 1) };

/* cos(k pi / 32): a quarter of a circle in sixteen chords. */
static const float quarter[ARC + 1] = {1.00000000F, 0.99518473F, 0.98078528F, 0.95694034F, 0.92387953F, 0.88192126F,
                                       0.83146961F, 0.77301045F, 0.70710678F, 0.63439328F, 0.55557023F, 0.47139674F,
                                       0.38268343F, 0.29028468F, 0.19509032F, 0.09801714F, 0.00000000F};

typedef struct Polygon {
  RenPoint points[MAX_POINTS]; /* device pixels, on a grid of 1/256 */
  int n;
} Polygon;

/* On the grid, sums and differences of places are exact: a shape has the same pixels wherever whole pixels
 * move it, which is why a view looks the same inside a window and alone. */
static float snap(float x) { return floorf(x * 256 + 0.5F) / 256; }

/* --- coverage of a polygon */

/* An edge's piece inside row 0 … 1, with x from 0 on: `area` is its height, signed by its direction. */
static void add_within_cell(float *cells, int cell, float x_mean, float area) {
  float beside = area * (x_mean - (float)cell);
  cells[cell] += area - beside;
  cells[cell + 1] += beside;
}

/* From (x0, at the top) to (x1, at the bottom) of a height `area` in one row: cut at whole x. */
static void add_piece(float *cells, float x0, float x1, float area) {
  float left = ren_least(x0, x1), right = ren_most(x0, x1), per_x = right > left ? area / (right - left) : 0;
  for (int cell = (int)left; (float)cell < right; cell++) {
    float from = ren_most(left, (float)cell), to = ren_least(right, (float)cell + 1);
    if (to > from) add_within_cell(cells, cell, (from + to) / 2, (to - from) * per_x);
  }
  if (right <= left) add_within_cell(cells, (int)left, left, area);
}

/* The same for any x: what lies left of 0 counts at 0, what lies right of `width` covers nothing. */
static void add_clipped(float *cells, float width, float x0, float x1, float area) {
  float left = ren_least(x0, x1), right = ren_most(x0, x1);
  if (left >= width) return;
  if (right <= 0) {
    add_piece(cells, 0, 0, area);
    return;
  }
  float per_x = right > left ? area / (right - left) : 0;
  if (left < 0) add_piece(cells, 0, 0, -left * per_x);
  float from = ren_most(left, 0), to = ren_least(right, width);
  add_piece(cells, from, to, right > left ? (to - from) * per_x : area);
}

static void add_edge(float *cells, const RenBounds *bounds, int y, RenPoint from, RenPoint to) {
  if (ren_most(from.y, to.y) <= (float)y || ren_least(from.y, to.y) >= (float)y + 1) return;
  float sign = to.y > from.y ? 1 : -1;
  RenPoint upper = sign > 0 ? from : to, lower = sign > 0 ? to : from;
  float top = ren_most(upper.y, (float)y), bottom = ren_least(lower.y, (float)y + 1);
  if (!(bottom > top)) return;
  float slope = (lower.x - upper.x) / (lower.y - upper.y), left = (float)bounds->left;
  float x0 = upper.x - left + (top - upper.y) * slope, x1 = upper.x - left + (bottom - upper.y) * slope;
  add_clipped(cells, (float)(bounds->right - bounds->left), x0, x1, sign * (bottom - top));
}

/* Columns from the left of a shape's bounds on that its edges only cross level: first … last - 1. */
typedef struct Middle {
  int first, last;
} Middle;

static float add_up(float *cells, int from, int to, float sum) {
  for (int x = from; x < to; x++) {
    sum += cells[x];
    cells[x] = ren_least(fabsf(sum), 1);
  }
  return sum;
}

/* Coverage of the pixels of row y between the bounds; in the middle only that of its first one. `cells` has two
 * values more than there are pixels. */
static void cover_row(float *cells, const Polygon *polygon, const RenBounds *bounds, Middle middle, int y) {
  int width = bounds->right - bounds->left;
  memset(cells, 0, ((size_t)middle.first + 1) * sizeof *cells);
  memset(cells + middle.last, 0, ((size_t)(width - middle.last) + 2) * sizeof *cells);
  for (int i = 0; i + 1 < polygon->n; i++) add_edge(cells, bounds, y, polygon->points[i], polygon->points[i + 1]);
  if (polygon->n > 0) add_edge(cells, bounds, y, polygon->points[polygon->n - 1], polygon->points[0]);
  float sum = add_up(cells, 0, middle.first, 0);
  if (middle.last > middle.first) cells[middle.first] = ren_least(fabsf(sum), 1);
  add_up(cells, middle.last, width, sum);
}

static RenBounds bounds_of(const Polygon *polygon, const RenCanvas *canvas) {
  RenPoint least = polygon->points[0], most = least;
  for (int i = 1; i < polygon->n; i++) {
    RenPoint p = polygon->points[i];
    least = (RenPoint){ren_least(least.x, p.x), ren_least(least.y, p.y)};
    most = (RenPoint){ren_most(most.x, p.x), ren_most(most.y, p.y)};
  }
  RenBounds all = {ren_device_round(least.x - 0.5F, 1), ren_device_round(least.y - 0.5F, 1),
                   ren_device_round(most.x + 0.5F, 1), ren_device_round(most.y + 0.5F, 1)};
  return ren_bounds_intersect(all, canvas->clip);
}

/* --- boxes */

static Polygon rounded(float left, float top, float right, float bottom, float radius) {
  Polygon polygon = {.n = 0};
  left = snap(left), top = snap(top), right = snap(right), bottom = snap(bottom), radius = snap(radius);
  radius = ren_most(0, ren_least(radius, ren_least(right - left, bottom - top) / 2));
  const float x[4] = {right - radius, left + radius, left + radius, right - radius};
  const float y[4] = {bottom - radius, bottom - radius, top + radius, top + radius};
  int chords = radius > 0 ? ARC : 0;
  float arc[ARC + 1];
  for (int k = 0; k <= ARC; k++) arc[k] = snap(radius * quarter[k]);
  for (int corner = 0; corner < 4; corner++)
    for (int k = 0; k <= chords; k++) {
      bool turned = corner & 1;
      float dx = arc[turned ? ARC - k : k], dy = arc[turned ? k : ARC - k];
      float sx = corner == 0 || corner == 3 ? 1 : -1, sy = corner < 2 ? 1 : -1;
      polygon.points[polygon.n++] = (RenPoint){x[corner] + sx * dx, y[corner] + sy * dy};
    }
  return polygon;
}

/* Where the border is, its colour lies over the fill; the rest of the pixel keeps what was there. */
static uint32_t blend_box(uint32_t under, const RenRectShape *shape, float inner, float border) {
  uint32_t filled = shape->fill.a ? ren_over(under, shape->fill, 1) : under;
  uint32_t framed = border > 0 ? ren_over(filled, shape->stroke, 1) : filled;
  float rest = 1 - inner - border, c[3];
  for (int i = 0; i < 3; i++)
    c[i] =
        rest * ren_channel(under, 8 * i) + inner * ren_channel(filled, 8 * i) + border * ren_channel(framed, 8 * i);
  return ren_opaque(c[2], c[1], c[0]);
}

/* Pixels that are covered alike; most of them lie on the same, or under something that hides it. */
static void blend_alike(uint32_t *row, int n, const RenRectShape *shape, float outer, float inner) {
  float inside = ren_least(inner, outer);
  if (outer <= 0 || (inside >= 1 && shape->fill.a == 0)) return;
  uint32_t under = row[0], over = blend_box(under, shape, inside, outer - inside);
  if (inside >= 1 && shape->fill.a == 255) {
    for (int x = 0; x < n; x++) row[x] = over;
    return;
  }
  for (int x = 0; x < n; x++) {
    if (row[x] != under) under = row[x], over = blend_box(under, shape, inside, outer - inside);
    row[x] = over;
  }
}

/* The columns from … to of the bounds, whose row this is. */
static void blend_box_row(uint32_t *row, int from, int to, Middle middle, const RenRectShape *shape,
                          const float *outer, const float *inner) {
  for (int x = from, end = from; x < to; x = end) {
    bool alike = x >= middle.first && x < middle.last;
    int at = alike ? middle.first : x;
    end = !alike ? x + 1 : middle.last < to ? middle.last : to;
    blend_alike(row + x, end - x, shape, outer[at], inner[at]);
  }
}

/* A box with its border, device pixels. */
typedef struct Framed {
  Polygon outer, inner;
  RenBounds bounds;
  int straight_top, straight_bottom; /* rows that only upright edges cross, all alike */
  Middle middle;
} Framed;

/* What lies between the corners, and a pixel more of both sides. */
static Middle middle_of(const RenBounds *bounds, float left, float right) {
  int width = bounds->right - bounds->left;
  int first = ren_device_round(left + 1.5F, 1) - bounds->left,
      last = ren_device_round(right - 1.5F, 1) - bounds->left;
  if (first < 1) first = 1; /* what lies left of the bounds counts there */
  if (last > width) last = width;
  return first < last ? (Middle){first, last} : (Middle){width, width};
}

static Framed make_framed(const RenCanvas *canvas, const float edge[4], const RenRectShape *shape) {
  float radius = ren_device(shape->radius, canvas->scale);
  float border = shape->stroke.a ? ren_device(ren_most(0, shape->stroke_width), canvas->scale) : 0;
  border = ren_least(border, ren_least(edge[2] - edge[0], edge[3] - edge[1]) / 2);
  float bend = ren_most(radius, border);
  Framed framed = {
      .outer = rounded(edge[0], edge[1], edge[2], edge[3], radius),
      .inner = rounded(edge[0] + border, edge[1] + border, edge[2] - border, edge[3] - border, radius - border),
      .straight_top = ren_device_round(edge[1] + bend + 0.5F, 1),
      .straight_bottom = ren_device_round(edge[3] - bend - 0.5F, 1)};
  framed.bounds = bounds_of(&framed.outer, canvas);
  framed.middle = middle_of(&framed.bounds, edge[0] + bend, edge[2] - bend);
  return framed;
}

static bool draw_framed(const RenCanvas *canvas, RenScratch *scratch, const Framed *framed,
                        const RenRectShape *shape) {
  RenBounds bounds = framed->bounds, shown = ren_bounds_intersect(bounds, canvas->change);
  if (ren_bounds_empty(shown)) return true;
  size_t n = (size_t)(bounds.right - bounds.left), cells = n + 2;
  float *outer = ren_scratch_reserve(scratch, 2 * cells);
  if (!outer) return false;
  float *inner = outer + cells;
  for (int y = shown.top; y < shown.bottom; y++) {
    bool alike = y > shown.top && y > framed->straight_top && y < framed->straight_bottom;
    if (!alike) cover_row(outer, &framed->outer, &bounds, framed->middle, y);
    if (!alike) cover_row(inner, &framed->inner, &bounds, framed->middle, y);
    blend_box_row(ren_canvas_row(canvas, y) + bounds.left, shown.left - bounds.left, shown.right - bounds.left,
                  framed->middle, shape, outer, inner);
  }
  return true;
}

/* How much of pixel [at, at + 1] lies between two edges. */
static float overlap(int at, float from, float to) {
  return ren_most(0, ren_least(to, (float)at + 1) - ren_most(from, (float)at));
}

enum { STRIP = 16 }; /* columns, of which what lies in the row above is kept */

/* Most pixels lie on the same as the one above them, and become the same. */
static void draw_strip(const RenCanvas *canvas, const RenBounds *bounds, const float edge[4], RenColor fill) {
  uint32_t under[STRIP], over[STRIP];
  float columns[STRIP], above = -1;
  int n = bounds->right - bounds->left;
  for (int x = 0; x < n; x++) columns[x] = overlap(bounds->left + x, edge[0], edge[2]);
  for (int y = bounds->top; y < bounds->bottom; y++) {
    float rows = overlap(y, edge[1], edge[3]);
    uint32_t *row = ren_canvas_row(canvas, y) + bounds->left;
    for (int x = 0; x < n; x++) {
      if (rows != above || row[x] != under[x])
        under[x] = row[x], over[x] = ren_over(row[x], fill, rows * columns[x]);
      row[x] = over[x];
    }
    above = rows;
  }
}

static void draw_plain(const RenCanvas *canvas, const float edge[4], RenColor fill) {
  RenBounds all = {ren_device_round(edge[0] - 0.5F, 1), ren_device_round(edge[1] - 0.5F, 1),
                   ren_device_round(edge[2] + 0.5F, 1), ren_device_round(edge[3] + 0.5F, 1)};
  RenBounds bounds = ren_canvas_shown(canvas, all), strip = bounds;
  for (; strip.left < bounds.right; strip.left = strip.right) {
    strip.right = strip.left + STRIP < bounds.right ? strip.left + STRIP : bounds.right;
    draw_strip(canvas, &strip, edge, fill);
  }
}

static bool is_whole(float value) { return value == floorf(value); }

bool ren_raster_box(const RenCanvas *canvas, RenScratch *scratch, RenRect rect, const RenRectShape *shape) {
  float scale = canvas->scale;
  const float edge[4] = {ren_device(rect.x, scale), ren_device(rect.y, scale), ren_device(rect.x + rect.w, scale),
                         ren_device(rect.y + rect.h, scale)};
  if (!(edge[2] > edge[0] && edge[3] > edge[1]) || (!shape->fill.a && !shape->stroke.a)) return true;
  bool stroked = shape->stroke.a && shape->stroke_width > 0;
  if (stroked || shape->radius > 0) {
    Framed framed = make_framed(canvas, edge, shape);
    return draw_framed(canvas, scratch, &framed, shape);
  }
  RenBounds bounds = {ren_device_round(edge[0], 1), ren_device_round(edge[1], 1), ren_device_round(edge[2], 1),
                      ren_device_round(edge[3], 1)};
  if (is_whole(edge[0]) && is_whole(edge[1]) && is_whole(edge[2]) && is_whole(edge[3]))
    ren_canvas_fill(canvas, bounds, shape->fill);
  else
    draw_plain(canvas, edge, shape->fill);
  return true;
}

/* --- lines */

/* The line with its width: four corners; no points for a line of no length. */
static Polygon ribbon(RenPoint from, RenPoint to, float width) {
  from = (RenPoint){snap(from.x), snap(from.y)}, to = (RenPoint){snap(to.x), snap(to.y)};
  float dx = to.x - from.x, dy = to.y - from.y, length = sqrtf(dx * dx + dy * dy);
  if (!(length > 0)) return (Polygon){.n = 0};
  float nx = snap(-dy / length * width / 2), ny = snap(dx / length * width / 2);
  return (Polygon){
      {{from.x + nx, from.y + ny}, {to.x + nx, to.y + ny}, {to.x - nx, to.y - ny}, {from.x - nx, from.y - ny}}, 4};
}

bool ren_raster_line(const RenCanvas *canvas, RenScratch *scratch, const RenLineShape *line) {
  float scale = canvas->scale;
  RenPoint from = {ren_device(line->from.x, scale), ren_device(line->from.y, scale)};
  RenPoint to = {ren_device(line->to.x, scale), ren_device(line->to.y, scale)};
  Polygon polygon = ribbon(from, to, ren_device(line->width, scale));
  if (polygon.n == 0 || !line->color.a || !(line->width > 0)) return true;
  RenBounds bounds = bounds_of(&polygon, canvas), shown = ren_bounds_intersect(bounds, canvas->change);
  if (ren_bounds_empty(shown)) return true;
  int width = bounds.right - bounds.left;
  float *coverage = ren_scratch_reserve(scratch, (size_t)width + 2);
  if (!coverage) return false;
  for (int y = shown.top; y < shown.bottom; y++) {
    cover_row(coverage, &polygon, &bounds, (Middle){width, width}, y);
    uint32_t *row = ren_canvas_row(canvas, y) + bounds.left;
    for (int x = shown.left - bounds.left; x < shown.right - bounds.left; x++)
      if (coverage[x] > 0) row[x] = ren_over(row[x], line->color, coverage[x]);
  }
  return true;
}
