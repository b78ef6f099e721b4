/* Sentences to begin with. */
#ifndef RENDER_EXAMPLES_H
#define RENDER_EXAMPLES_H

#include <stdbool.h>

typedef struct RenExample {
  const char *title, *text;
  const char *pair; /* NULL: one sentence */
} RenExample;

/* Those with a second sentence come last, and only where the model takes one. */
int ren_examples_count(bool pairs);
const RenExample *ren_examples_at(int i);

#endif
