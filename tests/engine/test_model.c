/* Checkpoints of both architectures in every form they are saved in. The numbers expected here were read
 * with Hugging Face transformers from the same folders: element 7 of a few tensors, the count of parameters;
 * the hashes come from hashing the file's bytes with xxHash's one-shot function. */
#include "engine/model.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static EngModel *open_tiny(const char *name) {
  char folder[512];
  EngError err = {{0}};
  snprintf(folder, sizeof folder, FIXTURES "/tiny/%s", name);
  EngModel *model = eng_model_open(folder, &err);
  if (!model) fail_msg("%s", err.message);
  assert_true(eng_model_ready(model, &err));
  return model;
}

static void assert_number(float found, double expected) { assert_true(found == (float)expected); }

static void opens_gpt2(void **state) {
  (void)state;
  EngModel *model = open_tiny("gpt2");
  const EngConfig *config = eng_model_config(model);
  const EngWeights *weights = eng_model_weights(model);
  assert_string_equal(eng_config_model_type(config), "gpt2");
  assert_string_equal(eng_model_name(model), "gpt2");
  assert_int_equal(config->n_layers, 3);
  assert_int_equal(config->n_heads, 3);
  assert_int_equal(config->d_head, 20);
  assert_int_equal(config->d_mlp, 77);
  assert_int_equal(config->n_ctx, 40);
  assert_int_equal(config->bos_token_id, 210);
  assert_true(config->causal && config->tied && config->scale_attn);
  assert_number(weights->layers[1].qkv[0].w.data[7], 0.10432068258523941);
  assert_number(weights->embed[7], -1.287277102470398);
  assert_ptr_equal(weights->unembed.w.data, weights->embed);
  assert_int_equal(weights->layers[0].mlp_in.w.out, 77);
  assert_false(weights->layers[0].mlp_in.w.out_major);
  assert_int_equal(eng_model_parameters(model), 87951);
  assert_string_equal(eng_model_dtype(model), "F32");
  assert_int_equal(eng_model_cache_bytes(model), 0);
  eng_model_release(model);
}

static void opens_gpt2_with_its_own_head(void **state) {
  (void)state;
  EngModel *model = open_tiny("gpt2-untied");
  const EngConfig *config = eng_model_config(model);
  assert_false(config->tied);
  assert_false(config->scale_attn);
  assert_int_equal(config->act_fn, ENG_RELU);
  assert_number(eng_model_weights(model)->unembed.w.data[7], 0.23346608877182007);
  assert_number(eng_model_weights(model)->layers[1].qkv[0].w.data[7], -0.1253753900527954);
  assert_int_equal(eng_model_parameters(model), 76354);
  eng_model_release(model);
}

static void opens_gpt2_without_prefix(void **state) {
  (void)state;
  EngModel *model = open_tiny("gpt2-bare");
  assert_int_equal(eng_model_config(model)->d_mlp, 240);
  assert_true(eng_model_config(model)->tied);
  eng_model_release(model);
}

static void opens_bert(void **state) {
  (void)state;
  EngModel *model = open_tiny("bert");
  const EngConfig *config = eng_model_config(model);
  const EngWeights *weights = eng_model_weights(model);
  assert_string_equal(eng_config_model_type(config), "bert");
  assert_false(config->causal);
  assert_true(config->tied);
  assert_int_equal(config->n_token_types, 2);
  assert_int_equal(config->bos_token_id, -1);
  assert_number(weights->embed_norm.gain[7], 0.5709611773490906);
  assert_number(weights->layers[1].qkv[1].w.data[7], -0.08976054936647415);
  assert_number(weights->unembed.w.data[7], 0.26114344596862793);
  assert_number(weights->unembed.b[7], -0.4414688050746918);
  assert_true(weights->layers[1].qkv[1].w.out_major);
  assert_int_equal(eng_model_parameters(model), 67805);
  eng_model_release(model);
}

static void opens_bert_without_head_and_with_old_names(void **state) {
  (void)state;
  EngModel *model = open_tiny("bert-bare");
  const EngWeights *weights = eng_model_weights(model);
  assert_int_equal(eng_model_config(model)->n_token_types, 3);
  assert_null(weights->unembed.w.data);
  assert_false(eng_model_config(model)->tied);
  assert_number(weights->embed_norm.gain[7], 0.6825739145278931);
  assert_number(weights->layers[1].qkv[1].w.data[7], 0.12053244560956955);
  assert_int_equal(eng_model_parameters(model), 63874);
  eng_model_release(model);
}

static void opens_sharded_bf16_with_its_own_decoder(void **state) {
  (void)state;
  EngModel *model = open_tiny("bert-untied-bf16");
  const EngWeights *weights = eng_model_weights(model);
  assert_string_equal(eng_model_dtype(model), "BF16");
  assert_false(eng_model_config(model)->tied);
  assert_number(weights->layers[1].qkv[1].w.data[7], -0.40234375);
  assert_number(weights->unembed.w.data[7], 0.1572265625);
  assert_number(weights->unembed.b[7], -0.447265625);
  assert_int_equal(eng_model_parameters(model), 80676 - 211); /* one of the two names of the output bias */
  assert_true(eng_model_cache_bytes(model) >= 4 * eng_model_parameters(model));
  assert_true(eng_model_cache_bytes(model) < 4 * eng_model_parameters(model) + 64 * 64);
  eng_model_release(model);
}

static void hashes_names_and_bytes(void **state) {
  (void)state;
  EngModel *whole = open_tiny("gpt2"), *sharded = open_tiny("gpt2-f16");
  assert_string_equal(eng_model_hash(whole), "0f2e474283626c92");
  assert_string_equal(eng_model_hash(sharded), "92c4ee56c4197d8b");
  assert_string_equal(eng_model_hash(whole), "0f2e474283626c92");
  eng_model_release(whole);
  eng_model_release(sharded);
}

static void *use_model(void *context) {
  EngModel *model = context;
  bool ok = eng_model_ready(model, NULL) && eng_model_weights(model)->embed[7] != 0.0f;
  ok = ok && strcmp(eng_model_hash(model), "92c4ee56c4197d8b") == 0;
  eng_model_release(model);
  return ok ? model : NULL;
}

static void serves_threads_at_once(void **state) {
  (void)state;
  EngModel *model = eng_model_open(FIXTURES "/tiny/gpt2-f16", NULL);
  assert_non_null(model);
  pthread_t threads[4];
  for (int i = 0; i < 4; i++)
    assert_int_equal(pthread_create(&threads[i], NULL, use_model, eng_model_retain(model)), 0);
  for (int i = 0; i < 4; i++) {
    void *result = NULL;
    pthread_join(threads[i], &result);
    assert_ptr_equal(result, model);
  }
  eng_model_release(model);
}

static void opens_the_shipped_model(void **state) {
  (void)state;
  EngError err = {{0}};
  char *folder = eng_model_locate("novella", HEADSCOPE_SOURCE, &err);
  if (!folder) fail_msg("%s", err.message);
  EngModel *model = eng_model_open(folder, &err);
  if (!model) fail_msg("%s", err.message);
  assert_int_equal(eng_model_config(model)->d_vocab, 4096);
  assert_string_equal(eng_model_dtype(model), "F16");
  assert_string_equal(eng_model_name(model), "novella");
  eng_model_release(model);
  free(folder);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(opens_gpt2),
      cmocka_unit_test(opens_gpt2_with_its_own_head),
      cmocka_unit_test(opens_gpt2_without_prefix),
      cmocka_unit_test(opens_bert),
      cmocka_unit_test(opens_bert_without_head_and_with_old_names),
      cmocka_unit_test(opens_sharded_bf16_with_its_own_decoder),
      cmocka_unit_test(hashes_names_and_bytes),
      cmocka_unit_test(serves_threads_at_once),
      cmocka_unit_test(opens_the_shipped_model),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
