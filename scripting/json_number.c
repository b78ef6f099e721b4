#include "scripting/json_number.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The locale's point becomes a point, and a number that looks whole gets one. */
static void finish(char *text, size_t size) {
  char *comma = strchr(text, ',');
  if (comma) *comma = '.';
  if (!strpbrk(text, ".e")) strncat(text, ".0", size - strlen(text) - 1);
}

void scr_json_double(double value, char *out, size_t size) {
  for (int digits = 15; digits <= 17; digits++) {
    snprintf(out, size, "%.*g", digits, value);
    if (strtod(out, NULL) == value) break;
  }
  finish(out, size);
}

void scr_json_float(float value, char *out, size_t size) {
  for (int digits = 6; digits <= 9; digits++) {
    snprintf(out, size, "%.*g", digits, (double)value);
    if (strtof(out, NULL) == value) break;
  }
  finish(out, size);
}
