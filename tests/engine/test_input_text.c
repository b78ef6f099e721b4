/* Inputs from text, with the shipped model's tokenizer and a small one for BERT. */
#include "craft.h"

#include "engine/input.h"

static const EngEncodeOptions with_special = {.special = true};

static EngModel *open_novella(void) {
  EngError err = {{0}};
  EngModel *model = eng_model_open(HEADSCOPE_SOURCE "/models/novella", &err);
  if (!model) fail_msg("%s", err.message);
  return model;
}

/* The tiny BERT with a vocabulary of its own: id = line. */
static EngModel *open_bert(Craft *craft) {
  EngError err = {{0}};
  craft_copy(craft, "model.safetensors", FIXTURES "/tiny/bert/model.safetensors");
  craft_copy(craft, "config.json", FIXTURES "/tiny/bert/config.json");
  craft_text(craft, "vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nb\ncat\n##s\n");
  EngModel *model = eng_model_open(craft->folder, &err);
  if (!model) fail_msg("%s", err.message);
  return model;
}

static EngInput *encode(EngModel *model, const char *text, const char *pair, EngEncodeOptions options) {
  EngError err = {{0}};
  EngInput *input = eng_input_from_text(model, text, strlen(text), pair, pair ? strlen(pair) : 0, options, &err);
  if (!input) fail_msg("%s", err.message);
  return input;
}

static void places_tokens_in_the_text(void **state) {
  (void)state;
  EngModel *model = open_novella();
  const char *text = "The doctor asked the nurse a question. She";
  EngInput *input = encode(model, text, NULL, with_special);
  assert_string_equal(input->text, text);
  assert_null(input->pair);
  assert_int_equal(input->pair_start, -1);
  assert_true(input->n_tokens > 5 && !input->bos);
  size_t at = 0;
  for (int i = 0; i < input->n_tokens; i++) {
    const EngToken *token = &input->tokens[i];
    assert_int_equal(token->start, at);
    assert_int_equal(strlen(token->text), token->stop - token->start);
    assert_memory_equal(token->text, text + token->start, token->stop - token->start);
    at = token->stop;
  }
  assert_int_equal(at, strlen(text));
  eng_input_release(input);
  eng_model_release(model);
}

static void puts_bos_in_front(void **state) {
  (void)state;
  EngModel *model = open_novella();
  EngInput *input = encode(model, "The", NULL, (EngEncodeOptions){.special = true, .bos = true});
  assert_true(input->bos);
  assert_int_equal(input->tokens[0].id, 4095);
  assert_int_equal(input->tokens[0].sentence, -1);
  assert_true(input->tokens[0].special);
  assert_string_equal(input->tokens[0].text, "<|endoftext|>");
  eng_input_release(input);
  eng_model_release(model);
}

static void splits_pairs_after_the_separator(void **state) {
  EngModel *model = open_bert(*state);
  EngInput *input = encode(model, "a cats", "b", with_special);
  const char *expected[] = {"[CLS]", "a", "cat", "##s", "[SEP]", "b", "[SEP]"};
  assert_int_equal(input->n_tokens, 7);
  for (int i = 0; i < 7; i++) assert_string_equal(input->tokens[i].piece, expected[i]);
  assert_int_equal(input->pair_start, 5);
  assert_int_equal(input->tokens[5].sentence, 1);
  assert_int_equal(input->tokens[5].stop, 1);
  assert_true(input->tokens[4].special && !input->tokens[5].special);
  eng_input_release(input);
  eng_model_release(model);
}

static void shows_ids_as_text(void **state) {
  (void)state;
  EngModel *model = open_novella();
  EngInput *text = encode(model, "The doctor", NULL, with_special);
  int ids[16];
  for (int i = 0; i < text->n_tokens; i++) ids[i] = text->tokens[i].id;
  EngInput *input = eng_input_from_ids(model, ids, NULL, (size_t)text->n_tokens, NULL);
  assert_non_null(input);
  assert_string_equal(input->text, "The doctor");
  for (int i = 0; i < text->n_tokens; i++) {
    assert_string_equal(input->tokens[i].text, text->tokens[i].text);
    assert_int_equal(input->tokens[i].start, text->tokens[i].start);
    assert_int_equal(input->tokens[i].stop, text->tokens[i].stop);
  }
  eng_input_release(input);
  eng_input_release(text);
  eng_model_release(model);
}

static void refuse(EngModel *model, const char *text, const char *pair, const char *why) {
  EngError err = {{0}};
  assert_null(eng_input_from_text(model, text, strlen(text), pair, pair ? strlen(pair) : 0, with_special, &err));
  assert_message(err.message, why);
}

static void refuses_text_that_is_none(void **state) {
  EngModel *gpt2 = open_novella(), *bert = open_bert(*state);
  refuse(gpt2, "", NULL, "text: expected at least one token, found none");
  refuse(bert, "", NULL, "text: expected at least one token, found none");
  refuse(bert, " \n", NULL, "text: expected at least one token, found none");
  refuse(bert, "a", "", "pair: expected at least one token, found none");
  refuse(gpt2, "a", "b", "pair: expected none: gpt2 has no second token type");
  refuse(gpt2, "a\xff", NULL, "UTF-8");
  eng_model_release(gpt2);
  eng_model_release(bert);
}

static void refuses_text_beyond_the_context(void **state) {
  EngModel *bert = open_bert(*state);
  char text[128] = "";
  for (int i = 0; i < 38; i++) strcat(text, "a ");
  EngInput *input = encode(bert, text, NULL, with_special);
  assert_int_equal(input->n_tokens, 40);
  eng_input_release(input);
  strcat(text, "a");
  refuse(bert, text, NULL, "text: expected at most 40 tokens, which this model reads, found 41");
  eng_model_release(bert);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, craft_begin, craft_end)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(places_tokens_in_the_text), TEST(puts_bos_in_front),         TEST(splits_pairs_after_the_separator),
      TEST(shows_ids_as_text),         TEST(refuses_text_that_is_none), TEST(refuses_text_beyond_the_context),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
