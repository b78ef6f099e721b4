/* A checkpoint opened: its numbers, its weights (mapped, not read), its tokenizer (opened at first use).
 *
 * Models are counted atomically and immutable after opening; every function may be called from any
 * thread that holds a reference. */
#ifndef ENGINE_MODEL_H
#define ENGINE_MODEL_H

#include "engine/arena.h"
#include "engine/cancel.h"
#include "engine/config.h"
#include "engine/error.h"
#include "engine/tokenizer.h"
#include "engine/weights.h"

#include <stdint.h>

typedef struct EngModel EngModel;

/* Turns what a user wrote (a folder, a model shipped in models/ by its name, a name in the Hugging Face
 * cache, as hub.h says) into a folder; `home` is the directory that
 * holds models/, or NULL. Returns a malloc'ed path, or NULL and an error that lists where it looked. */
char *eng_model_locate(const char *name, const char *home, EngError *err);

/* Where models that were fetched lie: headscope/models in the user's cache. Malloc'ed, NULL as eng_path_cache. */
char *eng_model_cache(void);

/* The name to show for a folder: its last part; in the Hugging Face cache "org/name". Malloc'ed. */
char *eng_model_name_of(const char *folder);

/* Opens a folder. One reference is the caller's. What ends in _until looks at `cancel` often and fails, with the
 * error "cancelled", when it is raised: then nothing of what was begun stays. */
EngModel *eng_model_open(const char *folder, EngError *err);
EngModel *eng_model_open_until(const char *folder, const EngCancel *cancel, EngError *err);
EngModel *eng_model_retain(EngModel *model);
void eng_model_release(EngModel *model); /* NULL is fine */

const EngConfig *eng_model_config(const EngModel *model);
const EngWeights *eng_model_weights(const EngModel *model);
const char *eng_model_name(const EngModel *model); /* as eng_model_name_of says */
const char *eng_model_path(const EngModel *model);
const char *eng_model_dtype(const EngModel *model);   /* "F32", "F16", "BF16": of most parameters */
uint64_t eng_model_parameters(const EngModel *model); /* numbers in the file that the model uses */
/* Memory that the model holds besides the mapped file: widened and packed weights, and the arena kept
 * for the next run. */
size_t eng_model_cache_bytes(EngModel *model);
EngArenaPool *eng_model_arenas(EngModel *model); /* where runs take their memory from */

/* Opened once, at first use. NULL and an error when the folder has none or it is bad. */
const EngTokenizer *eng_model_tokenizer(EngModel *model, EngError *err);
const EngTokenizer *eng_model_tokenizer_until(EngModel *model, const EngCancel *cancel, EngError *err);

/* xxh3 over names and bytes of all tensors, 16 hex digits, computed once, at first use. */
const char *eng_model_hash(EngModel *model);
const char *eng_model_hash_until(EngModel *model, const EngCancel *cancel); /* else NULL */

/* Makes sure that every weight is F32 at its place (widens F16 and BF16 once). The forward pass calls it;
 * false when memory is short. */
bool eng_model_ready(EngModel *model, EngError *err);
bool eng_model_ready_until(EngModel *model, const EngCancel *cancel, EngError *err);

#endif
