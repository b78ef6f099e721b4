/* What the budget of memory lets through, and that what is taken comes back. */
#include "engine/arena.h"
#include "engine/budget.h"
#include "engine/model.h"
#include "engine/tensor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
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
  eng_budget_limit(1000);
  assert_false(eng_model_ready(model, &err));
  assert_non_null(strstr(err.message, "weights: expected at most 1000 bytes"));
  assert_int_equal(eng_budget_used(), 0);
  eng_budget_limit((size_t)1 << 30);
  assert_true(eng_model_ready(model, &err) && eng_model_ready(model, &err));
  assert_int_equal(eng_budget_used(), eng_model_cache_bytes(model));
  eng_model_release(model);
  assert_int_equal(eng_budget_used(), 0);
}

static void encoding_counts_while_it_lasts(void **state) {
  (void)state;
  EngError err = {""};
  EngTokenizer *tokenizer = eng_tokenizer_open(FIXTURES "/tokenizers/bpe_json", NULL, NULL, &err);
  EngEncoding encoding;
  assert_non_null(tokenizer);
  eng_budget_limit(1000);
  assert_false(
      eng_tokenizer_encode(tokenizer, "The doctor asked", 16, NULL, 0, (EngEncodeOptions){0}, &encoding, &err));
  assert_non_null(strstr(err.message, "text: expected at most 1000 bytes"));
  assert_true(eng_tokenizer_encode(tokenizer, "doctor", 6, NULL, 0, (EngEncodeOptions){0}, &encoding, &err));
  assert_int_equal(eng_budget_used(), 0);
  eng_encoding_free(&encoding);
  eng_tokenizer_free(tokenizer);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_teardown(counts_up_to_the_limit, no_limit),
      cmocka_unit_test_teardown(only_half_is_spare, no_limit),
      cmocka_unit_test_teardown(widened_weights_count, no_limit),
      cmocka_unit_test_teardown(encoding_counts_while_it_lasts, no_limit),
      cmocka_unit_test_teardown(tensors_count, no_limit),
      cmocka_unit_test_teardown(arenas_count_until_the_pool_closes, no_limit),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
