/* Folders: shards, an index that lies, config and tensors that disagree, and what is no model at all. */
#include "craft.h"

#include "engine/checkpoint.h"
#include "engine/model.h"

#define ONE(name) "{\"" name "\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}"

static void refuse_index(Craft *craft, const char *index, const char *why) {
  EngError err = {{0}};
  craft_text(craft, "model.safetensors.index.json", index);
  assert_null(eng_checkpoint_open(craft->folder, NULL, &err));
  assert_message(err.message, why);
}

static void joins_shards(void **state) {
  Craft *craft = *state;
  EngError err = {{0}};
  craft_tensors(craft, "1.safetensors", ONE("b"), 1);
  craft_tensors(craft, "2.safetensors", ONE("a"), 1);
  craft_text(craft, "model.safetensors.index.json",
             "{\"weight_map\":{\"b\":\"1.safetensors\",\"a\":\"2.safetensors\"}}");
  EngCheckpoint *checkpoint = eng_checkpoint_open(craft->folder, NULL, &err);
  if (!checkpoint) fail_msg("%s", err.message);
  size_t index = 9;
  assert_int_equal(eng_checkpoint_count(checkpoint), 2);
  assert_string_equal(eng_checkpoint_at(checkpoint, 0)->name, "a");
  assert_non_null(eng_checkpoint_find(checkpoint, "b", &index));
  assert_int_equal(index, 1);
  assert_null(eng_checkpoint_find(checkpoint, "c", NULL));
  eng_checkpoint_close(checkpoint);
}

static void refuses_an_index_that_lies(void **state) {
  Craft *craft = *state;
  craft_tensors(craft, "1.safetensors", ONE("a"), 1);
  craft_tensors(craft, "2.safetensors", ONE("a"), 1);
  refuse_index(craft, "{\"weight_map\":{\"a\":\"../1.safetensors\"}}",
               "a: expected a file name inside the folder, found \"../1.safetensors\"");
  refuse_index(craft, "{\"weight_map\":{\"a\":\"/etc/passwd\"}}", "a: expected a file name inside the folder");
  refuse_index(craft, "{\"weight_map\":{\"a\":\"..\"}}", "a: expected a file name inside the folder");
  refuse_index(craft, "{\"weight_map\":{\"a\":\"\"}}", "a: expected a file name inside the folder");
  refuse_index(craft, "{\"weight_map\":{\"a\":7}}", "a: expected a shard's file name, found 7");
  refuse_index(craft, "{\"weight_map\":{\"a\":\"3.safetensors\"}}",
               "3.safetensors: expected a readable file, found: No such file");
  refuse_index(craft, "{\"weight_map\":{\"b\":\"1.safetensors\"}}", "b: expected in 1.safetensors, found nothing");
  refuse_index(craft, "{\"weight_map\":{}}", "weight_map: expected an object");
  refuse_index(craft, "{\"weight_map\":[\"a\"]}",
               "weight_map: expected an object of tensor names and files, found an array");
  refuse_index(craft, "{}", "weight_map: expected an object of tensor names and files, found nothing");
  refuse_index(craft, "[]", "weight_map: expected an object");
  refuse_index(craft, "{", "expected JSON");
  craft_tensors(craft, "3.safetensors",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
                "\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}}",
                2);
  refuse_index(craft, "{\"weight_map\":{\"a\":\"1.safetensors\",\"b\":\"3.safetensors\"}}",
               "a: expected in one shard, found in two");
}

static void says_what_is_there_instead(void **state) {
  Craft *craft = *state;
  EngError err = {{0}};
  assert_null(eng_checkpoint_open(craft->folder, NULL, &err));
  assert_message(err.message, "expected model.safetensors or model.safetensors.index.json, found neither");
  craft_text(craft, "pytorch_model.bin", "");
  assert_null(eng_checkpoint_open(craft->folder, NULL, &err));
  assert_message(err.message, "found pytorch_model.bin, which is not read");
  assert_int_equal(mkdir(craft_path(craft, "model.safetensors"), 0777), 0);
  assert_null(eng_checkpoint_open(craft->folder, NULL, &err));
  assert_message(err.message, "model.safetensors: expected a file, found a folder");
}

/* A copy of a tiny model under this config. */
static EngModel *open_with(Craft *craft, const char *model, const char *config, EngError *err) {
  char from[512];
  snprintf(from, sizeof from, FIXTURES "/tiny/%s/model.safetensors", model);
  craft_copy(craft, "model.safetensors", from);
  craft_text(craft, "config.json", config);
  return eng_model_open(craft->folder, err);
}

static void refuse_model(Craft *craft, const char *model, const char *config, const char *why) {
  EngError err = {{0}};
  assert_null(open_with(craft, model, config, &err));
  assert_message(err.message, why);
}

#define GPT2(rest)                                                                                                 \
  "{\"model_type\":\"gpt2\",\"n_embd\":60,\"n_head\":3,\"n_positions\":40,\"vocab_size\":211" rest "}"
#define BERT(rest)                                                                                                 \
  "{\"model_type\":\"bert\",\"hidden_size\":60,\"num_attention_heads\":3,\"max_position_embeddings\":40,"          \
  "\"vocab_size\":211,\"intermediate_size\":77" rest "}"

static void refuses_a_config_that_disagrees(void **state) {
  refuse_model(*state, "gpt2", GPT2(",\"n_layer\":3,\"n_inner\":78"),
               "transformer.h.0.mlp.c_fc.weight: expected 60x78 as config.json says, found 60x77");
  refuse_model(*state, "gpt2", GPT2(",\"n_inner\":77,\"n_layer\":4"),
               "transformer.h.3.ln_1.weight: expected 60, found nothing");
  refuse_model(*state, "gpt2", GPT2(",\"n_inner\":77,\"n_layer\":2"),
               "transformer.h.2.attn.c_attn.bias: expected no tensor of this name in a model of 2 layers");
  refuse_model(*state, "gpt2", "{\"model_type\":\"gpt2\"}", "wte.weight: expected 50257x768 as config.json says");
  refuse_model(*state, "gpt2", "{\"model_type\":\"bert\"}",
               "embeddings.word_embeddings.weight: expected 30522x768, found nothing");
  refuse_model(*state, "bert", BERT(",\"num_hidden_layers\":2,\"type_vocab_size\":3"),
               "bert.embeddings.token_type_embeddings.weight: expected 3x60 as config.json says, found 2x60");
  refuse_model(*state, "bert", BERT(",\"num_hidden_layers\":1"),
               "bert.encoder.layer.1.attention.output.LayerNorm.bias: expected no tensor of this name");
  refuse_model(*state, "bert", BERT(",\"num_hidden_layers\":2,\"tie_word_embeddings\":false"),
               "cls.predictions.decoder.weight: expected 211x60, found nothing");
}

/* Nothing of these sizes is ever allocated: the first tensor's shape refuses them. */
static void refuses_sizes_beyond_memory(void **state) {
  refuse_model(*state, "gpt2",
               "{\"model_type\":\"gpt2\",\"n_embd\":1048576,\"n_head\":1,\"vocab_size\":268435456,"
               "\"n_positions\":16777216,\"n_layer\":1024}",
               "wte.weight: expected 268435456x1048576 as config.json says, found 211x60");
}

static void needs_a_head_only_where_it_is_tied(void **state) {
  EngError err = {{0}};
  EngModel *model =
      open_with(*state, "gpt2", GPT2(",\"n_layer\":3,\"n_inner\":77,\"tie_word_embeddings\":false"), &err);
  if (!model) fail_msg("%s", err.message);
  assert_null(eng_model_weights(model)->unembed.w.data);
  assert_false(eng_model_config(model)->tied);
  eng_model_release(model);
}

/* Replaces `from` in the header of the file written last; `to` is as long. */
static void change_header(Craft *craft, const char *from, const char *to) {
  FILE *file = fopen(craft_path(craft, "model.safetensors"), "r+b");
  char header[8192] = "";
  assert_non_null(file);
  assert_int_equal(strlen(from), strlen(to));
  size_t size = fread(header, 1, sizeof header, file);
  char *place = memmem(header, size, from, strlen(from));
  assert_non_null(place);
  fseek(file, place - header, SEEK_SET);
  fwrite(to, 1, strlen(to), file);
  fclose(file);
}

/* A tied pair may be saved under the head's name alone. */
static void finds_a_tied_pair_under_either_name(void **state) {
  Craft *craft = *state;
  EngError err = {{0}};
  craft_copy(craft, "model.safetensors", FIXTURES "/tiny/gpt2/model.safetensors");
  craft_text(craft, "config.json", GPT2(",\"n_layer\":3,\"n_inner\":77"));
  change_header(craft, "\"transformer.wte.weight\"", "\"lm_head.weight\"        ");
  EngModel *model = eng_model_open(craft->folder, &err);
  if (!model) fail_msg("%s", err.message);
  assert_ptr_equal(eng_model_weights(model)->embed, eng_model_weights(model)->unembed.w.data);
  assert_true(eng_model_config(model)->tied);
  assert_int_equal(eng_model_parameters(model), 87951);
  eng_model_release(model);
}

static void refuses_types_it_does_not_compute_with(void **state) {
  Craft *craft = *state;
  EngError err = {{0}};
  craft_copy(craft, "model.safetensors", FIXTURES "/tiny/gpt2/model.safetensors");
  craft_text(craft, "config.json", GPT2(",\"n_layer\":3,\"n_inner\":77"));
  change_header(craft, "\"transformer.wte.weight\":{\"dtype\":\"F32\"",
                "\"transformer.wte.weight\":{\"dtype\":\"I32\"");
  assert_null(eng_model_open(craft->folder, &err));
  assert_message(err.message, "transformer.wte.weight: expected F32, F16 or BF16, found I32");
}

static void ignores_tensors_outside_the_model(void **state) {
  Craft *craft = *state;
  EngError err = {{0}};
  craft_copy(craft, "model.safetensors", FIXTURES "/tiny/gpt2-untied/model.safetensors");
  craft_text(craft, "config.json", GPT2(",\"n_layer\":2,\"n_inner\":77,\"tie_word_embeddings\":false"));
  change_header(craft, "\"lm_head.weight\"", "\"classifier.abc\"");
  EngModel *model = eng_model_open(craft->folder, &err);
  if (!model) fail_msg("%s", err.message);
  assert_null(eng_model_weights(model)->unembed.w.data);
  eng_model_release(model);
}

/* What it would change is not known. */
static void refuses_unknown_tensors_inside_a_layer(void **state) {
  Craft *craft = *state;
  EngError err = {{0}};
  craft_copy(craft, "model.safetensors", FIXTURES "/tiny/bert-f16/model.safetensors");
  craft_text(craft, "config.json", BERT(",\"num_hidden_layers\":1"));
  change_header(craft, "\"bert.pooler.dense.weight\"", "\"bert.encoder.layer.0.xyz\"");
  assert_null(eng_model_open(craft->folder, &err));
  assert_message(err.message, "bert.encoder.layer.0.xyz: expected no tensor of this name in a model of 1 layers");
}

/* The tiny GPT-2 with one more blank after its header, so that no tensor is aligned any more. */
static void craft_shifted(Craft *craft) {
  FILE *in = fopen(FIXTURES "/tiny/gpt2/model.safetensors", "rb");
  assert_non_null(in);
  fseek(in, 0, SEEK_END);
  size_t size = (size_t)ftell(in);
  rewind(in);
  unsigned char *bytes = malloc(size + 1);
  assert_int_equal(fread(bytes, 1, size, in), size);
  fclose(in);
  size_t header = bytes[0] | (size_t)bytes[1] << 8;
  assert_true(size > 8 + header && header % 8 == 0);
  memmove(bytes + 8 + header + 1, bytes + 8 + header, size - 8 - header);
  bytes[8 + header] = ' ';
  bytes[0]++;
  craft_bytes(craft, "model.safetensors", bytes, size + 1);
  free(bytes);
}

/* Aligned F32 is used in place, F32 that is not aligned is copied and counted. */
static void copies_what_is_not_aligned(void **state) {
  Craft *craft = *state;
  EngError err = {{0}};
  craft_shifted(craft);
  craft_text(craft, "config.json", GPT2(",\"n_layer\":3,\"n_inner\":77"));
  EngModel *shifted = eng_model_open(craft->folder, &err), *whole = eng_model_open(FIXTURES "/tiny/gpt2", NULL);
  if (!shifted || !whole || !eng_model_ready(shifted, &err)) fail_msg("%s", err.message);
  assert_true(eng_model_cache_bytes(shifted) >= 4 * eng_model_parameters(shifted));
  assert_int_equal(eng_model_cache_bytes(whole), 0);
  assert_memory_equal(eng_model_weights(shifted)->embed, eng_model_weights(whole)->embed, 211 * 60 * sizeof(float));
  assert_memory_equal(eng_model_weights(shifted)->layers[2].mlp_out.b,
                      eng_model_weights(whole)->layers[2].mlp_out.b, 60 * sizeof(float));
  assert_string_equal(eng_model_hash(shifted), eng_model_hash(whole));
  eng_model_release(shifted);
  eng_model_release(whole);
}

static void needs_a_folder(void **state) {
  Craft *craft = *state;
  EngError err = {{0}};
  assert_null(eng_model_open(craft_path(craft, "none"), &err));
  assert_message(err.message, "none: expected a model's folder, found nothing");
  assert_null(eng_model_open(craft_text(craft, "file", "x"), &err));
  assert_message(err.message, "file: expected a model's folder, found a file");
  assert_null(eng_model_open(craft->folder, &err));
  assert_message(err.message, "config.json: expected a readable file, found: No such file");
  assert_int_equal(symlink("/nowhere/config.json", craft_path(craft, "config.json")), 0);
  assert_null(eng_model_open(craft->folder, &err));
  assert_message(err.message, "config.json: expected a readable file, found: No such file");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, craft_begin, craft_end)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(joins_shards),
      TEST(refuses_an_index_that_lies),
      TEST(says_what_is_there_instead),
      TEST(refuses_a_config_that_disagrees),
      TEST(refuses_sizes_beyond_memory),
      TEST(needs_a_head_only_where_it_is_tied),
      TEST(finds_a_tied_pair_under_either_name),
      TEST(refuses_types_it_does_not_compute_with),
      TEST(ignores_tensors_outside_the_model),
      TEST(refuses_unknown_tensors_inside_a_layer),
      TEST(copies_what_is_not_aligned),
      TEST(needs_a_folder),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
