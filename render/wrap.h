/* Long text as lines, broken between words. */
#ifndef RENDER_WRAP_H
#define RENDER_WRAP_H

#include "render/widget.h"

/* Takes the next line off the text, set in a font: up to its end, or as many whole words as fit. In the frame's
 * arena, control characters as spaces; NULL when memory is short. */
char *ren_wrap_line(const RenPaint *paint, RenFont font, int size, const char **text, float width);
/* How many lines it takes; at most so many are counted. */
int ren_wrap_count(const RenPaint *paint, RenFont font, int size, const char *text, float width, int most);

#endif
