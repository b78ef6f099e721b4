/* Every recorded string: the same ids, types, ranges and decodings as Hugging Face. */
#include "engine/json.h"
#include "engine/map.h"
#include "engine/tokenizer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FOLDER FIXTURES "/tokenizers/"

typedef struct Fixture {
  const char *name;
  const char *folder;
  EngArchId arch;
  size_t least; /* lines that must be there, so that an empty file is no success */
} Fixture;

typedef struct Text {
  const char *at;
  size_t length;
} Text;

static Text text_of(const EngJson *value) {
  Text text = {0};
  text.at = eng_json_text(value, &text.length);
  return text;
}

static void print_ids(const char *who, const EngJson *ids) {
  print_error("  %s:", who);
  for (size_t i = 0; i < eng_json_size(ids); i++) {
    int64_t id = -1;
    eng_json_integer(eng_json_at(ids, i), &id);
    print_error(" %lld", (long long)id);
  }
  print_error("\n");
}

static void print_difference(const Fixture *fixture, size_t line, const char *what, const EngJson *expected,
                             const EngEncoding *found) {
  print_error("%s, string %zu: other %s\n", fixture->name, line, what);
  print_ids("expected ids", eng_json_at(expected, 3));
  print_error("  found ids:");
  for (size_t i = 0; i < found->n_tokens; i++) print_error(" %d", found->tokens[i].id);
  print_error("\n  expected ranges, found:");
  for (size_t i = 0; i < found->n_tokens; i++)
    print_error(" [%zu,%zu)", found->tokens[i].start, found->tokens[i].stop);
  print_error("\n");
}

static bool number_is(const EngJson *array, size_t i, int64_t found) {
  int64_t expected = -1;
  return eng_json_integer(eng_json_at(array, i), &expected) && expected == found;
}

/* One character a token, NULL for all '0'. */
static bool letter_is(Text letters, size_t i, int found) {
  char letter = !letters.at ? '0' : i < letters.length ? letters.at[i] : '?';
  return found == (letter == '-' ? -1 : letter - '0');
}

/* What differs first, or NULL. */
static const char *difference(const EngJson *expected, const EngEncoding *found) {
  const EngJson *ids = eng_json_at(expected, 3), *ranges = eng_json_at(expected, 4);
  Text types = text_of(eng_json_at(expected, 5)), sentences = text_of(eng_json_at(expected, 6));
  if (eng_json_size(ids) != found->n_tokens) return "number of ids";
  for (size_t i = 0; i < found->n_tokens; i++) {
    EngEncoded token = found->tokens[i];
    if (!number_is(ids, i, token.id)) return "ids";
    if (!number_is(ranges, 2 * i, (int64_t)token.start) || !number_is(ranges, 2 * i + 1, (int64_t)token.stop))
      return "ranges";
    if (!letter_is(types, i, token.type)) return "types";
    if (!letter_is(sentences, i, token.sentence)) return "sentences";
  }
  return NULL;
}

static bool decodes(const EngTokenizer *tokenizer, const EngEncoding *encoding, Text expected) {
  int *ids = calloc(encoding->n_tokens + 1, sizeof *ids);
  for (size_t i = 0; i < encoding->n_tokens; i++) ids[i] = encoding->tokens[i].id;
  size_t length = 0;
  char *text = eng_tokenizer_decode(tokenizer, ids, encoding->n_tokens, &length, NULL);
  bool same = text && length == expected.length && memcmp(text, expected.at, length) == 0;
  if (!same) print_error("decoded to \"%s\"\n", text ? text : "nothing");
  free(text);
  free(ids);
  return same;
}

static bool check_line(const Fixture *fixture, const EngTokenizer *tokenizer, const EngJson *expected,
                       size_t line) {
  Text text = text_of(eng_json_at(expected, 0)), pair = text_of(eng_json_at(expected, 1));
  Text decoded = text_of(eng_json_at(expected, 7));
  const char *options = text_of(eng_json_at(expected, 2)).at;
  EngEncodeOptions wanted = {.special = !strchr(options, 'n'), .bos = strchr(options, 'b') != NULL};
  EngEncoding found = {0};
  EngError err = {{0}};
  if (!eng_tokenizer_encode(tokenizer, text.at, text.length, pair.at, pair.length, wanted, &found, &err)) {
    print_error("%s, string %zu: %s\n", fixture->name, line, err.message);
    return false;
  }
  const char *what = difference(expected, &found);
  if (!what && !decodes(tokenizer, &found, decoded.at ? decoded : text)) what = "decoding";
  if (what) print_difference(fixture, line, what, expected, &found);
  eng_encoding_free(&found);
  return !what;
}

/* Returns the number of lines; `wrong` counts those that differ. */
static size_t check_lines(const Fixture *fixture, const EngTokenizer *tokenizer, const EngMap *map, size_t *wrong) {
  size_t n = 0;
  const char *at = (const char *)map->data, *end = at + map->size;
  for (const char *stop; at < end && (stop = memchr(at, '\n', (size_t)(end - at))); at = stop + 1) {
    EngError err = {{0}};
    EngJson *expected = eng_json_parse(at, (size_t)(stop - at), fixture->name, &err);
    if (!expected) fail_msg("%s", err.message);
    *wrong += !check_line(fixture, tokenizer, expected, n++);
    eng_json_free(expected);
  }
  return n;
}

static void equals_the_reference(void **state) {
  const Fixture *fixture = *state;
  char path[512];
  EngError err = {{0}};
  EngConfig config = {.arch = fixture->arch, .d_vocab = 5000, .bos_token_id = -1};
  EngTokenizer *tokenizer = eng_tokenizer_open(fixture->folder, &config, NULL, &err);
  if (!tokenizer) fail_msg("%s", err.message);
  EngMap map = {0};
  snprintf(path, sizeof path, FOLDER "%s.jsonl", fixture->name);
  if (!eng_map_open(&map, path, &err)) fail_msg("%s", err.message);
  size_t wrong = 0, n = check_lines(fixture, tokenizer, &map, &wrong);
  eng_map_close(&map);
  eng_tokenizer_free(tokenizer);
  assert_int_equal(wrong, 0);
  assert_true(n >= fixture->least);
}

static Fixture fixtures[] = {
    {"novella", HEADSCOPE_SOURCE "/models/novella", ENG_GPT2, 2000},
    {"bpe_files", FOLDER "bpe_files", ENG_GPT2, 250},
    {"bpe_decoder", FOLDER "bpe_decoder", ENG_GPT2, 250},
    {"bpe_json", FOLDER "bpe_json", ENG_GPT2, 250},
    {"bert_uncased", FOLDER "bert_uncased", ENG_BERT, 2000},
    {"bert_cased", FOLDER "bert_cased", ENG_BERT, 250},
    {"bpe_digits", FOLDER "bpe_digits", ENG_GPT2, 120},
    {"bert_steps", FOLDER "bert_steps", ENG_BERT, 120},
    {"bert_vocab", FOLDER "bert_vocab", ENG_BERT, 250},
    {"bert_vocab_cased", FOLDER "bert_vocab_cased", ENG_BERT, 250},
    {"bert_vocab_accents", FOLDER "bert_vocab_accents", ENG_BERT, 250},
};

int main(void) {
  enum { N = sizeof fixtures / sizeof *fixtures };
  struct CMUnitTest tests[N];
  for (size_t i = 0; i < N; i++)
    tests[i] = (struct CMUnitTest){fixtures[i].name, equals_the_reference, NULL, NULL, &fixtures[i]};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
