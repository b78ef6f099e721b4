/* What the token strip can show, by name: a number for each token, of one of a few kinds. */
#ifndef RENDER_STRIP_KIND_H
#define RENDER_STRIP_KIND_H

#include "render/pins.h"

typedef enum RenStripKind {
  REN_STRIP_LOGPROB,
  REN_STRIP_ENTROPY,
  REN_STRIP_NORM,
  REN_STRIP_RECEIVED,
  REN_STRIP_NAMED,                    /* so many have a name; … */
  REN_STRIP_NEURON = REN_STRIP_NAMED, /* … any other is a neuron's part … */
  REN_STRIP_OWN,                      /* … or the user's numbers */
  REN_STRIP_KINDS
} RenStripKind;

typedef struct RenStripEntry {
  const char *name, *label; /* "" where it has none of its own */
  const char *words;        /* the title begins with them */
  RenSide side;             /* whose tokens the numbers are of */
  bool predicts, reads;     /* needs the readings' predictions; needs readings at all */
  bool diverges;            /* both signs count */
} RenStripEntry;

const RenStripEntry *ren_strip_entry(RenStripKind kind);
/* REN_STRIP_NEURON where no kind has that name. */
RenStripKind ren_strip_find(const char *name);

/* What there is to choose from, by its place; the last one folds the strip. */
int ren_strip_count(void);
const char *ren_strip_name(int i);  /* "logprob", …, "none" */
const char *ren_strip_label(int i); /* "Log-probability" */

/* Whether it is one of those that have a name of their own: logprob, entropy, norm, received. */
bool ren_strip_known(const char *name);
RenSide ren_strip_side(const char *name);
bool ren_strip_predicts(const char *name);

#endif
