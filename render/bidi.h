/* In which order the pieces of a run stand from left to right. */
#ifndef RENDER_BIDI_H
#define RENDER_BIDI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a piece does to the direction of a run. */
typedef enum RenBidi {
  REN_BIDI_LEFT, /* reads from left to right, the next from right to left */
  REN_BIDI_RIGHT,
  REN_BIDI_NUMBER,
  REN_BIDI_SEPARATOR,
  REN_BIDI_OPEN, /* a bracket */
  REN_BIDI_CLOSE,
  REN_BIDI_NEUTRAL
} RenBidi;

RenBidi ren_bidi_of(const char *piece); /* by its first code point */

/* From the kinds of `n` pieces, which it uses up, to their levels: odd ones run from right to left. The first
 * piece that is LEFT or RIGHT sets the direction of the run. */
void ren_bidi_levels(RenBidi *kinds, size_t n, uint8_t *levels);

/* order[i] becomes the piece that stands at place i from the left. */
void ren_bidi_order(const uint8_t *levels, size_t n, size_t *order);

/* The bracket to draw in a piece that runs from right to left, NULL where the piece is none. */
const char *ren_bidi_mirror(const char *piece, size_t n);

#endif
