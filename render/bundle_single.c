/* Lines of tokens that are not binned. Row by row, only the columns that a line through the window can end at
 * are looked at, and of all planes at once: most lines are clear, or too faint, in every plane, and are never
 * made. */
#include "render/bundle_impl.h"

#include "render/canvas.h"

#include <math.h>
#include <string.h>

typedef struct Span { /* columns from … to - 1 */
  int from, to;
} Span;

/* The window and the width that a line can be seen in: its columns, with half a line to spare. */
static void seen_between(const RenBundle *bundle, float *near, float *far) {
  bool all = bundle->right <= bundle->left;
  float half = bundle->thickness / 2;
  *near = all ? 0 : ren_most((float)bundle->left - half, 0);
  *far = (all ? bundle->width : (float)bundle->right) + half;
}

static int column_at(const RenBundle *bundle, float y, float slope, float spare) {
  const RenBundleSide *columns = &bundle->columns;
  float column = (slope * bundle->width + y - columns->start) / columns->pitch + spare;
  return (int)ren_most(ren_least(column, (float)columns->to), (float)columns->from);
}

/* Where lines that begin at y may end if they touch the window at all: those of a lesser slope stay above it,
 * those of a greater one below. A column and a pixel to spare: this is for speed and must not decide. */
static Span reach(const RenBundle *bundle, float y) {
  const RenBundleSide *columns = &bundle->columns;
  if (!(columns->pitch > 0)) return (Span){columns->from, columns->to};
  float near, far, half = bundle->thickness / 2;
  seen_between(bundle, &near, &far);
  float above = (float)bundle->top - 1 - half - y, below = (float)bundle->bottom + 1 + half - y;
  float least = above / (above >= 0 ? far : near), most = below / (below <= 0 ? far : near);
  return (Span){column_at(bundle, y, least, -1), column_at(bundle, y, most, 2)};
}

/* How opaque the most opaque plane of each column is; `sign` is that of the gain. */
REN_INLINE void strengthen(float *restrict most, const float *restrict weights, ptrdiff_t stride, size_t n,
                           float threshold, float gain, float sign) {
  for (size_t j = 0; j < n; j++) {
    float weight = weights[(ptrdiff_t)j * stride], opacity = weight * gain;
    opacity = sign * weight >= threshold ? opacity : 0;
    most[j] = opacity > most[j] ? opacity : most[j];
  }
}

/* Said where the stride is 1, so that the loop is compiled for it. */
REN_INLINE void strengthen_row(float *most, const float *weights, ptrdiff_t stride, size_t n, float threshold,
                               float gain) {
  if (stride == 1 && gain > 0)
    strengthen(most, weights, 1, n, threshold, gain, 1);
  else
    strengthen(most, weights, stride, n, threshold, gain, gain < 0 ? -1 : 1);
}

REN_VARIANTS(strengthen_row,
             (float *most, const float *weights, ptrdiff_t stride, size_t n, float threshold, float gain),
             (most, weights, stride, n, threshold, gain))

static const float *weights_of(const RenPlane *plane, int row, int column) {
  return plane->weights.data + row * plane->weights.stride[0] + column * plane->weights.stride[1];
}

/* Into the sums, from the beginning of the span on; what is left out is 0. */
static void find_strongest(const RenBundle *bundle, const RenGatherer *gatherer, const RenPlane *planes,
                           int n_planes, int row, Span span) {
  float *most = gatherer->sums;
  size_t n = (size_t)(span.to - span.from);
  float threshold = ren_most(bundle->threshold, 0);
  memset(most, 0, n * sizeof *most);
  for (const RenPlane *p = planes; p < planes + n_planes; p++)
    strengthen_row_variants[gatherer->simd](most, weights_of(p, row, span.from), p->weights.stride[1], n, threshold,
                                            p->gain);
  const uint8_t *skip = bundle->skip, *only = bundle->only_columns;
  for (size_t j = 0; skip && j < n; j++)
    if (skip[span.from + (int)j]) most[j] = 0;
  for (size_t j = 0; only && j < n; j++)
    if (!only[span.from + (int)j]) most[j] = 0;
}

static bool is_left_out(const RenBundle *bundle, float opacity) {
  return !(opacity > 0) || opacity < bundle->floor;
}

static void read_opacities(const RenPlane *planes, int n_planes, int row, int column, float threshold,
                           RenLanes *out) {
  *out = (RenLanes){0};
  for (int lane = 0; lane < n_planes; lane++) {
    float weight = *weights_of(&planes[lane], row, column), gain = planes[lane].gain, opacity = weight * gain;
    if ((gain < 0 ? -weight : weight) >= threshold && opacity > 0) (*out)[lane] = ren_least(opacity, 1);
  }
}

static bool push_columns(const RenBundle *bundle, const float *most, const RenPlane *planes, int n_planes, int row,
                         Span span, RenLines *out) {
  float threshold = ren_most(bundle->threshold, 0);
  for (int j = span.from; j < span.to; j++) {
    if (is_left_out(bundle, most[j - span.from])) continue;
    RenLine line = ren_bundle_line(bundle, row - bundle->rows.from, j - bundle->columns.from);
    if (!ren_bundle_shows(bundle, &line)) continue;
    RenLanes opacities;
    read_opacities(planes, n_planes, row, j, threshold, &opacities);
    if (!ren_lines_push(out, line, &opacities)) return false;
  }
  return true;
}

/* The span of a row's columns, with what is strongest in them; empty for a row that is not drawn. */
static Span look_at(const RenBundle *bundle, RenGatherer *gatherer, const RenPlane *planes, int n_planes, int row) {
  if (ren_bundle_no_rows(bundle, row, row + 1)) return (Span){0, 0};
  Span span = reach(bundle, bundle->rows.start + bundle->rows.pitch * (float)row);
  span.to = (int)ren_least((float)span.to, (float)ren_bundle_columns_end(bundle, row));
  if (span.to <= span.from) return (Span){0, 0};
  find_strongest(bundle, gatherer, planes, n_planes, row, span);
  gatherer->looked_at += (size_t)(span.to - span.from) * (size_t)n_planes;
  return span;
}

bool ren_bundle_gather_single(const RenBundle *bundle, RenGatherer *gatherer, const RenPlane *planes, int n_planes,
                              RenLines *out) {
  for (int row = bundle->rows.from; row < bundle->rows.to; row++) {
    Span span = look_at(bundle, gatherer, planes, n_planes, row);
    if (!push_columns(bundle, gatherer->sums, planes, n_planes, row, span, out)) return false;
  }
  return true;
}

/* --- a floor */

enum { SAMPLED = 8, BUCKET_BITS = 21, BUCKETS = (0x3F800000 >> BUCKET_BITS) + 1 }; /* up to an opacity of 1 */

static int bucket_of(float opacity) {
  uint32_t bits;
  opacity = ren_least(opacity, 1);
  memcpy(&bits, &opacity, sizeof bits);
  return (int)(bits >> BUCKET_BITS);
}

static float bucket_start(int bucket) {
  uint32_t bits = (uint32_t)bucket << BUCKET_BITS;
  float opacity;
  memcpy(&opacity, &bits, sizeof opacity);
  return opacity;
}

/* Columns of pixels in which a line is inside the window. */
static float crossed(const RenBundle *bundle, const RenLine *line) {
  bool all = bundle->right <= bundle->left;
  float columns = all ? bundle->width : (float)(bundle->right - bundle->left);
  float rows = (float)(bundle->bottom - bundle->top) + 2 * line->half, slope = fabsf(line->slope);
  return slope * columns > rows ? rows / slope : columns;
}

/* Of the lines in each bucket; all 0 when memory is short. */
static void find_costs(const RenBundle *bundle, RenGatherer *gatherer, const RenPlane *planes, int n_planes,
                       float costs[BUCKETS]) {
  memset(costs, 0, BUCKETS * sizeof *costs);
  if (bundle->columns.to <= bundle->columns.from ||
      !ren_gatherer_reserve(gatherer, (size_t)(bundle->columns.to - bundle->columns.from)))
    return;
  for (int row = bundle->rows.from; row < bundle->rows.to; row += SAMPLED) {
    Span span = look_at(bundle, gatherer, planes, n_planes, row);
    for (int j = span.from; j < span.to; j++) {
      float opacity = gatherer->sums[j - span.from];
      RenLine line = ren_bundle_line(bundle, row - bundle->rows.from, j - bundle->columns.from);
      if (opacity > 0 && ren_bundle_shows(bundle, &line))
        costs[bucket_of(opacity)] += SAMPLED * crossed(bundle, &line);
    }
  }
}

float ren_bundle_cost(const RenBundle *bundle, RenGatherer *gatherer, const RenPlane *planes, int n_planes) {
  float costs[BUCKETS], cost = 0;
  find_costs(bundle, gatherer, planes, n_planes, costs);
  for (int bucket = 0; bucket < BUCKETS; bucket++) cost += costs[bucket];
  return cost;
}

float ren_bundle_floor(const RenBundle *bundle, RenGatherer *gatherer, const RenPlane *planes, int n_planes,
                       float most) {
  float costs[BUCKETS], cost = 0;
  find_costs(bundle, gatherer, planes, n_planes, costs);
  for (int bucket = BUCKETS - 1; bucket >= 0; bucket--)
    if ((cost += costs[bucket]) > most) return ren_least(bucket_start(bucket + 1), 1);
  return 0;
}
