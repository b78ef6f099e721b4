/* First the pieces as they follow each other, then, where one of them runs from right to left, their order on
 * the line. */
#include "render/placing.h"

#include "render/bidi.h"
#include "render/piece.h"

#include <stdlib.h>

static bool grow(RenPlacing *placing) {
  if (placing->n < placing->capacity) return true;
  size_t capacity = placing->capacity ? 2 * placing->capacity : 32;
  RenPlace *places = realloc(placing->places, capacity * sizeof *places);
  if (!places) return false;
  placing->places = places;
  placing->capacity = capacity;
  return true;
}

/* Mirrored brackets are as long and as wide as what they stand for, so the places found first stay right. */
static void turn(RenPlace *place, uint8_t level) {
  place->level = level;
  const char *mirror = level & 1 ? ren_bidi_mirror(place->piece, place->n) : NULL;
  if (mirror) place->piece = mirror;
}

static void reorder(RenPlacing *placing, RenBidi *kinds, uint8_t *levels, size_t *order) {
  for (size_t i = 0; i < placing->n; i++) kinds[i] = ren_bidi_of(placing->places[i].piece);
  ren_bidi_levels(kinds, placing->n, levels);
  ren_bidi_order(levels, placing->n, order);
  int x = 0;
  for (size_t i = 0; i < placing->n; i++) {
    RenPlace *place = &placing->places[order[i]];
    turn(place, levels[order[i]]);
    place->x = x;
    x += place->advance;
  }
}

/* False when memory is short. */
static bool put_in_order(RenPlacing *placing) {
  size_t n = placing->n;
  RenBidi *kinds = calloc(n, sizeof *kinds);
  uint8_t *levels = calloc(n, sizeof *levels);
  size_t *order = calloc(n, sizeof *order);
  bool enough = kinds && levels && order;
  if (enough) reorder(placing, kinds, levels, order);
  free(kinds);
  free(levels);
  free(order);
  return enough;
}

bool ren_placing_set(RenPlacing *placing, RenGlyphs *glyphs, RenFont font, int size, const char *run, int most) {
  int x = 0;
  size_t next = 0; /* character */
  placing->n = 0;
  placing->mixed = false;
  for (size_t at = 0, n = 0; x < most; at += n) {
    int advance = ren_glyphs_first(glyphs, font, size, run + at, &n)->advance;
    if (n == 0) break;
    if (!grow(placing)) return false;
    placing->places[placing->n++] = (RenPlace){run + at, at, n, x, advance, 0, at < next};
    placing->mixed = placing->mixed || ren_bidi_of(run + at) == REN_BIDI_RIGHT;
    x += advance;
    if (at >= next) next = at + ren_piece_character(run + at);
  }
  return !placing->mixed || put_in_order(placing);
}

void ren_placing_free(RenPlacing *placing) {
  free(placing->places);
  *placing = (RenPlacing){0};
}
