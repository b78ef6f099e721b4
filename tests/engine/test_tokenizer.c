/* The shipped model's tokenizer, end to end. */
#include "engine/tokenizer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const EngConfig config = {.arch = ENG_GPT2, .d_vocab = 4096, .bos_token_id = 4095};

static int open_novella(void **state) {
  EngError err = {{0}};
  *state = eng_tokenizer_open(HEADSCOPE_SOURCE "/models/novella", &config, &err);
  if (!*state) print_error("%s\n", err.message);
  return *state ? 0 : -1;
}

static int close_tokenizer(void **state) {
  eng_tokenizer_free(*state);
  return 0;
}

static void encodes_with_ranges(void **state) {
  static const int ids[] = {509, 1443, 814, 4095, 220, 1034};
  static const size_t ends[] = {3, 10, 16, 29, 30, 32};
  const char *text = "The doctor asked<|endoftext|> \xC3\xA9";
  EngEncoding out = {0};
  EngError err = {{0}};
  assert_true(
      eng_tokenizer_encode(*state, text, strlen(text), NULL, 0, (EngEncodeOptions){true, false}, &out, &err));
  assert_int_equal(out.n_tokens, 6);
  for (size_t i = 0; i < out.n_tokens; i++) {
    assert_int_equal(out.tokens[i].id, ids[i]);
    assert_int_equal(out.tokens[i].stop, ends[i]);
    assert_int_equal(out.tokens[i].start, i ? ends[i - 1] : 0);
    assert_int_equal(out.tokens[i].sentence, 0);
  }
  eng_encoding_free(&out);
}

static void puts_bos_in_front(void **state) {
  EngEncoding out = {0};
  assert_true(eng_tokenizer_encode(*state, "The", 3, NULL, 0, (EngEncodeOptions){true, true}, &out, NULL));
  assert_int_equal(out.n_tokens, 2);
  assert_int_equal(out.tokens[0].id, 4095);
  assert_int_equal(out.tokens[0].sentence, -1);
  assert_int_equal(out.tokens[1].id, 509);
  eng_encoding_free(&out);
}

static void decodes_and_shows(void **state) {
  static const int ids[] = {509, 1443, 4095, 172};
  size_t length = 0;
  char *text = eng_tokenizer_decode(*state, ids, 4, &length, NULL);
  assert_string_equal(text, "The doctor<|endoftext|>\xEF\xBF\xBD");
  assert_int_equal(length, strlen(text));
  free(text);
  char *shown = eng_tokenizer_shown(*state, 1443), *broken = eng_tokenizer_shown(*state, 172);
  assert_string_equal(shown, " doctor");
  assert_string_equal(broken, "\\xF0");
  free(shown);
  free(broken);
  assert_string_equal(eng_tokenizer_piece(*state, 1443), "\xC4\xA0"
                                                         "doctor");
  assert_null(eng_tokenizer_piece(*state, 4096));
  assert_null(eng_tokenizer_decode(*state, (int[]){4096}, 1, &length, NULL));
}

static void knows_its_vocabulary(void **state) {
  assert_int_equal(eng_tokenizer_size(*state), 4096);
  assert_int_equal(eng_tokenizer_bos(*state), 4095);
  assert_int_equal(eng_tokenizer_id(*state, "<|endoftext|>"), 4095);
  assert_int_equal(eng_tokenizer_id(*state, "no such piece"), -1);
  assert_true(eng_tokenizer_is_special(*state, 4095));
  assert_false(eng_tokenizer_is_special(*state, 0));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(encodes_with_ranges),
      cmocka_unit_test(puts_bos_in_front),
      cmocka_unit_test(decodes_and_shows),
      cmocka_unit_test(knows_its_vocabulary),
  };
  return cmocka_run_group_tests(tests, open_novella, close_tokenizer);
}
