/* Pieces that were taken and not yet given stand in a ring, so that a thread that is ahead waits when the ring is
 * full instead of piling up results. Whoever finishes a piece gives what is due, under the one lock. */
#include "engine/crew.h"

#include <pthread.h>
#include <stdlib.h>

enum { RING_EACH = 3 }; /* pieces in flight for each worker */

typedef struct Slot {
  void *piece;
  bool done, ok;
  EngError error;
} Slot;

typedef struct Crew {
  const EngCrewTask *task;
  const EngCancel *cancel;
  pthread_mutex_t lock;
  pthread_cond_t given_some;
  size_t taken, given, room;
  bool closed, failed; /* nothing more is taken; nothing more is given */
  EngError *err;
  Slot slots[]; /* (room): piece i stands in slot i % room */
} Crew;

typedef struct Worker {
  Crew *crew;
  int number;
  pthread_t thread;
} Worker;

static Slot *slot_of(Crew *crew, size_t piece) { return &crew->slots[piece % crew->room]; }

static void fail(Crew *crew, const EngError *error) {
  crew->failed = crew->closed = true;
  if (crew->err) *crew->err = *error;
}

/* With the lock. The slot of the next piece, or NULL when there is none, or no longer. */
static Slot *take(Crew *crew) {
  while (!crew->closed && crew->taken - crew->given == crew->room)
    pthread_cond_wait(&crew->given_some, &crew->lock);
  if (crew->closed || eng_cancel_raised(crew->cancel)) return NULL;
  Slot *slot = slot_of(crew, crew->taken);
  *slot = (Slot){0};
  bool ok = crew->task->take(crew->task->context, &slot->piece, &slot->error);
  if (!ok || !slot->piece) crew->closed = true;
  if (ok && !slot->piece) return NULL;
  slot->done = !ok;
  crew->taken++;
  return slot;
}

/* With the lock: gives what is done and due. */
static void give(Crew *crew) {
  const EngCrewTask *task = crew->task;
  for (; crew->given < crew->taken && slot_of(crew, crew->given)->done; crew->given++) {
    Slot *slot = slot_of(crew, crew->given);
    bool given = slot->ok && !crew->failed;
    if (given && !task->give(task->context, slot->piece, &slot->error)) slot->ok = false;
    if (!given && slot->piece) task->drop(task->context, slot->piece);
    if (!slot->ok && !crew->failed) fail(crew, &slot->error);
  }
  pthread_cond_broadcast(&crew->given_some);
}

static void *work(void *context) {
  const Worker *worker = context;
  Crew *crew = worker->crew;
  pthread_mutex_lock(&crew->lock);
  for (Slot *slot = take(crew); slot; slot = take(crew)) {
    if (!slot->done) {
      pthread_mutex_unlock(&crew->lock);
      slot->ok = crew->task->work(crew->task->context, worker->number, slot->piece, crew->cancel, &slot->error);
      pthread_mutex_lock(&crew->lock);
      slot->done = true;
      if (!slot->ok) crew->closed = true;
    }
    give(crew);
  }
  crew->closed = true;
  pthread_cond_broadcast(&crew->given_some);
  pthread_mutex_unlock(&crew->lock);
  return NULL;
}

/* Threads that cannot be started are done without: worker 0 is this one. */
static void run_workers(Worker *workers, int n) {
  int started = 1;
  while (started < n && pthread_create(&workers[started].thread, NULL, work, &workers[started]) == 0) started++;
  work(&workers[0]);
  for (int i = 1; i < started; i++) pthread_join(workers[i].thread, NULL);
}

bool eng_crew_run(const EngCrewTask *task, int n_workers, const EngCancel *cancel, EngError *err) {
  size_t n = n_workers > 1 ? (size_t)n_workers : 1, room = n * RING_EACH;
  Crew *crew = calloc(1, sizeof *crew + room * sizeof *crew->slots);
  Worker *workers = calloc(n, sizeof *workers);
  bool ok = crew && workers;
  if (ok) {
    crew->task = task, crew->cancel = cancel, crew->room = room, crew->err = err;
    pthread_mutex_init(&crew->lock, NULL);
    pthread_cond_init(&crew->given_some, NULL);
    for (size_t i = 0; i < n; i++) workers[i] = (Worker){.crew = crew, .number = (int)i};
    run_workers(workers, (int)n);
    ok = !crew->failed;
    if (ok && eng_cancel_raised(cancel)) ok = eng_error_set(err, NULL, NULL, "cancelled");
    pthread_cond_destroy(&crew->given_some);
    pthread_mutex_destroy(&crew->lock);
  } else {
    eng_error_memory(err, NULL, "%zu workers", n);
  }
  free(workers);
  free(crew);
  return ok;
}
