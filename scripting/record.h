/* A run written to a file: what `dump` writes and the window opens as a source that is no model. */
#ifndef SCRIPTING_RECORD_H
#define SCRIPTING_RECORD_H

#include "engine/run.h"

/* Writes everything that sequence 0 of a finished run kept, under full names without a batch axis, and
 * its logits where `logits` asks for them. Metadata: text, pair (where there is one), ids, token_types,
 * tokens, pieces, offsets, sentences and, where there are any, edits (JSON lists), bos, causal ("true", "false"),
 * model, hash, version. */
bool scr_record_write(const EngRun *run, bool logits, const char *path, EngError *err);

#endif
