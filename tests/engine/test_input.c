/* Inputs from ids, and the value itself. (What text gives is tested with the tokenizers' own tests and with
 * the recorded runs.) */
#include "craft.h"
#include "runs.h"

#include "engine/input.h"

static void takes_ids_without_a_tokenizer(void **state) {
  (void)state;
  EngModel *model = open_tiny("bert");
  int ids[] = {3, 7, 210, 7, 0}, types[] = {0, 0, 0, 1, 1};
  EngError err = {{0}};
  EngInput *input = eng_input_from_ids(model, ids, types, 5, &err);
  if (!input) fail_msg("%s", err.message);
  assert_int_equal(input->n_tokens, 5);
  assert_string_equal(input->tokens[2].text, "210");
  assert_string_equal(input->tokens[2].piece, "");
  assert_string_equal(input->text, "");
  assert_null(input->pair);
  assert_int_equal(input->pair_start, 3);
  assert_int_equal(input->tokens[4].type, 1);
  eng_input_release(input);
  eng_model_release(model);
}

static void finds_pairs_by_types_only(void **state) {
  (void)state;
  EngModel *model = open_tiny("bert-bare"); /* three token types */
  int ids[] = {1, 2, 3, 4};
  int cases[][4] = {{0, 0, 0, 0}, {1, 1, 1, 1}, {0, 1, 0, 1}, {0, 0, 2, 2}, {0, 1, 1, 1}, {0, 0, 0, 1}};
  int expected[] = {-1, -1, -1, -1, 1, 3};
  for (int i = 0; i < 6; i++) {
    EngInput *input = eng_input_from_ids(model, ids, cases[i], 4, NULL);
    assert_non_null(input);
    assert_int_equal(input->pair_start, expected[i]);
    eng_input_release(input);
  }
  eng_model_release(model);
}

static void refuse_ids(EngModel *model, const int *ids, const int *types, size_t n, const char *why) {
  EngError err = {{0}};
  assert_null(eng_input_from_ids(model, ids, types, n, &err));
  assert_message(err.message, why);
}

static void refuses_bad_ids(void **state) {
  (void)state;
  EngModel *bert = open_tiny("bert"), *gpt2 = open_tiny("gpt2");
  int high[] = {1, 211}, low[] = {-1}, good[41] = {0}, types[] = {0, 2}, one[] = {0, 1};
  refuse_ids(bert, high, NULL, 2, "ids[1]: expected 0 to 210, found 211");
  refuse_ids(bert, low, NULL, 1, "ids[0]: expected 0 to 210, found -1");
  refuse_ids(bert, good, types, 2, "token_types[1]: expected 0 to 1, found 2");
  refuse_ids(gpt2, good, one, 2, "token_types[1]: expected 0 to 0, found 1");
  refuse_ids(bert, good, NULL, 0, "expected at least one token, found none");
  refuse_ids(bert, good, NULL, 41, "expected at most 40 tokens, which this model reads, found 41");
  eng_model_release(bert);
  eng_model_release(gpt2);
}

static void refuses_text_without_a_tokenizer(void **state) {
  (void)state;
  EngModel *model = open_tiny("gpt2");
  EngError err = {{0}};
  EngEncodeOptions options = {.special = true};
  assert_null(eng_input_from_text(model, "a", 1, NULL, 0, options, &err));
  assert_true(err.message[0] != '\0');
  assert_null(eng_input_from_text(model, "a", 1, "b", 1, options, &err));
  assert_message(err.message, "pair: expected none: gpt2 has no second token type");
  eng_model_release(model);
}

static void copies_everything(void **state) {
  (void)state;
  char text[] = "a\0b", shown[] = " x", piece[] = "\xc4\xa0x";
  EngToken tokens[] = {{.id = 4, .stop = 2, .text = shown, .piece = piece},
                       {.id = 5, .sentence = -1, .special = true}};
  EngInput fields = {
      .text = text, .text_length = 3, .n_tokens = 2, .tokens = tokens, .pair_start = -1, .bos = true};
  EngInput *input = eng_input_new(&fields, NULL);
  text[0] = shown[0] = piece[0] = '!';
  tokens[0].id = 9;
  assert_memory_equal(input->text, "a\0b", 4);
  assert_int_equal(input->text_length, 3);
  assert_string_equal(input->tokens[0].text, " x");
  assert_string_equal(input->tokens[0].piece, "\xc4\xa0x");
  assert_string_equal(input->tokens[1].text, "");
  assert_int_equal(input->tokens[0].id, 4);
  assert_true(input->tokens[1].special && input->bos);
  EngInput *second = eng_input_retain(input);
  eng_input_release(input);
  assert_string_equal(second->tokens[0].text, " x");
  eng_input_release(second);
  eng_input_release(NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(takes_ids_without_a_tokenizer),
      cmocka_unit_test(finds_pairs_by_types_only),
      cmocka_unit_test(refuses_bad_ids),
      cmocka_unit_test(refuses_text_without_a_tokenizer),
      cmocka_unit_test(copies_everything),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
