/* What the budget of memory lets through, and that what is taken comes back. */
#include "engine/arena.h"
#include "engine/budget.h"
#include "engine/json.h"
#include "engine/model.h"
#include "engine/tensor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int no_limit(void **state) {
  (void)state;
  eng_budget_limit(0);
  return 0;
}

static void counts_up_to_the_limit(void **state) {
  (void)state;
  eng_budget_limit(100);
  assert_true(eng_budget_take(60));
  assert_false(eng_budget_take(41));
  assert_false(eng_budget_take(SIZE_MAX));
  assert_true(eng_budget_take(40));
  assert_int_equal(eng_budget_used(), 100);
  eng_budget_give(100);
  assert_int_equal(eng_budget_used(), 0);
}

static void tensors_count(void **state) {
  (void)state;
  EngTensor one, two;
  EngError err = {""};
  eng_budget_limit(1000);
  assert_true(eng_tensor_new(&one, 1, (size_t[]){200}, &err));
  assert_int_equal(eng_budget_used(), 800);
  assert_false(eng_tensor_new(&two, 2, (size_t[]){3, 17}, &err));
  assert_non_null(strstr(err.message, "at most 1000 bytes"));
  assert_non_null(strstr(err.message, "204 more"));
  EngTensor again = eng_tensor_retain(one);
  eng_tensor_release(&one);
  assert_int_equal(eng_budget_used(), 800);
  eng_tensor_release(&again);
  assert_int_equal(eng_budget_used(), 0);
}

static void arenas_count_until_the_pool_closes(void **state) {
  (void)state;
  EngArenaPool pool;
  EngArena arena;
  EngError err = {""};
  eng_arena_pool_init(&pool);
  eng_budget_limit(8192);
  assert_false(eng_arena_take(&pool, &arena, 8193, &err));
  assert_int_equal(eng_budget_used(), 0);
  assert_true(eng_arena_take(&pool, &arena, 4096, &err));
  eng_arena_give(&pool, &arena);
  assert_int_equal(eng_budget_used(), 4096);
  assert_true(eng_arena_take(&pool, &arena, 8192, &err)); /* the spare one makes room */
  eng_arena_give(&pool, &arena);
  eng_arena_pool_close(&pool);
  assert_int_equal(eng_budget_used(), 0);
}

static void only_half_is_spare(void **state) {
  (void)state;
  eng_budget_limit(100);
  assert_false(eng_budget_take_spare(51));
  assert_true(eng_budget_take_spare(50));
  assert_false(eng_budget_take_spare(1));
  assert_int_equal(eng_budget_used(), 50);
  eng_budget_give(50);
  eng_budget_limit(0);
  assert_true(eng_budget_take_spare(1000));
  eng_budget_give(1000);
}

/* F16 is widened at the first run, and goes with the model. */
static void widened_weights_count(void **state) {
  (void)state;
  EngError err = {""};
  EngModel *model = eng_model_open(FIXTURES "/tiny/gpt2-f16", &err);
  assert_non_null(model);
  size_t header = eng_budget_used(); /* of the file, which names its tensors */
  eng_budget_limit(header + 1000);
  assert_false(eng_model_ready(model, &err));
  assert_non_null(strstr(err.message, "weights: expected at most"));
  assert_int_equal(eng_budget_used(), header);
  eng_budget_limit((size_t)1 << 30);
  assert_true(eng_model_ready(model, &err) && eng_model_ready(model, &err));
  assert_int_equal(eng_budget_used(), header + eng_model_cache_bytes(model));
  eng_model_release(model);
  assert_int_equal(eng_budget_used(), 0);
}

static void encoding_counts_while_it_lasts(void **state) {
  (void)state;
  EngError err = {""};
  EngTokenizer *tokenizer = eng_tokenizer_open(FIXTURES "/tokenizers/bpe_json", NULL, NULL, &err);
  EngEncoding encoding;
  assert_non_null(tokenizer);
  size_t kept = eng_budget_used();
  eng_budget_limit(kept + 1000);
  assert_false(
      eng_tokenizer_encode(tokenizer, "The doctor asked", 16, NULL, 0, (EngEncodeOptions){0}, &encoding, &err));
  assert_non_null(strstr(err.message, "text: expected at most"));
  assert_true(eng_tokenizer_encode(tokenizer, "doctor", 6, NULL, 0, (EngEncodeOptions){0}, &encoding, &err));
  assert_int_equal(eng_budget_used(), kept);
  eng_encoding_free(&encoding);
  eng_tokenizer_free(tokenizer);
  assert_int_equal(eng_budget_used(), 0);
}

/* Vocabulary, merges and added tokens, in every form of file; JSON only while it is read. */
static void tokenizers_count(void **state) {
  (void)state;
  const char *const folders[] = {"bpe_json", "bpe_files", "bert_cased", "bert_vocab"};
  for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
    char folder[512];
    EngError err = {""};
    snprintf(folder, sizeof folder, "%s/tokenizers/%s", FIXTURES, folders[i]);
    eng_budget_limit(0);
    EngTokenizer *tokenizer = eng_tokenizer_open(folder, NULL, NULL, &err);
    assert_non_null(tokenizer);
    size_t kept = eng_budget_used();
    assert_true(kept > 1000);
    eng_tokenizer_free(tokenizer);
    assert_int_equal(eng_budget_used(), 0);
    eng_budget_limit(kept - 1);
    assert_null(eng_tokenizer_open(folder, NULL, NULL, &err));
    assert_non_null(strstr(err.message, "memory for"));
    assert_int_equal(eng_budget_used(), 0);
  }
}

static void json_counts_until_it_is_freed(void **state) {
  (void)state;
  EngError err = {""};
  const char text[] = "{\"a\": [1, 2, 3], \"b\": {\"c\": \"some text\"}}";
  eng_budget_limit(300);
  assert_null(eng_json_parse(text, sizeof text - 1, "f.json", &err));
  assert_non_null(strstr(err.message, "f.json: JSON: expected at most 300 bytes"));
  assert_int_equal(eng_budget_used(), 0);
  eng_budget_limit(100000);
  EngJson *root = eng_json_parse(text, sizeof text - 1, "f.json", &err);
  assert_true(root && eng_budget_used() > 300);
  size_t held = eng_budget_used();
  char *printed = eng_json_print(root, 0);
  assert_string_equal(printed, text);
  free(printed);
  assert_int_equal(eng_budget_used(), held);
  eng_json_free(root);
  assert_int_equal(eng_budget_used(), 0);
}

static void grown_memory_counts(void **state) {
  (void)state;
  eng_budget_limit(1000);
  char *text = eng_budget_realloc(NULL, 0, 100);
  memcpy(text, "kept", 5);
  text = eng_budget_realloc(text, 100, 500);
  assert_int_equal(eng_budget_used(), 500);
  assert_null(eng_budget_realloc(text, 500, 600)); /* both are there for a moment */
  assert_string_equal(text, "kept");
  assert_int_equal(eng_budget_used(), 500);
  eng_budget_free(text, 500);
  assert_int_equal(eng_budget_used(), 0);
}

int main(void) {
  eng_json_count();
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_teardown(counts_up_to_the_limit, no_limit),
      cmocka_unit_test_teardown(only_half_is_spare, no_limit),
      cmocka_unit_test_teardown(widened_weights_count, no_limit),
      cmocka_unit_test_teardown(encoding_counts_while_it_lasts, no_limit),
      cmocka_unit_test_teardown(tokenizers_count, no_limit),
      cmocka_unit_test_teardown(json_counts_until_it_is_freed, no_limit),
      cmocka_unit_test_teardown(grown_memory_counts, no_limit),
      cmocka_unit_test_teardown(tensors_count, no_limit),
      cmocka_unit_test_teardown(arenas_count_until_the_pool_closes, no_limit),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
