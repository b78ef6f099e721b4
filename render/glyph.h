/* Pieces of text (piece.h) as coverage: what the fonts made of them, kept. */
#ifndef RENDER_GLYPH_H
#define RENDER_GLYPH_H

#include "engine/error.h"
#include "render/frame.h"

#include <stddef.h>
#include <stdint.h>

typedef struct RenGlyph {
  int advance;             /* device pixels */
  int left, top;           /* of the first pixel, from the pen on the baseline; top is negative above it */
  int width, height;       /* 0: no ink */
  const uint8_t *coverage; /* (height, width) */
} RenGlyph;

typedef struct RenGlyphs RenGlyphs;

/* Opens the fonts' folder; every size is opened when it is first needed. */
RenGlyphs *ren_glyphs_open(const char *folder, EngError *err);
void ren_glyphs_close(RenGlyphs *glyphs);

/* The piece of `n` bytes at `piece`, at a size in device pixels. Never NULL: without memory or font it is
 * an empty glyph. Valid until the next call. */
const RenGlyph *ren_glyphs_get(RenGlyphs *glyphs, RenFont font, int size, const char *piece, size_t n);

int ren_glyphs_ascent(RenGlyphs *glyphs, RenFont font, int size);
int ren_glyphs_height(RenGlyphs *glyphs, RenFont font, int size);
size_t ren_glyphs_bytes(const RenGlyphs *glyphs);

#endif
