/* The shipped model's tokenizer, end to end: text, bad text, ids, several threads at once. */
#include "engine/tokenizer.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const EngConfig config = {.arch = ENG_GPT2, .d_vocab = 4096, .bos_token_id = 4095};

static int open_novella(void **state) {
  EngError err = {{0}};
  *state = eng_tokenizer_open(HEADSCOPE_SOURCE "/models/novella", &config, NULL, &err);
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
  char *nul = eng_tokenizer_shown(*state, 188);
  assert_string_equal(nul, "\\x00");
  free(nul);
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

static void refuses_bad_text(void **state) {
  static const struct {
    const char *text, *offset;
  } cases[] = {{"ab\xFF", "0xFF at offset 2"},
               {"\xC3", "offset 0"},
               {"a\x80", "offset 1"},
               {"a\xC0\x80", "offset 1"},
               {"\xE0\x9F\xBF", "offset 0"},
               {"xy\xED\xA0\x80", "offset 2"},
               {"\xF0\x8F\xBF\xBF", "offset 0"},
               {"\xF4\x90\x80\x80", "offset 0"},
               {"\xE2\x82", "offset 0"},
               {"\xF0\x9F\x98\x80\xF0\x9F", "offset 4"}};
  EngEncodeOptions options = {.special = true};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    EngEncoding out = {0};
    EngError err = {{0}};
    const char *text = cases[i].text;
    assert_false(eng_tokenizer_encode(*state, text, strlen(text), NULL, 0, options, &out, &err));
    if (!strstr(err.message, cases[i].offset)) fail_msg("expected %s in \"%s\"", cases[i].offset, err.message);
    assert_false(eng_tokenizer_encode(*state, "a", 1, text, strlen(text), options, &out, &err));
    assert_non_null(strstr(err.message, "pair: "));
    assert_null(out.tokens);
  }
}

static void refuses_bad_ids(void **state) {
  EngError err = {{0}};
  size_t length = 0;
  assert_null(eng_tokenizer_decode(*state, (int[]){0, 4096}, 2, &length, &err));
  assert_non_null(strstr(err.message, "from 0 to 4095, found 4096"));
  assert_null(eng_tokenizer_decode(*state, (int[]){-1}, 1, &length, &err));
  assert_non_null(strstr(err.message, "found -1"));
}

static void refuses_bos_where_there_is_none(void **state) {
  (void)state;
  EngConfig bert = {.arch = ENG_BERT, .d_vocab = 5000, .bos_token_id = -1};
  EngTokenizer *tokenizer = eng_tokenizer_open(FIXTURES "/tokenizers/bert_vocab", &bert, NULL, NULL);
  assert_non_null(tokenizer);
  assert_int_equal(eng_tokenizer_bos(tokenizer), -1);
  EngEncoding out = {0};
  EngError err = {{0}};
  assert_false(eng_tokenizer_encode(tokenizer, "a", 1, NULL, 0, (EngEncodeOptions){.bos = true}, &out, &err));
  assert_non_null(strstr(err.message, "BOS"));
  eng_tokenizer_free(tokenizer);
}

/* A word as long as a text may be must not cost its square: 2^20 letters would take an hour. */
static void encodes_a_very_long_word(void **state) {
  size_t n = (size_t)1 << 20;
  char *text = malloc(n);
  assert_non_null(text);
  memset(text, 'a', n);
  EngEncoding out = {0};
  assert_true(eng_tokenizer_encode(*state, text, n, NULL, 0, (EngEncodeOptions){.special = true}, &out, NULL));
  assert_int_equal(out.tokens[out.n_tokens - 1].stop, n);
  eng_encoding_free(&out);
  free(text);
}

enum { THREADS = 4, ROUNDS = 200 };

static void *encode_often(void *tokenizer) {
  static const char text[] = "She didn't \xE2\x80\x94 <|endoftext|> 12 \xF0\x9F\xA5\xB0";
  size_t wrong = 0, first = 0;
  for (int i = 0; i < ROUNDS; i++) {
    EngEncoding out = {0};
    if (!eng_tokenizer_encode(tokenizer, text, sizeof text - 1, NULL, 0, (EngEncodeOptions){0}, &out, NULL))
      wrong++;
    if (i == 0) first = out.n_tokens;
    wrong += out.n_tokens != first;
    eng_encoding_free(&out);
  }
  return wrong ? tokenizer : NULL;
}

static void serves_several_threads(void **state) {
  pthread_t threads[THREADS];
  void *failed = NULL;
  for (int i = 0; i < THREADS; i++) assert_int_equal(pthread_create(&threads[i], NULL, encode_often, *state), 0);
  for (int i = 0; i < THREADS; i++) {
    assert_int_equal(pthread_join(threads[i], &failed), 0);
    assert_null(failed);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(encodes_with_ranges),
      cmocka_unit_test(puts_bos_in_front),
      cmocka_unit_test(decodes_and_shows),
      cmocka_unit_test(knows_its_vocabulary),
      cmocka_unit_test(refuses_bad_text),
      cmocka_unit_test(refuses_bad_ids),
      cmocka_unit_test(refuses_bos_where_there_is_none),
      cmocka_unit_test(encodes_a_very_long_word),
      cmocka_unit_test(serves_several_threads),
  };
  return cmocka_run_group_tests(tests, open_novella, close_tokenizer);
}
