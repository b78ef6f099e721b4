/* A recorded file's block, as the files of bind_record share it. */
#ifndef SCRIPTING_BIND_RECORD_IMPL_H
#define SCRIPTING_BIND_RECORD_IMPL_H

#include "scripting/box.h"

#include "engine/activation.h"
#include "engine/source.h"

typedef struct ScrRecord {
  ScrBox box; /* of an EngSource */
  int block;
  EngConfig config; /* -1: the file does not tell */
} ScrRecord;

/* The box of the function that runs; a finalizer may come when it is closed. */
const ScrRecord *scr_record_check(lua_State *L);

/* What the file has of a layer, as a view of it, or with memory of its own where it is another form of number. */
bool scr_record_layer(const ScrRecord *record, EngActivation id, int layer, EngTensor *out, EngError *err);

/* (name) → a tensor, of the file where it can be; nil where the file lacks it; or nil and a message. */
int scr_record_tensor(lua_State *L);
/* → the full names of the activations that it has, as its part of the file calls them */
int scr_record_names(lua_State *L);

#endif
