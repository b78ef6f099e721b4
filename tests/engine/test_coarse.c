/* Patterns made smaller: what lies in them is what reading the whole pattern finds, bit for bit, wherever the
 * pattern came from. */
#include "craft.h"
#include "runs.h"

#include "engine/coarse.h"
#include "engine/safetensors.h"
#include "engine/source.h"

enum { LONG = 301, N_LAYERS = 2, N_HEADS = 2 };

/* Of either sign, many of the same size, some none at all. */
static float value_at(size_t i, size_t j) {
  size_t n = (i * 7919 + j * 104729 + i * j) % 997;
  if (n % 31 == 0) return NAN;
  return ((float)(n % 50) - 25) / 100;
}

/* The value of largest size in a cell; of two of the same size the one above 0. */
static float naive(const EngTensor *pattern, size_t row, size_t column, size_t rows, size_t columns) {
  float most = 0;
  for (size_t i = row * rows; i < (row + 1) * rows && i < pattern->shape[0]; i++)
    for (size_t j = column * columns; j < (column + 1) * columns && j < pattern->shape[1]; j++) {
      float value = pattern->data[(ptrdiff_t)i * pattern->stride[0] + (ptrdiff_t)j * pattern->stride[1]];
      if (fabsf(value) > fabsf(most) || (value > 0 && value == -most)) most = value;
    }
  return most;
}

static void assert_smaller(EngTensor coarse, EngTensor pattern) {
  size_t rows = eng_coarse_size(pattern.shape[0]), columns = eng_coarse_size(pattern.shape[1]);
  assert_non_null(coarse.data);
  assert_int_equal(coarse.rank, 2);
  assert_int_equal(coarse.shape[0], (pattern.shape[0] + rows - 1) / rows);
  assert_int_equal(coarse.shape[1], (pattern.shape[1] + columns - 1) / columns);
  for (size_t i = 0; i < coarse.shape[0]; i++)
    for (size_t j = 0; j < coarse.shape[1]; j++) {
      float expected = naive(&pattern, i, j, rows, columns);
      assert_memory_equal(&coarse.data[i * coarse.shape[1] + j], &expected, sizeof expected);
    }
}

/* Every head of the whole block; the slices have none. */
static void assert_source(const EngSource *source) {
  const EngBlock *block = eng_source_block(source, 0);
  for (int layer = 0; layer < block->n_layers; layer++)
    for (int head = 0; head < block->n_heads; head++) {
      assert_smaller(eng_source_coarse(source, 0, layer, head), eng_source_pattern(source, 0, layer, head));
      for (int i = 1; i < eng_source_n_blocks(source); i++)
        assert_null(eng_source_coarse(source, i, layer, head).data);
    }
}

/* --- alone */

static const size_t lengths[] = {1, 3, 255, 256, 257, 301, 1023, 1024, 1025, 1500};
enum { N_LENGTHS = sizeof lengths / sizeof *lengths };

static float *make_values(size_t rows, size_t columns, bool lower) {
  float *values = malloc(rows * columns * sizeof *values);
  assert_non_null(values);
  for (size_t i = 0; i < rows; i++)
    for (size_t j = 0; j < columns; j++) values[i * columns + j] = lower && j > i ? 0 : value_at(i, j);
  return values;
}

static void few_tokens_need_none(void **state) {
  (void)state;
  for (size_t n = 1, last = 1; n < 20000; n++) {
    size_t size = eng_coarse_size(n);
    assert_true(size >= last && (size & (size - 1)) == 0 && size * 4 <= (n < 256 ? 4 : n));
    last = size;
  }
  assert_int_equal(eng_coarse_floats(5, 255, 1), 0);
  assert_int_equal(eng_coarse_floats(SIZE_MAX / 2, 300, 300), 0);
  assert_in_range(eng_coarse_floats(12, 1024, 1024), 12 * 256 * 256, 12 * 256 * 256 + 2 * 1024);
}

/* Whole patterns, both ways and one, and of another number of rows. */
static void check_whole(size_t rows, size_t columns, bool lower) {
  EngCoarse coarse;
  float *values = make_values(rows, columns, lower);
  EngTensor pattern = eng_tensor_view(values, 2, (const size_t[]){rows, columns});
  assert_true(eng_coarse_new(&coarse, 3, rows, columns, NULL));
  eng_coarse_put(&coarse, 2, 0, &pattern, lower);
  eng_coarse_put(&coarse, 0, 0, &pattern, false);
  if (rows < 256 && columns < 256) {
    assert_null(eng_coarse_get(&coarse, 2).data);
  } else {
    assert_smaller(eng_coarse_get(&coarse, 2), pattern);
    assert_smaller(eng_coarse_get(&coarse, 0), pattern);
  }
  eng_coarse_free(&coarse);
  free(values);
}

static void cells_are_what_they_are_made_of(void **state) {
  (void)state;
  for (int i = 0; i < N_LENGTHS; i++)
    for (int lower = 0; lower < 2; lower++) check_whole(lengths[i], lengths[i], lower);
  check_whole(301, 5, false);
  check_whole(1, 1030, false);
  check_whole(260, 1501, false);
}

/* As a forward pass has them: some rows at a time, which under a causal mask end at their last one's key. */
static void rows_come_one_block_after_the_other(void **state) {
  (void)state;
  for (int i = 0; i < N_LENGTHS; i++) {
    EngCoarse coarse;
    size_t n = lengths[i];
    float *values = make_values(n, n, true);
    EngTensor pattern = eng_tensor_view(values, 2, (const size_t[]){n, n});
    assert_true(eng_coarse_new(&coarse, 1, n, n, NULL));
    for (size_t first = 0; first < n; first += 64) {
      size_t end = first + 64 < n ? first + 64 : n;
      EngTensor rows = eng_tensor_slice(eng_tensor_slice(pattern, 0, first, end), 1, 0, end);
      eng_coarse_put(&coarse, 0, first, &rows, false);
    }
    if (n >= 256) assert_smaller(eng_coarse_get(&coarse, 0), pattern);
    eng_coarse_free(&coarse);
    free(values);
  }
}

/* --- of sources */

/* Two layers of two heads, the second layer's rows the first one's from the end; `shift` makes another file. */
static EngSource *open_record(Craft *craft, const char *name, bool lower, size_t shift, const char *types) {
  static float values[N_LAYERS][N_HEADS][LONG][LONG];
  for (size_t p = 0; p < N_LAYERS * N_HEADS; p++)
    for (size_t i = 0; i < LONG; i++)
      for (size_t j = 0; j < LONG; j++) {
        float value = fabsf(value_at(i + 17 * p + shift, j));
        values[p / N_HEADS][p % N_HEADS][i][j] = isnan(value) || (lower && j > i) ? 0 : value;
      }
  const size_t shape[] = {N_HEADS, LONG, LONG};
  EngSafetensorsEntry entries[] = {
      {"blocks.0.attn.hook_pattern", eng_tensor_view(values[0][0][0], 3, shape)},
      {"blocks.1.attn.hook_pattern", eng_tensor_view(values[1][0][0], 3, shape)},
  };
  EngSafetensorsNote notes[] = {{"token_types", types, types ? strlen(types) : 0}};
  EngError err = {""};
  if (!eng_safetensors_write(craft_path(craft, name), entries, 2, notes, types != NULL, &err))
    fail_msg("%s", err.message);
  EngSource *source = eng_source_open(craft->path, &err);
  if (!source) fail_msg("%s", err.message);
  return source;
}

/* The second sentence begins at token 150, inside a cell. */
static char *pair_note(void) {
  char *note = calloc(1, 4 * LONG);
  assert_non_null(note);
  for (int i = 0; i < LONG; i++) strcat(note, i == 0 ? "[0" : i < 150 ? ",0" : ",1");
  return strcat(note, "]");
}

static void recorded_files_have_them(void **state) {
  EngSource *both = open_record(*state, "both.safetensors", false, 0, NULL),
            *one = open_record(*state, "one.safetensors", true, 0, NULL);
  assert_true(!eng_source_block(both, 0)->lower && eng_source_block(one, 0)->lower);
  assert_source(both);
  assert_source(one);
  eng_source_release(both);
  eng_source_release(one);
}

static void slices_of_a_pair_have_none(void **state) {
  char *note = pair_note();
  EngSource *pair = open_record(*state, "pair.safetensors", false, 3, note);
  assert_int_equal(eng_source_n_blocks(pair), 5);
  assert_source(pair);
  eng_source_release(pair);
  free(note);
}

static void check_merge(EngSource *base, EngMerge merge) {
  EngError err = {""};
  EngSource *made = eng_source_derive(base, &merge, &err);
  if (!made || !eng_source_advance(made, NULL, &err)) fail_msg("%s", err.message);
  assert_source(made);
  eng_source_release(made);
}

static void what_is_merged_has_them(void **state) {
  EngSource *one = open_record(*state, "one.safetensors", true, 0, NULL);
  check_merge(one, (EngMerge){.renormalise = true});
  check_merge(one, (EngMerge){.kind = ENG_MERGE_HEADS, .heads = {3}, .maximum = true});
  check_merge(one, (EngMerge){.kind = ENG_MERGE_LAYERS});
  check_merge(one, (EngMerge){.kind = ENG_MERGE_ROLLOUT, .heads = {3}});
  eng_source_release(one);
}

static void differences_have_them(void **state) {
  EngError err = {""};
  EngSource *a = open_record(*state, "a.safetensors", true, 0, NULL),
            *b = open_record(*state, "b.safetensors", true, 5, NULL);
  EngSource *difference = eng_source_difference(a, b, NULL, &err);
  if (!difference) fail_msg("%s", err.message);
  assert_source(difference);
  eng_source_release(a);
  eng_source_release(b);
  eng_source_release(difference);
}

/* --- of runs */

/* Rows of positions, again and again. */
static EngTensor more_positions(const EngSafetensor *tensor) {
  EngTensor all;
  size_t width = tensor->shape[1];
  assert_true(eng_tensor_new(&all, 2, (const size_t[]){LONG, width}, NULL));
  for (size_t i = 0; i < LONG; i++)
    memcpy(all.data + i * width, tensor->data + i % tensor->shape[0] * width * sizeof(float),
           width * sizeof(float));
  return all;
}

/* The weights of a tiny model, for longer texts. */
static void write_weights(Craft *craft, const char *from, const char *positions) {
  EngError err = {""};
  EngSafetensors *file = eng_safetensors_open(from, &err);
  if (!file) fail_msg("%s", err.message);
  EngSafetensorsEntry entries[64];
  size_t n = eng_safetensors_count(file), at = 0;
  assert_in_range(n, 1, 64);
  for (size_t i = 0; i < n; i++) {
    const EngSafetensor *tensor = eng_safetensors_at(file, i);
    EngTensor view = eng_tensor_view((float *)(uintptr_t)tensor->data, tensor->rank, tensor->shape);
    if (strstr(tensor->name, positions)) at = i, view = more_positions(tensor);
    entries[i] = (EngSafetensorsEntry){tensor->name, view};
  }
  if (!eng_safetensors_write(craft_path(craft, "model.safetensors"), entries, n, NULL, 0, &err))
    fail_msg("%s", err.message);
  eng_tensor_release(&entries[at].tensor);
  eng_safetensors_close(file);
}

static EngModel *open_long(Craft *craft, bool causal) {
  static const char *const configs[] = {
      "{\"architectures\":[\"BertForMaskedLM\"],\"hidden_act\":\"gelu\",\"hidden_size\":60,\"intermediate_size\":"
      "77,"
      "\"layer_norm_eps\":1e-12,\"max_position_embeddings\":301,\"model_type\":\"bert\",\"num_attention_heads\":3,"
      "\"num_hidden_layers\":2,\"tie_word_embeddings\":true,\"type_vocab_size\":2,\"vocab_size\":211}",
      "{\"activation_function\":\"gelu_new\",\"architectures\":[\"GPT2LMHeadModel\"],\"layer_norm_epsilon\":1e-05,"
      "\"model_type\":\"gpt2\",\"n_embd\":60,\"n_head\":3,\"n_inner\":77,\"n_layer\":3,\"n_positions\":301,"
      "\"tie_word_embeddings\":true,\"vocab_size\":211}"};
  EngError err = {""};
  craft_text(craft, "config.json", configs[causal]);
  if (causal)
    write_weights(craft, FIXTURES "/tiny/gpt2/model.safetensors", "wpe");
  else
    write_weights(craft, FIXTURES "/tiny/bert/model.safetensors", "position_embeddings");
  EngModel *model = eng_model_open(craft->folder, &err);
  if (!model) fail_msg("%s", err.message);
  return model;
}

/* Somebody who changes what the heads look at: row 5 to the opposite, and one weight beyond the mask. */
static bool change(void *context, EngActivation id, int layer, int sequence, EngTensor value, EngError *err) {
  (void)context, (void)layer, (void)sequence, (void)err;
  if (id != ENG_ACT_PATTERN) return true;
  for (ptrdiff_t j = 0; j < LONG; j++) value.data[5 * value.stride[1] + j] *= -1;
  value.data[7 * value.stride[1] + 200] = 3;
  return true;
}

static void check_run(EngModel *model, size_t n, EngTap tap) {
  EngInput *input = some_ids(model, 2, 0, n);
  EngSequence sequence = {.input = input};
  EngRunSpec spec = {.sequences = &sequence, .n_sequences = 1, .tap = tap};
  keep(&spec, model, "pattern");
  EngRun *run = forward(model, &spec);
  EngSource *source = eng_source_from_run(run, NULL);
  assert_non_null(source);
  if (n >= 256)
    assert_source(source);
  else
    assert_null(eng_source_coarse(source, 0, 0, 0).data);
  eng_source_release(source);
  eng_run_release(run);
  eng_input_release(input);
}

static void runs_have_them(void **state) {
  for (int causal = 0; causal < 2; causal++) {
    EngModel *model = open_long(*state, causal);
    check_run(model, LONG, NULL);
    check_run(model, LONG - 1, NULL);
    check_run(model, 256, NULL);
    check_run(model, 1, NULL);
    check_run(model, LONG, change);
    eng_model_release(model);
  }
}

/* Who keeps some layers' patterns, or runs several texts, does not pay for them. A layer that is not kept takes as
 * much to be computed. */
static void only_what_is_looked_at_has_them(void **state) {
  EngModel *model = open_long(*state, true);
  EngInput *input = some_ids(model, 2, 0, LONG);
  EngSequence sequences[2] = {{.input = input}, {.input = input}};
  EngRunSpec spec = {.sequences = sequences, .n_sequences = 1};
  keep(&spec, model, "pattern");
  EngRun *one = forward(model, &spec);
  assert_non_null(eng_run_coarse(one, 2, 2).data);
  size_t bytes = eng_run_bytes(model, &spec);
  spec.n_sequences = 2;
  EngRun *two = forward(model, &spec);
  assert_null(eng_run_coarse(two, 2, 2).data);
  spec.n_sequences = 1;
  eng_keep_clear(&spec.keep);
  keep(&spec, model, "blocks.0.attn.hook_pattern");
  keep(&spec, model, "blocks.1.attn.hook_pattern");
  EngRun *some = forward(model, &spec);
  assert_null(eng_run_coarse(some, 1, 0).data);
  size_t coarse = sizeof(float) * eng_coarse_floats(3 * 3, LONG, LONG);
  assert_in_range(bytes - eng_run_bytes(model, &spec), coarse, coarse + 64);
  eng_run_release(one);
  eng_run_release(two);
  eng_run_release(some);
  eng_input_release(input);
  eng_model_release(model);
}

#define CRAFTED(test) cmocka_unit_test_setup_teardown(test, craft_begin, craft_end)

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(few_tokens_need_none),
      cmocka_unit_test(cells_are_what_they_are_made_of),
      cmocka_unit_test(rows_come_one_block_after_the_other),
      CRAFTED(recorded_files_have_them),
      CRAFTED(slices_of_a_pair_have_none),
      CRAFTED(what_is_merged_has_them),
      CRAFTED(differences_have_them),
      CRAFTED(runs_have_them),
      CRAFTED(only_what_is_looked_at_has_them),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
