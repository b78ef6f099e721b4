/* Edits as text: every form is read, written in one way, and read as the same; what a model has not is refused. */
#include "runs.h"

#include "engine/edit.h"

static EngConfig config_of(const char *name) {
  EngModel *model = open_tiny(name);
  EngConfig config = *eng_model_config(model);
  eng_model_release(model);
  return config;
}

static void texts_are_read_and_written_in_one_way(void **state) {
  static const char *const TEXTS[][2] = {
      {"head 2.1 zero", "head 2.1 zero"},
      {"head L2H1 zero", "head 2.1 zero"},
      {"z2 head 1 zero", "head 2.1 zero"},
      {" blocks.2.attn.hook_z \t head  1 zero ", "head 2.1 zero"},
      {"z2 zero", "z2 zero"},
      {"head 2.1 dim 7 token 8 scale 0.50", "head 2.1 token 8 dim 7 scale 0.5"},
      {"pattern 2.1 key 1 query 8 set .9", "pattern 2.1 query 8 key 1 set 0.9"},
      {"pattern2 query 3 mean", "pattern2 query 3 mean"},
      {"pattern2 head 0 mean", "pattern 2.0 mean"},
      {"attn_scores1 head 2 key 4 set -1e4", "attn_scores1 head 2 key 4 set -1e+04"},
      {"neuron L1N76 token 4 set 6", "neuron 1.76 token 4 set 6"},
      {"neuron 1.76 set 0.1", "neuron 1.76 set 0.1"},
      {"post1 dim 76 zero", "neuron 1.76 zero"},
      {"post1 token 0 zero", "post1 token 0 zero"},
      {"q2 head 2 dim 7 zero", "q2 head 2 dim 7 zero"},
      {"resid_pre0 token 5 mean", "resid_pre0 token 5 mean"},
      {"embed token 1 scale 16777217", "embed token 1 scale 16777216"},
      {"ln_final.hook_normalized dim 3 zero", "normalized dim 3 zero"},
  };
  EngConfig config = config_of("gpt2");
  (void)state;
  for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
    EngError err = {""};
    EngEdit edit, again;
    char text[ENG_EDIT_TEXT];
    if (!eng_edit_parse(TEXTS[i][0], &config, &edit, &err)) fail_msg("%s", err.message);
    eng_edit_print(&edit, text, sizeof text);
    assert_string_equal(text, TEXTS[i][1]);
    assert_true(eng_edit_parse(text, &config, &again, &err) && eng_edit_same(&edit, &again));
  }
}

static void wrong_texts_are_refused_by_name(void **state) {
  static const char *const TEXTS[][2] = {
      {"", "expected one such as \"head 2.5 zero\""},
      {"head", "expected its name, such as 2.5, found the end"},
      {"head 2 zero", "head 2 zero: head: expected a name as \"5.10\""},
      {"head 3.1 zero", "layer: expected 0 to 2, found 3"},
      {"head 2.3 zero", "head: expected 0 to 2, found 3"},
      {"neuron 0.77 zero", "neuron: expected 0 to 76, found 77"},
      {"nose 2.1 zero", "nose 2.1 zero: activation: expected a full name"},
      {"normalized_resid_mid1 zero", "activation: expected a full name"},
      {"z zero", "z zero: activation: expected one with its layer, such as q2, found \"z\""},
      {"resid_pre3 zero", "expected a layer from 0 to 2"},
      {"head 2.1", "or zero, mean, scale or set, found the end"},
      {"head 2.1 head 1 zero", "expected each part once, found \"head\""},
      {"head 2.1 key 1 zero", "found \"key\""},
      {"pattern 2.1 token 1 zero", "expected head, query or key with a number"},
      {"head 2.1 token -1 zero", "token: expected a whole number, found \"-1\""},
      {"head 2.1 token zero", "token: expected a whole number"},
      {"head 2.1 token", "expected a whole number, found the end"},
      {"head 2.1 token 40 zero", "token: expected 0 to 39, found 40"},
      {"resid_mid1 head 0 zero", "head: expected none here, found 0"},
      {"q1 dim 20 zero", "dim: expected 0 to 19, found 20"},
      {"head 2.1 double", "found \"double\""},
      {"head 2.1 scale", "expected a finite number, found the end"},
      {"head 2.1 scale nan", "expected a finite number, found \"nan\""},
      {"head 2.1 scale 1e99", "expected a finite number"},
      {"head 2.1 scale 0x2", "expected a finite number"},
      {"head 2.1 scale 1.5.2", "expected a finite number"},
      {"head 2.1 zero 3", "expected nothing more, found \"3\""},
      {"head 2.1 patch", "found \"patch\""},
      {"head 2.1 a a a a a a a a a a a a a a a a a", "at most 16 words"},
  };
  EngConfig config = config_of("gpt2");
  char text[400];
  EngEdit edit;
  EngError err = {""};
  (void)state;
  for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
    assert_false(eng_edit_parse(TEXTS[i][0], &config, &edit, &err));
    assert_error_says(&err, TEXTS[i][1]);
  }
  memset(text, 'x', sizeof text - 1), text[sizeof text - 1] = '\0';
  assert_false(eng_edit_parse(text, &config, &edit, &err));
  assert_error_says(&err, "expected at most 127 bytes, found 399");
}

static EngEdit parsed(const char *text, const EngConfig *config) {
  EngError err = {""};
  EngEdit edit;
  if (!eng_edit_parse(text, config, &edit, &err)) fail_msg("%s", err.message);
  return edit;
}

static void same_edits_are_told_from_others(void **state) {
  static const char *const TEXTS[] = {"head 2.1 zero",    "head 2.1 mean",         "head 2.1 scale 2",
                                      "head 2.1 set 2",   "head 2.1 set 3",        "head 2.0 zero",
                                      "head 1.1 zero",    "head 2.1 token 3 zero", "head 2.1 dim 3 zero",
                                      "pattern 2.1 zero", "pattern 2.1 key 0 zero"};
  EngConfig config = config_of("gpt2");
  (void)state;
  for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
    for (size_t j = 0; j < sizeof TEXTS / sizeof *TEXTS; j++) {
      EngEdit a = parsed(TEXTS[i], &config), b = parsed(TEXTS[j], &config);
      assert_int_equal(eng_edit_same(&a, &b), i == j);
    }
}

static void an_input_must_have_the_token_and_the_key(void **state) {
  EngConfig config = config_of("gpt2");
  EngEdit head = parsed("head 2.1 token 8 zero", &config),
          cell = parsed("pattern 2.1 query 8 key 11 zero", &config);
  EngError err = {""};
  (void)state;
  assert_true(eng_edit_fits(&head, &config, 0, 9, &err));
  assert_false(eng_edit_fits(&head, &config, 0, 8, &err));
  assert_string_equal(err.message, "head 2.1 token 8 zero: token: expected 0 to 7, found 8");
  assert_true(eng_edit_fits(&cell, &config, 3, 9, &err));
  assert_false(eng_edit_fits(&cell, &config, 2, 9, &err));
  assert_error_says(&err, "key: expected 0 to 10, found 11");
  assert_false(eng_edit_fits(&cell, &config, 20, 8, &err));
  assert_error_says(&err, "query: expected 0 to 7, found 8");
}

/* What no text says but a caller may. */
static void edits_made_by_hand_are_checked(void **state) {
  EngConfig config = config_of("gpt2"), bert = config_of("bert");
  EngEdit good = parsed("head 2.1 scale 2", &config);
  const EngEdit wrong[] = {
      {.at = ENG_ACT_COUNT},
      {.at = ENG_ACT_Z, .op = (EngEditOp)ENG_EDIT_OPS},
      {.at = ENG_ACT_NORM_MID, .head = ENG_ALL, .token = ENG_ALL, .key = ENG_ALL, .dim = ENG_ALL},
      {.at = ENG_ACT_Z, .layer = 2, .head = -2, .token = ENG_ALL, .key = ENG_ALL, .dim = ENG_ALL},
      {.at = ENG_ACT_Z, .layer = -1, .head = 1, .token = ENG_ALL, .key = ENG_ALL, .dim = ENG_ALL},
      {.at = ENG_ACT_EMBED, .layer = 1, .head = ENG_ALL, .token = ENG_ALL, .key = ENG_ALL, .dim = ENG_ALL},
      {.at = ENG_ACT_Z, .head = 1, .token = ENG_ALL, .key = 0, .dim = ENG_ALL},
      {.at = ENG_ACT_PATTERN, .head = 1, .token = ENG_ALL, .key = 0, .dim = 0},
      {.at = ENG_ACT_Z, .head = 1, .token = ENG_ALL, .key = ENG_ALL, .dim = ENG_ALL, .op = ENG_EDIT_PATCH},
      {.at = ENG_ACT_Z, .head = 1, .token = -9, .key = ENG_ALL, .dim = ENG_ALL},
      {.at = ENG_ACT_Z,
       .head = 1,
       .token = ENG_ALL,
       .key = ENG_ALL,
       .dim = ENG_ALL,
       .op = ENG_EDIT_SET,
       .value = NAN},
  };
  EngError err = {""};
  (void)state;
  assert_true(eng_edit_check(&good, &config, &err));
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    err.message[0] = '\0';
    assert_false(eng_edit_check(&wrong[i], &config, &err));
    assert_error_says(&err, "expected");
  }
  assert_true(eng_edit_check(&wrong[2], &bert, &err));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(texts_are_read_and_written_in_one_way),
      cmocka_unit_test(wrong_texts_are_refused_by_name),
      cmocka_unit_test(same_edits_are_told_from_others),
      cmocka_unit_test(an_input_must_have_the_token_and_the_key),
      cmocka_unit_test(edits_made_by_hand_are_checked),
  };
  return cmocka_run_group_tests_name("edit", tests, NULL, NULL);
}
