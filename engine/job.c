/* Tasks are three lists under one lock: the one that waits, the one that runs, those that ended and whose
 * `done` is due. Submitting moves what waits to the ended ones as cancelled and raises the flag of what runs;
 * the worker looks for a task, works without the lock, and puts it with the ended ones. `done` is called
 * only by the thread that polls, without the lock, in the order in which tasks ended. */
#include "engine/job.h"

#include <pthread.h>
#include <stdlib.h>

typedef struct Item {
  struct Item *next;
  EngTask task;
  EngCancel cancel;
  bool ok, cancelled;
  EngError error;
} Item;

struct EngJob {
  pthread_t worker;
  pthread_mutex_t lock;
  pthread_cond_t submitted, ended; /* something waits, or the end; something is due */
  Item *waiting, *running, *due;
  bool stopping;
  void (*wake)(void *);
  void *wake_context;
};

static void append(Item **list, Item *item) {
  while (*list) list = &(*list)->next;
  item->next = NULL;
  *list = item;
}

/* With the lock: takes the waiting task, or NULL when it is time to go. */
static Item *next_item(EngJob *job) {
  while (!job->waiting && !job->stopping) pthread_cond_wait(&job->submitted, &job->lock);
  Item *item = job->stopping ? NULL : job->waiting;
  if (item) job->waiting = NULL;
  job->running = item;
  return item;
}

static void *work(void *context) {
  EngJob *job = context;
  pthread_mutex_lock(&job->lock);
  for (Item *item = next_item(job); item; item = next_item(job)) {
    pthread_mutex_unlock(&job->lock);
    item->ok = item->task.work(item->task.context, &item->cancel, &item->error);
    pthread_mutex_lock(&job->lock);
    item->cancelled = eng_cancel_raised(&item->cancel);
    job->running = NULL;
    append(&job->due, item);
    pthread_cond_broadcast(&job->ended);
    pthread_mutex_unlock(&job->lock);
    if (job->wake) job->wake(job->wake_context);
    pthread_mutex_lock(&job->lock);
  }
  pthread_mutex_unlock(&job->lock);
  return NULL;
}

static void destroy(EngJob *job) {
  pthread_mutex_destroy(&job->lock);
  pthread_cond_destroy(&job->submitted);
  pthread_cond_destroy(&job->ended);
  free(job);
}

EngJob *eng_job_new(void (*wake)(void *), void *wake_context, EngError *err) {
  EngJob *job = calloc(1, sizeof *job);
  if (!job) {
    eng_error_memory(err, NULL, "a worker");
    return NULL;
  }
  job->wake = wake;
  job->wake_context = wake_context;
  pthread_mutex_init(&job->lock, NULL);
  pthread_cond_init(&job->submitted, NULL);
  pthread_cond_init(&job->ended, NULL);
  if (pthread_create(&job->worker, NULL, work, job) == 0) return job;
  eng_error_set(err, NULL, NULL, "no thread could be started");
  destroy(job);
  return NULL;
}

/* With the lock. */
static void cancel_all(EngJob *job) {
  if (job->running) eng_cancel_raise(&job->running->cancel);
  if (!job->waiting) return;
  job->waiting->cancelled = true;
  eng_error_set(&job->waiting->error, NULL, NULL, "cancelled");
  append(&job->due, job->waiting);
  job->waiting = NULL;
}

void eng_job_cancel(EngJob *job) {
  pthread_mutex_lock(&job->lock);
  cancel_all(job);
  pthread_mutex_unlock(&job->lock);
}

void eng_job_submit(EngJob *job, EngTask task) {
  Item *item = calloc(1, sizeof *item);
  EngError error = {{0}};
  eng_job_cancel(job);
  if (!item) {
    eng_error_memory(&error, NULL, "a task");
    task.done(task.context, false, false, &error);
    return;
  }
  item->task = task;
  pthread_mutex_lock(&job->lock);
  job->waiting = item;
  pthread_cond_signal(&job->submitted);
  pthread_mutex_unlock(&job->lock);
}

static void finish(Item *item) {
  EngError *error = item->ok ? NULL : &item->error;
  item->task.done(item->task.context, item->ok && !item->cancelled, item->cancelled, error);
  free(item);
}

bool eng_job_poll(EngJob *job) {
  pthread_mutex_lock(&job->lock);
  while (job->due) {
    Item *item = job->due;
    job->due = item->next;
    pthread_mutex_unlock(&job->lock);
    finish(item);
    pthread_mutex_lock(&job->lock);
  }
  bool pending = job->waiting || job->running;
  pthread_mutex_unlock(&job->lock);
  return pending;
}

void eng_job_wait(EngJob *job) {
  while (eng_job_poll(job)) {
    pthread_mutex_lock(&job->lock);
    while (!job->due && (job->waiting || job->running)) pthread_cond_wait(&job->ended, &job->lock);
    pthread_mutex_unlock(&job->lock);
  }
}

void eng_job_free(EngJob *job) {
  if (!job) return;
  pthread_mutex_lock(&job->lock);
  job->stopping = true;
  cancel_all(job);
  pthread_cond_signal(&job->submitted);
  pthread_mutex_unlock(&job->lock);
  pthread_join(job->worker, NULL);
  while (eng_job_poll(job)) eng_job_cancel(job); /* what is done may have submitted more */
  destroy(job);
}
