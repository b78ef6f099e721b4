/* Three arrays that grow together, so that looking for lines does not load what they look like. */
#include "render/lines.h"

#include <stdlib.h>
#include <string.h>

/* realloc with the alignment of vectors. */
static void *regrow(void *old, size_t n_old, size_t n_new) {
  void *grown = aligned_alloc(sizeof(RenLanes), n_new * sizeof(RenLanes));
  if (!grown) return NULL;
  if (n_old) memcpy(grown, old, n_old * sizeof(RenLanes));
  free(old);
  return grown;
}

static bool grow(RenLines *lines) {
  size_t capacity = lines->capacity ? 2 * lines->capacity : 4096;
  RenLine *grown = realloc(lines->lines, capacity * sizeof *grown);
  if (!grown) return false;
  lines->lines = grown;
  RenLanes *opacities = regrow(lines->opacities, lines->n, capacity);
  if (!opacities) return false;
  lines->opacities = opacities;
  RenLaneInts *wears = regrow(lines->wears, lines->n, capacity);
  if (!wears) return false;
  lines->wears = wears;
  lines->capacity = capacity;
  return true;
}

bool ren_lines_push(RenLines *lines, RenLine line, const RenLanes *opacities) {
  if (lines->n == lines->capacity && !grow(lines)) return false;
  size_t i = lines->n++;
  lines->lines[i] = line;
  lines->opacities[i] = *opacities;
  if (ren_line_is_steep(&line)) ren_lanes_wear(opacities, &lines->wears[i]);
  return true;
}

void ren_lines_free(RenLines *lines) {
  free(lines->lines);
  free(lines->opacities);
  free(lines->wears);
  *lines = (RenLines){0};
}

size_t ren_lines_bytes(const RenLines *lines) {
  return lines->capacity * (sizeof(RenLine) + sizeof(RenLanes) + sizeof(RenLaneInts));
}
