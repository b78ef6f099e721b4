/* Runs that must not start: bad sequences, bad pasts, more memory than there is. */
#include "runs.h"

#include <limits.h>

static void refuses(EngModel *model, const EngSequence *sequences, int n, const char *part) {
  EngRunSpec spec = {.sequences = sequences, .n_sequences = n};
  EngError err = {""};
  EngRun *run = eng_run_new(model, &spec, &err);
  if (run) fail_msg("accepted; expected \"%s\"", part);
  assert_error_says(&err, part);
}

static void bad_tokens_are_refused(void **state) {
  EngModel *model = open_tiny("bert-bare"); /* 211 ids, 3 types, 40 positions */
  EngToken tokens[41] = {{0}};
  EngInput input = {.n_tokens = 3, .tokens = tokens};
  EngSequence sequence = {.input = &input};
  (void)state;
  tokens[2].id = 211;
  refuses(model, &sequence, 1, "from 0 to 210, found 211");
  tokens[2].id = -1;
  refuses(model, &sequence, 1, "found -1");
  tokens[2] = (EngToken){.type = 3};
  refuses(model, &sequence, 1, "types from 0 to 2, found 3");
  tokens[2].type = 0;
  input.n_tokens = 41;
  refuses(model, &sequence, 1, "at most 40 tokens, found 41");
  input.n_tokens = 0;
  refuses(model, &sequence, 1, "at least 1 token");
  refuses(model, &sequence, 0, "at least 1 sequence, found 0");
  eng_model_release(model);
}

static EngRun *past_of(EngModel *model, const char *kept, size_t n) {
  EngSequence sequence = {.input = some_ids(model, 0, 0, n)};
  EngRunSpec spec = {.sequences = &sequence, .n_sequences = 1};
  keep(&spec, model, kept);
  if (strcmp(kept, "v") == 0) keep(&spec, model, "k");
  EngRun *run = forward(model, &spec);
  eng_input_release(sequence.input);
  return run;
}

static void bad_pasts_are_refused(void **state) {
  EngModel *model = open_tiny("gpt2"), *other = open_tiny("gpt2-bf16"), *bert = open_tiny("bert");
  EngSequence sequence = {.input = some_ids(model, 0, 0, 5)}, fresh = {.input = sequence.input};
  EngRun *good = past_of(model, "v", 36), *keyless = past_of(model, "pattern", 3),
         *foreign = past_of(other, "v", 3);
  EngRun *of_bert = past_of(bert, "v", 3);
  EngRunSpec spec = {.sequences = &fresh, .n_sequences = 1};
  EngRun *unfinished = new_run(model, &spec);
  (void)state;
  sequence.past = good;
  refuses(model, &sequence, 1, "at most 40 tokens, found 41");
  sequence.past_sequence = 1;
  refuses(model, &sequence, 1, "from 0 to 0, found 1");
  sequence = (EngSequence){sequence.input, keyless, 0};
  refuses(model, &sequence, 1, "k and v");
  sequence.past = foreign;
  refuses(model, &sequence, 1, "same model");
  sequence.past = unfinished;
  refuses(model, &sequence, 1, "finished");
  sequence.past = of_bert;
  refuses(bert, &sequence, 1, "causal");
  eng_input_release(sequence.input);
  eng_run_release(good), eng_run_release(keyless), eng_run_release(foreign), eng_run_release(of_bert);
  eng_run_release(unfinished);
  eng_model_release(model), eng_model_release(other), eng_model_release(bert);
}

/* Some terabytes. */
static void a_run_that_would_not_fit_is_refused_with_its_size(void **state) {
  enum { N = 200000 };
  EngError err = {""};
  EngModel *model = eng_model_open(HEADSCOPE_SOURCE "/models/novella", &err);
  if (!model) fail_msg("%s", err.message);
  EngInput *input = some_ids(model, 0, 0, 512);
  EngSequence *sequences = calloc(N, sizeof *sequences);
  for (int i = 0; i < N; i++) sequences[i].input = input;
  EngRunSpec spec = {.sequences = sequences, .n_sequences = N};
  char bytes[32];
  (void)state;
  keep(&spec, model, "pattern");
  snprintf(bytes, sizeof bytes, "expected %zu bytes", eng_run_bytes(model, &spec));
  assert_null(eng_run_new(model, &spec, &err));
  assert_error_says(&err, bytes);
  eng_input_release(input);
  free(sequences);
  eng_model_release(model);
}

static void a_size_that_overflows_is_no_size(void **state) {
  EngModel *model = open_tiny("gpt2");
  EngInput huge = {.n_tokens = INT_MAX};
  EngSequence sequences[3] = {{&huge, NULL, 0}, {&huge, NULL, 0}, {&huge, NULL, 0}};
  EngRunSpec spec = {.sequences = sequences, .n_sequences = 3};
  (void)state;
  assert_int_equal(eng_run_bytes(model, &spec), 0);
  eng_model_release(model);
}

static void bytes_are_those_of_the_arena(void **state) {
  EngModel *model = open_tiny("gpt2");
  EngSequence sequence = {.input = some_ids(model, 0, 0, 11)};
  EngRunSpec spec = {.sequences = &sequence, .n_sequences = 1, .logits = ENG_LOGITS_ALL};
  (void)state;
  size_t bare = eng_run_bytes(model, &spec);
  keep(&spec, model, "pattern");
  size_t floats = 3 * 3 * 11 * 11, layer = 3 * 11 * 11; /* three layers kept, none computed in passing */
  assert_in_range(eng_run_bytes(model, &spec), bare + 4 * (floats - layer) - 256,
                  bare + 4 * (floats - layer) + 256);
  EngRun *run = new_run(model, &spec);
  assert_int_equal(eng_run_arena_bytes(run), eng_run_bytes(model, &spec));
  eng_run_release(run);
  eng_input_release(sequence.input);
  eng_model_release(model);
}

/* The past of a past of a …: letting go of the last must not recurse that deep. */
static void a_long_chain_of_pasts_is_released(void **state) {
  EngModel *model = open_tiny("gpt2");
  EngRun *run = NULL;
  (void)state;
  for (size_t i = 0; i < 40; i++) {
    EngInput *input = some_ids(model, 0, i, 1);
    EngSequence sequence = {.input = input, .past = run};
    EngRunSpec spec = {.sequences = &sequence, .n_sequences = 1};
    keep(&spec, model, "k"), keep(&spec, model, "v");
    EngRun *next = forward(model, &spec);
    eng_input_release(input);
    eng_run_release(run);
    run = next;
  }
  eng_run_release(run);
  eng_model_release(model);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(bad_tokens_are_refused),
      cmocka_unit_test(bad_pasts_are_refused),
      cmocka_unit_test(a_run_that_would_not_fit_is_refused_with_its_size),
      cmocka_unit_test(a_size_that_overflows_is_no_size),
      cmocka_unit_test(bytes_are_those_of_the_arena),
      cmocka_unit_test(a_long_chain_of_pasts_is_released),
  };
  return cmocka_run_group_tests_name("run refused", tests, NULL, NULL);
}
