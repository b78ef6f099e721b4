/* Added tokens that take in the white space around them: what one has taken is not there for the next (numbers of
 * Hugging Face's tokenizers). */
#include "craft.h"

#include "engine/tokenizer.h"

/* A byte-level model of the letter a, a space and one token that takes in white space on both sides. */
static EngTokenizer *open_with(Craft *craft, const char *content) {
  EngConfig config = {.arch = ENG_GPT2, .d_vocab = 3, .bos_token_id = -1};
  EngError err = {{0}};
  char text[512];
  snprintf(text, sizeof text,
           "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0,\"\xC4\xA0\":1},\"merges\":[]},"
           "\"pre_tokenizer\":{\"type\":\"ByteLevel\",\"add_prefix_space\":false},"
           "\"added_tokens\":[{\"id\":2,\"content\":\"%s\",\"lstrip\":true,\"rstrip\":true}]}",
           content);
  craft_text(craft, "tokenizer.json", text);
  EngTokenizer *tokenizer = eng_tokenizer_open(craft->folder, &config, NULL, &err);
  if (!tokenizer) fail_msg("%s", err.message);
  return tokenizer;
}

/* `expected` holds id, start and stop of each token. */
static void assert_tokens(Craft *craft, const char *content, const char *text, const int (*expected)[3], size_t n) {
  EngTokenizer *tokenizer = open_with(craft, content);
  EngEncoding out = {0};
  assert_true(eng_tokenizer_encode(tokenizer, text, strlen(text), NULL, 0, (EngEncodeOptions){0}, &out, NULL));
  assert_int_equal(out.n_tokens, n);
  for (size_t i = 0; i < n; i++) {
    assert_int_equal(out.tokens[i].id, expected[i][0]);
    assert_int_equal(out.tokens[i].start, expected[i][1]);
    assert_int_equal(out.tokens[i].stop, expected[i][2]);
  }
  eng_encoding_free(&out);
  eng_tokenizer_free(tokenizer);
  craft_clear(craft);
}

static void white_space_belongs_to_the_first(void **state) {
  static const int expected[][3] = {{0, 0, 1}, {2, 1, 5}, {2, 5, 7}, {0, 7, 8}};
  assert_tokens(*state, " w ", "a w  w a", expected, 4);
}

static void a_token_with_nothing_left_is_none(void **state) {
  static const int expected[][3] = {{2, 0, 3}, {0, 3, 4}, {2, 4, 5}};
  assert_tokens(*state, " ", "   a ", expected, 3);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(white_space_belongs_to_the_first),
      cmocka_unit_test(a_token_with_nothing_left_is_none),
  };
  return cmocka_run_group_tests(tests, craft_begin, craft_end);
}
