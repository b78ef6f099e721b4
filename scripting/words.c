/* Both refuse what strtod and sscanf would let pass: a rest behind the number, NaN, a sign. */
#include "scripting/words.h"

#include "render/theme.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

bool scr_word_number(const char *word, double low, double high, float *out) {
  char *end;
  if (!isdigit((unsigned char)*word) && *word != '.') return false;
  double number = strtod(word, &end);
  if (end == word || *end || !(number >= low && number <= high)) return false;
  *out = (float)number;
  return true;
}

bool scr_word_size(const char *word, float *width, float *height) {
  int w, h, used = 0;
  if (!isdigit((unsigned char)*word) || sscanf(word, "%5dx%5d%n", &w, &h, &used) != 2 || word[used]) return false;
  if (w < 1 || h < 1 || w > REN_MAX_SIDE || h > REN_MAX_SIDE) return false;
  *width = (float)w;
  *height = (float)h;
  return true;
}
