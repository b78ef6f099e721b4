/* Edits of a forward pass as Lua writes them: a list of texts and tables, and the run that it departs from. */
#ifndef SCRIPTING_BIND_EDITS_H
#define SCRIPTING_BIND_EDITS_H

#include "engine/edit.h"
#include "engine/run.h"

#include <lua.h>

typedef struct ScrEdits ScrEdits;

/* Registers the lists, which scripts never see. */
void scr_bind_edits(lua_State *L);

/* Reads options "edits" and "base" of the table at `arg` for a model of that config; raises "edits[2]: op: expected
 * …". Pushes what holds the list and the runs; NULL, and nothing pushed, where there is neither. */
const ScrEdits *scr_read_edits(lua_State *L, int arg, const EngConfig *config);

/* Puts the edits into a spec that has its sequences, as memory that the list owns: numbers that count from the end
 * become places in the text, which must be as long in all of them. Touches no Lua. NULL is no edits. */
bool scr_edits_for(const ScrEdits *edits, EngRunSpec *spec, EngError *err);

/* Pushes the list of the edits of the run at `run`, as the option takes it. */
void scr_push_edits(lua_State *L, int run);

#endif
