/* Classes of tokens: names, pronouns, occupations, or whatever a file says. Each has a colour, in which its tokens
 * are underlined. */
#ifndef RENDER_CLASSES_H
#define RENDER_CLASSES_H

#include <stdint.h>

enum { REN_MAX_CLASSES = 8, REN_CLASS_NAME = 32 };

/* Of one text. */
typedef struct RenClasses {
  int n;
  char names[REN_MAX_CLASSES][REN_CLASS_NAME];
  int n_tokens;
  int8_t *of; /* (n_tokens): the class of each, -1 for none */
} RenClasses;

void ren_classes_free(RenClasses *classes); /* NULL is fine */

#endif
