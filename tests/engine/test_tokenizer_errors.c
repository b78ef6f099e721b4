/* Bad tokenizer files: each is refused with a message that names the fault. */
#include "craft.h"

#include "engine/tokenizer.h"

static Craft *craft; /* of the whole group: the folder is empty before and after each check */

static int begin(void **state) {
  craft_begin(state);
  craft = *state;
  return 0;
}

static void put(const char *name, const char *text) { craft_text(craft, name, text); }

static EngTokenizer *open_folder(EngArchId arch, EngError *err) {
  EngConfig config = {.arch = arch, .d_vocab = 8, .bos_token_id = -1};
  return eng_tokenizer_open(craft->folder, &config, NULL, err);
}

/* The folder is refused, with both words in the message; then it is emptied. */
static void assert_refused(EngArchId arch, const char *one, const char *other) {
  EngError err = {{0}};
  EngTokenizer *tokenizer = open_folder(arch, &err);
  eng_tokenizer_free(tokenizer);
  craft_clear(craft);
  if (tokenizer) fail_msg("expected \"%s\", found it accepted", one);
  if (!strstr(err.message, one) || !strstr(err.message, other))
    fail_msg("expected \"%s\" and \"%s\" in \"%s\"", one, other, err.message);
}

static void assert_accepted(EngArchId arch) {
  EngError err = {{0}};
  EngTokenizer *tokenizer = open_folder(arch, &err);
  eng_tokenizer_free(tokenizer);
  craft_clear(craft);
  if (!tokenizer) fail_msg("expected it to open, found \"%s\"", err.message);
}

/* tokenizer.json with a byte-level model; `more` goes beside it. */
static void put_bpe(const char *vocab, const char *merges, const char *more) {
  char text[2048];
  snprintf(text, sizeof text,
           "{\"model\":{\"type\":\"BPE\",\"vocab\":%s,\"merges\":%s},"
           "\"pre_tokenizer\":{\"type\":\"ByteLevel\",\"add_prefix_space\":false}%s}",
           vocab, merges, more);
  put("tokenizer.json", text);
}

static void put_wordpiece(const char *model, const char *more) {
  char text[2048];
  snprintf(text, sizeof text,
           "{\"model\":{\"type\":\"WordPiece\",\"vocab\":{\"[UNK]\":0,\"a\":1}%s},"
           "\"pre_tokenizer\":{\"type\":\"BertPreTokenizer\"}%s}",
           model, more);
  put("tokenizer.json", text);
}

static void refuses_missing_files(void **state) {
  (void)state;
  assert_refused(ENG_GPT2, "expected tokenizer.json, vocab.json with merges.txt, or vocab.txt", craft->folder);
  put("vocab.json", "{\"a\":0}");
  assert_refused(ENG_GPT2, "merges.txt", "");
  put("merges.txt", "a b\n");
  assert_refused(ENG_GPT2, "expected tokenizer.json", "found none");
}

static void refuses_what_is_no_file(void **state) {
  (void)state;
  assert_int_equal(mkdir(craft_path(craft, "tokenizer.json"), 0700), 0);
  assert_refused(ENG_GPT2, "tokenizer.json", "");
  put("vocab.txt", "a\n");
  assert_int_equal(chmod(craft_path(craft, "vocab.txt"), 0), 0);
  if (geteuid() != 0) assert_refused(ENG_BERT, "vocab.txt", "");
  craft_clear(craft);
}

static void refuses_bad_json(void **state) {
  (void)state;
  put("tokenizer.json", "{\"model\":{\"type\":\"BPE\",");
  assert_refused(ENG_GPT2, "tokenizer.json", "expected JSON");
  put("tokenizer.json", "[1]");
  assert_refused(ENG_GPT2, "expected an object", "found an array");
  put("tokenizer.json", "");
  assert_refused(ENG_GPT2, "tokenizer.json", "");
  size_t n = 200000;
  char *deep = malloc(n);
  assert_non_null(deep);
  memset(deep, '[', n);
  craft_bytes(craft, "tokenizer_config.json", deep, n);
  free(deep);
  put("vocab.txt", "a\n");
  assert_refused(ENG_BERT, "tokenizer_config.json", "levels");
  put("tokenizer.json", "{\"model\":{\"type\":\"Unigram\",\"vocab\":[]}}");
  assert_refused(ENG_GPT2, "expected BPE or WordPiece", "Unigram");
  put("tokenizer.json", "{}");
  assert_refused(ENG_GPT2, "vocab", "found nothing");
}

static void refuses_holes_and_duplicates(void **state) {
  (void)state;
  put_bpe("{\"a\":0,\"b\":2}", "[]", "");
  assert_refused(ENG_GPT2, "for every id from 0 to 2", "none for 1");
  put_bpe("{\"a\":0,\"b\":0}", "[]", "");
  assert_refused(ENG_GPT2, "found 0", "\"a\"");
  put_bpe("{\"a\":0,\"a\":1}", "[]", "");
  assert_refused(ENG_GPT2, "duplicate", "a");
  put_bpe("{\"a\":-1}", "[]", "");
  assert_refused(ENG_GPT2, "at least 0", "-1");
  put_bpe("{\"a\":0.5}", "[]", "");
  assert_refused(ENG_GPT2, "expected an id", "0.5");
  put_bpe("{\"a\":0,\"b\":99999999999999999999}", "[]", "");
  assert_refused(ENG_GPT2, "tokenizer.json", "b");
  put_bpe("{}", "[]", "");
  assert_refused(ENG_GPT2, "vocab", "an object");
  put_bpe("[[\"a\",0]]", "[]", "");
  assert_refused(ENG_GPT2, "vocab", "an array");
}

static void refuses_tokens_beyond_the_model(void **state) {
  (void)state;
  put_bpe("{\"a\":0,\"b\":8}", "[]", "");
  assert_refused(ENG_GPT2, "size 8", "found 8");
  const char *all = "{\"a\":0,\"b\":1,\"c\":2,\"d\":3,\"e\":4,\"f\":5,\"g\":6,\"h\":7}";
  put_bpe(all, "[]", "");
  assert_accepted(ENG_GPT2);
  put_bpe(all, "[]", ",\"added_tokens\":[{\"id\":8,\"content\":\"<pad>\",\"special\":true}]");
  assert_refused(ENG_GPT2, "<pad>", "size 8, found 8");
  put_bpe(all, "[]", "");
  put("tokenizer_config.json", "{\"pad_token\":\"<pad>\"}");
  assert_refused(ENG_GPT2, "<pad>", "size 8, found 8");
  put_bpe(all, "[]", ",\"added_tokens\":[{\"id\":4000000000000,\"content\":\"<pad>\",\"special\":true}]");
  assert_refused(ENG_GPT2, "<pad>", "4000000000000");
}

static void refuses_bad_added_tokens(void **state) {
  (void)state;
  const char *vocab = "{\"a\":0,\"b\":1}";
  put_bpe(vocab, "[]", ",\"added_tokens\":[{\"id\":5,\"content\":\"<x>\"}]");
  assert_refused(ENG_GPT2, "<x>", "expected id 2, found 5");
  put_bpe(vocab, "[]", ",\"added_tokens\":[{\"id\":1,\"content\":\"a\"}]");
  assert_refused(ENG_GPT2, "expected id 0", "found 1");
  put_bpe(vocab, "[]", ",\"added_tokens\":[{\"id\":2}]");
  assert_refused(ENG_GPT2, "added_tokens", "content");
  put_bpe(vocab, "[]", ",\"added_tokens\":[{\"content\":\"<x>\"}]");
  assert_refused(ENG_GPT2, "added_tokens", "expected an id");
  put_bpe(vocab, "[]", ",\"added_tokens\":[{\"id\":2,\"content\":\"<x>\",\"lstrip\":3}]");
  assert_refused(ENG_GPT2, "lstrip", "true or false");
  put_bpe(vocab, "[]", "");
  put("tokenizer_config.json", "{\"added_tokens_decoder\":{\"x\":{\"content\":\"<x>\"}}}");
  assert_refused(ENG_GPT2, "added_tokens_decoder", "\"x\"");
  char text[1400], name[1100];
  memset(name, 'x', sizeof name);
  name[sizeof name - 1] = '\0';
  snprintf(text, sizeof text, ",\"added_tokens\":[{\"id\":2,\"content\":\"%s\"}]", name);
  put_bpe(vocab, "[]", text);
  assert_refused(ENG_GPT2, "at most 1024 bytes", "1099");
}

static void refuses_bad_merges(void **state) {
  (void)state;
  const char *vocab = "{\"a\":0,\"b\":1,\"ab\":2}";
  put_bpe(vocab, "[\"a b\",[\"a\",\"b\"]]", "");
  assert_accepted(ENG_GPT2);
  put_bpe(vocab, "[\"a c\"]", "");
  assert_refused(ENG_GPT2, "merges", "\"c\"");
  put_bpe(vocab, "[[\"b\",\"a\"]]", "");
  assert_refused(ENG_GPT2, "merges", "\"ba\"");
  put_bpe(vocab, "[\"ab\"]", "");
  assert_refused(ENG_GPT2, "two pieces and a space", "\"ab\"");
  put_bpe(vocab, "[[\"a\",\"b\",\"ab\"]]", "");
  assert_refused(ENG_GPT2, "pairs of pieces", "an array");
  put_bpe(vocab, "[7]", "");
  assert_refused(ENG_GPT2, "pairs of pieces", "7");
  put_bpe(vocab, "null", "");
  assert_refused(ENG_GPT2, "merges", "null");
  put("vocab.json", vocab);
  put("merges.txt", "#version: 0.2\na b\n\n");
  assert_accepted(ENG_GPT2);
  put("vocab.json", vocab);
  put("merges.txt", "a b\n\na b\n");
  assert_refused(ENG_GPT2, "line 2", "found nothing");
  put("vocab.json", vocab);
  put("merges.txt", "a b ab\n");
  assert_refused(ENG_GPT2, "merges.txt", "\"a b ab\"");
  put("vocab.json", vocab);
  put("merges.txt", "a \xFF\n");
  assert_refused(ENG_GPT2, "merges.txt", "0xFF at offset 2");
}

static void refuses_bad_vocab_lists(void **state) {
  (void)state;
  const char *good = "[UNK]\n[CLS]\n[SEP]\na\n";
  put("vocab.txt", good);
  assert_accepted(ENG_BERT);
  put("vocab.txt", "[UNK]\r\n[CLS]\r\n[SEP]\r\na");
  assert_accepted(ENG_BERT);
  put("vocab.txt", "[UNK]\n[CLS]\n\n[SEP]\n");
  assert_refused(ENG_BERT, "vocab.txt", "none for 2");
  put("vocab.txt", "[UNK]\n[CLS]\n[SEP]\n[CLS]\n");
  assert_refused(ENG_BERT, "[CLS]", "1 and 3");
  put("vocab.txt", "[UNK]\n\xED\xA0\x80\n");
  assert_refused(ENG_BERT, "UTF-8", "offset 6");
  craft_bytes(craft, "vocab.txt", "[UNK]\na\0b\n", 10);
  assert_refused(ENG_BERT, "NUL", "line 2");
  put("vocab.txt", "");
  assert_refused(ENG_BERT, "vocab.txt", "found none");
  put("vocab.txt", "[CLS]\n[SEP]\na\n");
  assert_refused(ENG_BERT, "unk_token", "no such piece");
  put("vocab.txt", "[UNK]\n[SEP]\na\na2\na3\na4\na5\na6\n");
  assert_refused(ENG_BERT, "cls_token", "no such piece");
  put("vocab.txt", "0\n1\n2\n3\n4\n5\n6\n7\n8\n");
  assert_refused(ENG_BERT, "size 8", "found 8");
  put("vocab.txt", good);
  put("tokenizer_config.json", "{\"tokenizer_class\":\"BertJapaneseTokenizer\"}");
  assert_refused(ENG_BERT, "tokenizer_class", "BertJapaneseTokenizer");
  put("vocab.txt", good);
  put("tokenizer_config.json", "{\"do_lower_case\":\"yes\"}");
  assert_refused(ENG_BERT, "do_lower_case", "\"yes\"");
}

static void refuses_what_is_not_implemented(void **state) {
  (void)state;
  static const char *const options[] = {"\"dropout\":0.1", "\"byte_fallback\":true",
                                        "\"end_of_word_suffix\":\"</w>\"", "\"continuing_subword_prefix\":\"##\""};
  static const char *const parts[] = {"normalizer", "decoder", "post_processor"};
  char text[256];
  for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
    snprintf(text, sizeof text, "[],%s", options[i]);
    put_bpe("{\"a\":0}", text, "");
    assert_refused(ENG_GPT2, "not implemented", "tokenizer.json");
  }
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    snprintf(text, sizeof text, ",\"%s\":{\"type\":\"Exotic\"}", parts[i]);
    put_bpe("{\"a\":0}", "[]", text);
    assert_refused(ENG_GPT2, parts[i], "Exotic");
  }
  put("tokenizer.json", "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[]},"
                        "\"pre_tokenizer\":{\"type\":\"Metaspace\"}}");
  assert_refused(ENG_GPT2, "pre_tokenizer", "Metaspace");
  put("tokenizer.json", "{\"model\":{\"type\":\"WordPiece\",\"vocab\":{\"[UNK]\":0}},"
                        "\"pre_tokenizer\":{\"type\":\"Punctuation\",\"behavior\":\"Removed\"}}");
  assert_refused(ENG_BERT, "behavior", "Removed");
}

static void refuses_bad_wordpiece(void **state) {
  (void)state;
  put_wordpiece("", "");
  assert_accepted(ENG_BERT);
  put_wordpiece(",\"unk_token\":\"<unk>\"", "");
  assert_refused(ENG_BERT, "unk_token", "<unk>");
  put_wordpiece(",\"max_input_chars_per_word\":-1", "");
  assert_refused(ENG_BERT, "max_input_chars_per_word", "-1");
  put_wordpiece(",\"continuing_subword_prefix\":\"0123456789012345678901234567890123456789\"", "");
  assert_refused(ENG_BERT, "continuing_subword_prefix", "found 40");
  put_wordpiece("",
                ",\"post_processor\":{\"type\":\"BertProcessing\",\"sep\":[\"[SEP]\",7],\"cls\":[\"[CLS]\",0]}");
  assert_refused(ENG_BERT, "post_processor", "found 7");
  put_wordpiece("",
                ",\"post_processor\":{\"type\":\"TemplateProcessing\",\"single\":[{\"Sequence\":{\"id\":\"C\"}}]}");
  assert_refused(ENG_BERT, "post_processor", "sequence A or B");
  put_wordpiece("", ",\"post_processor\":{\"type\":\"TemplateProcessing\",\"single\":"
                    "[{\"SpecialToken\":{\"id\":\"[CLS]\",\"type_id\":0}}],\"special_tokens\":{}}");
  assert_refused(ENG_BERT, "post_processor", "[CLS]");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(refuses_missing_files),
      cmocka_unit_test(refuses_what_is_no_file),
      cmocka_unit_test(refuses_bad_json),
      cmocka_unit_test(refuses_holes_and_duplicates),
      cmocka_unit_test(refuses_tokens_beyond_the_model),
      cmocka_unit_test(refuses_bad_added_tokens),
      cmocka_unit_test(refuses_bad_merges),
      cmocka_unit_test(refuses_bad_vocab_lists),
      cmocka_unit_test(refuses_what_is_not_implemented),
      cmocka_unit_test(refuses_bad_wordpiece),
  };
  return cmocka_run_group_tests(tests, begin, craft_end);
}
