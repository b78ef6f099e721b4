/* A text that is longer than a model reads, and what is left of it. */
#ifndef SCRIPTING_SHORTEN_H
#define SCRIPTING_SHORTEN_H

#include "engine/model.h"

/* How many tokens `text` has; 0 where it cannot be encoded. */
size_t scr_shorten_count(EngModel *model, const char *text, bool bos);

/* As much of its beginning, or of its end, as the model reads: malloc'ed, NULL where there is nothing to cut
 * or memory is short. */
char *scr_shorten(EngModel *model, const char *text, bool bos, bool last);

#endif
