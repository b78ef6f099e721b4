/* What the view's settings are, as rows of one menu: each calls a command. The button "⋯" opens it. */
#ifndef RENDER_OPTIONS_H
#define RENDER_OPTIONS_H

#include <stddef.h>

typedef enum RenOptionKind {
  REN_OPTION_HEADING, /* begins a group; cannot be chosen */
  REN_OPTION_CHECK,   /* on or off */
  REN_OPTION_RADIO,   /* one of its group holds */
  REN_OPTION_PLAIN    /* does something, and closes the menu */
} RenOptionKind;

typedef struct RenOption {
  RenOptionKind kind;
  const char *key; /* its element is options.KEY; NULL for a heading */
  const char *title;
  const char *command, *argument; /* what choosing it runs; a string, or NULL */
} RenOption;

int ren_options_count(void);
const RenOption *ren_options_at(int i);
const char *ren_options_key(int i); /* of row i; "" for a heading, NULL past the end */

#endif
