/* The tap, cancelling, and reading finished layers while the pass goes on. Cancels are raised at chosen
 * points, from the tap, from inside a product, and from another thread: never by waiting some time. */
#include "runs.h"

#include <pthread.h>
#include <semaphore.h>

typedef struct Entry {
  EngActivation id;
  int layer, sequence;
} Entry;

typedef struct Log {
  Entry entries[128];
  int count;
  int stop_at; /* refuses there */
} Log;

static bool log_entry(void *context, EngActivation id, int layer, int sequence, EngTensor value, EngError *err) {
  Log *log = context;
  if (log->count == log->stop_at) return eng_error_set(err, "probe.lua", NULL, "had enough");
  assert_in_range(value.rank, 2, 3);
  assert_non_null(value.data);
  log->entries[log->count++] = (Entry){id, layer, sequence};
  return true;
}

static EngRunSpec spec_of(EngSequence *sequences, int n, EngTap tap, void *context) {
  return (EngRunSpec){.sequences = sequences, .n_sequences = n, .tap = tap, .tap_context = context};
}

/* The order of the table, with patterns once a sequence. */
static void the_tap_sees_every_entry_in_order(void **state) {
  EngModel *model = open_tiny("bert-f16");
  EngSequence sequences[2] = {{.input = some_ids(model, 0, 0, 4)}, {.input = some_ids(model, 1, 0, 6)}};
  Log log = {.stop_at = -1};
  EngRunSpec spec = spec_of(sequences, 2, log_entry, &log);
  EngRun *run = forward(model, &spec);
  static const Entry WANT[] = {{ENG_ACT_EMBED, 0, -1},      {ENG_ACT_POS_EMBED, 0, -1}, {ENG_ACT_TYPE_EMBED, 0, -1},
                               {ENG_ACT_RESID_PRE, 0, -1},  {ENG_ACT_Q, 0, -1},         {ENG_ACT_K, 0, -1},
                               {ENG_ACT_V, 0, -1},          {ENG_ACT_SCORES, 0, 0},     {ENG_ACT_PATTERN, 0, 0},
                               {ENG_ACT_SCORES, 0, 1},      {ENG_ACT_PATTERN, 0, 1},    {ENG_ACT_Z, 0, -1},
                               {ENG_ACT_ATTN_OUT, 0, -1},   {ENG_ACT_RESID_MID, 0, -1}, {ENG_ACT_NORM_MID, 0, -1},
                               {ENG_ACT_MLP_PRE, 0, -1},    {ENG_ACT_MLP_POST, 0, -1},  {ENG_ACT_MLP_OUT, 0, -1},
                               {ENG_ACT_RESID_POST, 0, -1}, {ENG_ACT_NORM_POST, 0, -1}};
  (void)state;
  assert_int_equal(log.count, sizeof WANT / sizeof *WANT);
  assert_memory_equal(log.entries, WANT, sizeof WANT);
  eng_run_release(run);
  eng_input_release(sequences[0].input), eng_input_release(sequences[1].input);
  eng_model_release(model);
}

static void a_tap_that_refuses_stops_the_run_with_its_error(void **state) {
  EngModel *model = open_tiny("gpt2");
  EngSequence sequence = {.input = some_ids(model, 0, 0, 5)};
  Log log = {.stop_at = 20}; /* in layer 1 */
  EngRunSpec spec = spec_of(&sequence, 1, log_entry, &log);
  EngRun *run = new_run(model, &spec);
  EngError err = {""};
  (void)state;
  assert_false(eng_run_forward(run, &err));
  assert_string_equal(err.message, "probe.lua: had enough");
  assert_false(eng_run_finished(run) || eng_run_cancelled(run));
  assert_int_equal(eng_run_layers_done(run), 1);
  assert_false(eng_run_forward(run, &err)); /* once only */
  eng_run_release(run);
  eng_input_release(sequence.input);
  eng_model_release(model);
}

/* Changes the last number of one entry. */
typedef struct Edit {
  EngActivation id;
  int layer;
} Edit;

static bool edit_entry(void *context, EngActivation id, int layer, int sequence, EngTensor value, EngError *err) {
  const Edit *edit = context;
  (void)sequence, (void)err;
  if (id != edit->id || layer != edit->layer) return true;
  float *last = value.data;
  for (int i = 0; i < value.rank; i++) last += (ptrdiff_t)(value.shape[i] - 1) * value.stride[i];
  *last += 1;
  return true;
}

static EngRun *edited(EngModel *model, const EngInput *input, EngTap tap, Edit edit) {
  EngSequence sequence = {.input = input};
  EngRunSpec spec = spec_of(&sequence, 1, tap, &edit);
  spec.logits = ENG_LOGITS_LAST;
  keep(&spec, model, "all");
  EngRun *run = forward(model, &spec);
  return run;
}

static bool same(const EngRun *a, const EngRun *b, EngActivation id, int layer) {
  EngTensor x = get(a, 0, id, layer), y = get(b, 0, id, layer);
  for (size_t i = 0; i < eng_tensor_size(&x); i++)
    if (at(&x, i) != at(&y, i)) return false;
  return true;
}

/* An edit reaches what follows and nothing before, for each entry of a layer. */
static void an_edit_in_the_tap_changes_what_follows_only(void **state) {
  EngModel *model = open_tiny("gpt2");
  EngInput *input = some_ids(model, 0, 0, 9);
  EngRun *plain = edited(model, input, edit_entry, (Edit){ENG_ACT_EMBED, -5});
  (void)state;
  for (EngActivation id = ENG_ACT_RESID_PRE; id < ENG_ACT_COUNT; id++) {
    if (!eng_activation_exists(id, eng_model_config(model)) || !eng_activation_info(id)->per_block) continue;
    EngRun *run = edited(model, input, edit_entry, (Edit){id, 1});
    assert_true(same(run, plain, ENG_ACT_RESID_POST, 0) && same(run, plain, ENG_ACT_PATTERN, 0));
    if (same(run, plain, ENG_ACT_RESID_POST, 1)) fail_msg("%s: no effect", eng_activation_info(id)->name);
    assert_false(same(run, plain, id, 1));
    eng_run_release(run);
  }
  eng_run_release(plain);
  eng_input_release(input);
  eng_model_release(model);
}

static void a_tap_that_only_looks_changes_nothing(void **state) {
  EngModel *model = open_tiny("gpt2");
  EngInput *input = some_ids(model, 0, 0, 40);
  EngRun *with = edited(model, input, edit_entry, (Edit){ENG_ACT_EMBED, -5});
  EngRun *without = edited(model, input, NULL, (Edit){0});
  (void)state;
  for (EngActivation id = 0; id < ENG_ACT_COUNT; id++)
    if (eng_activation_exists(id, eng_model_config(model)))
      assert_close(eng_activation_info(id)->name, get(with, 0, id, -1), get(without, 0, id, -1), 1e-6);
  eng_run_release(with), eng_run_release(without);
  eng_input_release(input);
  eng_model_release(model);
}

/* Operations that count products and raise the cancel flag in one of them. */
static struct {
  EngCancel cancel;
  int products, raise_at;
} counted;

static bool counted_gemm(const EngGemm *g, float *scratch, const EngCancel *cancel) {
  if (++counted.products == counted.raise_at) eng_cancel_raise(&counted.cancel);
  return eng_ops()->gemm(g, scratch, cancel);
}

/* GPT-2 with 3 heads has 1 + 3 * 2 + 3 products a layer. Wherever the flag is
 * raised, no further product starts, and the layer does not count as done. */
static void a_cancel_takes_effect_within_the_product(void **state) {
  EngModel *model = open_tiny("gpt2");
  EngSequence sequence = {.input = some_ids(model, 0, 0, 40)};
  EngOps ops = *eng_ops();
  ops.gemm = counted_gemm;
  (void)state;
  for (int raise_at = 1; raise_at <= 31; raise_at++) { /* 3 layers of 10 and the head */
    counted.products = 0, counted.raise_at = raise_at;
    atomic_store(&counted.cancel.raised, false);
    EngRunSpec spec = spec_of(&sequence, 1, NULL, NULL);
    spec.cancel = &counted.cancel, spec.ops = &ops, spec.logits = ENG_LOGITS_ALL;
    EngRun *run = new_run(model, &spec);
    EngError err = {""};
    assert_false(eng_run_forward(run, &err));
    assert_string_equal(err.message, "cancelled");
    assert_true(eng_run_cancelled(run) && !eng_run_finished(run));
    assert_int_equal(counted.products, raise_at);
    assert_int_equal(eng_run_layers_done(run), (raise_at - 1) / 10);
    eng_run_release(run);
  }
  eng_input_release(sequence.input);
  eng_model_release(model);
}

/* Another thread raises the flag while the pass stands at the beginning of layer 1. */
typedef struct Meeting {
  EngCancel cancel;
  sem_t arrived, raised;
} Meeting;

static bool wait_at_layer_1(void *context, EngActivation id, int layer, int sequence, EngTensor value,
                            EngError *err) {
  Meeting *meeting = context;
  (void)sequence, (void)value, (void)err;
  if (id != ENG_ACT_RESID_PRE || layer != 1) return true;
  sem_post(&meeting->arrived);
  sem_wait(&meeting->raised);
  return true;
}

static void *raise_when_met(void *context) {
  Meeting *meeting = context;
  sem_wait(&meeting->arrived);
  eng_cancel_raise(&meeting->cancel);
  sem_post(&meeting->raised);
  return NULL;
}

static void another_thread_cancels(void **state) {
  EngModel *model = open_tiny("gpt2");
  EngInput *input = some_ids(model, 0, 0, 20);
  EngRun *whole = forward_all(model, input, NULL);
  Meeting meeting = {.cancel = {false}};
  pthread_t thread;
  (void)state;
  sem_init(&meeting.arrived, 0, 0), sem_init(&meeting.raised, 0, 0);
  EngSequence sequence = {.input = input};
  EngRunSpec spec = spec_of(&sequence, 1, wait_at_layer_1, &meeting);
  spec.cancel = &meeting.cancel;
  keep(&spec, model, "pattern");
  EngRun *run = new_run(model, &spec);
  EngError err = {""};
  assert_int_equal(pthread_create(&thread, NULL, raise_when_met, &meeting), 0);
  assert_false(eng_run_forward(run, &err));
  pthread_join(thread, NULL);
  assert_string_equal(err.message, "cancelled");
  assert_int_equal(eng_run_layers_done(run), 1);
  assert_close("pattern0", get(run, 0, ENG_ACT_PATTERN, 0), get(whole, 0, ENG_ACT_PATTERN, 0), 1e-6);
  sem_destroy(&meeting.arrived), sem_destroy(&meeting.raised);
  eng_run_release(run), eng_run_release(whole);
  eng_input_release(input);
  eng_model_release(model);
}

/* A reader takes every layer as soon as it is published; the pass waits at the next until it has. */
typedef struct Reading {
  EngRun *run;
  sem_t published, read;
  double sums[3];
} Reading;

static bool wait_for_reader(void *context, EngActivation id, int layer, int sequence, EngTensor value,
                            EngError *err) {
  Reading *reading = context;
  (void)layer, (void)sequence, (void)value, (void)err;
  if (layer == 0 || (id != ENG_ACT_RESID_PRE && id != ENG_ACT_FINAL_NORM)) return true;
  sem_post(&reading->published);
  sem_wait(&reading->read);
  return true;
}

static void *read_layers(void *context) {
  Reading *reading = context;
  for (int layer = 0; layer < 2; layer++) {
    sem_wait(&reading->published);
    EngTensor pattern = get(reading->run, 0, ENG_ACT_PATTERN, layer);
    bool done = eng_run_layers_done(reading->run) == layer + 1;
    for (size_t i = 0; done && i < eng_tensor_size(&pattern); i++) reading->sums[layer] += (double)at(&pattern, i);
    sem_post(&reading->read);
  }
  return NULL;
}

static void finished_layers_are_read_meanwhile(void **state) {
  EngModel *model = open_tiny("gpt2");
  EngSequence sequence = {.input = some_ids(model, 0, 0, 20)};
  Reading reading = {0};
  pthread_t thread;
  (void)state;
  sem_init(&reading.published, 0, 0), sem_init(&reading.read, 0, 0);
  EngRunSpec spec = spec_of(&sequence, 1, wait_for_reader, &reading);
  keep(&spec, model, "pattern");
  EngRun *run = reading.run = new_run(model, &spec);
  EngError err = {""};
  assert_int_equal(pthread_create(&thread, NULL, read_layers, &reading), 0);
  assert_true(eng_run_forward(run, &err));
  pthread_join(thread, NULL);
  assert_true(fabs(reading.sums[0] - 60) < 1e-4); /* 3 heads of 20 rows that sum to 1 */
  assert_true(fabs(reading.sums[1] - 60) < 1e-4);
  sem_destroy(&reading.published), sem_destroy(&reading.read);
  eng_run_release(run);
  eng_input_release(sequence.input);
  eng_model_release(model);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_tap_sees_every_entry_in_order),
      cmocka_unit_test(a_tap_that_refuses_stops_the_run_with_its_error),
      cmocka_unit_test(an_edit_in_the_tap_changes_what_follows_only),
      cmocka_unit_test(a_tap_that_only_looks_changes_nothing),
      cmocka_unit_test(a_cancel_takes_effect_within_the_product),
      cmocka_unit_test(another_thread_cancels),
      cmocka_unit_test(finished_layers_are_read_meanwhile),
  };
  return cmocka_run_group_tests_name("run tap", tests, NULL, NULL);
}
