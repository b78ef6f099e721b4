/* Several threads at one list of work. Pieces are taken one after the other, worked on at the same time, and handed
 * over in the order in which they were taken: what comes out does not depend on how many threads there are. */
#ifndef ENGINE_CREW_H
#define ENGINE_CREW_H

#include "engine/cancel.h"
#include "engine/error.h"

typedef struct EngCrewTask {
  /* The next piece, NULL after the last. One thread at a time, and never while `give` is called. */
  bool (*take)(void *context, void **piece, EngError *err);
  /* On worker 0 … n-1, the same thread for the same number. Looks at `cancel` often. */
  bool (*work)(void *context, int worker, void *piece, const EngCancel *cancel, EngError *err);
  /* In the order of taking, one thread at a time; takes the piece, also where it fails. */
  bool (*give)(void *context, void *piece, EngError *err);
  void (*drop)(void *context, void *piece); /* frees a piece that will not be given */
  void *context;
} EngCrewTask;

/* Works with up to `n_workers` threads, this one among them, until everything is given. False with the error of the
 * first piece that failed, in their order, or "cancelled": every piece before it was given, none after it. */
bool eng_crew_run(const EngCrewTask *task, int n_workers, const EngCancel *cancel, EngError *err);

#endif
