/* From the weights of a group of planes to the lines that are to be drawn: thresholds, bins, what can show.
 *
 * R rows (queries), C columns (keys) of weights; all lengths in device pixels. */
#ifndef RENDER_BUNDLE_H
#define RENDER_BUNDLE_H

#include "render/columns.h"
#include "render/frame.h"

/* Tokens from … to of one side, `each` to a bin; the middle of token i is at start + pitch * i. */
typedef struct RenBundleSide {
  int from, to, each;
  float start, pitch;
} RenBundleSide;

typedef struct RenBundle {
  RenBundleSide rows, columns;
  float width, thickness; /* of the band that the lines cross, and of a line */
  float threshold;
  const uint8_t *only_rows, *only_columns; /* (R), (C): not zero for what is drawn, or NULL for all */
  const uint8_t *skip;                     /* (C) columns left out, or NULL */
  bool lower;                              /* row i has columns up to i only: the others are 0 */
  int top, bottom;                         /* pixel rows in which anything may show … */
  int left, right;                         /* … and columns; both 0 for all */
  bool sampled;                            /* one row of each bin stands for all of it, unless `only_rows` */
  float floor;                             /* lines less opaque than this in every plane are left out */
} RenBundle;

typedef struct RenGatherer { /* working memory; zeroed: empty */
  float *sums;               /* (C) of one plane and bin of rows, or the most opaque of all planes */
  RenLanes *bins;            /* (C) */
  size_t capacity;
  RenSimd simd;     /* what loops over weights are compiled for */
  size_t looked_at; /* weights, all told */
} RenGatherer;

void ren_gatherer_free(RenGatherer *gatherer);

/* Of a side with n tokens: only token `only` (-1: all); `binned`: as many tokens to a bin as lie in one
 * logical pixel. `start` and `pitch` in logical pixels. */
RenBundleSide ren_bundle_side(int n, int only, bool binned, float start, float pitch, float scale);

/* Puts the lines in place of what is in `out`. The opacity of a line is the sum of its bin's columns, meaned
 * over its rows, times the plane's gain, at most 1; with a gain below 0 the weights' signs are turned. Planes are
 * (R, C), at most REN_LANES. False when memory is short. */
bool ren_bundle_gather(const RenBundle *bundle, RenGatherer *gatherer, const RenPlane *planes, int n_planes,
                       RenLines *out);

/* How many columns of pixels all lines cross together, about; a sample of the rows decides, so that asking costs
 * little. */
float ren_bundle_cost(const RenBundle *bundle, RenGatherer *gatherer, const RenPlane *planes, int n_planes);

/* A floor with which the lines that are left cross about `most` columns of pixels: the more opaque ones. */
float ren_bundle_floor(const RenBundle *bundle, RenGatherer *gatherer, const RenPlane *planes, int n_planes,
                       float most);

#endif
