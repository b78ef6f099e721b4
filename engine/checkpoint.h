/* A model's folder seen as one table of tensors: model.safetensors, or the shards that
 * model.safetensors.index.json lists. Immutable; what it hands out lives until it is closed. */
#ifndef ENGINE_CHECKPOINT_H
#define ENGINE_CHECKPOINT_H

#include "engine/error.h"
#include "engine/safetensors.h"

typedef struct EngCheckpoint EngCheckpoint;

/* NULL and an error for a folder without weights, a shard that is missing or outside the folder, an index
 * that disagrees with its shards, or a name that two shards have; and when it is cancelled. */
EngCheckpoint *eng_checkpoint_open(const char *folder, const EngCancel *cancel, EngError *err);
void eng_checkpoint_close(EngCheckpoint *checkpoint);        /* NULL is fine */
void eng_checkpoint_forget(const EngCheckpoint *checkpoint); /* see eng_safetensors_forget */

size_t eng_checkpoint_count(const EngCheckpoint *checkpoint);
const EngSafetensor *eng_checkpoint_at(const EngCheckpoint *checkpoint, size_t i); /* sorted by name, bytewise */
/* NULL for none; `index`, which may be NULL, gets its place in that order. */
const EngSafetensor *eng_checkpoint_find(const EngCheckpoint *checkpoint, const char *name, size_t *index);
const char *eng_checkpoint_path(const EngCheckpoint *checkpoint); /* model.safetensors or the index */

#endif
