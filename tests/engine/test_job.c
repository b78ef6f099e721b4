/* The worker: every task's `done` comes exactly once, on the polling thread, and a newer task replaces an
 * older one whether or not it had begun. */
#include "craft.h"

#include "engine/job.h"

#include <pthread.h>
#include <sched.h>

typedef struct Probe {
  atomic_bool begun, may_end;
  bool fail;
  int worked, done;
  bool ok, cancelled;
  char message[64];
  pthread_t worker, poller;
} Probe;

/* Works until it may end or is cancelled. */
static bool work(void *context, const EngCancel *cancel, EngError *err) {
  Probe *probe = context;
  probe->worked++;
  probe->worker = pthread_self();
  atomic_store(&probe->begun, true);
  while (!atomic_load(&probe->may_end) && !eng_cancel_raised(cancel)) sched_yield();
  if (eng_cancel_raised(cancel)) return eng_error_set(err, NULL, NULL, "cancelled");
  return !probe->fail || eng_error_set(err, NULL, NULL, "it failed");
}

static void done(void *context, bool ok, bool cancelled, const EngError *err) {
  Probe *probe = context;
  probe->done++;
  probe->ok = ok;
  probe->cancelled = cancelled;
  probe->poller = pthread_self();
  if (err) snprintf(probe->message, sizeof probe->message, "%.60s", err->message);
}

static void submit(EngJob *job, Probe *probe) { eng_job_submit(job, (EngTask){work, done, probe}); }

static void wait_until_begun(Probe *probe) {
  while (!atomic_load(&probe->begun)) sched_yield();
}

static void works_elsewhere_and_reports_here(void **state) {
  (void)state;
  EngJob *job = eng_job_new(NULL, NULL, NULL);
  Probe probe = {.may_end = true};
  assert_false(eng_job_poll(job));
  submit(job, &probe);
  eng_job_wait(job);
  assert_true(probe.ok && !probe.cancelled);
  assert_int_equal(probe.done, 1);
  assert_true(pthread_equal(probe.poller, pthread_self()));
  assert_false(pthread_equal(probe.worker, pthread_self()));
  eng_job_free(job);
}

static void hands_on_errors(void **state) {
  (void)state;
  EngJob *job = eng_job_new(NULL, NULL, NULL);
  Probe probe = {.may_end = true, .fail = true};
  submit(job, &probe);
  eng_job_wait(job);
  assert_true(!probe.ok && !probe.cancelled);
  assert_string_equal(probe.message, "it failed");
  eng_job_free(job);
}

static void newer_replaces_older(void **state) {
  (void)state;
  EngJob *job = eng_job_new(NULL, NULL, NULL);
  Probe running = {0}, waiting = {0}, last = {.may_end = true};
  submit(job, &running);
  wait_until_begun(&running);
  assert_true(eng_job_poll(job));
  submit(job, &waiting);
  submit(job, &last);
  eng_job_wait(job);
  assert_true(running.cancelled && !running.ok && running.done == 1);
  assert_true(waiting.cancelled && waiting.done == 1 && waiting.worked <= 1);
  assert_true(last.ok && !last.cancelled && last.done == 1);
  eng_job_free(job);
}

static void cancels(void **state) {
  (void)state;
  EngJob *job = eng_job_new(NULL, NULL, NULL);
  Probe probe = {0};
  submit(job, &probe);
  wait_until_begun(&probe);
  eng_job_cancel(job);
  eng_job_wait(job);
  assert_true(probe.cancelled && !probe.ok && probe.done == 1);
  assert_false(eng_job_poll(job));
  eng_job_free(job);
}

static void calls_what_is_due_when_freed(void **state) {
  (void)state;
  EngJob *job = eng_job_new(NULL, NULL, NULL);
  Probe running = {0}, waiting = {0};
  submit(job, &running);
  wait_until_begun(&running);
  submit(job, &waiting);
  eng_job_free(job);
  assert_true(running.done == 1 && running.cancelled);
  assert_true(waiting.done == 1 && waiting.cancelled);
  eng_job_free(NULL);
}

static void count_wake(void *context) { atomic_fetch_add((atomic_int *)context, 1); }

static void wakes_once_a_task(void **state) {
  (void)state;
  atomic_int wakes = 0;
  EngJob *job = eng_job_new(count_wake, &wakes, NULL);
  for (int i = 0; i < 50; i++) {
    Probe probe = {.may_end = true};
    submit(job, &probe);
    eng_job_wait(job);
    assert_int_equal(probe.done, 1);
  }
  eng_job_free(job);
  assert_int_equal(atomic_load(&wakes), 50);
}

/* A task that is followed by another one when it is done. */
typedef struct Chain {
  EngJob *job;
  Probe first, second;
} Chain;

static bool work_first(void *context, const EngCancel *cancel, EngError *err) {
  return work(&((Chain *)context)->first, cancel, err);
}

static void follow_first(void *context, bool ok, bool cancelled, const EngError *err) {
  Chain *chain = context;
  done(&chain->first, ok, cancelled, err);
  submit(chain->job, &chain->second);
}

static void calls_what_is_submitted_while_it_is_freed(void **state) {
  (void)state;
  Chain chain = {.job = eng_job_new(NULL, NULL, NULL)};
  eng_job_submit(chain.job, (EngTask){work_first, follow_first, &chain});
  wait_until_begun(&chain.first);
  eng_job_free(chain.job);
  assert_int_equal(chain.first.done, 1);
  assert_int_equal(chain.second.done, 1);
  assert_true(chain.second.cancelled && chain.second.worked == 0);
}

/* What the window does while somebody types. */
static void survives_a_storm(void **state) {
  (void)state;
  EngJob *job = eng_job_new(NULL, NULL, NULL);
  Probe probes[200];
  for (int i = 0; i < 200; i++) {
    probes[i] = (Probe){.may_end = i % 3 != 0 || i == 199};
    submit(job, &probes[i]);
    if (i % 7 == 0) eng_job_poll(job);
  }
  eng_job_wait(job);
  for (int i = 0; i < 200; i++) assert_int_equal(probes[i].done, 1);
  assert_true(probes[199].ok);
  eng_job_free(job);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(works_elsewhere_and_reports_here),
      cmocka_unit_test(hands_on_errors),
      cmocka_unit_test(newer_replaces_older),
      cmocka_unit_test(cancels),
      cmocka_unit_test(calls_what_is_due_when_freed),
      cmocka_unit_test(calls_what_is_submitted_while_it_is_freed),
      cmocka_unit_test(wakes_once_a_task),
      cmocka_unit_test(survives_a_storm),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
