/* Lines for the REPL: from a terminal, edited and completed by libedit and remembered in a file, or from anything
 * else as they come. */
#ifndef SCRIPTING_PROMPT_H
#define SCRIPTING_PROMPT_H

#include "engine/error.h"

#include <lua.h>
#include <stdbool.h>

typedef struct ScrPrompt ScrPrompt;

/* `L` is where names are completed. NULL and an error when memory is short. */
ScrPrompt *scr_prompt_new(lua_State *L, EngError *err);
void scr_prompt_free(ScrPrompt *prompt); /* NULL is allowed */

bool scr_prompt_is_terminal(const ScrPrompt *prompt);

/* The next line without its newline, malloc'ed; NULL at the end. `before` is what the entry has already, "" for
 * none. `cancelled`: Ctrl+C was pressed, and what was typed is given up. */
char *scr_prompt_read(ScrPrompt *prompt, const char *before, bool *cancelled);

#endif
