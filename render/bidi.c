/* Unicode's bidirectional algorithm without its explicit marks, which the text of a model hardly has: numbers,
 * brackets, what stands between strong pieces, levels, and the reversals. */
#include "render/bidi.h"

#include "render/point.h"

#include <string.h>
#include <utf8proc.h>

enum { MAX_BRACKETED = 256 }; /* pieces */

RenBidi ren_bidi_of(const char *piece) {
  int32_t point = 0;
  ren_point_read(piece, &point);
  if (point == '(' || point == '[' || point == '{') return REN_BIDI_OPEN;
  if (point == ')' || point == ']' || point == '}') return REN_BIDI_CLOSE;
  switch (utf8proc_get_property(point)->bidi_class) {
  case UTF8PROC_BIDI_CLASS_L:
    return REN_BIDI_LEFT;
  case UTF8PROC_BIDI_CLASS_R:
  case UTF8PROC_BIDI_CLASS_AL:
    return REN_BIDI_RIGHT;
  case UTF8PROC_BIDI_CLASS_EN:
  case UTF8PROC_BIDI_CLASS_AN:
    return REN_BIDI_NUMBER;
  case UTF8PROC_BIDI_CLASS_ES:
  case UTF8PROC_BIDI_CLASS_CS:
    return REN_BIDI_SEPARATOR;
  default:
    return REN_BIDI_NEUTRAL;
  }
}

static RenBidi base_of(const RenBidi *kinds, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (kinds[i] == REN_BIDI_LEFT || kinds[i] == REN_BIDI_RIGHT) return kinds[i];
  return REN_BIDI_LEFT;
}

/* "1.5" is one number; a number after text from left to right is a part of it. */
static void settle_numbers(RenBidi *kinds, size_t n, RenBidi base) {
  for (size_t i = 0; i < n; i++) {
    bool inside = i > 0 && i + 1 < n && kinds[i - 1] == REN_BIDI_NUMBER && kinds[i + 1] == REN_BIDI_NUMBER;
    if (kinds[i] == REN_BIDI_SEPARATOR) kinds[i] = inside ? REN_BIDI_NUMBER : REN_BIDI_NEUTRAL;
  }
  RenBidi strong = base;
  for (size_t i = 0; i < n; i++) {
    if (kinds[i] == REN_BIDI_NUMBER && strong == REN_BIDI_LEFT) kinds[i] = REN_BIDI_LEFT;
    if (kinds[i] == REN_BIDI_LEFT || kinds[i] == REN_BIDI_RIGHT) strong = kinds[i];
  }
}

/* Beside neutral pieces a number counts as the text that it stands in, which runs from right to left. */
static RenBidi side(RenBidi kind) { return kind == REN_BIDI_NUMBER ? REN_BIDI_RIGHT : kind; }

/* The bracket that closes the one at `open`, 0 where none near does. */
static size_t closing(const RenBidi *kinds, size_t n, size_t open) {
  int depth = 1;
  for (size_t i = open + 1; i < n && i < open + MAX_BRACKETED; i++) {
    if (kinds[i] == REN_BIDI_OPEN) depth++;
    if (kinds[i] == REN_BIDI_CLOSE && --depth == 0) return i;
  }
  return 0;
}

/* A pair takes the direction of the run if anything inside has it, else that of what is inside if the text
 * before has that too; `n` pieces are inside. */
static RenBidi pair_of(const RenBidi *inside, size_t n, RenBidi before, RenBidi base) {
  RenBidi found = REN_BIDI_NEUTRAL;
  for (size_t i = 0; i < n && found != base; i++)
    if (side(inside[i]) == REN_BIDI_LEFT || side(inside[i]) == REN_BIDI_RIGHT) found = side(inside[i]);
  return found == REN_BIDI_NEUTRAL || found == before ? found : base;
}

static void settle_brackets(RenBidi *kinds, size_t n, RenBidi base) {
  RenBidi before = base;
  for (size_t i = 0; i < n; i++) {
    size_t close = kinds[i] == REN_BIDI_OPEN ? closing(kinds, n, i) : 0;
    if (close > 0) kinds[i] = kinds[close] = pair_of(kinds + i + 1, close - i - 1, before, base);
    if (kinds[i] == REN_BIDI_OPEN || kinds[i] == REN_BIDI_CLOSE) kinds[i] = REN_BIDI_NEUTRAL;
    if (kinds[i] != REN_BIDI_NEUTRAL) before = side(kinds[i]);
  }
}

/* Neutral pieces between two of the same direction take it, others that of the run. */
static void settle_neutrals(RenBidi *kinds, size_t n, RenBidi base) {
  RenBidi before = base;
  for (size_t i = 0, end; i < n; i = end) {
    for (end = i; end < n && kinds[end] == REN_BIDI_NEUTRAL; end++) {
    }
    RenBidi after = end < n ? side(kinds[end]) : base;
    for (size_t k = i; k < end; k++) kinds[k] = before == after ? before : base;
    if (end == i) before = side(kinds[end++]);
  }
}

void ren_bidi_levels(RenBidi *kinds, size_t n, uint8_t *levels) {
  RenBidi base = base_of(kinds, n);
  settle_numbers(kinds, n, base);
  settle_brackets(kinds, n, base);
  settle_neutrals(kinds, n, base);
  uint8_t left = base == REN_BIDI_LEFT ? 0 : 2;
  for (size_t i = 0; i < n; i++) levels[i] = kinds[i] == REN_BIDI_LEFT ? left : kinds[i] == REN_BIDI_RIGHT ? 1 : 2;
}

static void reverse(size_t *order, size_t from, size_t to) {
  for (; from + 1 < to; from++, to--) {
    size_t piece = order[from];
    order[from] = order[to - 1];
    order[to - 1] = piece;
  }
}

void ren_bidi_order(const uint8_t *levels, size_t n, size_t *order) {
  for (size_t i = 0; i < n; i++) order[i] = i;
  for (uint8_t level = 2; level >= 1; level--)
    for (size_t from = 0, to; from < n; from = to + 1) {
      for (to = from; to < n && levels[order[to]] >= level; to++) {
      }
      reverse(order, from, to);
    }
}

const char *ren_bidi_mirror(const char *piece, size_t n) {
  static const char *const pairs[][2] = {{"(", ")"}, {"[", "]"}, {"{", "}"}, {"<", ">"}, {"«", "»"}, {"‹", "›"}};
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
    for (int side_of = 0; side_of < 2; side_of++) {
      const char *one = pairs[i][side_of];
      if (strlen(one) == n && memcmp(one, piece, n) == 0) return pairs[i][1 - side_of];
    }
  return NULL;
}
