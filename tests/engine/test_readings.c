/* Numbers about tokens, against those of transformers (tests/make/token_readings.py), from a run and from a
 * recorded file; and what is said where there are none. */
#include "runs.h"

#include "engine/readings.h"
#include "engine/safetensors.h"

#include <unistd.h>

enum { LAYER = 3, NEURON = 120, N_TOKENS = 9 };

static const char sentence[] = "The doctor asked the nurse a question. She";
static const EngReadingsSpec everything = {true, LAYER, NEURON}, norms_alone = {false, -1, 0};

static EngRun *run_of(EngModel *model, EngInput *input, const char *names, EngLogits logits) {
  EngSequence sequence = {.input = input};
  EngRunSpec spec = {.sequences = &sequence, .n_sequences = 1, .logits = logits};
  keep(&spec, model, names);
  EngRun *run = forward(model, &spec);
  eng_input_release(input);
  return run;
}

static EngSource *novella(const char *names, EngLogits logits) {
  EngError err = {""};
  EngModel *model = eng_model_open(HEADSCOPE_SOURCE "/models/novella", &err);
  assert_non_null(model);
  EngInput *input =
      eng_input_from_text(model, sentence, strlen(sentence), NULL, 0, (EngEncodeOptions){.special = true}, &err);
  assert_non_null(input);
  EngRun *run = run_of(model, input, names, logits);
  EngSource *source = eng_source_from_run(run, &err);
  assert_non_null(source);
  eng_run_release(run);
  eng_model_release(model);
  return source;
}

static EngSource *tiny(const char *name) {
  EngModel *model = open_tiny(name);
  EngRun *run = run_of(model, some_ids(model, 1, 0, 6), "pattern", ENG_LOGITS_NONE);
  EngSource *source = eng_source_from_run(run, NULL);
  eng_run_release(run);
  eng_model_release(model);
  return source;
}

static EngReadings *read_of(EngSource *source, EngReadingsSpec spec) {
  EngError err = {""};
  EngReadings *readings = eng_readings_new(source, &spec, NULL, &err);
  if (!readings) fail_msg("%s", err.message);
  return readings;
}

static void assert_numbers(const EngSafetensors *file, const char *name, const float *found, size_t n,
                           double tolerance) {
  const EngSafetensor *expected = eng_safetensors_find(file, name);
  assert_non_null(expected);
  assert_int_equal(expected->count, n);
  for (size_t i = 0; i < n; i++) {
    float number;
    memcpy(&number, expected->data + i * sizeof number, sizeof number);
    if (!(fabs((double)(number - found[i])) <= tolerance * fmax(1, fabs((double)number))))
      fail_msg("%s[%zu]: expected %g, found %g", name, i, (double)number, (double)found[i]);
  }
}

static void assert_as_transformers(const EngReadings *readings) {
  float ids[N_TOKENS * ENG_GUESSES], probabilities[N_TOKENS * ENG_GUESSES];
  EngSafetensors *file = eng_safetensors_open(FIXTURES "/novella/readings.safetensors", NULL);
  assert_non_null(file);
  assert_int_equal(readings->n_tokens, N_TOKENS);
  for (int i = 0; i < N_TOKENS * ENG_GUESSES; i++) {
    ids[i] = (float)readings->guesses[i].id;
    probabilities[i] = readings->guesses[i].probability;
  }
  assert_true(isnan(readings->log_probability[0]));
  assert_numbers(file, "log_probability", readings->log_probability + 1, N_TOKENS - 1, 1e-4);
  assert_numbers(file, "guess_ids", ids, N_TOKENS * ENG_GUESSES, 0);
  assert_numbers(file, "guess_probabilities", probabilities, N_TOKENS * ENG_GUESSES, 1e-5);
  assert_numbers(file, "norms", readings->norms, 6 * N_TOKENS, 1e-4);
  assert_numbers(file, "neuron", readings->activations, N_TOKENS, 1e-4);
  eng_safetensors_close(file);
}

static void of_a_run_are_those_of_transformers(void **state) {
  (void)state;
  EngSource *source = novella("pattern", ENG_LOGITS_NONE);
  EngReadings *readings = read_of(source, everything);
  assert_as_transformers(readings);
  assert_string_equal(readings->guesses[0].text, " other");
  assert_string_equal(readings->unpredicted, "");
  assert_true(readings->serial == eng_source_serial(source));
  eng_readings_free(readings);
  eng_source_release(source);
}

/* Only what is asked for is worked out; the length of the residual stream costs nothing. */
static void hold_what_was_asked_for(void **state) {
  (void)state;
  EngSource *source = novella("pattern", ENG_LOGITS_NONE);
  EngReadings *readings = read_of(source, norms_alone);
  assert_null(readings->log_probability);
  assert_null(readings->guesses);
  assert_null(readings->activations);
  assert_true(readings->norms[0] > 100);
  eng_readings_free(readings);
  eng_source_release(source);
}

/* A file with the run's own activations, as `dump --keep all --logits all` writes it. */
static void of_a_file_are_those_that_it_has(void **state) {
  (void)state;
  char name[64], path[] = P_tmpdir "/test_readings.XXXXXX";
  EngSafetensorsEntry entries[16];
  EngSafetensorsNote notes[] = {{"ids", "[509, 1443, 814, 262, 3701, 258, 1359, 13, 681]", 47}};
  size_t n = 0;
  close(mkstemp(path));
  EngSource *source = novella("all", ENG_LOGITS_ALL);
  EngRun *run = eng_source_run(source);
  char rows[12][64];
  for (int layer = 0; layer < 6; layer++) {
    snprintf(rows[layer], sizeof rows[layer], "blocks.%d.attn.hook_pattern", layer);
    entries[n++] = (EngSafetensorsEntry){rows[layer], get(run, 0, ENG_ACT_PATTERN, layer)};
    snprintf(rows[6 + layer], sizeof rows[layer], "blocks.%d.hook_resid_post", layer);
    entries[n++] = (EngSafetensorsEntry){rows[6 + layer], get(run, 0, ENG_ACT_RESID_POST, layer)};
  }
  snprintf(name, sizeof name, "blocks.%d.mlp.hook_post", LAYER);
  entries[n++] = (EngSafetensorsEntry){name, get(run, 0, ENG_ACT_MLP_POST, LAYER)};
  entries[n++] = (EngSafetensorsEntry){"logits", logits(run, 0)};
  assert_true(eng_safetensors_write(path, entries, n, notes, 1, NULL));
  eng_source_release(source);

  source = eng_source_open(path, NULL);
  assert_non_null(source);
  EngReadings *readings = read_of(source, everything);
  assert_as_transformers(readings);
  assert_null(readings->guesses[0].text);
  eng_readings_free(readings);
  eng_source_release(source);
  unlink(path);
}

static void of_a_bare_file_say_what_is_missing(void **state) {
  (void)state;
  EngError err = {""};
  EngSource *source = eng_source_open(FIXTURES "/views/causal.safetensors", NULL);
  assert_non_null(source);
  EngReadings *readings = read_of(source, (EngReadingsSpec){true, -1, 0});
  assert_null(readings->log_probability);
  assert_null(readings->norms);
  assert_string_equal(readings->unpredicted, "this recorded run has no logits of every position");
  eng_readings_free(readings);
  assert_null(eng_readings_new(source, &(EngReadingsSpec){false, 0, 3}, NULL, &err));
  assert_error_says(&err, "blocks.0.mlp.hook_post: expected the recorded run to have it, found none");
  eng_source_release(source);
}

static void need_a_causal_model_with_a_head(void **state) {
  (void)state;
  static const struct {
    const char *model, *why;
  } cases[] = {{"bert", "in both directions"}, {"bert-bare", "in both directions"}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    EngSource *source = tiny(cases[i].model);
    EngReadings *readings = read_of(source, (EngReadingsSpec){true, 0, 2});
    assert_null(readings->log_probability);
    assert_non_null(strstr(readings->unpredicted, cases[i].why));
    assert_true(readings->norms[0] > 0);
    assert_non_null(readings->activations);
    eng_readings_free(readings);
    eng_source_release(source);
  }
}

static void refuse_parts_that_are_not_there(void **state) {
  (void)state;
  EngError err = {""};
  EngCancel cancel = {false};
  EngSource *source = tiny("gpt2");
  assert_null(eng_readings_new(source, &(EngReadingsSpec){false, 3, 0}, NULL, &err));
  assert_error_says(&err, "layer: expected 0 to 2, found 3");
  assert_null(eng_readings_new(source, &(EngReadingsSpec){false, 0, 100000}, NULL, &err));
  assert_error_says(&err, "found 100000");
  eng_cancel_raise(&cancel);
  assert_null(eng_readings_new(source, &(EngReadingsSpec){true, -1, 0}, &cancel, &err));
  assert_error_says(&err, "cancelled");
  eng_source_release(source);
}

/* Of an edited run they are the edited ones, though a run of their own tells them. */
static void readings_are_those_of_the_edited_run(void **state) {
  EngModel *model = eng_model_open(HEADSCOPE_SOURCE "/models/novella", NULL);
  EngInput *input = some_ids(model, 1, 0, N_TOKENS);
  EngSequence sequence = {.input = input};
  EngEdit edits[2];
  EngRunSpec spec = {
      .sequences = &sequence, .n_sequences = 1, .logits = ENG_LOGITS_ALL, .edits = edits, .n_edits = 2};
  (void)state;
  assert_true(eng_edit_parse("pattern 2.4 query 8 key 0 set 2", eng_model_config(model), &edits[0], NULL));
  assert_true(eng_edit_parse("neuron 3.120 token 4 set 60", eng_model_config(model), &edits[1], NULL));
  keep(&spec, model, "all");
  EngRun *run = forward(model, &spec);
  EngSource *source = eng_source_from_run(run, NULL);
  EngReadings *readings = read_of(source, everything);
  EngTensor all = logits(run, 0);
  assert_true(readings->activations[4] == 60);
  for (int layer = 0; layer < readings->n_layers; layer++) {
    EngTensor stream = get(run, 0, ENG_ACT_RESID_POST, layer);
    for (size_t t = 0; t < N_TOKENS; t++) {
      double sum = 0;
      for (size_t i = 0; i < stream.shape[1]; i++)
        sum += (double)at(&stream, t * stream.shape[1] + i) * (double)at(&stream, t * stream.shape[1] + i);
      assert_true(fabs(sqrt(sum) - (double)readings->norms[layer * N_TOKENS + (int)t]) < 1e-4 * sqrt(sum));
    }
  }
  for (size_t t = 0; t < N_TOKENS; t++) {
    size_t best = 0, vocab = all.shape[1];
    for (size_t i = 1; i < vocab; i++)
      if (at(&all, t * vocab + i) > at(&all, t * vocab + best)) best = i;
    assert_int_equal(readings->guesses[t * ENG_GUESSES].id, best);
  }
  eng_readings_free(readings);
  eng_source_release(source);
  eng_run_release(run);
  eng_input_release(input);
  eng_model_release(model);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(of_a_run_are_those_of_transformers),   cmocka_unit_test(hold_what_was_asked_for),
      cmocka_unit_test(of_a_file_are_those_that_it_has),      cmocka_unit_test(of_a_bare_file_say_what_is_missing),
      cmocka_unit_test(need_a_causal_model_with_a_head),      cmocka_unit_test(refuse_parts_that_are_not_there),
      cmocka_unit_test(readings_are_those_of_the_edited_run),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
