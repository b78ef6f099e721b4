/* What a list of edits is made of; for bind_edit*.c only. */
#ifndef SCRIPTING_BIND_EDITS_IMPL_H
#define SCRIPTING_BIND_EDITS_IMPL_H

#include "scripting/bind_edits.h"

#include "engine/edit_words.h"

/* An index that counts from the end of the text: `back` 1 is the last token. */
typedef struct FromEnd {
  int edit;
  const EngEditField *field;
  lua_Integer back;
} FromEnd;

struct ScrEdits {
  int n, n_from_end;
  EngEdit *list;     /* (n) */
  FromEnd *from_end; /* at most two an edit */
  EngRun *base;      /* NULL for none */
};

/* Reads the edit on top of the stack, which is popped, as the next of the list. `place` is its own, from 1. */
void scr_read_edit(lua_State *L, ScrEdits *edits, int place, const EngConfig *config);

#endif
