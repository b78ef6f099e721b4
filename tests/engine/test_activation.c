/* Names of activations, read and written, for both architectures. */
#include "engine/activation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const EngConfig GPT2 = {
    .arch = ENG_GPT2, .n_layers = 12, .n_heads = 3, .d_model = 60, .d_head = 20, .d_mlp = 77};
static const EngConfig BERT = {
    .arch = ENG_BERT, .n_layers = 2, .n_heads = 3, .d_model = 60, .d_head = 20, .d_mlp = 77};

static void parses(const EngConfig *config, const char *name, EngActivation want, int want_layer) {
  EngActivation id;
  int layer;
  EngError err = {""};
  if (!eng_activation_parse(name, config, &id, &layer, &err)) fail_msg("%s: %s", name, err.message);
  if (id != want || layer != want_layer) fail_msg("%s: found entry %d, layer %d", name, (int)id, layer);
}

static void refuses(const EngConfig *config, const char *name, const char *part) {
  EngActivation id;
  int layer;
  EngError err = {""};
  if (eng_activation_parse(name, config, &id, &layer, &err)) fail_msg("%s was accepted", name);
  if (!strstr(err.message, part)) fail_msg("%s: \"%s\" lacks \"%s\"", name, err.message, part);
}

static void names_are_read(void **state) {
  (void)state;
  parses(&GPT2, "blocks.2.attn.hook_q", ENG_ACT_Q, 2);
  parses(&GPT2, "blocks.11.hook_resid_pre", ENG_ACT_RESID_PRE, 11);
  parses(&GPT2, "q2", ENG_ACT_Q, 2);
  parses(&GPT2, "pattern", ENG_ACT_PATTERN, ENG_ALL_LAYERS);
  parses(&GPT2, "attn_scores10", ENG_ACT_SCORES, 10);
  parses(&GPT2, "post0", ENG_ACT_MLP_POST, 0);
  parses(&GPT2, "embed", ENG_ACT_EMBED, ENG_ALL_LAYERS);
  parses(&GPT2, "hook_pos_embed", ENG_ACT_POS_EMBED, ENG_ALL_LAYERS);
  parses(&GPT2, "ln_final.hook_normalized", ENG_ACT_FINAL_NORM, ENG_ALL_LAYERS);
  parses(&BERT, "normalized_resid_mid1", ENG_ACT_NORM_MID, 1);
  parses(&BERT, "blocks.0.hook_normalized_resid_post", ENG_ACT_NORM_POST, 0);
}

static void bad_names_are_refused(void **state) {
  (void)state;
  refuses(&GPT2, "", "found \"\"");
  refuses(&GPT2, "patern", "pattern");
  refuses(&GPT2, "q12", "from 0 to 11, found 12");
  refuses(&GPT2, "q99999999999999999999", "found \"q9");
  refuses(&GPT2, "q-1", "found \"q-1\"");
  refuses(&GPT2, "q1x", "found");
  refuses(&GPT2, "blocks.attn.hook_q", "found");
  refuses(&GPT2, "blocks.1.hook_embed", "found");
  refuses(&GPT2, "blocks.12.attn.hook_q", "found 12");
  refuses(&GPT2, "attn.hook_q", "found");
  refuses(&GPT2, "embed0", "found");
  refuses(&GPT2, "normalized_resid_mid", "found");
  refuses(&BERT, "ln_final.hook_normalized", "found");
}

static void every_name_reads_back(void **state) {
  (void)state;
  for (int i = 0; i < ENG_ACT_COUNT; i++) {
    EngActivation id = (EngActivation)i;
    const EngConfig *config = eng_activation_exists(id, &GPT2) ? &GPT2 : &BERT;
    char name[80];
    eng_activation_full_name(id, 1, name, sizeof name);
    parses(config, name, id, eng_activation_info(id)->per_block ? 1 : ENG_ALL_LAYERS);
    parses(config, eng_activation_info(id)->short_name, id, ENG_ALL_LAYERS);
  }
}

static void shapes_follow_the_letters(void **state) {
  size_t shape[4];
  (void)state;
  assert_int_equal(eng_activation_shape(ENG_ACT_PATTERN, &GPT2, 5, 9, shape), 3);
  assert_true(shape[0] == 3 && shape[1] == 5 && shape[2] == 9);
  assert_int_equal(eng_activation_shape(ENG_ACT_Q, &GPT2, 5, 9, shape), 3);
  assert_true(shape[0] == 5 && shape[1] == 3 && shape[2] == 20);
  assert_int_equal(eng_activation_shape(ENG_ACT_MLP_PRE, &GPT2, 5, 9, shape), 2);
  assert_true(shape[0] == 5 && shape[1] == 77);
}

static void keep_holds_what_was_added(void **state) {
  EngKeep keep;
  EngError err;
  (void)state;
  eng_keep_clear(&keep);
  assert_true(eng_keep_add(&keep, "q3", &GPT2, &err));
  assert_true(eng_keep_add(&keep, "pattern", &GPT2, &err));
  assert_true(eng_keep_add(&keep, "embed", &GPT2, &err));
  assert_true(eng_keep_has(&keep, ENG_ACT_Q, 3) && !eng_keep_has(&keep, ENG_ACT_Q, 2));
  assert_true(eng_keep_has(&keep, ENG_ACT_PATTERN, 0) && eng_keep_has(&keep, ENG_ACT_PATTERN, 11));
  assert_false(eng_keep_has(&keep, ENG_ACT_PATTERN, 12) || eng_keep_has(&keep, ENG_ACT_PATTERN, -1));
  assert_true(eng_keep_has(&keep, ENG_ACT_EMBED, 0) && eng_keep_has(&keep, ENG_ACT_EMBED, 5));
  assert_false(eng_keep_add(&keep, "nothing", &GPT2, &err));
}

static void all_keeps_what_exists(void **state) {
  EngKeep keep;
  EngError err;
  (void)state;
  eng_keep_clear(&keep);
  assert_true(eng_keep_add(&keep, "all", &BERT, &err));
  for (int i = 0; i < ENG_ACT_COUNT; i++)
    assert_int_equal(eng_keep_has(&keep, (EngActivation)i, 1), eng_activation_exists((EngActivation)i, &BERT));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(names_are_read),
      cmocka_unit_test(bad_names_are_refused),
      cmocka_unit_test(every_name_reads_back),
      cmocka_unit_test(shapes_follow_the_letters),
      cmocka_unit_test(keep_holds_what_was_added),
      cmocka_unit_test(all_keeps_what_exists),
  };
  return cmocka_run_group_tests_name("activation", tests, NULL, NULL);
}
