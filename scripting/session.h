/* Where a window's saved state lies, and what becomes of it: read once when the window opens, put aside where it
 * cannot be read, written by the app (app_session.c) after each run and at the end. */
#ifndef SCRIPTING_SESSION_H
#define SCRIPTING_SESSION_H

#include "scripting/app.h"
#include "scripting/saved.h"

typedef struct ScrSession {
  char *path;       /* of the file */
  ScrSaved saved;   /* as read: what a first start has where there was nothing to read */
  bool found;       /* there was */
  bool locked;      /* what could not be read could not be put aside either: it is not written over */
  char notice[512]; /* what to say in the status line, or "" */
} ScrSession;

/* XDG_STATE_HOME/headscope or ~/.local/state/headscope, malloc'ed; NULL where neither is known. */
char *scr_session_folder(void);

/* Reads FOLDER/state.json where there is one; what is wrong with it is in the notice. NULL and an error when
 * memory is short. */
ScrSession *scr_session_open(const char *folder, EngError *err);
void scr_session_free(ScrSession *session);

/* Makes the folder where it is missing, and writes. */
bool scr_session_write(const ScrSession *session, const ScrSaved *saved, EngError *err);

/* What a window opens with: what was saved, else what a first start has. `session` may be NULL. */
void scr_session_fill(const ScrSession *session, ScrAppOptions *options);
/* What the caller asks for wins; NULL leaves what is there. A text comes without the saved second sentence. */
void scr_session_ask(ScrAppOptions *options, const char *model, const char *text, const char *pair);

#endif
