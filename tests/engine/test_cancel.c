/* A model that is being opened can be given up at any point: nothing of it stays, and what was begun is done again
 * from the beginning when it is asked for. */
#include "craft.h"

#include "engine/input.h"
#include "engine/json.h"
#include "engine/model.h"
#include "engine/run.h"

#include <pthread.h>

static EngCancel raised(void) {
  EngCancel cancel = {0};
  eng_cancel_raise(&cancel);
  return cancel;
}

static void expect_cancelled(const EngError *err) {
  if (!strstr(err->message, "cancelled")) fail_msg("expected \"cancelled\" in: %s", err->message);
}

static EngModel *open_tiny(const char *folder) {
  EngError err = {{0}};
  EngModel *model = eng_model_open(folder, &err);
  if (!model) fail_msg("%s", err.message);
  return model;
}

static void opening_stops(void **unused) {
  static const char *const folders[] = {FIXTURES "/tiny/gpt2", FIXTURES "/tiny/gpt2-f16",
                                        FIXTURES "/tiny/bert-untied-bf16"};
  (void)unused;
  for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
    EngCancel cancel = raised();
    EngError err = {{0}};
    assert_null(eng_model_open_until(folders[i], &cancel, &err));
    expect_cancelled(&err);
    eng_model_release(open_tiny(folders[i]));
  }
}

static void the_tokenizer_is_opened_again(void **unused) {
  EngCancel cancel = raised();
  EngError err = {{0}};
  (void)unused;
  EngModel *model = open_tiny(HEADSCOPE_SOURCE "/models/novella");
  assert_null(eng_model_tokenizer_until(model, &cancel, &err));
  expect_cancelled(&err);
  assert_non_null(eng_model_tokenizer(model, &err));
  assert_ptr_equal(eng_model_tokenizer_until(model, &cancel, &err), eng_model_tokenizer(model, &err));
  eng_model_release(model);
}

static void the_hash_is_computed_again(void **unused) {
  EngCancel cancel = raised();
  (void)unused;
  EngModel *model = open_tiny(FIXTURES "/tiny/gpt2");
  assert_null(eng_model_hash_until(model, &cancel));
  assert_string_equal(eng_model_hash(model), "0f2e474283626c92");
  assert_string_equal(eng_model_hash_until(model, &cancel), "0f2e474283626c92");
  eng_model_release(model);
}

static void weights_are_widened_again(void **unused) {
  EngCancel cancel = raised();
  EngError err = {{0}};
  (void)unused;
  EngModel *model = open_tiny(FIXTURES "/tiny/gpt2-f16"), *other = open_tiny(FIXTURES "/tiny/gpt2-f16");
  assert_false(eng_model_ready_until(model, &cancel, &err));
  expect_cancelled(&err);
  assert_true(eng_model_ready(model, &err) && eng_model_ready(other, &err));
  size_t n = (size_t)eng_model_config(model)->d_vocab * (size_t)eng_model_config(model)->d_model;
  assert_memory_equal(eng_model_weights(model)->embed, eng_model_weights(other)->embed, n * sizeof(float));
  eng_model_release(model);
  eng_model_release(other);
}

/* The flag is raised while its weights are still F16. */
static void a_run_says_that_it_was_cancelled(void **unused) {
  EngCancel cancel = raised();
  EngError err = {{0}};
  (void)unused;
  EngModel *model = open_tiny(FIXTURES "/tiny/gpt2-f16");
  EngInput *input = eng_input_from_ids(model, (const int[]){1, 2, 3}, NULL, 3, &err);
  if (!input) fail_msg("%s", err.message);
  EngSequence sequence = {.input = input};
  EngRunSpec spec = {.sequences = &sequence, .n_sequences = 1, .logits = ENG_LOGITS_NONE, .cancel = &cancel};
  eng_keep_clear(&spec.keep);
  EngRun *run = eng_run_new(model, &spec, &err);
  if (!run) fail_msg("%s", err.message);
  assert_false(eng_run_forward(run, &err));
  expect_cancelled(&err);
  assert_true(eng_run_cancelled(run));
  eng_run_release(run);
  eng_input_release(input);
  eng_model_release(model);
}

/* A long text takes several looks: the flag that is raised in the middle counts. */
static void *raise_it(void *cancel) {
  eng_cancel_raise(cancel);
  return NULL;
}

static void json_stops_wherever_it_is(void **state) {
  enum { N = 200000 };
  char *text = malloc(2 * N + 2);
  (void)state;
  assert_non_null(text);
  for (int i = 0; i < N; i++) text[2 * i] = i ? ',' : '[', text[2 * i + 1] = '1';
  text[2 * N] = ']', text[2 * N + 1] = '\0';
  EngJson *whole = eng_json_parse(text, 2 * N + 1, "long", NULL);
  assert_int_equal(eng_json_size(whole), N);
  eng_json_free(whole);
  for (int round = 0; round < 20; round++) {
    pthread_t thread;
    EngCancel cancel = {0};
    EngError err = {{0}};
    assert_int_equal(pthread_create(&thread, NULL, raise_it, &cancel), 0);
    EngJson *root = eng_json_parse_until(text, 2 * N + 1, "long", &cancel, &err);
    pthread_join(thread, NULL);
    if (!root) expect_cancelled(&err);
    if (root) assert_int_equal(eng_json_size(root), N);
    eng_json_free(root);
  }
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(opening_stops),
      cmocka_unit_test(the_tokenizer_is_opened_again),
      cmocka_unit_test(the_hash_is_computed_again),
      cmocka_unit_test(weights_are_widened_again),
      cmocka_unit_test(a_run_says_that_it_was_cancelled),
      cmocka_unit_test(json_stops_wherever_it_is),
  };
  return cmocka_run_group_tests_name("engine.cancel", tests, NULL, NULL);
}
