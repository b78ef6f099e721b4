/* Sources: a run and a record show the same; blocks of a pair are slices of the whole. */
#include "craft.h"

#include "engine/safetensors.h"
#include "engine/source.h"

enum { N_TOKENS = 6, SPLIT = 4 };

static EngRun *run_tiny(const char *name, const int *types, const char *const *keep) {
  char folder[512];
  int ids[N_TOKENS] = {3, 7, 210, 7, 0, 12};
  snprintf(folder, sizeof folder, FIXTURES "/tiny/%s", name);
  EngModel *model = eng_model_open(folder, NULL);
  assert_non_null(model);
  EngInput *input = eng_input_from_ids(model, ids, types, N_TOKENS, NULL);
  EngSequence sequence = {.input = input};
  EngRunSpec spec = {.sequences = &sequence, .n_sequences = 1};
  for (; *keep; keep++) assert_true(eng_keep_add(&spec.keep, *keep, eng_model_config(model), NULL));
  EngRun *run = eng_run_new(model, &spec, NULL);
  assert_non_null(run);
  eng_input_release(input);
  eng_model_release(model);
  return run;
}

static const char *const pattern_q_k[] = {"pattern", "q", "k", NULL};
static const char *const with_values[] = {"pattern", "q", "k", "v", NULL};
static const char *const pattern_only[] = {"pattern", NULL};
static const int pair_types[N_TOKENS] = {0, 0, 0, 0, 1, 1};

static float at(EngTensor t, size_t i, size_t j) {
  return t.data[(ptrdiff_t)i * t.stride[0] + (ptrdiff_t)j * t.stride[1]];
}

static void assert_same(EngTensor a, EngTensor b) {
  assert_int_equal(a.rank, 2);
  assert_int_equal(b.rank, 2);
  assert_int_equal(a.shape[0], b.shape[0]);
  assert_int_equal(a.shape[1], b.shape[1]);
  for (size_t i = 0; i < a.shape[0]; i++)
    for (size_t j = 0; j < a.shape[1]; j++) assert_true(at(a, i, j) == at(b, i, j));
}

static void follows_a_run(void **state) {
  (void)state;
  EngRun *run = run_tiny("gpt2", NULL, pattern_q_k);
  EngSource *source = eng_source_from_run(run, NULL);
  assert_non_null(source);
  assert_int_equal(eng_source_n_blocks(source), 1);
  assert_int_equal(eng_source_layers_done(source), 0);
  uint64_t before = eng_source_version(source);
  assert_true(eng_run_forward(run, NULL));
  assert_int_equal(eng_source_layers_done(source), 3);
  assert_true(eng_source_version(source) > before);
  assert_ptr_equal(eng_source_run(source), run);
  eng_run_release(run); /* the source holds its own */
  const EngBlock *block = eng_source_block(source, 0);
  assert_string_equal(block->key, "all");
  assert_true(block->causal && block->lower && block->has_qk && !block->has_v);
  assert_int_equal(block->d_head, 20);
  assert_int_equal(block->n_columns, N_TOKENS);
  EngTensor pattern = eng_source_pattern(source, 0, 2, 1);
  for (size_t q = 0; q < N_TOKENS; q++) {
    float sum = 0.0f;
    for (size_t k = 0; k < N_TOKENS; k++) sum += at(pattern, q, k);
    assert_float_equal(sum, 1.0f, 1e-5);
    for (size_t k = q + 1; k < N_TOKENS; k++) assert_true(at(pattern, q, k) == 0.0f);
  }
  assert_string_equal(eng_source_name(source), "gpt2");
  assert_string_equal(eng_source_hash(source), "0f2e474283626c92");
  eng_source_release(source);
}

static void cuts_blocks_out_of_a_pair(void **state) {
  (void)state;
  EngRun *run = run_tiny("bert", pair_types, with_values);
  assert_true(eng_run_forward(run, NULL));
  EngSource *source = eng_source_from_run(run, NULL);
  const char *keys[] = {"all", "aa", "ab", "ba", "bb"};
  int rows[] = {0, 0, 0, SPLIT, SPLIT}, columns[] = {0, 0, SPLIT, 0, SPLIT};
  assert_int_equal(eng_source_n_blocks(source), 5);
  assert_int_equal(eng_source_find_block(source, "zz"), -1);
  EngTensor whole = eng_source_pattern(source, 0, 1, 2), queries = eng_source_queries(source, 0, 1, 2);
  EngTensor all_keys = eng_source_keys(source, 0, 1, 2), values = eng_source_values(source, 0, 1, 2);
  for (int b = 0; b < 5; b++) {
    const EngBlock *block = eng_source_block(source, b);
    size_t row = (size_t)rows[b], column = (size_t)columns[b];
    size_t row_end = row + (size_t)block->n_rows, column_end = column + (size_t)block->n_columns;
    assert_int_equal(eng_source_find_block(source, keys[b]), b);
    assert_int_equal(block->row_start, row);
    assert_int_equal(block->column_start, column);
    assert_int_equal(block->rows[0].id, eng_source_input(source)->tokens[row].id);
    assert_same(eng_source_pattern(source, b, 1, 2),
                eng_tensor_slice(eng_tensor_slice(whole, 0, row, row_end), 1, column, column_end));
    assert_same(eng_source_queries(source, b, 1, 2), eng_tensor_slice(queries, 0, row, row_end));
    assert_same(eng_source_keys(source, b, 1, 2), eng_tensor_slice(all_keys, 0, column, column_end));
    assert_same(eng_source_values(source, b, 1, 2), eng_tensor_slice(values, 0, column, column_end));
  }
  assert_int_equal(eng_source_block(source, 1)->n_rows, SPLIT);
  assert_int_equal(eng_source_block(source, 4)->n_columns, N_TOKENS - SPLIT);
  eng_source_release(source);
  eng_run_release(run);
}

/* The run's activations under their full names, as `dump` writes them. */
static const char *record(EngRun *run, Craft *craft) {
  const EngActivation ids[] = {ENG_ACT_PATTERN, ENG_ACT_Q, ENG_ACT_K, ENG_ACT_V};
  EngSafetensorsEntry entries[8];
  EngSafetensorsNote types = {"token_types", "[0,0,0,0,1,1]", 13};
  char names[8][64];
  for (int i = 0; i < 8; i++) {
    eng_activation_full_name(ids[i / 2], i % 2, names[i], sizeof names[i]);
    entries[i].name = names[i];
    assert_true(eng_run_get(run, 0, ids[i / 2], i % 2, &entries[i].tensor, NULL));
  }
  assert_true(eng_safetensors_write(craft_path(craft, "pair.safetensors"), entries, 8, &types, 1, NULL));
  return craft->path;
}

static void shows_a_record_as_its_run(void **state) {
  EngRun *run = run_tiny("bert", pair_types, with_values);
  assert_true(eng_run_forward(run, NULL));
  EngError err = {{0}};
  EngSource *live = eng_source_from_run(run, NULL), *recorded = eng_source_open(record(run, *state), &err);
  if (!recorded) fail_msg("%s", err.message);
  assert_null(eng_source_run(recorded));
  assert_int_equal(eng_source_layers_done(recorded), 2);
  assert_int_equal(eng_source_n_blocks(recorded), 5);
  assert_true(eng_source_version(live) != eng_source_version(recorded));
  assert_false(eng_source_block(recorded, 0)->causal);
  assert_false(eng_source_block(live, 0)->lower || eng_source_block(recorded, 0)->lower);
  assert_true(eng_source_block(live, 0)->has_v && eng_source_block(recorded, 0)->has_v);
  for (int b = 0; b < 5; b++)
    for (int head = 0; head < 3; head++) {
      assert_same(eng_source_pattern(live, b, 1, head), eng_source_pattern(recorded, b, 1, head));
      assert_same(eng_source_queries(live, b, 0, head), eng_source_queries(recorded, b, 0, head));
      assert_same(eng_source_keys(live, b, 1, head), eng_source_keys(recorded, b, 1, head));
      assert_same(eng_source_values(live, b, 1, head), eng_source_values(recorded, b, 1, head));
    }
  EngSource *second = eng_source_retain(recorded);
  eng_source_release(recorded);
  assert_string_equal(eng_source_name(second), "pair.safetensors");
  eng_source_release(second);
  eng_source_release(live);
  eng_run_release(run);
}

static void needs_patterns(void **state) {
  (void)state;
  const char *const q_only[] = {"q", NULL};
  EngError err = {{0}};
  EngRun *run = run_tiny("gpt2", NULL, q_only);
  assert_null(eng_source_from_run(run, &err));
  assert_message(err.message, "pattern");
  eng_run_release(run);
  run = run_tiny("gpt2", NULL, pattern_only);
  EngSource *source = eng_source_from_run(run, &err);
  assert_false(eng_source_block(source, 0)->has_qk);
  assert_int_equal(eng_source_block(source, 0)->d_head, 0);
  eng_source_release(source);
  eng_run_release(run);
  assert_null(eng_source_open(FIXTURES "/tiny/gpt2/model.safetensors", &err));
  assert_message(err.message, "blocks.0.attn.hook_pattern: expected a tensor, found none");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, craft_begin, craft_end)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(follows_a_run),
      TEST(cuts_blocks_out_of_a_pair),
      TEST(shows_a_record_as_its_run),
      TEST(needs_patterns),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
