/* Hexadecimal digits of 3x5 dots, whole dots at every size, in a frame one dot thick. */
#include "render/glyph_box.h"

#include <stddef.h>

enum { DIGIT_WIDTH = 3, DIGIT_HEIGHT = 5, MARGIN = 2, SIZE_PER_DOT = 18 };

/* Five rows of three bits, the top row in the highest bits. */
static const uint16_t digits[16] = {
    075557, 026227, 071747, 071717, 055711, 074717, 074757, 071111,
    075757, 075717, 075755, 065656, 074447, 065556, 074747, 074744,
};

static int n_digits(uint32_t point) { return point > 0xFFFF ? 6 : 4; }
static int dot_of(int size) { return size < 2 * SIZE_PER_DOT ? 1 : size / SIZE_PER_DOT; }

void ren_glyph_box_size(uint32_t point, int size, int *width, int *height) {
  int dot = dot_of(size);
  *width = (2 * MARGIN + n_digits(point) * (DIGIT_WIDTH + 1) - 1) * dot;
  *height = (2 * MARGIN + DIGIT_HEIGHT) * dot;
}

/* Whether the dot at (x, y), counted from the first digit's corner, belongs to a digit. */
static int is_ink(uint32_t point, int x, int y) {
  int place = x / (DIGIT_WIDTH + 1), column = x % (DIGIT_WIDTH + 1);
  if (x < 0 || y < 0 || y >= DIGIT_HEIGHT || column == DIGIT_WIDTH || place >= n_digits(point)) return 0;
  uint32_t digit = point >> 4 * (n_digits(point) - 1 - place) & 15;
  return digits[digit] >> (DIGIT_WIDTH * (DIGIT_HEIGHT - 1 - y) + DIGIT_WIDTH - 1 - column) & 1;
}

void ren_glyph_box_draw(uint32_t point, int size, uint8_t *coverage) {
  int width = 0, height = 0, dot = dot_of(size);
  ren_glyph_box_size(point, size, &width, &height);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) {
      int border = x < dot || y < dot || x >= width - dot || y >= height - dot;
      int ink = is_ink(point, x / dot - MARGIN, y / dot - MARGIN);
      coverage[(size_t)y * (size_t)width + (size_t)x] = border ? 160 : ink ? 255 : 0;
    }
}
