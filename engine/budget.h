/* Memory that scripts cause, counted over the whole process: Lua's own, tensors', runs', of models what is widened
 * and packed of their weights and what is kept of their tokenizers, JSON while it is read, pictures, and what it
 * takes to encode a text; not files, which are mapped. A limit is set once, before there is anything to count. Any
 * thread may call the rest. */
#ifndef ENGINE_BUDGET_H
#define ENGINE_BUDGET_H

#include "engine/error.h"

#include <stddef.h>

void eng_budget_limit(size_t bytes); /* 0: none */
size_t eng_budget_limited(void);     /* the limit, 0 for none */
size_t eng_budget_used(void);

/* Takes so many bytes; false, with nothing taken, where that would go over the limit. */
bool eng_budget_take(size_t bytes);
/* The same for what only saves time: with it no more than half of the limit may be in use. */
bool eng_budget_take_spare(size_t bytes);
void eng_budget_give(size_t bytes);

/* Memory that is counted: as realloc, of what has `had` bytes (NULL: none); NULL, with what is there left alone,
 * also where it would go over the limit. */
void *eng_budget_realloc(void *at, size_t had, size_t bytes);
void eng_budget_free(void *at, size_t bytes);

/* "WHAT: expected at most N bytes of memory for scripts, found M more wanted". Always returns false. */
bool eng_budget_error(EngError *err, const char *what, size_t bytes);
/* The same where nobody knows how much was wanted; without a limit that there is no memory. */
bool eng_budget_lack(EngError *err, const char *file, const char *what);

#endif
