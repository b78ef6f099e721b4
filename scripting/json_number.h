/* Numbers as JSON writes them. */
#ifndef SCRIPTING_JSON_NUMBER_H
#define SCRIPTING_JSON_NUMBER_H

typedef struct ScrJsonNumber {
  char text[48];
} ScrJsonNumber;

/* The fewest digits that read back as the same double (or float), with a point or an exponent, so that it
 * stays a float; the value is finite. The point is a point in every locale. */
ScrJsonNumber scr_json_double(double value);
ScrJsonNumber scr_json_float(float value);

#endif
