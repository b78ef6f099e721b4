/* Numbers as JSON writes them. */
#ifndef SCRIPTING_JSON_NUMBER_H
#define SCRIPTING_JSON_NUMBER_H

#include <stddef.h>

#define SCR_JSON_NUMBER 48 /* bytes that any number fits in, with its NUL */

/* The fewest digits that read back as the same double (or float), with a point or an exponent, so that it
 * stays a float; the value is finite. The point is a point in every locale. */
void scr_json_double(double value, char *out, size_t size);
void scr_json_float(float value, char *out, size_t size);

#endif
