/* Cutting text: into characters with their marks, which a caret never parts, and into pieces, which are drawn
 * as one: a character, or a stretch of a script whose characters change their shape beside each other. */
#ifndef RENDER_PIECE_H
#define RENDER_PIECE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The code point that `text`, not empty, begins with, and its length in bytes; a byte that is no UTF-8 reads
 * as the replacement character. */
size_t ren_piece_point(const char *text, int32_t *point);
bool ren_piece_is_rtl(int32_t point); /* of a script that runs from right to left */

/* Length in bytes of what `run` begins with; 0 only at its end. */
size_t ren_piece_character(const char *run);
size_t ren_piece_length(const char *run);

#endif
