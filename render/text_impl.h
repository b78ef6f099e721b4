/* What the files of text share. Sizes here are in device pixels. */
#ifndef RENDER_TEXT_IMPL_H
#define RENDER_TEXT_IMPL_H

#include "render/placing.h"
#include "render/text.h"

enum { REN_MAX_RUN = 16384 }; /* device pixels: what lies further right is not drawn */

struct RenText {
  RenGlyphs *glyphs;
  RenPlacing placing; /* of the last run asked for */
  uint8_t *coverage;
  uint32_t *colors;
  size_t coverage_capacity, colors_capacity; /* pixels */
  char *shortened;
};

int ren_text_device_size(int size, float scale);
int ren_text_advance_of(RenText *text, RenFont font, int size, const char *piece, size_t n);

#endif
