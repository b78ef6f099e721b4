/* Two runs compared: which tokens stand for each other, and the numbers, against what both sources say. */
#include "engine/alignment.h"
#include "engine/source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST = 16 };

/* One token a letter; an upper case one begins sentence B. */
static EngInput *input_of(const char *letters) {
  static const char *const pieces = "abcdefghijklmnopqrstuvwxyz";
  static char names[26][2];
  EngToken tokens[MOST] = {{0}};
  EngInput fields = {.text = letters, .text_length = strlen(letters), .tokens = tokens, .pair_start = -1};
  for (const char *c = letters; *c; c++) {
    int letter = (*c | 32) - 'a';
    if (*c < 'a') fields.pair_start = fields.n_tokens;
    names[letter][0] = pieces[letter];
    tokens[fields.n_tokens++] = (EngToken){.id = letter, .text = names[letter], .piece = names[letter]};
  }
  EngError err = {0};
  EngInput *input = eng_input_new(&fields, &err);
  if (!input) fail_msg("%s", err.message);
  return input;
}

/* "aa bb x- -y": a token of each sequence, or a dash. */
static void check(const char *first, const char *second, const char *expected) {
  EngError err = {0};
  char found[128] = "";
  EngInput *a = input_of(first), *b = input_of(second);
  EngAlignment *alignment = eng_alignment_new(a, b, &err);
  assert_non_null(alignment);
  for (int i = 0; i < alignment->n_places; i++) {
    const int *token = alignment->places[i].token;
    size_t n = strlen(found);
    snprintf(found + n, sizeof found - n, "%s%s%s", i ? " " : "", token[0] < 0 ? "-" : a->tokens[token[0]].piece,
             token[1] < 0 ? "-" : b->tokens[token[1]].piece);
    if (token[0] >= 0) assert_int_equal(alignment->of[0][token[0]], i);
    if (token[1] >= 0) assert_int_equal(alignment->of[1][token[1]], i);
  }
  assert_string_equal(found, expected);
  eng_alignment_free(alignment);
  eng_input_release(a);
  eng_input_release(b);
}

static void what_both_have_in_order_is_the_same_place(void **unused) {
  (void)unused;
  check("abc", "abc", "aa bb cc");
  check("abcd", "axcd", "aa bx cc dd");
  check("abs", "abh", "aa bb sh");
  check("abcd", "ad", "aa b- c- dd");
  check("ad", "abcd", "aa -b -c dd");
  check("abcxyz", "xyz", "a- b- c- xx yy zz");
  check("", "ab", "-a -b");
  check("abcbd", "acd", "aa b- cc b- dd");
  check("kabl", "mabno", "km aa bb l- -n -o");
}

static void sentences_of_a_pair_are_aligned_apart(void **unused) {
  (void)unused;
  check("abC", "aBc", "aa b- -b cc");
  check("abc", "aBc", "aa bb cc"); /* only one of them is a pair */
}

static EngSource *open_file(const char *path) {
  EngError err = {0};
  EngSource *source = eng_source_open(path, &err);
  if (!source) fail_msg("%s", err.message);
  return source;
}

static const char pair_file[] = FIXTURES "/views/pair.safetensors";

/* The attention of the model that ships to a text. */
static EngSource *run(const char *text) {
  EngError err = {0};
  EngModel *model = eng_model_open(HEADSCOPE_SOURCE "/models/novella", &err);
  if (!model) fail_msg("%s", err.message);
  EngInput *input =
      eng_input_from_text(model, text, strlen(text), NULL, 0, (EngEncodeOptions){.special = true}, &err);
  EngSequence sequence = {.input = input};
  EngRunSpec spec = {.sequences = &sequence, .n_sequences = 1};
  eng_keep_add_attention(&spec.keep, eng_model_config(model));
  EngRun *made = eng_run_new(model, &spec, &err);
  if (!made || !eng_run_forward(made, &err)) fail_msg("%s", err.message);
  EngSource *source = eng_source_from_run(made, &err);
  assert_non_null(source);
  eng_run_release(made);
  eng_input_release(input);
  eng_model_release(model);
  return source;
}

static void run_both(EngSource *of[2]) {
  of[0] = run("The doctor asked the nurse a question. She");
  of[1] = run("The old doctor asked the nurse. He");
}

static float at(EngTensor weights, int i, int j) {
  return weights.data[i * weights.stride[0] + j * weights.stride[1]];
}

/* Every number is what the second has more, or none where one of them lacks a token. */
static void check_head(const EngSource *const of[2], const EngSource *difference, int layer, int head,
                       float *most) {
  float both[2];
  const EngBlock *block = eng_source_block(difference, 0);
  const EngPlace *places = eng_source_alignment(difference)->places;
  EngTensor found = eng_source_pattern(difference, 0, layer, head), a = eng_source_pattern(of[0], 0, layer, head),
            b = eng_source_pattern(of[1], 0, layer, head);
  for (int i = 0; i < block->n_rows; i++)
    for (int j = 0; j < block->n_columns; j++) {
      const int *row = places[i].token, *column = places[j].token;
      bool there = row[0] >= 0 && row[1] >= 0 && column[0] >= 0 && column[1] >= 0;
      assert_int_equal(eng_source_compared(difference, 0, layer, head, i, j, both), there);
      if (!there) {
        assert_true(isnan(at(found, i, j)));
        continue;
      }
      float expected = at(b, row[1], column[1]) - at(a, row[0], column[0]);
      assert_true(at(found, i, j) == expected && both[1] - both[0] == expected);
      *most = fmaxf(*most, fabsf(expected));
    }
}

static void the_numbers_are_what_the_second_has_more(void **unused) {
  (void)unused;
  float most = 0;
  EngError err = {0};
  EngSource *of[2];
  run_both(of);
  EngSource *difference = eng_source_difference(of[0], of[1], NULL, &err);
  if (!difference) fail_msg("%s", err.message);
  const EngBlock *block = eng_source_block(difference, 0);
  assert_true(block->signs && !block->has_qk && block->causal);
  assert_int_equal(block->n_rows, eng_source_alignment(difference)->n_places);
  assert_int_equal(eng_source_input(difference)->n_tokens, block->n_rows);
  for (int layer = 0; layer < block->n_layers; layer++)
    for (int head = 0; head < block->n_heads; head++)
      check_head((const EngSource *const[]){of[0], of[1]}, difference, layer, head, &most);
  assert_true(block->most == most && most > 0);
  assert_string_equal(eng_source_name(difference), eng_source_name(of[0]));
  eng_source_release(of[0]);
  eng_source_release(of[1]);
  assert_int_equal(eng_source_layers_done(difference), block->n_layers); /* it holds both */
  eng_source_release(difference);
}

static void a_run_does_not_differ_from_itself(void **unused) {
  (void)unused;
  EngSource *source = open_file(pair_file);
  EngSource *difference = eng_source_difference(source, source, NULL, NULL);
  assert_non_null(difference);
  assert_int_equal(eng_source_n_blocks(difference), 5);
  assert_true(eng_source_block(difference, 0)->most == 0);
  const EngBlock *ab = eng_source_block(difference, eng_source_find_block(difference, "ab")),
                 *own = eng_source_block(source, eng_source_find_block(source, "ab"));
  assert_int_equal(ab->n_rows, own->n_rows);
  assert_int_equal(ab->column_start, own->column_start);
  EngTensor part = eng_source_pattern(difference, eng_source_find_block(difference, "ab"), 1, 2);
  assert_int_equal(part.shape[1], own->n_columns);
  assert_true(at(part, 0, 0) == 0);
  eng_source_release(source);
  eng_source_release(difference);
}

static void tokens_say_what_they_stand_for(void **unused) {
  (void)unused;
  EngSource *of[2];
  run_both(of);
  EngSource *difference = eng_source_difference(of[0], of[1], NULL, NULL);
  assert_non_null(difference);
  const EngAlignment *alignment = eng_source_alignment(difference);
  const EngInput *input = eng_source_input(difference);
  int n_alone = 0;
  for (int i = 0; i < alignment->n_places; i++) {
    const int *token = alignment->places[i].token;
    if (token[0] < 0) assert_true(input->tokens[i].text[0] == '+');
    if (token[1] < 0) assert_true(input->tokens[i].text[0] == '-');
    n_alone += token[0] < 0 || token[1] < 0;
    if (token[0] < 0 || token[1] < 0) continue;
    bool same =
        eng_token_same(&eng_source_input(of[0])->tokens[token[0]], &eng_source_input(of[1])->tokens[token[1]]);
    assert_int_equal(strchr(input->tokens[i].text, '/') == NULL, same);
  }
  assert_int_equal(alignment->n_alone, n_alone);
  for (int i = 0; i < 2; i++) eng_source_release(of[i]);
  eng_source_release(difference);
}

static void other_shapes_and_cancelled_work_are_refused(void **unused) {
  (void)unused;
  EngError err = {0};
  EngSource *source = open_file(pair_file);
  EngSource *other = open_file(HEADSCOPE_SOURCE "/models/minilm-pair.safetensors");
  assert_null(eng_source_difference(source, other, NULL, &err));
  assert_non_null(strstr(err.message, "expected 2 layers of"));
  EngCancel cancel = {0};
  eng_cancel_raise(&cancel);
  assert_null(eng_source_difference(source, source, &cancel, &err));
  assert_non_null(strstr(err.message, "cancelled"));
  eng_source_release(source);
  eng_source_release(other);
}

/* Its decoder's tokens, and which of its parts would be meant, have no place in an alignment. */
static void attention_of_two_sequences_is_refused(void **unused) {
  (void)unused;
  EngSource *one = open_file(pair_file), *two = open_file(FIXTURES "/views/encoder_decoder.safetensors");
  EngSource *const refused[][2] = {{two, two}, {one, two}, {two, one}};
  for (int i = 0; i < 3; i++) {
    EngError err = {0};
    assert_null(eng_source_difference(refused[i][0], refused[i][1], NULL, &err));
    assert_string_equal(err.message,
                        "t5-tiny: expected attention inside one sequence, found encoder, decoder, cross");
  }
  eng_source_release(one);
  eng_source_release(two);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_both_have_in_order_is_the_same_place),
      cmocka_unit_test(sentences_of_a_pair_are_aligned_apart),
      cmocka_unit_test(the_numbers_are_what_the_second_has_more),
      cmocka_unit_test(a_run_does_not_differ_from_itself),
      cmocka_unit_test(tokens_say_what_they_stand_for),
      cmocka_unit_test(other_shapes_and_cancelled_work_are_refused),
      cmocka_unit_test(attention_of_two_sequences_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
