/* From what a user calls a model to the model opened. */
#ifndef SCRIPTING_OPEN_H
#define SCRIPTING_OPEN_H

#include "engine/model.h"

/* A folder, a file, a model shipped in `home`/models, or a name in the Hugging Face cache; `home` may be
 * NULL. One reference is the caller's; NULL and an error otherwise, also when it is cancelled. */
EngModel *scr_open_model(const char *name, const char *home, const EngCancel *cancel, EngError *err);

/* The same for a command, which finds the home itself. */
EngModel *scr_open_model_of_program(const char *name, EngError *err);

/* The path (malloc'ed) of the recorded run that `name` stands for: a file, or one that ships as
 * `home`/models/NAME.safetensors; `home` may be NULL. NULL where it stands for none. */
char *scr_open_record_path(const char *name, const char *home);
/* Whether a file could be a recorded run, by its name or its first bytes. */
bool scr_open_is_record_like(const char *path);

/* Only the tokenizer, also of a folder without weights; eng_tokenizer_free is the caller's. */
EngTokenizer *scr_open_tokenizer(const char *name, EngError *err);

#endif
