/* Names of keys, from SDL's numbers. */
#ifndef RENDER_WINDOW_KEY_H
#define RENDER_WINDOW_KEY_H

#include <stdbool.h>
#include <stddef.h>

/* "ctrl+shift+p", "left", "f1". False for a key that only types a character, which comes as text, and for
 * modifiers alone. */
bool ren_window_key_name(int sym, int mod, char *out, size_t size);

#endif
