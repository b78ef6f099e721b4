/* Pieces of text (piece.h) as coverage: what the fonts made of them, kept. */
#ifndef RENDER_GLYPH_H
#define RENDER_GLYPH_H

#include "engine/error.h"
#include "render/frame.h"

#include <stddef.h>
#include <stdint.h>

typedef struct RenGlyph {
  bool whole;              /* one font has all of the piece, or it is a single code point; else it is empty */
  int advance;             /* device pixels */
  int left, top;           /* of the first pixel, from the pen on the baseline; top is negative above it */
  int width, height;       /* 0: no ink */
  const uint8_t *coverage; /* (height, width) */
  const uint32_t *colors;  /* (height, width), 0xFFRRGGBB; NULL: the text's colour */
} RenGlyph;

typedef struct RenGlyphs RenGlyphs;

/* Opens the fonts' folder; every size is opened when it is first needed. */
RenGlyphs *ren_glyphs_open(const char *folder, EngError *err);
void ren_glyphs_close(RenGlyphs *glyphs);
/* Further folders with fonts, separated by ':'; false when memory is short. */
bool ren_glyphs_search(RenGlyphs *glyphs, const char *folders);
const char *ren_glyphs_folder(const RenGlyphs *glyphs);

/* The piece of `n` bytes at `piece`, at a size in device pixels. Never NULL: without memory or font it is
 * an empty glyph. Valid until the next call. */
const RenGlyph *ren_glyphs_get(RenGlyphs *glyphs, RenFont font, int size, const char *piece, size_t n);

/* The same for what `run` begins with and one font has: a piece, else a character, else a code point, which is
 * a box where no font has it. `n` becomes its length in bytes, 0 at the end of the run. */
const RenGlyph *ren_glyphs_first(RenGlyphs *glyphs, RenFont font, int size, const char *run, size_t *n);

int ren_glyphs_ascent(RenGlyphs *glyphs, RenFont font, int size);
int ren_glyphs_height(RenGlyphs *glyphs, RenFont font, int size);
size_t ren_glyphs_bytes(const RenGlyphs *glyphs);

#endif
