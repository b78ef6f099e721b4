/* Digits are tried from few to many: almost every number that a person wrote needs the fewest. */
#include "scripting/json_number.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The locale's point becomes a point, and a number that looks whole gets one. */
static ScrJsonNumber finish(ScrJsonNumber number) {
  char *comma = strchr(number.text, ',');
  if (comma) *comma = '.';
  if (!strpbrk(number.text, ".e")) strcat(number.text, ".0");
  return number;
}

ScrJsonNumber scr_json_double(double value) {
  ScrJsonNumber number = {""};
  for (int digits = 15; digits <= 17; digits++) {
    snprintf(number.text, sizeof number.text, "%.*g", digits, value);
    if (strtod(number.text, NULL) == value) break;
  }
  return finish(number);
}

ScrJsonNumber scr_json_float(float value) {
  ScrJsonNumber number = {""};
  for (int digits = 6; digits <= 9; digits++) {
    snprintf(number.text, sizeof number.text, "%.*g", digits, (double)value);
    if (strtof(number.text, NULL) == value) break;
  }
  return finish(number);
}
