/* What a source is made of: a run, a record, something derived or a difference; included by source*.c only. */
#ifndef ENGINE_SOURCE_IMPL_H
#define ENGINE_SOURCE_IMPL_H

#include "engine/source.h"

#include "engine/derived.h"
#include "engine/difference.h"
#include "engine/record.h"

#include <stdatomic.h>

struct EngSource {
  atomic_int references;
  uint64_t serial;
  EngRun *run;               /* NULL for a record */
  EngRecord record;          /* empty for a run */
  EngDerived *derived;       /* NULL for both */
  EngDifference *difference; /* of two others, or NULL */
  EngBlock blocks[ENG_MOST_BLOCKS];
  int n_blocks;
};

#endif
