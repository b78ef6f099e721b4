/* What a source is made of, and what each kind of one does in a way of its own; for source*.c only. */
#ifndef ENGINE_SOURCE_IMPL_H
#define ENGINE_SOURCE_IMPL_H

#include "engine/source.h"

#include "engine/record.h"

#include <stdatomic.h>

/* The last four are NULL where a source's layers are all there and its tokens are the base's. */
typedef struct EngSourceKind {
  void (*close)(EngSource *source);
  const EngInput *(*input)(const EngSource *source);
  int (*layers_done)(const EngSource *source);
  EngTensor (*pattern)(const EngSource *source, int block, int layer, int head); /* uncut */
  EngTensor (*coarse)(const EngSource *source, int block, int layer, int head);  /* of a whole block */
  bool (*advance)(EngSource *source, const EngCancel *cancel, EngError *err);
  bool (*behind)(const EngSource *source);
  int (*place)(const EngSource *source, int block, bool column, int token);
  int (*token)(const EngSource *source, int block, bool column, int place);
} EngSourceKind;

struct EngSource {
  const EngSourceKind *kind;
  atomic_int references;
  uint64_t serial;
  EngRun *run;      /* NULL for a record */
  EngRecord record; /* empty for a run */
  void *made;       /* of other sources: theirs, or NULL */
  EngSource *base;  /* what it is derived of, or NULL */
  EngSource *owner; /* whose model it is, where that is another's */
  EngBlock blocks[ENG_MOST_BLOCKS];
  int n_blocks;
};

/* Without a block yet; freed with free() until its kind's fields are set. */
EngSource *eng_source_new(const EngSourceKind *kind, EngError *err);
/* A block of one sequence, and the slices of a pair. */
void eng_source_add_blocks(EngSource *source, const EngBlock *whole);

#endif
