/* What the token strip shows of all tokens, a neuron above all: the selected one's number, how the numbers spread,
 * and where they are largest. */
#include "render/inspector_parts.h"

#include "render/pair_numbers.h"
#include "render/strip.h"

#include <math.h>

enum { LARGEST = 3 };

/* The token with the largest magnitude below those that were taken, or -1. */
static int next_largest(const RenStrip *strip, const int *taken, int n_taken) {
  int best = -1;
  for (int i = 0; i < strip->n; i++) {
    bool gone = isnan(strip->values[i]);
    for (int k = 0; k < n_taken; k++) gone = gone || taken[k] == i;
    if (!gone && (best < 0 || fabsf(strip->values[i]) > fabsf(strip->values[best]))) best = i;
  }
  return best;
}

static void add_largest(const RenInspector *it, const RenStrip *strip) {
  int taken[LARGEST];
  for (int n = 0; n < LARGEST; n++) {
    taken[n] = next_largest(strip, taken, n);
    if (taken[n] < 0) return;
    float value = strip->values[taken[n]], share = strip->most > 0 ? fabsf(value) / strip->most : 0;
    ren_inspector_bar(it, ren_inspector_token(it, &it->scene, strip->side, taken[n]), value, share, strip->side,
                      taken[n]);
  }
}

void ren_inspector_strip(const RenInspector *it) {
  const RenStrip *strip = it->from->strip;
  const EngBlock *block = it->scene.block;
  if (!strip || strip->n != (strip->side == REN_SIDE_KEY ? block->n_columns : block->n_rows)) return;
  float mean, deviation;
  int token = strip->side == REN_SIDE_QUERY ? it->from->state->token : -1;
  ren_spread_of(strip->values, strip->n, 1, &mean, &deviation);
  ren_inspector_heading(it, ren_frame_format(it->from->frame, "%s", strip->title));
  if (token >= 0 && token < strip->n && !isnan(strip->values[token]))
    ren_inspector_field(it, "the selected token", ren_inspector_format(it, strip->values[token]));
  ren_inspector_field(it, "mean", ren_inspector_format(it, mean));
  ren_inspector_field(it, "std", ren_inspector_format(it, deviation));
  add_largest(it, strip);
}
