/* Words: which pieces make one, in every kind of vocabulary, and how they are spelled. */
#include "engine/spans.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 16 };

/* Tokens of one sentence from their texts (which are their pieces, too); "[…]" and "<|…|>" are special. */
static int tokens_of(EngToken out[MOST], const char *const *texts) {
  int n = 0;
  for (; texts[n]; n++) {
    bool special = (texts[n][0] == '[' && texts[n][1]) || strncmp(texts[n], "<|", 2) == 0;
    out[n] =
        (EngToken){.id = n, .text = texts[n], .piece = texts[n], .special = special, .sentence = special ? -1 : 0};
  }
  return n;
}

static void assert_words(const char *const *texts, const char *const *words) {
  EngToken tokens[MOST];
  EngSpans spans;
  EngSpansOf of = {.tokens = tokens, .n_tokens = tokens_of(tokens, texts)};
  int at = 0, n = 0;
  assert_true(eng_spans_make(&spans, &of, NULL));
  for (; words[n]; n++) {
    if (n >= spans.n) fail_msg("%s: no such word", words[n]);
    assert_string_equal(spans.tokens[n].text, words[n]);
    assert_int_equal(spans.at[n].first, at);
    for (int i = 0; i < spans.at[n].n; i++) assert_int_equal(spans.of[at++], n);
  }
  assert_int_equal(spans.n, n);
  assert_int_equal(at, of.n_tokens);
  eng_spans_free(&spans);
}

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void wordpieces(void **state) {
  (void)state;
  assert_words(WORDS("[CLS]", "un", "##believ", "##ably", "good", ".", "[SEP]"),
               WORDS("[CLS]", "unbelievably", "good", ".", "[SEP]"));
  assert_words(WORDS("[CLS]", "天", "気", "a", "[SEP]"), WORDS("[CLS]", "天", "気", "a", "[SEP]"));
  assert_words(WORDS("##er", "##s", "##"), WORDS("##ers", "##"));
}

static void byte_level(void **state) {
  (void)state;
  assert_words(WORDS("<|endoftext|>", "The", " unh", "appy", " doctor", ",", " don", "'t", "\n", "She"),
               WORDS("<|endoftext|>", "The", " unhappy", " doctor", ",", " don't", "\n", "She"));
  assert_words(WORDS("3", ".", "14", " (", "pi", ")"), WORDS("3", ".", "14", " (", "pi", ")"));
  assert_words(WORDS("un", "happy"), WORDS("unhappy"));
}

static void sentence_piece(void **state) {
  (void)state;
  assert_words(WORDS("▁The", "▁doc", "tor", "."), WORDS("▁The", "▁doctor", "."));
}

/* Bytes of one character are spelled from the text that they lie in. */
static void characters_in_pieces(void **state) {
  (void)state;
  EngSpans spans;
  EngToken tokens[] = {{.text = "\\xE2", .piece = "â", .start = 0, .stop = 3},
                       {.text = "\\x9C\\x93", .piece = "x", .start = 0, .stop = 3},
                       {.text = " ok", .piece = "Ġok", .start = 3, .stop = 6}};
  EngInput input = {.text = "✓ ok", .text_length = 6, .tokens = tokens, .n_tokens = 3};
  EngSpansOf of = {.tokens = tokens, .n_tokens = 3, .input = &input};
  assert_true(eng_spans_make(&spans, &of, NULL));
  assert_int_equal(spans.n, 2);
  assert_string_equal(spans.tokens[0].text, "✓");
  assert_int_equal(spans.tokens[0].stop, 3);
  eng_spans_free(&spans);
}

static void cuts_hold(void **state) {
  (void)state;
  EngToken tokens[MOST];
  EngSpans spans;
  const bool cut[] = {true, false, true};
  EngSpansOf of = {.tokens = tokens, .n_tokens = tokens_of(tokens, WORDS("a", "b", "c")), .cut = cut};
  assert_true(eng_spans_make(&spans, &of, NULL));
  assert_int_equal(spans.n, 2);
  assert_string_equal(spans.tokens[0].text, "ab");
  eng_spans_free(&spans);
}

static void singles(void **state) {
  (void)state;
  EngToken tokens[MOST];
  EngSpans spans;
  assert_true(eng_spans_single(&spans, tokens, tokens_of(tokens, WORDS("a", "##b")), NULL));
  assert_int_equal(spans.n, 2);
  assert_ptr_equal(spans.tokens[1].text, tokens[1].text);
  eng_spans_free(&spans);
  assert_true(eng_spans_single(&spans, tokens, 0, NULL));
  assert_int_equal(spans.n, 0);
  eng_spans_free(&spans);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(wordpieces),           cmocka_unit_test(byte_level), cmocka_unit_test(sentence_piece),
      cmocka_unit_test(characters_in_pieces), cmocka_unit_test(cuts_hold),  cmocka_unit_test(singles),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
