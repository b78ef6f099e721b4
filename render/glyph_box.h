/* What stands for a character that no font has: a box with its code point. */
#ifndef RENDER_GLYPH_BOX_H
#define RENDER_GLYPH_BOX_H

#include <stdint.h>

/* Size in device pixels of the box for text of `size` device pixels. */
void ren_glyph_box_size(uint32_t point, int size, int *width, int *height);
/* Draws it into `coverage` (height, width), which is zeroed. */
void ren_glyph_box_draw(uint32_t point, int size, uint8_t *coverage);

#endif
