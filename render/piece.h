/* Cutting text: into characters with their marks, which a caret never parts, and into pieces, which are drawn
 * as one: a character, or a stretch of a script whose characters change their shape beside each other. */
#ifndef RENDER_PIECE_H
#define RENDER_PIECE_H

#include <stddef.h>

/* Length in bytes of what `run` begins with; 0 only at its end. */
size_t ren_piece_character(const char *run);
size_t ren_piece_length(const char *run);

#endif
