/* Code points of text that may hold anything. */
#ifndef RENDER_POINT_H
#define RENDER_POINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The code point that `text`, not empty, begins with, and its length in bytes; a byte that is no UTF-8 reads
 * as the replacement character. */
size_t ren_point_read(const char *text, int32_t *point);
bool ren_point_is_rtl(int32_t point); /* of a script that runs from right to left */

#endif
