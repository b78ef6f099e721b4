/* A session as a Lua script: every command that was carried out, in order, by name. Run by `headscope run`
 * or another script, it does the same without a window and hands the window (hs.ui) to its caller. */
#ifndef SCRIPTING_JOURNAL_H
#define SCRIPTING_JOURNAL_H

#include "scripting/app.h"

#include "render/command.h"

typedef struct ScrJournal ScrJournal;

/* Starts the file with what the window was opened with; without a path it is in memory. NULL and an error when it
 * cannot be written. */
ScrJournal *scr_journal_open(const char *path, const ScrAppOptions *options, EngError *err);
void scr_journal_add(ScrJournal *journal, const RenCommandInfo *command, const RenArg *args);
/* What was pending is done: a replay waits here. */
void scr_journal_settle(ScrJournal *journal);
/* Of one in memory: writes all of it to a file, whole or not at all. */
bool scr_journal_copy(ScrJournal *journal, const char *path, EngError *err);
/* False when something could not be written. NULL is fine. */
bool scr_journal_close(ScrJournal *journal, EngError *err);

#endif
