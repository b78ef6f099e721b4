/* Sixteen numbers at once, and the logarithm and exponential that turn a product over many lines into a sum.
 * Only adding, multiplying and dividing, each rounded on its own: the same bits on every machine. Wear is
 * minus the logarithm of what shows through, in whole REN_WEAR-ths; sums of it are exact in any order. */
#ifndef RENDER_LANES_H
#define RENDER_LANES_H

#include "render/simd.h"

#include <stddef.h>
#include <stdint.h>

enum { REN_LANES = 16 };
typedef float RenLanes __attribute__((vector_size(4 * REN_LANES)));
typedef int32_t RenLaneInts __attribute__((vector_size(4 * REN_LANES)));

enum { REN_WEAR = 1 << 17, REN_WEAR_MAX = 8 * REN_WEAR }; /* exp(-8) is far below what a screen can show */

/* `where` is all ones or all zeros in each lane. */
REN_INLINE void ren_lanes_select(RenLaneInts *value, const RenLaneInts *where, int32_t other) {
  *value = (*where & other) | (~*where & *value);
}

/* The wear of a line of this opacity, 0 … 1, at most REN_WEAR_MAX: log(through) = e log 2 + log m with m about
 * 1, and log m = 2 artanh((m - 1) / (m + 1)). */
REN_INLINE void ren_lanes_wear(const RenLanes *opacity, RenLaneInts *wear) {
  const int32_t half_root = 0x3F3504F3; /* the bits of the square root of 1/2 */
  RenLanes through = 1 - *opacity, kept = through;
  RenLaneInts bits = (RenLaneInts)kept, opaque = bits < 0x39AFE108; /* the bits of exp(-8) */
  RenLaneInts exponent = (bits - half_root) >> 23, mantissa = bits - (exponent << 23);
  RenLanes m = (RenLanes)mantissa, s = (m - 1) / (m + 1), q = s * s;
  RenLanes log_m = 2 * s * (1 + q * (1 / 3.0F + q * (1 / 5.0F + q * (1 / 7.0F))));
  RenLanes log = __builtin_convertvector(exponent, RenLanes) * 0.693147181F + log_m;
  *wear = __builtin_convertvector(0.5F - log * REN_WEAR, RenLaneInts);
  ren_lanes_select(wear, &opaque, REN_WEAR_MAX);
}

/* Multiplies by exp(-wear) = 2^-n 2^-f with f about 0. */
REN_INLINE void ren_lanes_weaken(RenLanes *through, const RenLaneInts *wear) {
  const float per_wear = 1.44269504F / REN_WEAR; /* 1 / log 2 */
  RenLaneInts most = *wear, beyond = (most > 64 * REN_WEAR) | (most < 0);
  ren_lanes_select(&most, &beyond, 64 * REN_WEAR);
  RenLanes x = __builtin_convertvector(most, RenLanes) * per_wear;
  RenLaneInts n = __builtin_convertvector(x + 0.5F, RenLaneInts);
  RenLanes f = (x - __builtin_convertvector(n, RenLanes)) * -0.693147181F;
  RenLanes power = 1 + f * (1 + f * (1 / 2.0F + f * (1 / 6.0F + f * (1 / 24.0F + f * (1 / 120.0F + f / 720)))));
  RenLaneInts bits = (RenLaneInts)power - (n << 23);
  *through *= (RenLanes)bits;
}

#endif
