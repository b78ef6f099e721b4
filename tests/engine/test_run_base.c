/* A run that begins where it departs from another one: how many layers it copies, that its bits are those of a run
 * that computes all, and that it computes all where the other does not serve. */
#include "edited.h"

static EngRunSpec spec_of(EngModel *model, const EngSequence *sequence, const char *names, const EngEdit *edits,
                          int n_edits, const EngRun *base) {
  EngRunSpec spec = {.sequences = sequence,
                     .n_sequences = 1,
                     .logits = ENG_LOGITS_ALL,
                     .edits = edits,
                     .n_edits = n_edits,
                     .base = base};
  keep(&spec, model, names);
  return spec;
}

static EngRun *run_of(EngModel *model, const EngSequence *sequence, const EngEdit *edits, int n_edits,
                      const EngRun *base) {
  EngRunSpec spec = spec_of(model, sequence, "all", edits, n_edits, base);
  return forward(model, &spec);
}

/* All that a run has, bit by bit; what was not kept of `run` is left out. */
static void assert_same_runs(const EngRun *run, const EngRun *whole, const char *what) {
  const EngConfig *config = eng_model_config(eng_run_model(run));
  for (EngActivation id = 0; id < ENG_ACT_COUNT; id++)
    for (int l = 0; l < config->n_layers; l++) {
      if ((!eng_activation_info(id)->per_block && l > 0) || !eng_keep_has(eng_run_keep(run), id, l)) continue;
      if (!same(run, whole, id, l)) fail_msg("%s: %s of layer %d", what, eng_activation_info(id)->short_name, l);
    }
  if (!same_logits(run, whole, 0)) fail_msg("%s: logits", what);
}

enum { MOST = 3 };

typedef struct Case {
  const char *base[MOST], *run[MOST];
  int copied;
} Case;

static int parse_all(EngModel *model, const char *const *texts, EngEdit *edits) {
  int n = 0;
  while (n < MOST && texts[n]) edits[n] = parsed(model, texts[n]), n++;
  return n;
}

static void assert_case(EngModel *model, const EngSequence *sequence, const Case *c) {
  EngEdit before[MOST], after[MOST];
  int n_before = parse_all(model, c->base, before), n_after = parse_all(model, c->run, after);
  EngRun *base = run_of(model, sequence, before, n_before, NULL);
  EngRun *run = run_of(model, sequence, after, n_after, base),
         *whole = run_of(model, sequence, after, n_after, NULL);
  if (eng_run_layers_copied(run) != c->copied)
    fail_msg("%s to %s: copied %d layers", c->base[0] ? c->base[0] : "none", c->run[0] ? c->run[0] : "none",
             eng_run_layers_copied(run));
  assert_int_equal(eng_run_layers_done(run), 3);
  assert_same_runs(run, whole, c->run[0] ? c->run[0] : "no edits");
  eng_run_release(base), eng_run_release(run), eng_run_release(whole);
}

static void layers_below_the_first_difference_are_copied(void **state) {
  static const Case CASES[] = {
      {{NULL}, {NULL}, 3},
      {{NULL}, {"head 2.1 zero"}, 2},
      {{NULL}, {"head 1.1 zero"}, 1},
      {{NULL}, {"head 0.1 zero"}, 0},
      {{"head 1.1 zero"}, {NULL}, 1},
      {{"head 1.1 zero"}, {"head 1.1 zero"}, 3},
      {{"head 1.1 zero"}, {"head 1.1 zero", "pattern 2.0 key 0 zero"}, 2},
      {{"head 2.1 zero", "head 1.1 zero"}, {"head 1.1 zero", "head 2.1 zero"}, 3},
      {{"head 2.1 zero", "head 2.1 set 1"}, {"head 2.1 set 1", "head 2.1 zero"}, 2},
      {{"head 1.1 scale 2"}, {"head 1.1 scale 3"}, 1},
      {{NULL}, {"resid_pre2 token 3 scale 2"}, 2},
      {{"resid_pre2 token 3 scale 2"}, {NULL}, 1},
      {{"resid_pre2 token 3 scale 2"}, {"resid_pre2 token 3 scale 3"}, 1},
      {{"resid_pre2 token 3 scale 2"}, {"resid_pre2 token 3 scale 2"}, 3},
      {{"resid_pre2 token 3 scale 2", "head 2.1 zero"}, {"resid_pre2 token 3 scale 2"}, 1},
      {{"resid_pre1 scale 2", "resid_pre2 scale 2"}, {"resid_pre1 scale 2"}, 1},
      {{"resid_pre0 scale 2"}, {NULL}, 0},
      {{"resid_post1 scale 2"}, {"resid_post1 scale 2", "resid_pre2 scale 2"}, 2},
      {{NULL}, {"normalized token 4 zero"}, 3},
      {{"normalized token 4 zero"}, {NULL}, 3},
      {{"embed token 4 zero"}, {"embed token 4 zero", "head 2.0 zero"}, 2},
      {{"embed token 4 zero"}, {"head 2.0 zero"}, 0},
      {{"attn_scores1 query 3 set 1"}, {"attn_scores1 query 3 set 1", "head 2.0 zero"}, 2},
  };
  EngModel *model = open_tiny("gpt2");
  EngSequence sequence = {.input = some_ids(model, 0, 0, 9)};
  (void)state;
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) assert_case(model, &sequence, &CASES[i]);
  eng_input_release(sequence.input);
  eng_model_release(model);
}

/* Random edits of random layers, the last ones changed from run to run, each the base of the next. */
static unsigned roll(unsigned *dice, unsigned sides) {
  *dice = *dice * 1664525U + 1013904223U;
  return (*dice >> 8) % sides;
}

static EngEdit random_edit(EngModel *model, unsigned *dice) {
  static const char *const FORMS[] = {"head %u.%u zero",
                                      "pattern %u.%u key 2 scale 3",
                                      "neuron %u.%u set 1",
                                      "resid_pre%u token %u scale 2",
                                      "resid_mid%u dim %u mean",
                                      "v%u head %u token 1 set 0.5",
                                      "attn_scores%u head %u set 1"};
  char text[ENG_EDIT_TEXT];
  int n_layers = eng_model_config(model)->n_layers;
  snprintf(text, sizeof text, FORMS[roll(dice, sizeof FORMS / sizeof *FORMS)], roll(dice, (unsigned)n_layers),
           roll(dice, 3));
  return parsed(model, text);
}

static void any_edits_give_the_bits_of_a_whole_run(const char *name) {
  EngModel *model = open_tiny(name);
  EngSequence sequence = {.input = some_ids(model, 0, 0, 9)};
  unsigned dice = 7;
  int copied = 0, n = 0;
  EngEdit edits[4];
  EngRun *base = run_of(model, &sequence, NULL, 0, NULL);
  for (int i = 0; i < 60; i++) {
    n = n == 4 ? 0 : n + 1;
    if (n > 0) edits[n - 1] = random_edit(model, &dice);
    EngRun *run = run_of(model, &sequence, edits, n, base), *whole = run_of(model, &sequence, edits, n, NULL);
    assert_same_runs(run, whole, name);
    copied += eng_run_layers_copied(run);
    eng_run_release(base), eng_run_release(whole);
    base = run;
  }
  assert_true(copied > 10);
  eng_run_release(base);
  eng_input_release(sequence.input);
  eng_model_release(model);
}

static void any_edits_of_gpt2(void **state) { (void)state, any_edits_give_the_bits_of_a_whole_run("gpt2"); }
static void any_edits_of_bert(void **state) { (void)state, any_edits_give_the_bits_of_a_whole_run("bert"); }

static bool tap(void *context, EngActivation id, int layer, int sequence, EngTensor value, EngError *err) {
  (void)id, (void)layer, (void)sequence, (void)value, (void)err;
  ++*(int *)context;
  return true;
}

/* What differs by more than edits is computed whole; less kept is fine, more is not. */
static void a_base_that_does_not_serve_is_left_alone(void **state) {
  EngModel *model = open_tiny("gpt2");
  EngInput *input = some_ids(model, 0, 0, 9), *equal = some_ids(model, 0, 0, 9), *other = some_ids(model, 1, 0, 9);
  EngSequence sequence = {.input = input}, twice[2] = {{.input = input}, {.input = other}};
  EngEdit edit = parsed(model, "head 2.1 zero");
  EngRunSpec few = spec_of(model, &sequence, "pattern", NULL, 0, NULL);
  EngRun *all = run_of(model, &sequence, NULL, 0, NULL), *little = forward(model, &few);
  int taps = 0;
  (void)state;
  const struct {
    const EngRun *base;
    const EngInput *input;
    const char *names;
    EngTap tap;
    int n, n_layers, copied;
    EngActivation until;
  } CASES[] = {
      {.base = all, .input = input, .names = "all", .copied = 2},
      {.base = all, .input = equal, .names = "all", .copied = 2},
      {.base = little, .input = input, .names = "pattern", .copied = 2},
      {.base = little, .input = input, .names = "pattern1", .copied = 2},
      {.base = little, .input = input, .names = "q", .copied = 0},
      {.base = all, .input = input, .names = "pattern", .copied = 0}, /* it computed scores at full width */
      {.base = all, .input = other, .names = "all", .copied = 0},
      {.base = all, .input = input, .names = "all", .tap = tap, .copied = 0},
      {.base = all, .input = input, .names = "all", .n = 2, .copied = 0},
      {.base = all, .input = input, .names = "all", .n_layers = 1, .copied = 1},
      {.base = all, .input = input, .names = "all", .n_layers = 2, .until = ENG_ACT_Z, .copied = 1},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    EngSequence one = {.input = CASES[i].input};
    EngRunSpec spec = spec_of(model, &one, CASES[i].names, &edit, 1, CASES[i].base);
    if (CASES[i].n) spec.sequences = twice, spec.n_sequences = 2;
    spec.tap = CASES[i].tap, spec.tap_context = &taps;
    spec.n_layers = CASES[i].n_layers, spec.until = CASES[i].until;
    EngRun *run = forward(model, &spec);
    if (eng_run_layers_copied(run) != CASES[i].copied)
      fail_msg("case %zu copied %d layers", i, eng_run_layers_copied(run));
    if (!CASES[i].n && !CASES[i].n_layers && !CASES[i].tap) {
      spec.base = NULL;
      EngRun *whole = forward(model, &spec);
      assert_same_runs(run, whole, CASES[i].names);
      eng_run_release(whole);
    }
    eng_run_release(run);
  }
  assert_int_equal(taps, 2 + 3 * 13 + 1);
  eng_run_release(all), eng_run_release(little);
  eng_input_release(input), eng_input_release(equal), eng_input_release(other);
  eng_model_release(model);
}

/* Packed, one with a past; and patched from the same run. */
static void packed_runs_are_copied(void **state) {
  EngModel *model = open_tiny("gpt2");
  EngInput *before = some_ids(model, 3, 0, 6);
  EngSequence sequences[2] = {{.input = some_ids(model, 1, 0, 7)},
                              {.input = some_ids(model, 3, 6, 7), .past = forward_all(model, before, NULL)}};
  EngEdit none = parsed(model, "head 1.0 zero");
  EngRun *base = edited_by(model, sequences, 2, &none, 1);
  EngEdit edits[2] = {none, parsed(model, "pattern 2.1 query 3 key 2 set 1")};
  EngRun *whole = edited_by(model, sequences, 2, edits, 2);
  EngRunSpec spec = spec_of(model, sequences, "all", edits, 2, base);
  spec.n_sequences = 2;
  EngRun *run = forward(model, &spec);
  (void)state;
  assert_int_equal(eng_run_layers_copied(run), 2);
  for (int s = 0; s < 2; s++)
    for (int l = 0; l < 3; l++)
      assert_true(same_in(run, whole, s, ENG_ACT_PATTERN, l) && same_in(run, whole, s, ENG_ACT_RESID_POST, l) &&
                  same_in(run, whole, s, ENG_ACT_K, l) && same_logits(run, whole, s));
  eng_run_release((EngRun *)(uintptr_t)sequences[1].past);
  eng_run_release(base), eng_run_release(whole), eng_run_release(run);
  eng_input_release(before), eng_input_release(sequences[0].input), eng_input_release(sequences[1].input);
  eng_model_release(model);
}

/* The small patterns of a long text come along. */
static void small_patterns_are_copied(void **state) {
  EngModel *model = eng_model_open(HEADSCOPE_SOURCE "/models/novella", NULL);
  int ids[300];
  (void)state;
  for (int i = 0; i < 300; i++) ids[i] = i % 97;
  EngInput *input = eng_input_from_ids(model, ids, NULL, 300, NULL);
  EngSequence sequence = {.input = input};
  EngEdit edit = parsed(model, "pattern 4.2 query 200 key 100 set 9");
  EngRunSpec spec = spec_of(model, &sequence, "pattern", NULL, 0, NULL);
  EngRun *base = forward(model, &spec);
  spec.edits = &edit, spec.n_edits = 1;
  EngRun *whole = forward(model, &spec);
  spec.base = base;
  EngRun *run = forward(model, &spec);
  assert_int_equal(eng_run_layers_copied(run), 4);
  for (int layer = 0; layer < 6; layer++)
    for (int head = 0; head < 6; head++) {
      EngTensor a = eng_run_coarse(run, layer, head), b = eng_run_coarse(whole, layer, head);
      assert_non_null(a.data);
      assert_memory_equal(a.data, b.data, eng_tensor_size(&a) * sizeof *a.data);
    }
  assert_same_runs(run, whole, "novella");
  eng_run_release(base), eng_run_release(whole), eng_run_release(run);
  eng_input_release(input);
  eng_model_release(model);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(layers_below_the_first_difference_are_copied),
      cmocka_unit_test(any_edits_of_gpt2),
      cmocka_unit_test(any_edits_of_bert),
      cmocka_unit_test(a_base_that_does_not_serve_is_left_alone),
      cmocka_unit_test(packed_runs_are_copied),
      cmocka_unit_test(small_patterns_are_copied),
  };
  return cmocka_run_group_tests_name("run base", tests, NULL, NULL);
}
