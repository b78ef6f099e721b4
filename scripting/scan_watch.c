/* It sleeps until the whole time is over, or for a second where single answers have a limit, and never wakes where
 * there is none. */
#include "scripting/scan_watch.h"

#include "engine/clock.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const double grace = 1; /* seconds */

struct ScrWatch {
  double whole, each; /* seconds; 0: no limit */
  double end, late;   /* when the whole time is over; when somebody was late, 0: nobody was */
  atomic_bool whole_over, each_over;
  EngCancel *cancel;
  pthread_t thread;
  bool running; /* there is a thread */
  bool stop;    /* it is to end */
  pthread_mutex_t lock;
  pthread_cond_t wake;
  int n_workers;
  ScrAsked asked[];
};

static size_t explain(const ScrWatch *watch, char *out, size_t size) {
  int n = atomic_load(&watch->whole_over)
              ? snprintf(out, size, "expected to end within %g seconds (--time), found it running", watch->whole)
              : snprintf(out, size, "expected an answer of the probe within %g seconds (--time), found none",
                         watch->each);
  return n > 0 ? (size_t)n : 0;
}

static void end_process(const ScrWatch *watch) {
  char words[160];
  explain(watch, words, sizeof words);
  fprintf(stderr, "headscope: %s, and could not be stopped\n", words);
  _exit(1);
}

/* When the answer that takes longest began; HUGE_VAL: nobody is asked. */
static double oldest(ScrWatch *watch) {
  double first = HUGE_VAL;
  for (int i = 0; i < watch->n_workers; i++) {
    double asked = atomic_load(&watch->asked[i]);
    if (asked > 0 && asked < first) first = asked;
  }
  return first;
}

/* Returns when to look again. */
static double look(ScrWatch *watch, double now) {
  double first = oldest(watch);
  if (watch->late > 0) {
    if (first < HUGE_VAL && now >= fmax(first, watch->late) + grace) end_process(watch);
    return now + grace / 4;
  }
  bool over = watch->whole > 0 && now >= watch->end, slow = watch->each > 0 && now >= first + watch->each;
  if (over || slow) {
    atomic_store(over ? &watch->whole_over : &watch->each_over, true);
    watch->late = now;
    eng_cancel_raise(watch->cancel);
    return now + grace / 4;
  }
  double next = watch->each > 0 ? now + fmin(1, watch->each) : HUGE_VAL;
  return watch->whole > 0 ? fmin(next, watch->end) : next;
}

static void *run(void *context) {
  ScrWatch *watch = context;
  pthread_mutex_lock(&watch->lock);
  while (!watch->stop) {
    double next = look(watch, eng_clock_seconds()), whole = floor(next);
    struct timespec until = {(time_t)whole, (long)((next - whole) * 1e9)};
    pthread_cond_timedwait(&watch->wake, &watch->lock, &until);
  }
  pthread_mutex_unlock(&watch->lock);
  return NULL;
}

static bool start_thread(ScrWatch *watch) {
  if (!watch->cancel || (watch->whole <= 0 && watch->each <= 0)) return true;
  watch->running = pthread_create(&watch->thread, NULL, run, watch) == 0;
  return watch->running;
}

ScrWatch *scr_watch_start(const ScrLimits *limits, int n_workers, EngCancel *cancel, EngError *err) {
  ScrWatch *watch = calloc(1, sizeof *watch + (size_t)n_workers * sizeof *watch->asked);
  if (!watch) {
    eng_error_memory(err, NULL, "%d workers", n_workers);
    return NULL;
  }
  pthread_condattr_t clock;
  pthread_condattr_init(&clock);
  pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
  pthread_cond_init(&watch->wake, &clock);
  pthread_condattr_destroy(&clock);
  pthread_mutex_init(&watch->lock, NULL);
  watch->cancel = cancel;
  watch->n_workers = n_workers;
  watch->whole = limits ? scr_limits_whole(limits) : 0;
  watch->each = limits ? scr_limits_each(limits) : 0;
  watch->end = eng_clock_seconds() + watch->whole;
  if (start_thread(watch)) return watch;
  scr_watch_end(watch);
  eng_error_set(err, NULL, "--time", "expected a thread that looks at the clock, found none");
  return NULL;
}

ScrAsked *scr_watch_asked(ScrWatch *watch, int worker) { return &watch->asked[worker]; }

void scr_watch_explain(const ScrWatch *watch, EngError *err) {
  char words[160];
  EngError cause = *err;
  if (!atomic_load(&watch->whole_over) && !atomic_load(&watch->each_over)) return;
  explain(watch, words, sizeof words);
  bool has_place = strchr(cause.message, ':') != NULL;
  eng_error_set(err, NULL, NULL, "%s%s%s", words, has_place ? ": " : "", has_place ? cause.message : "");
}

void scr_watch_end(ScrWatch *watch) {
  if (!watch) return;
  if (watch->running) {
    pthread_mutex_lock(&watch->lock);
    watch->stop = true;
    pthread_cond_signal(&watch->wake);
    pthread_mutex_unlock(&watch->lock);
    pthread_join(watch->thread, NULL);
  }
  pthread_cond_destroy(&watch->wake);
  pthread_mutex_destroy(&watch->lock);
  free(watch);
}
