/* The inputs that were run, the newest last, and how one steps back through them. */
#ifndef RENDER_HISTORY_H
#define RENDER_HISTORY_H

#include <stdbool.h>
#include <stddef.h>

#define REN_HISTORY_INPUTS 50
#define REN_HISTORY_BYTES ((size_t)16 << 10) /* of one sentence; a longer one is not kept */

typedef struct RenInput {
  char *text, *pair; /* `pair` is "" for one sentence */
} RenInput;

typedef struct RenHistory { /* zeroed: empty */
  RenInput inputs[REN_HISTORY_INPUTS];
  int n;
  int back;       /* how many steps back the fields are; 0: at what is being typed */
  RenInput draft; /* what was being typed when the first step was taken */
} RenHistory;

void ren_history_free(RenHistory *history);

/* Puts the input last (one that is there already moves), and ends the stepping. `pair` may be NULL. An input
 * without a text, or for which memory is short, is left out. */
void ren_history_add(RenHistory *history, const char *text, const char *pair);

/* The input one step back (`by` 1) or forth (-1) from what stands in the fields, `text` and `pair`; NULL where
 * there is none. It lives until the next call. */
const RenInput *ren_history_step(RenHistory *history, int by, const char *text, const char *pair);

#endif
