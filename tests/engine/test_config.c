/* config.json: Hugging Face's defaults and names, and what is refused by name. */
#include "craft.h"

#include "engine/config.h"

static EngConfig load(Craft *craft, const char *json) {
  EngConfig config = {0};
  EngError err = {{0}};
  craft_text(craft, "config.json", json);
  if (!eng_config_load(&config, craft->folder, &err)) fail_msg("%s", err.message);
  return config;
}

static void refuse(Craft *craft, const char *json, const char *why) {
  EngConfig config = {0};
  EngError err = {{0}};
  craft_text(craft, "config.json", json);
  if (eng_config_load(&config, craft->folder, &err)) fail_msg("expected a refusal: %s", why);
  assert_message(err.message, why);
  assert_message(err.message, "config.json: ");
}

static void takes_gpt2s_defaults(void **state) {
  EngConfig config = load(*state, "{\"model_type\":\"gpt2\",\"n_inner\":null}");
  assert_int_equal(config.arch, ENG_GPT2);
  assert_int_equal(config.n_layers, 12);
  assert_int_equal(config.n_heads, 12);
  assert_int_equal(config.n_kv_heads, 12);
  assert_int_equal(config.d_model, 768);
  assert_int_equal(config.d_head, 64);
  assert_int_equal(config.d_mlp, 3072);
  assert_int_equal(config.d_vocab, 50257);
  assert_int_equal(config.n_ctx, 1024);
  assert_int_equal(config.n_token_types, 0);
  assert_int_equal(config.act_fn, ENG_GELU_NEW);
  assert_int_equal(config.bos_token_id, 50256);
  assert_true(config.eps == 1e-5f && config.causal && config.scale_attn && config.tied);
}

static void takes_berts_defaults(void **state) {
  EngConfig config = load(*state, "{\"model_type\":\"bert\"}");
  assert_int_equal(config.arch, ENG_BERT);
  assert_int_equal(config.d_mlp, 3072);
  assert_int_equal(config.d_vocab, 30522);
  assert_int_equal(config.n_ctx, 512);
  assert_int_equal(config.n_token_types, 2);
  assert_int_equal(config.act_fn, ENG_GELU);
  assert_int_equal(config.bos_token_id, -1);
  assert_true(config.eps == 1e-12f && !config.causal && config.tied);
}

static void reads_both_names(void **state) {
  EngConfig config = load(*state, "{\"model_type\":\"gpt2\",\"hidden_size\":60,\"num_attention_heads\":3,"
                                  "\"num_hidden_layers\":2,\"max_position_embeddings\":40,\"n_embd\":60}");
  assert_int_equal(config.d_model, 60);
  assert_int_equal(config.n_heads, 3);
  assert_int_equal(config.n_layers, 2);
  assert_int_equal(config.n_ctx, 40);
  assert_int_equal(config.d_mlp, 240);
  refuse(*state, "{\"model_type\":\"gpt2\",\"n_embd\":60,\"hidden_size\":72}",
         "hidden_size: expected 60 as n_embd says, found 72");
}

static void ignores_what_changes_nothing(void **state) {
  load(*state, "{\"model_type\":\"gpt2\",\"n_ctx\":7,\"use_cache\":false,\"reorder_and_upcast_attn\":true,"
               "\"scale_attn_by_inverse_layer_idx\":false,\"add_cross_attention\":false,\"eos_token_id\":[1,2],"
               "\"pruned_heads\":{},\"quantization_config\":null,\"attn_pdrop\":0.5,\"bos_token_id\":null}");
  load(*state, "{\"model_type\":\"bert\",\"position_embedding_type\":\"absolute\",\"is_decoder\":false,"
               "\"chunk_size_feed_forward\":2,\"gradient_checkpointing\":true}");
}

static void knows_what_each_activation_computes(void **state) {
  const char *names[] = {"gelu", "gelu_python", "gelu_new", "gelu_pytorch_tanh", "gelu_fast", "relu"};
  EngActFn expected[] = {ENG_GELU, ENG_GELU, ENG_GELU_NEW, ENG_GELU_NEW, ENG_GELU_NEW, ENG_RELU};
  char json[128];
  for (int i = 0; i < 6; i++) {
    snprintf(json, sizeof json, "{\"model_type\":\"gpt2\",\"activation_function\":\"%s\"}", names[i]);
    assert_int_equal(load(*state, json).act_fn, expected[i]);
    snprintf(json, sizeof json, "{\"model_type\":\"bert\",\"hidden_act\":\"%s\"}", names[i]);
    assert_int_equal(load(*state, json).act_fn, expected[i]);
  }
  assert_string_equal(eng_act_fn_name(ENG_GELU), "gelu");
  assert_string_equal(eng_act_fn_name(ENG_GELU_NEW), "gelu_new");
  assert_string_equal(eng_act_fn_name(ENG_RELU), "relu");
}

static void has_no_bos_beyond_the_vocabulary(void **state) {
  assert_int_equal(load(*state, "{\"model_type\":\"gpt2\",\"vocab_size\":211}").bos_token_id, -1);
  assert_int_equal(load(*state, "{\"model_type\":\"gpt2\",\"vocab_size\":211,\"bos_token_id\":210}").bos_token_id,
                   210);
}

static void refuses_what_it_does_not_compute(void **state) {
#define GPT2(rest) "{\"model_type\":\"gpt2\"," rest "}"
#define BERT(rest) "{\"model_type\":\"bert\"," rest "}"
  refuse(*state, GPT2("\"scale_attn_by_inverse_layer_idx\":true"),
         "scale_attn_by_inverse_layer_idx: expected none");
  refuse(*state, GPT2("\"add_cross_attention\":true"), "add_cross_attention: expected none");
  refuse(*state, GPT2("\"quantization_config\":{\"bits\":4}"), "quantization_config: expected none");
  refuse(*state, GPT2("\"pruned_heads\":{\"1\":[0]}"), "pruned_heads: expected none");
  refuse(*state, GPT2("\"activation_function\":\"silu\""),
         "activation_function: expected gelu, gelu_new or relu, found \"silu\"");
  refuse(*state, BERT("\"is_decoder\":true"), "is_decoder: expected none");
  refuse(*state, BERT("\"position_embedding_type\":\"relative_key\""),
         "position_embedding_type: expected \"absolute\", found \"relative_key\"");
  refuse(*state, BERT("\"hidden_act\":\"tanh\""), "hidden_act: expected gelu");
  refuse(*state, "{\"model_type\":\"llama\"}", "model_type: expected \"gpt2\" or \"bert\", found \"llama\"");
  refuse(*state, "{}", "model_type: expected \"gpt2\" or \"bert\", found nothing");
}

static void refuses_bad_values(void **state) {
  refuse(*state, GPT2("\"n_layer\":0"), "n_layer: expected a whole number from 1 to 1024, found 0");
  refuse(*state, GPT2("\"n_layer\":1000000000"), "n_layer: expected a whole number");
  refuse(*state, GPT2("\"n_embd\":-3"), "n_embd: expected a whole number");
  refuse(*state, GPT2("\"n_head\":5"), "found width 768 and 5 heads");
  refuse(*state, GPT2("\"n_head\":\"12\""), "n_head: expected a whole number from 1 to 1048576, found \"12\"");
  refuse(*state, GPT2("\"n_positions\":99999999999999999999"), "n_positions: expected a whole number");
  refuse(*state, GPT2("\"layer_norm_epsilon\":-1"), "layer_norm_epsilon: expected a number from 0 to 1");
  refuse(*state, GPT2("\"scale_attn_weights\":1"), "scale_attn_weights: expected true or false, found 1");
  refuse(*state, GPT2("\"activation_function\":7"), "activation_function: expected a string, found 7");
  refuse(*state, BERT("\"type_vocab_size\":0"), "type_vocab_size: expected a whole number");
  refuse(*state, BERT("\"vocab_size\":1e300"), "vocab_size: expected a whole number");
  refuse(*state, "[1]", "model_type");
  refuse(*state, "{\"model_type\":", "expected JSON");
  refuse(*state, "", "expected JSON");
#undef GPT2
#undef BERT
}

static void needs_the_file(void **state) {
  Craft *craft = *state;
  EngConfig config = {0};
  EngError err = {{0}};
  assert_false(eng_config_load(&config, craft->folder, &err));
  assert_message(err.message, "config.json: expected a readable file, found: No such file");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, craft_begin, craft_end)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(takes_gpt2s_defaults),
      TEST(takes_berts_defaults),
      TEST(reads_both_names),
      TEST(ignores_what_changes_nothing),
      TEST(knows_what_each_activation_computes),
      TEST(has_no_bos_beyond_the_vocabulary),
      TEST(refuses_what_it_does_not_compute),
      TEST(refuses_bad_values),
      TEST(needs_the_file),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
