/* Runs as values: packed sequences equal their own runs, a past equals the whole text, what was kept is
 * there and nothing else, logits as asked for. */
#include "runs.h"

static void assert_same_sequence(const EngRun *run, int sequence, const EngRun *alone) {
  const EngConfig *config = eng_model_config(eng_run_model(run));
  for (int i = 0; i < ENG_ACT_COUNT; i++) {
    EngActivation id = (EngActivation)i;
    if (!eng_activation_exists(id, config)) continue;
    assert_close(eng_activation_info(id)->name, get(run, sequence, id, ENG_ALL_LAYERS),
                 get(alone, 0, id, ENG_ALL_LAYERS), 1e-5);
  }
  assert_close("logits", logits(run, sequence), logits(alone, 0), 1e-5);
}

/* Seven unequal sequences, two of them with a past, in one call. */
static void packed_sequences_equal_their_own_runs(void **state) {
  static const size_t LENGTHS[7] = {5, 1, 17, 8, 40, 2, 11}, PASTS[7] = {0, 0, 9, 0, 0, 3, 0};
  EngModel *model = open_tiny("gpt2");
  EngSequence sequences[7] = {{0}};
  EngRun *pasts[7] = {0};
  (void)state;
  for (int i = 0; i < 7; i++) {
    sequences[i].input = some_ids(model, i, PASTS[i], LENGTHS[i]);
    if (PASTS[i] == 0) continue;
    EngInput *before = some_ids(model, i, 0, PASTS[i]);
    sequences[i].past = pasts[i] = forward_all(model, before, NULL);
    eng_input_release(before);
  }
  EngRunSpec spec = {.sequences = sequences, .n_sequences = 7, .logits = ENG_LOGITS_ALL};
  keep(&spec, model, "all");
  EngRun *run = forward(model, &spec);
  for (int i = 0; i < 7; i++) {
    EngRun *alone = forward_all(model, (EngInput *)sequences[i].input, pasts[i]);
    assert_same_sequence(run, i, alone);
    eng_run_release(alone);
    eng_run_release(pasts[i]);
    eng_input_release(sequences[i].input);
  }
  eng_run_release(run);
  eng_model_release(model);
}

static void packed_sentences_of_bert_equal_their_own_runs(void **state) {
  static const size_t LENGTHS[3] = {13, 1, 40};
  EngModel *model = open_tiny("bert");
  EngSequence sequences[3] = {{0}};
  (void)state;
  for (int i = 0; i < 3; i++) sequences[i].input = some_ids(model, i, 0, LENGTHS[i]);
  EngRunSpec spec = {.sequences = sequences, .n_sequences = 3, .logits = ENG_LOGITS_ALL};
  keep(&spec, model, "all");
  EngRun *run = forward(model, &spec);
  for (int i = 0; i < 3; i++) {
    EngRun *alone = forward_all(model, (EngInput *)sequences[i].input, NULL);
    assert_same_sequence(run, i, alone);
    eng_run_release(alone);
    eng_input_release(sequences[i].input);
  }
  eng_run_release(run);
  eng_model_release(model);
}

/* The rows [from, …) of the queries' axis. */
static EngTensor tail(EngTensor t, EngActivation id, size_t from) {
  int axis = eng_activation_info(id)->shape[0] == 'H' ? 1 : 0;
  if (eng_activation_info(id)->per_block) axis++;
  return eng_tensor_slice(t, axis, from, t.shape[axis]);
}

/* A text in three runs, each the past of the next, against the text in one. */
static void a_past_and_its_past_equal_the_whole(void **state) {
  EngModel *model = open_tiny("gpt2");
  EngInput *whole = some_ids(model, 3, 0, 30);
  EngInput *parts[3] = {some_ids(model, 3, 0, 7), some_ids(model, 3, 7, 1), some_ids(model, 3, 8, 22)};
  EngRun *once = forward_all(model, whole, NULL), *run = NULL;
  (void)state;
  for (int i = 0; i < 3; i++) {
    EngRun *next = forward_all(model, parts[i], run);
    eng_run_release(run);
    run = next;
  }
  for (int i = 0; i < ENG_ACT_COUNT; i++) {
    EngActivation id = (EngActivation)i;
    if (!eng_activation_exists(id, eng_model_config(model))) continue;
    EngTensor want = tail(get(once, 0, id, ENG_ALL_LAYERS), id, 8);
    assert_close(eng_activation_info(id)->name, get(run, 0, id, ENG_ALL_LAYERS), want, 1e-5);
  }
  assert_close("logits", logits(run, 0), eng_tensor_slice(logits(once, 0), 0, 8, 30), 1e-5);
  for (int i = 0; i < 3; i++) eng_input_release(parts[i]);
  eng_input_release(whole);
  eng_run_release(once);
  eng_run_release(run);
  eng_model_release(model);
}

static EngRun *run_keeping(EngModel *model, const char *const *names, EngLogits asked) {
  EngInput *input = some_ids(model, 5, 0, 9);
  EngSequence sequence = {.input = input};
  EngRunSpec spec = {.sequences = &sequence, .n_sequences = 1, .logits = asked};
  for (; *names; names++) keep(&spec, model, *names);
  EngRun *run = forward(model, &spec);
  eng_input_release(input);
  return run;
}

static void what_was_kept_is_there_and_nothing_else(void **state) {
  EngModel *model = open_tiny("gpt2");
  EngInput *input = some_ids(model, 5, 0, 9);
  EngRun *all = forward_all(model, input, NULL);
  EngRun *some = run_keeping(model, (const char *[]){"k2", "pattern", "resid_post0", "resid_post2", "post1", NULL},
                             ENG_LOGITS_NONE);
  EngTensor tensor;
  EngError err = {""};
  (void)state;
  assert_close("k2", get(some, 0, ENG_ACT_K, 2), get(all, 0, ENG_ACT_K, 2), 1e-6);
  assert_close("pattern", get(some, 0, ENG_ACT_PATTERN, ENG_ALL_LAYERS), get(all, 0, ENG_ACT_PATTERN, -1), 1e-6);
  assert_close("resid_post0", get(some, 0, ENG_ACT_RESID_POST, 0), get(all, 0, ENG_ACT_RESID_POST, 0), 1e-6);
  assert_close("resid_post2", get(some, 0, ENG_ACT_RESID_POST, 2), get(all, 0, ENG_ACT_RESID_POST, 2), 1e-6);
  assert_close("post1", get(some, 0, ENG_ACT_MLP_POST, 1), get(all, 0, ENG_ACT_MLP_POST, 1), 1e-6);
  assert_false(eng_run_get(some, 0, ENG_ACT_Q, 2, &tensor, &err));
  assert_error_says(&err, "blocks.2.attn.hook_q");
  assert_error_says(&err, "add \"q\" to keep");
  assert_false(eng_run_get(some, 0, ENG_ACT_RESID_POST, ENG_ALL_LAYERS, &tensor, &err));
  assert_error_says(&err, "blocks.1.hook_resid_post");
  assert_false(eng_run_get(some, 0, ENG_ACT_EMBED, ENG_ALL_LAYERS, &tensor, &err));
  assert_false(eng_run_get(some, 0, ENG_ACT_PATTERN, 3, &tensor, &err));
  assert_error_says(&err, "from 0 to 2, found 3");
  assert_false(eng_run_get(some, 1, ENG_ACT_PATTERN, 0, &tensor, &err));
  assert_true(eng_run_arena_bytes(some) < eng_run_arena_bytes(all));
  eng_input_release(input);
  eng_run_release(all);
  eng_run_release(some);
  eng_model_release(model);
}

/* Not keeping anything must not change what is computed. */
static void logits_come_as_asked_for(void **state) {
  static const char *NOTHING[] = {NULL}, *ALL[] = {"all", NULL};
  EngModel *model = open_tiny("gpt2-untied");
  EngRun *none = run_keeping(model, ALL, ENG_LOGITS_NONE), *last = run_keeping(model, NOTHING, ENG_LOGITS_LAST);
  EngRun *all = run_keeping(model, ALL, ENG_LOGITS_ALL);
  EngTensor tensor;
  EngError err = {""};
  (void)state;
  assert_false(eng_run_logits(none, 0, &tensor, &err));
  assert_error_says(&err, "not asked for");
  assert_int_equal(logits(last, 0).rank, 1);
  assert_int_equal(logits(all, 0).rank, 2);
  assert_close("last logits", logits(last, 0), eng_tensor_select(logits(all, 0), 0, 8), 1e-6);
  eng_run_release(none), eng_run_release(last), eng_run_release(all);
  eng_model_release(model);
}

static void a_model_without_a_head_has_no_logits(void **state) {
  EngModel *model = open_tiny("bert-bare");
  EngRun *run = run_keeping(model, (const char *[]){"pattern", NULL}, ENG_LOGITS_LAST);
  EngTensor tensor;
  EngError err = {""};
  (void)state;
  assert_false(eng_run_logits(run, 0, &tensor, &err));
  assert_error_says(&err, "head");
  eng_run_release(run);
  eng_model_release(model);
}

static void causal_weights_beyond_the_mask_are_zero(void **state) {
  EngModel *model = open_tiny("gpt2");
  EngRun *run = run_keeping(model, (const char *[]){"pattern", NULL}, ENG_LOGITS_NONE);
  EngTensor pattern = get(run, 0, ENG_ACT_PATTERN, ENG_ALL_LAYERS);
  (void)state;
  for (size_t i = 0; i < eng_tensor_size(&pattern); i++) {
    size_t key = i % 9, query = i / 9 % 9;
    if (key > query)
      assert_true(at(&pattern, i) == 0);
    else
      assert_true(at(&pattern, i) > 0);
  }
  eng_run_release(run);
  eng_model_release(model);
}

/* The arena of a run that is gone serves the next one, and is counted meanwhile. */
static void memory_is_used_again(void **state) {
  static const char *ALL[] = {"all", NULL};
  EngModel *model = open_tiny("gpt2");
  EngRun *run = run_keeping(model, ALL, ENG_LOGITS_ALL);
  size_t bytes = eng_run_arena_bytes(run);
  (void)state;
  assert_int_equal(eng_model_cache_bytes(model), 0);
  eng_run_release(run);
  assert_int_equal(eng_model_cache_bytes(model), bytes);
  run = run_keeping(model, (const char *[]){"pattern", NULL}, ENG_LOGITS_NONE); /* needs less */
  assert_int_equal(eng_run_arena_bytes(run), bytes);
  assert_int_equal(eng_model_cache_bytes(model), 0);
  eng_run_release(run);
  eng_model_release(model);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(packed_sequences_equal_their_own_runs),
      cmocka_unit_test(packed_sentences_of_bert_equal_their_own_runs),
      cmocka_unit_test(a_past_and_its_past_equal_the_whole),
      cmocka_unit_test(what_was_kept_is_there_and_nothing_else),
      cmocka_unit_test(logits_come_as_asked_for),
      cmocka_unit_test(a_model_without_a_head_has_no_logits),
      cmocka_unit_test(causal_weights_beyond_the_mask_are_zero),
      cmocka_unit_test(memory_is_used_again),
  };
  return cmocka_run_group_tests_name("run", tests, NULL, NULL);
}
