/* Where a text that is sought begins among the tokens. */
#ifndef RENDER_FIND_H
#define RENDER_FIND_H

#include "engine/source.h"

/* Whether it lies in the text of a block's query `token`, as it is or is shown, or begins there and goes on over
 * the tokens behind it. Small and capital letters are alike; nothing sought is found nowhere. */
bool ren_find_at(const EngSource *source, const EngBlock *block, int token, const char *sought);

#endif
