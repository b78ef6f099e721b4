/* One worker thread with a queue of one: a newer task cancels an older one. The window's thread submits
 * and polls; work runs on the worker and touches neither Lua nor the window. */
#ifndef ENGINE_JOB_H
#define ENGINE_JOB_H

#include "engine/cancel.h"
#include "engine/error.h"

typedef struct EngJob EngJob;

typedef struct EngTask {
  /* On the worker. Looks at `cancel` often; false with `err` filled on failure. */
  bool (*work)(void *context, const EngCancel *cancel, EngError *err);
  /* On the thread that polls (or frees the worker), always called exactly once; `ok` false with `err` when
   * work failed; `cancelled` when a newer task replaced it, whether or not it had begun. */
  void (*done)(void *context, bool ok, bool cancelled, const EngError *err);
  void *context;
} EngTask;

EngJob *eng_job_new(void (*wake)(void *), void *wake_context, EngError *err); /* `wake` is called from the
                                                   worker when a task ends; may be NULL */
void eng_job_free(EngJob *job); /* cancels, waits for the worker, calls what `done` is due */

void eng_job_submit(EngJob *job, EngTask task); /* cancels what runs and what waits */
void eng_job_cancel(EngJob *job);
bool eng_job_poll(EngJob *job); /* calls `done` of finished tasks; true while any is pending */
void eng_job_wait(EngJob *job); /* blocks until nothing is pending, polling */

#endif
