/* A token as it is shown: white space made visible, one line, never longer than a cell could need. */
#ifndef RENDER_VIEW_TOKEN_H
#define RENDER_VIEW_TOKEN_H

#include "engine/input.h"

#define REN_TOKEN_BYTES 256 /* enough for every shown token with its final NUL */

/* " doctor" becomes "·doctor", a newline "↵", a tab "⇥"; other control characters their code ("\x1b"),
 * bytes that are no UTF-8 "\ufffd". A token without text shows its piece. Cut with "…" when it is too long. */
void ren_token_show(const EngToken *token, char out[REN_TOKEN_BYTES]);

#endif
