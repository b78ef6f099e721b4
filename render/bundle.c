/* Row by row of bins and plane by plane: the rows of a bin are summed as they lie in memory, then the columns
 * of each bin, into the plane's lane of that bin. What is clear in all planes, or cannot touch the window,
 * becomes no line. Weights that are no number, or not above zero, draw nothing. */
#include "render/bundle_impl.h"

#include "engine/fetch.h"
#include "render/canvas.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int clamp_int(int value, int low, int high) { return value < low ? low : value > high ? high : value; }

RenBundleSide ren_bundle_side(int n, int only, bool binned, float start, float pitch, float scale) {
  RenBundleSide side = {0, n, 1, ren_device(start, scale), ren_device(pitch, scale)};
  if (only >= 0) {
    side.from = clamp_int(only, 0, n);
    side.to = clamp_int(only, -1, n - 1) + 1;
  } else if (binned && pitch > 0 && pitch < 1) {
    side.each = clamp_int((int)ceilf(ren_least(1 / pitch, (float)n)), 1, n);
  }
  return side;
}

void ren_gatherer_free(RenGatherer *gatherer) {
  free(gatherer->sums);
  free(gatherer->bins);
  *gatherer = (RenGatherer){0};
}

bool ren_gatherer_reserve(RenGatherer *gatherer, size_t n) {
  gatherer->simd = ren_simd();
  if (n <= gatherer->capacity) return true;
  free(gatherer->sums);
  free(gatherer->bins);
  gatherer->sums = malloc(n * sizeof *gatherer->sums);
  gatherer->bins = aligned_alloc(sizeof(RenLanes), n * sizeof(RenLanes));
  gatherer->capacity = gatherer->sums && gatherer->bins ? n : 0;
  return gatherer->capacity > 0;
}

/* Adds a row of weights times `sign`, which is 1 or -1, to the sums, leaving out what is then below the threshold
 * or no number. */
static void add_row(float *restrict sums, const float *restrict weights, ptrdiff_t stride, size_t n,
                    float threshold, float sign) {
  if (stride == 1)
    for (size_t j = 0; j < n; j++) sums[j] += sign * weights[j] >= threshold ? sign * weights[j] : 0;
  else
    for (size_t j = 0; j < n; j++, weights += stride) sums[j] += sign * *weights >= threshold ? sign * *weights : 0;
}

static void leave_out(float *sums, const RenBundle *bundle, size_t n) {
  const uint8_t *skip = bundle->skip, *only = bundle->only_columns;
  size_t from = (size_t)bundle->columns.from;
  for (size_t j = 0; skip && j < n; j++)
    if (skip[from + j]) sums[j] = 0;
  for (size_t j = 0; only && j < n; j++)
    if (!only[from + j]) sums[j] = 0;
}

int ren_bundle_columns_end(const RenBundle *bundle, int row) {
  const RenBundleSide *columns = &bundle->columns;
  return bundle->lower ? clamp_int(row + 1, columns->from, columns->to) : columns->to;
}

/* The rows from … to of a plane, summed for each column that is drawn. */
static void sum_rows(RenGatherer *gatherer, const RenBundle *bundle, const RenPlane *plane, int from, int to) {
  float *sums = gatherer->sums;
  const EngTensor *weights = &plane->weights;
  const RenBundleSide *columns = &bundle->columns;
  size_t n = (size_t)(columns->to - columns->from);
  memset(sums, 0, n * sizeof *sums);
  float threshold = ren_most(bundle->threshold, 0);
  for (int i = from; i < to; i++) {
    if (bundle->only_rows && !bundle->only_rows[i]) continue;
    size_t known = (size_t)(ren_bundle_columns_end(bundle, i) - columns->from);
    const float *row = weights->data + i * weights->stride[0] + columns->from * weights->stride[1];
    if (i + 1 < bundle->rows.to) eng_fetch(row + weights->stride[0], known);
    add_row(sums, row, weights->stride[1], known, threshold, plane->gain < 0 ? -1 : 1);
    gatherer->looked_at += known;
  }
  leave_out(sums, bundle, n);
}

/* None of the rows from … to is drawn. */
bool ren_bundle_no_rows(const RenBundle *bundle, int from, int to) {
  for (int i = from; i < to; i++)
    if (!bundle->only_rows || bundle->only_rows[i]) return false;
  return true;
}

static int n_bins(const RenBundleSide *side) { return (side->to - side->from + side->each - 1) / side->each; }

static int bin_end(const RenBundleSide *side, int bin) {
  int end = side->from + (bin + 1) * side->each;
  return end < side->to ? end : side->to;
}

static float bin_y(const RenBundleSide *side, int bin) {
  int first = side->from + bin * side->each, last = bin_end(side, bin) - 1;
  return side->start + side->pitch * ((float)(first + last) / 2);
}

/* Opacities of one bin of rows into lane `lane` of every bin of columns: the mean over its rows, the sum
 * over the columns. */
static void fill_lane(RenLanes *bins, const float *sums, const RenBundle *bundle, const RenPlane *plane, int lane,
                      int n_rows) {
  const RenBundleSide *columns = &bundle->columns;
  float gain = fabsf(plane->gain) / (float)n_rows;
  for (int bin = 0; bin < n_bins(columns); bin++) {
    float sum = 0;
    for (int j = columns->from + bin * columns->each; j < bin_end(columns, bin); j++)
      sum += sums[j - columns->from];
    float opacity = sum * gain;
    bins[bin][lane] = opacity > 0 ? ren_least(opacity, 1) : 0;
  }
}

static bool is_clear(const RenLanes *opacities) {
  uint64_t words[sizeof(RenLanes) / 8], any = 0;
  memcpy(words, opacities, sizeof words);
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) any |= words[i];
  return any == 0;
}

/* The ends are cut square to the line: their corners stand out by `corner`, almost nothing for a steep one. */
RenLine ren_bundle_line(const RenBundle *bundle, int row, int column) {
  float left = bin_y(&bundle->rows, row), right = bin_y(&bundle->columns, column);
  float slope = (right - left) / bundle->width, stretch = sqrtf(1 + slope * slope);
  float half = bundle->thickness / 2 * stretch, corner = bundle->thickness / 2 / stretch;
  return (RenLine){left, slope, half, ren_least(left, right) - corner, ren_most(left, right) + corner};
}

/* With a pixel to spare: this is for speed and must not decide. */
bool ren_bundle_shows(const RenBundle *bundle, const RenLine *line) {
  float end = line->y + line->slope * bundle->width;
  return ren_most(line->y, end) + line->half > (float)bundle->top - 1 &&
         ren_least(line->y, end) - line->half < (float)bundle->bottom + 1;
}

static bool push_row(const RenBundle *bundle, const RenLanes *bins, int row, RenLines *out) {
  for (int bin = 0; bin < n_bins(&bundle->columns); bin++) {
    if (is_clear(&bins[bin])) continue;
    RenLine line = ren_bundle_line(bundle, row, bin);
    if (ren_bundle_shows(bundle, &line) && !ren_lines_push(out, line, &bins[bin])) return false;
  }
  return true;
}

bool ren_bundle_gather_binned(const RenBundle *bundle, RenGatherer *gatherer, const RenPlane *planes, int n_planes,
                              RenLines *out) {
  memset(gatherer->bins, 0, gatherer->capacity * sizeof *gatherer->bins);
  for (int row = 0; row < n_bins(&bundle->rows); row++) {
    int from = bundle->rows.from + row * bundle->rows.each, to = bin_end(&bundle->rows, row);
    if (bundle->sampled && !bundle->only_rows) from = (from + to) / 2, to = from + 1;
    if (ren_bundle_no_rows(bundle, from, to)) continue;
    for (int lane = 0; lane < n_planes; lane++) {
      sum_rows(gatherer, bundle, &planes[lane], from, to);
      fill_lane(gatherer->bins, gatherer->sums, bundle, &planes[lane], lane, to - from);
    }
    if (!push_row(bundle, gatherer->bins, row, out)) return false;
  }
  return true;
}
