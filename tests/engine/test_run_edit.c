/* Edited runs: each operation does what its name says to what it names and to nothing else of that activation; what
 * comes before stays, what follows is computed from it; kept neighbours that could share memory do not. */
#include "edited.h"

#include "engine/source.h"

static float number(const EngRun *run, EngActivation id, int layer, size_t i, size_t j, size_t k) {
  EngTensor t = get(run, 0, id, layer);
  return t.data[(ptrdiff_t)i * t.stride[0] + (ptrdiff_t)j * t.stride[1] +
                (t.rank > 2 ? (ptrdiff_t)k * t.stride[2] : 0)];
}

/* Whether a value is there before the edited one is computed. */
static bool comes_first(EngActivation id, int layer, EngActivation edited_id, int edited_layer) {
  bool in_block = eng_activation_info(id)->per_block, edited_in_block = eng_activation_info(edited_id)->per_block;
  if (in_block && edited_in_block && layer != edited_layer) return layer < edited_layer;
  return id < edited_id; /* the table's order */
}

static void assert_same_before(const EngRun *run, const EngRun *plain, EngActivation edited_id, int edited_layer,
                               const char *text) {
  const EngConfig *config = eng_model_config(eng_run_model(run));
  for (EngActivation id = 0; id < ENG_ACT_COUNT; id++)
    for (int l = 0; eng_activation_exists(id, config) && l < config->n_layers; l++) {
      if (l > 0 && !eng_activation_info(id)->per_block) break;
      if (comes_first(id, l, edited_id, edited_layer) && !same(run, plain, id, l))
        fail_msg("%s changed %s of layer %d", text, eng_activation_info(id)->short_name, l);
    }
}

static void edit_one(EngModel *model, const EngInput *input, const EngRun *plain, EngActivation id, int layer) {
  char name[48], text[ENG_EDIT_TEXT];
  eng_activation_full_name(id, layer, name, sizeof name);
  snprintf(text, sizeof text, "%s set 0.25", name);
  EngRun *run = edited(model, input, text);
  if (same(run, plain, id, layer)) fail_msg("%s: no effect", text);
  if (number(run, id, layer, 2, 1, 1) != 0.25F) fail_msg("%s: not there", text);
  assert_same_before(run, plain, id, layer, text);
  if (same_logits(run, plain, 0)) fail_msg("%s: logits are the same", text);
  eng_run_release(run);
}

/* Every activation of every layer, on two architectures: an edit of it is there, and nothing that is computed
 * before it has other bits, though all is kept. */
static void an_edit_changes_itself_and_what_follows(const char *name) {
  EngModel *model = open_tiny(name);
  const EngConfig *config = eng_model_config(model);
  EngInput *input = some_ids(model, 0, 0, 9);
  EngRun *plain = forward_all(model, input, NULL);
  for (EngActivation id = 0; id < ENG_ACT_COUNT; id++) {
    if (!eng_activation_exists(id, config)) continue;
    int layers = eng_activation_info(id)->per_block ? config->n_layers : 1;
    for (int layer = 0; layer < layers; layer++) edit_one(model, input, plain, id, layer);
  }
  eng_run_release(plain);
  eng_input_release(input);
  eng_model_release(model);
}

static void any_activation_of_gpt2(void **state) { (void)state, an_edit_changes_itself_and_what_follows("gpt2"); }
static void any_activation_of_bert(void **state) { (void)state, an_edit_changes_itself_and_what_follows("bert"); }

/* What each operation makes of token 4 of a neuron and of a head, worked out from the run as it was. */
static void operations_do_what_they_say(void **state) {
  EngModel *model = open_tiny("gpt2");
  EngInput *input = some_ids(model, 2, 0, 9);
  EngRun *plain = forward_all(model, input, NULL);
  double mean = 0;
  (void)state;
  for (size_t t = 0; t < 9; t++) mean += (double)number(plain, ENG_ACT_MLP_POST, 1, t, 30, 0) / 9;
  float was = number(plain, ENG_ACT_MLP_POST, 1, 4, 30, 0);
  const struct {
    const char *text;
    float want;
  } WANT[] = {{"neuron 1.30 token 4 zero", 0},
              {"neuron 1.30 token 4 mean", (float)mean},
              {"neuron 1.30 token 4 scale -2", was * -2},
              {"neuron 1.30 token 4 set 6", 6}};
  for (size_t i = 0; i < sizeof WANT / sizeof *WANT; i++) {
    EngRun *run = edited(model, input, WANT[i].text);
    assert_true(fabsf(number(run, ENG_ACT_MLP_POST, 1, 4, 30, 0) - WANT[i].want) <= 1e-6F);
    EngTensor got = get(run, 0, ENG_ACT_MLP_POST, 1), old = get(plain, 0, ENG_ACT_MLP_POST, 1);
    for (size_t j = 0; j < eng_tensor_size(&got); j++)
      if (j != 4 * 77 + 30) assert_true(at(&got, j) == at(&old, j));
    eng_run_release(run);
  }
  EngRun *run = edited(model, input, "head 1.2 scale 3");
  for (size_t t = 0; t < 9; t++)
    for (size_t h = 0; h < 3; h++)
      for (size_t d = 0; d < 20; d++)
        assert_true(number(run, ENG_ACT_Z, 1, t, h, d) ==
                    number(plain, ENG_ACT_Z, 1, t, h, d) * (h == 2 ? 3.0F : 1.0F));
  eng_run_release(run);
  eng_run_release(plain);
  eng_input_release(input);
  eng_model_release(model);
}

/* Rows, columns and cells; rows are not made to sum to 1 again, and nothing looks ahead. */
static void weights_are_edited_below_the_diagonal(void **state) {
  EngModel *model = open_tiny("gpt2");
  EngInput *input = some_ids(model, 2, 0, 9);
  EngRun *plain = forward_all(model, input, NULL);
  static const struct {
    const char *text;
    int query, key; /* -1: all */
  } WANT[] = {{"pattern 1.2 set 0.5", -1, -1},
              {"pattern 1.2 query 5 set 0.5", 5, -1},
              {"pattern 1.2 key 3 set 0.5", -1, 3},
              {"pattern 1.2 query 5 key 3 set 0.5", 5, 3},
              {"pattern 1.2 query 3 key 5 set 0.5", 3, 5}};
  (void)state;
  for (size_t i = 0; i < sizeof WANT / sizeof *WANT; i++) {
    EngRun *run = edited(model, input, WANT[i].text);
    for (size_t h = 0; h < 3; h++)
      for (size_t q = 0; q < 9; q++)
        for (size_t k = 0; k < 9; k++) {
          bool hit = h == 2 && k <= q && (WANT[i].query < 0 || WANT[i].query == (int)q) &&
                     (WANT[i].key < 0 || WANT[i].key == (int)k);
          float want = hit ? 0.5F : number(plain, ENG_ACT_PATTERN, 1, h, q, k);
          assert_true(number(run, ENG_ACT_PATTERN, 1, h, q, k) == want);
        }
    assert_true(eng_run_plain(run));
    eng_run_release(run);
  }
  EngRun *run = edited(model, input, "pattern 1.2 mean");
  for (size_t q = 0; q < 9; q++)
    for (size_t k = 0; k <= q; k++)
      assert_true(fabsf(number(run, ENG_ACT_PATTERN, 1, 2, q, k) - 1 / (float)(q + 1)) < 1e-6F);
  eng_run_release(run);
  run = edited(model, input, "attn_scores1 set 7");
  for (size_t q = 0; q < 9; q++)
    for (size_t k = 0; k < 9; k++) {
      assert_true(fabsf(number(run, ENG_ACT_PATTERN, 1, 2, q, k) - (k <= q ? 1 / (float)(q + 1) : 0)) < 1e-6F);
      assert_true(number(run, ENG_ACT_SCORES, 1, 2, q, k) == (k <= q ? 7 : -INFINITY));
    }
  eng_run_release(run);
  eng_run_release(plain);
  eng_input_release(input);
  eng_model_release(model);
}

/* All of a layer's activation from the clean run gives the clean run, and so does patching nothing, bit by bit. */
static void patching_all_from_a_run_gives_that_run(const char *name) {
  EngModel *model = open_tiny(name);
  const EngConfig *config = eng_model_config(model);
  EngInput *input = some_ids(model, 0, 0, 35), *other = some_ids(model, 5, 0, 35);
  EngRun *clean = forward_all(model, input, NULL);
  EngSequence sequence = {.input = other}, itself = {.input = input};
  EngEdit nothing = parsed(model, "head 0.0 scale 1");
  for (EngActivation id = ENG_ACT_RESID_PRE; id < ENG_ACT_FINAL_NORM; id++) {
    if (!eng_activation_exists(id, config)) continue;
    char text[64];
    snprintf(text, sizeof text, "%s1 zero", eng_activation_info(id)->short_name);
    EngEdit edits[2] = {patch(model, text, clean), patch(model, "resid_post1 zero", clean)};
    EngRun *run = edited_by(model, &sequence, 1, edits, 2), *still = edited_by(model, &itself, 1, edits, 1);
    assert_true(same(run, clean, id, 1) && same(run, clean, ENG_ACT_RESID_POST, 1));
    assert_true(!same(run, clean, ENG_ACT_RESID_POST, 0));
    for (EngActivation all = 0; all < ENG_ACT_COUNT; all++)
      if (eng_activation_exists(all, config) && eng_activation_info(all)->per_block)
        assert_true(same(run, clean, all, config->n_layers - 1) || config->n_layers == 2);
    assert_true(same_logits(run, clean, 0) && same_logits(still, clean, 0));
    eng_run_release(run), eng_run_release(still);
  }
  EngRun *run = edited_by(model, &itself, 1, &nothing, 1);
  assert_true(same(run, clean, ENG_ACT_RESID_POST, config->n_layers - 1));
  eng_run_release(run), eng_run_release(clean);
  eng_input_release(input), eng_input_release(other);
  eng_model_release(model);
}

static void a_patch_of_gpt2(void **state) { (void)state, patching_all_from_a_run_gives_that_run("gpt2"); }
static void a_patch_of_bert(void **state) { (void)state, patching_all_from_a_run_gives_that_run("bert"); }

static EngRun *refused(EngModel *model, const EngInput *input, const EngEdit *edit, const char *why) {
  EngSequence sequence = {.input = input};
  EngRunSpec spec = {.sequences = &sequence, .n_sequences = 1, .edits = edit, .n_edits = 1};
  EngError err = {""};
  EngRun *run = eng_run_new(model, &spec, &err);
  assert_null(run);
  assert_error_says(&err, why);
  return run;
}

static void patches_that_do_not_fit_are_refused(void **state) {
  EngModel *model = open_tiny("gpt2"), *bert = open_tiny("bert");
  EngInput *input = some_ids(model, 0, 0, 9), *longer = some_ids(model, 0, 0, 10), *words = some_ids(bert, 0, 0, 9);
  EngSequence sequence = {.input = input};
  EngRunSpec spec = {.sequences = &sequence, .n_sequences = 1};
  keep(&spec, model, "z1");
  EngRun *from = new_run(model, &spec), *other = forward_all(bert, words, NULL);
  EngEdit edit = patch(model, "head 1.2 zero", from), far = parsed(model, "head 1.2 token 9 zero");
  EngError err = {""};
  (void)state;
  refused(model, input, &edit, "head 1.2 patch: from: expected a finished run");
  assert_true(eng_run_forward(from, &err));
  refused(model, longer, &edit, "head 1.2 patch: from: expected 10x3x20, found 9x3x20");
  edit.from_sequence = 1;
  refused(model, input, &edit, "expected a sequence from 0 to 0, found 1");
  edit = patch(model, "head 0.2 zero", from);
  refused(model, input, &edit, "was not kept; add \"z\" to keep");
  edit = patch(model, "head 2.2 zero", other); /* of another model, but of like shape */
  refused(model, input, &edit, "head 2.2 patch: from: run: expected a layer from 0 to 1, found 2");
  edit.layer = 1;
  EngRun *odd = edited_by(model, &sequence, 1, &edit, 1);
  assert_true(number(odd, ENG_ACT_Z, 1, 3, 2, 5) == number(other, ENG_ACT_Z, 1, 3, 2, 5));
  refused(model, input, &far, "head 1.2 token 9 zero: token: expected 0 to 8, found 9");
  eng_run_release(from), eng_run_release(other), eng_run_release(odd);
  eng_input_release(input), eng_input_release(longer), eng_input_release(words);
  eng_model_release(model), eng_model_release(bert);
}

/* Packed, and with a past: tokens count inside the sequence, keys from the start of the whole. */
static void each_packed_sequence_is_edited(void **state) {
  EngModel *model = open_tiny("gpt2");
  EngInput *before = some_ids(model, 3, 0, 6);
  EngSequence sequences[2] = {{.input = some_ids(model, 1, 0, 8)},
                              {.input = some_ids(model, 3, 6, 7), .past = forward_all(model, before, NULL)}};
  EngEdit edits[3] = {parsed(model, "pattern 1.0 query 5 key 2 set 0.75"), parsed(model, "resid_mid1 token 4 mean"),
                      parsed(model, "attn_scores2 query 6 mean")};
  EngRun *both = edited_by(model, sequences, 2, edits, 3);
  (void)state;
  for (int i = 0; i < 2; i++) {
    EngRun *alone = edited_by(model, &sequences[i], 1, edits, 3);
    for (EngActivation id = 0; id < ENG_ACT_COUNT; id++)
      if (eng_activation_exists(id, eng_model_config(model)))
        assert_close(eng_activation_info(id)->name, get(both, i, id, -1), get(alone, 0, id, -1), 1e-5);
    EngTensor pattern = get(both, i, ENG_ACT_PATTERN, 1), last = get(both, i, ENG_ACT_PATTERN, 2);
    size_t keys = pattern.shape[2], n = sequences[i].past ? 13 : 7;
    assert_true(pattern.data[5 * keys + 2] == 0.75F);
    for (size_t k = 0; k < keys; k++)
      assert_true(fabsf(last.data[6 * keys + k] - (k < n ? 1 / (float)n : 0)) < 1e-6F);
    eng_run_release(alone);
  }
  eng_run_release((EngRun *)sequences[1].past), eng_run_release(both);
  eng_input_release(before), eng_input_release(sequences[0].input), eng_input_release(sequences[1].input);
  eng_model_release(model);
}

/* A thousand runs, each patched from the one before: all go with the last. */
static void a_long_chain_of_patches_is_released(void **state) {
  EngModel *model = open_tiny("gpt2");
  EngInput *input = some_ids(model, 0, 0, 2);
  EngSequence sequence = {.input = input};
  EngRun *run = NULL;
  (void)state;
  for (int i = 0; i < 1000; i++) {
    EngEdit edit = run ? patch(model, "head 0.0 zero", run) : parsed(model, "head 0.0 zero");
    EngRunSpec spec = {.sequences = &sequence, .n_sequences = 1, .edits = &edit, .n_edits = 1, .n_layers = 1};
    keep(&spec, model, "z0");
    EngRun *next = forward(model, &spec);
    eng_run_release(run);
    run = next;
  }
  int n = 0;
  assert_true(eng_run_edits(run, &n)->from && n == 1);
  assert_true(number(run, ENG_ACT_Z, 0, 1, 0, 3) == 0);
  eng_run_release(run);
  eng_input_release(input);
  eng_model_release(model);
}

/* The small patterns are those of the edited weights. */
static void small_patterns_are_edited(void **state) {
  EngModel *model = eng_model_open(HEADSCOPE_SOURCE "/models/novella", NULL);
  int ids[300];
  EngError err = {""};
  (void)state;
  assert_non_null(model);
  for (int i = 0; i < 300; i++) ids[i] = i % 97;
  EngInput *input = eng_input_from_ids(model, ids, NULL, 300, &err);
  EngRun *run = edited(model, input, "pattern 1.2 query 200 key 100 set 9");
  EngTensor small = eng_run_coarse(run, 1, 2);
  float most = 0;
  for (size_t i = 0; i < eng_tensor_size(&small); i++) most = fmaxf(most, at(&small, i));
  assert_true(most == 9);
  EngSource *source = eng_source_from_run(run, &err);
  assert_true(source && eng_source_block(source, 0)->lower);
  eng_source_release(source);
  eng_run_release(run);
  eng_input_release(input);
  eng_model_release(model);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(any_activation_of_gpt2),
      cmocka_unit_test(any_activation_of_bert),
      cmocka_unit_test(operations_do_what_they_say),
      cmocka_unit_test(weights_are_edited_below_the_diagonal),
      cmocka_unit_test(a_patch_of_gpt2),
      cmocka_unit_test(a_patch_of_bert),
      cmocka_unit_test(patches_that_do_not_fit_are_refused),
      cmocka_unit_test(each_packed_sequence_is_edited),
      cmocka_unit_test(a_long_chain_of_patches_is_released),
      cmocka_unit_test(small_patterns_are_edited),
  };
  return cmocka_run_group_tests_name("run edit", tests, NULL, NULL);
}
