/* A run with every piece at its place: what carets, spans and pixels of text are read from. */
#ifndef RENDER_PLACING_H
#define RENDER_PLACING_H

#include "render/glyph.h"

typedef struct RenPlace {
  const char *piece; /* what is drawn: in the run, or a mirrored bracket */
  size_t at, n;      /* where it stands in the run, in bytes */
  int x, advance;    /* device pixels */
  uint8_t level;     /* odd: from right to left */
  bool inside;       /* begins in the middle of a character */
} RenPlace;

typedef struct RenPlacing { /* zeroed: empty */
  RenPlace *places;         /* (n), in the order of the run */
  size_t n, capacity;
  bool mixed; /* some piece runs from right to left */
} RenPlacing;

/* Places the pieces of `run` that begin within `most` device pixels. False when memory is short. The pieces
 * point into the run. */
bool ren_placing_set(RenPlacing *placing, RenGlyphs *glyphs, RenFont font, int size, const char *run, int most);
void ren_placing_free(RenPlacing *placing);

#endif
