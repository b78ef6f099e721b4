/* Merged attention: against NumPy (tests/make/merge_cases.py), and against closed forms. */
#include "craft.h"

#include "engine/safetensors.h"
#include "engine/source.h"

#include <math.h>

enum { ALL_HEADS = 0xFF };

static EngMerge merge_of(EngMergeKind kind) {
  return (EngMerge){.kind = kind, .heads = {ALL_HEADS}, .n_picked = 2, .picked = {{0, 1}, {1, 2}}};
}

static EngSource *open_source(const char *path) {
  EngError err = {{0}};
  EngSource *source = eng_source_open(path, &err);
  if (!source) fail_msg("%s", err.message);
  return source;
}

static EngSource *derive(EngSource *base, EngMerge merge) {
  EngError err = {{0}};
  EngSource *made = eng_source_derive(base, &merge, &err);
  if (!made) fail_msg("%s", err.message);
  assert_int_equal(eng_source_layers_done(made), 0);
  assert_true(eng_source_behind(made));
  uint64_t before = eng_source_version(made);
  if (!eng_source_advance(made, NULL, &err)) fail_msg("%s", err.message);
  assert_false(eng_source_behind(made));
  assert_true(eng_source_version(made) > before);
  assert_int_equal(eng_source_layers_done(made), eng_source_block(made, 0)->n_layers);
  return made;
}

static float at(EngTensor t, int i, int j) { return t.data[i * t.stride[0] + j * t.stride[1]]; }

/* Every pattern of the source's first block, one after the other in the file. */
static void assert_numbers(EngSource *source, const EngSafetensors *file, const char *name) {
  const EngSafetensor *tensor = eng_safetensors_find(file, name);
  if (!tensor) fail_msg("%s: no such case", name);
  const EngBlock *block = eng_source_block(source, 0);
  size_t n = (size_t)block->n_rows * (size_t)block->n_columns;
  assert_int_equal(tensor->count, n * (size_t)block->n_layers * (size_t)block->n_heads);
  float *expected = malloc(tensor->count * sizeof *expected), most = 0;
  assert_true(eng_safetensor_widen(tensor, expected));
  for (int layer = 0; layer < block->n_layers; layer++)
    for (int head = 0; head < block->n_heads; head++) {
      EngTensor pattern = eng_source_pattern(source, 0, layer, head);
      const float *from = expected + (size_t)(layer * block->n_heads + head) * n;
      for (int i = 0; i < block->n_rows; i++)
        for (int j = 0; j < block->n_columns; j++)
          most = fmaxf(most, fabsf(at(pattern, i, j) - from[i * block->n_columns + j]));
    }
  if (most > 1e-6f) fail_msg("%s: differs by %g", name, (double)most);
  free(expected);
}

static const struct {
  const char *name;
  EngMerge merge;
} cases[] = {
    {"heads.mean", {.kind = ENG_MERGE_HEADS, .heads = {ALL_HEADS}}},
    {"heads.max", {.kind = ENG_MERGE_HEADS, .heads = {ALL_HEADS}, .maximum = true}},
    {"two_heads.mean", {.kind = ENG_MERGE_HEADS, .heads = {5}}},
    {"layers.mean", {.kind = ENG_MERGE_LAYERS}},
    {"layers.max", {.kind = ENG_MERGE_LAYERS, .maximum = true}},
    {"all.mean", {.kind = ENG_MERGE_ALL, .heads = {ALL_HEADS}}},
    {"all.max", {.kind = ENG_MERGE_ALL, .heads = {ALL_HEADS}, .maximum = true}},
    {"rollout", {.kind = ENG_MERGE_ROLLOUT, .heads = {ALL_HEADS}}},
    {"words", {.words = true}},
    {"words.rollout", {.kind = ENG_MERGE_ROLLOUT, .heads = {ALL_HEADS}, .words = true}},
    {"renormalised", {.renormalise = true}},
    {"words.heads.renormalised",
     {.kind = ENG_MERGE_HEADS, .heads = {ALL_HEADS}, .words = true, .renormalise = true}},
};

static void is_what_numpy_says(void **state) {
  (void)state;
  const char *const files[] = {"pair", "causal"};
  EngSafetensors *expected = eng_safetensors_open(FIXTURES "/merged.safetensors", NULL);
  assert_non_null(expected);
  for (int f = 0; f < 2; f++) {
    char path[512], name[64];
    snprintf(path, sizeof path, FIXTURES "/views/%s.safetensors", files[f]);
    EngSource *base = open_source(path);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
      EngSource *made = derive(base, cases[i].merge);
      snprintf(name, sizeof name, "%s.%s", files[f], cases[i].name);
      assert_numbers(made, expected, name);
      eng_source_release(made);
    }
    eng_source_release(base);
  }
  eng_safetensors_close(expected);
}

static void says_what_it_is(void **state) {
  (void)state;
  EngSource *base = open_source(FIXTURES "/views/pair.safetensors");
  const char *const names[] = {"1.2", "1.mean", "mean.2", "mean", "1.rollout", "mean"};
  for (EngMergeKind kind = ENG_MERGE_HEADS; kind < ENG_MERGE_KINDS; kind++) {
    char name[48];
    EngSource *made = derive(base, merge_of(kind));
    const EngBlock *block = eng_source_block(made, 0);
    int layer = block->n_layers > 1 ? 1 : 0, head = block->n_heads > 1 ? 2 : 0;
    assert_string_equal(eng_block_name(block, layer, head, name, sizeof name), names[kind]);
    assert_false(block->has_qk || block->has_v || block->d_head);
    assert_string_equal(eng_source_name(made), eng_source_name(base));
    assert_ptr_equal(eng_source_input(made), eng_source_input(base));
    assert_ptr_equal(eng_source_base(made), base);
    eng_source_release(made);
  }
  EngMerge keeps = {.renormalise = true};
  EngSource *made = derive(base, keeps);
  assert_true(eng_source_block(made, 0)->has_qk);
  EngTensor ours = eng_source_queries(made, 2, 1, 0), its = eng_source_queries(base, 2, 1, 0);
  assert_ptr_equal(ours.data, its.data);
  assert_int_equal(ours.shape[0], its.shape[0]);
  eng_source_release(made);
  eng_source_release(base);
}

/* The blocks of a pair are slices of the merged whole, cut where its words are. */
static void cuts_blocks_out_of_words(void **state) {
  (void)state;
  EngSource *base = open_source(FIXTURES "/views/pair.safetensors");
  EngSource *made = derive(base, (EngMerge){.words = true});
  const EngBlock *all = eng_source_block(made, 0), *bb = eng_source_block(made, 4), *ab = eng_source_block(made, 2);
  assert_int_equal(all->n_rows, 7);
  assert_string_equal(all->rows[5].text, "longer");
  assert_int_equal(bb->n_rows, 3);
  assert_int_equal(bb->row_start, 4);
  assert_int_equal(ab->n_rows, 4);
  assert_int_equal(ab->n_columns, 3);
  EngTensor whole = eng_source_pattern(made, 0, 1, 2), slice = eng_source_pattern(made, 2, 1, 2);
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < 3; j++) assert_true(at(slice, i, j) == at(whole, i, 4 + j));
  assert_int_equal(eng_source_place(made, 0, false, 6), 5);
  assert_int_equal(eng_source_place(made, 4, true, 3), 2);
  assert_int_equal(eng_source_token(made, 0, true, 6), 7);
  assert_int_equal(eng_source_token(made, 4, false, 1), 1);
  eng_source_release(made);
  assert_int_equal(eng_source_place(base, 0, false, 6), 6);
  eng_source_release(base);
}

enum { T = 5, H = 2, L = 3 };

/* A record of L layers with H heads of T tokens, each pattern filled by `fill`. */
static EngSource *craft_record(Craft *craft, float (*fill)(int i, int j)) {
  static float numbers[H * T * T];
  char names[L][64];
  EngSafetensorsEntry entries[L];
  for (int i = 0; i < H * T * T; i++) numbers[i] = fill(i / T % T, i % T);
  for (int layer = 0; layer < L; layer++) {
    snprintf(names[layer], sizeof names[layer], "blocks.%d.attn.hook_pattern", layer);
    entries[layer].name = names[layer];
    entries[layer].tensor = eng_tensor_view(numbers, 3, (size_t[]){H, T, T});
  }
  assert_true(eng_safetensors_write(craft_path(craft, "made.safetensors"), entries, L, NULL, 0, NULL));
  return open_source(craft->path);
}

static float identity(int i, int j) { return i == j; }
static float uniform(int i, int j) { return j <= i ? 1.0f / (float)(i + 1) : 0; }
static float first(int i, int j) { return (void)i, j == 0; }
static float next(int i, int j) { return j == (i + 1) % T; }

static void identity_rolls_out_to_itself(void **state) {
  EngSource *base = craft_record(*state, identity), *made = derive(base, merge_of(ENG_MERGE_ROLLOUT));
  for (int layer = 0; layer < L; layer++)
    for (int i = 0; i < T; i++)
      for (int j = 0; j < T; j++)
        assert_float_equal(at(eng_source_pattern(made, 0, layer, 0), i, j), (float)(i == j), 0);
  eng_source_release(made);
  eng_source_release(base);
}

/* Of a head that looks at the next token, around a ring: layer l mixes l + 1 halves, binomially; of one that looks
 * at the first, (1/2)^(l + 1) stays. */
static void rollouts_have_their_closed_forms(void **state) {
  const float binomial[L][L + 1] = {{1, 1, 0, 0}, {1, 2, 1, 0}, {1, 3, 3, 1}};
  EngSource *base = craft_record(*state, next), *made = derive(base, merge_of(ENG_MERGE_ROLLOUT));
  for (int layer = 0; layer < L; layer++)
    for (int i = 0; i < T; i++)
      for (int k = 0; k <= L; k++)
        assert_float_equal(at(eng_source_pattern(made, 0, layer, 0), i, (i + k) % T),
                           binomial[layer][k] / (float)(2 << layer), 1e-7);
  eng_source_release(made);
  eng_source_release(base);
  base = craft_record(*state, first), made = derive(base, merge_of(ENG_MERGE_ROLLOUT));
  for (int layer = 0; layer < L; layer++)
    for (int i = 1; i < T; i++) {
      EngTensor rollout = eng_source_pattern(made, 0, layer, 0);
      assert_float_equal(at(rollout, i, i), 1 / (float)(2 << layer), 1e-7);
      assert_float_equal(at(rollout, i, 0), 1 - 1 / (float)(2 << layer), 1e-7);
    }
  eng_source_release(made);
  eng_source_release(base);
}

/* Uniform causal attention without its first key is uniform over one key less; its first row is empty. */
static void what_is_left_sums_to_one(void **state) {
  EngSource *base = craft_record(*state, uniform), *made = derive(base, (EngMerge){.renormalise = true});
  EngTensor pattern = eng_source_pattern(made, 0, 2, 1);
  for (int i = 0; i < T; i++)
    for (int j = 0; j < T; j++) assert_float_equal(at(pattern, i, j), j > 0 && j <= i ? 1 / (float)i : 0, 1e-6);
  eng_source_release(made);
  eng_source_release(base);
}

static void rows_of_a_mean_sum_to_one(void **state) {
  (void)state;
  EngSource *base = open_source(FIXTURES "/views/pair.safetensors");
  for (EngMergeKind kind = ENG_MERGE_NONE; kind < ENG_MERGE_KINDS; kind++) {
    EngMerge merge = merge_of(kind);
    merge.words = true;
    EngSource *made = derive(base, merge);
    const EngBlock *block = eng_source_block(made, 0);
    EngTensor pattern = eng_source_pattern(made, 0, block->n_layers - 1, block->n_heads - 1);
    for (int i = 0; i < block->n_rows; i++) {
      double sum = 0;
      for (int j = 0; j < block->n_columns; j++) sum += (double)at(pattern, i, j);
      assert_float_equal(sum, 1, 1e-6);
    }
    eng_source_release(made);
  }
  eng_source_release(base);
}

static void refuses_to_merge_no_head(void **state) {
  (void)state;
  EngError err = {{0}};
  EngSource *base = open_source(FIXTURES "/views/pair.safetensors");
  EngMerge merge = {.kind = ENG_MERGE_HEADS, .heads = {1 << 5}};
  assert_null(eng_source_derive(base, &merge, &err));
  assert_non_null(strstr(err.message, "heads: expected one to merge, found none of 0 to 2"));
  eng_source_release(base);
}

static void stops_when_told_to(void **state) {
  (void)state;
  EngError err = {{0}};
  EngCancel cancel = {false};
  EngSource *base = open_source(FIXTURES "/views/pair.safetensors");
  EngMerge merge = merge_of(ENG_MERGE_HEADS);
  EngSource *made = eng_source_derive(base, &merge, &err);
  eng_cancel_raise(&cancel);
  assert_false(eng_source_advance(made, &cancel, &err));
  assert_int_equal(eng_source_layers_done(made), 0);
  assert_true(eng_source_advance(made, NULL, &err)); /* and goes on where it was */
  assert_int_equal(eng_source_layers_done(made), 2);
  eng_source_release(made);
  eng_source_release(base);
}

static void names_are_read_back(void **state) {
  (void)state;
  EngMergeKind kind;
  for (EngMergeKind k = ENG_MERGE_NONE; k < ENG_MERGE_KINDS; k++)
    assert_true(eng_merge_parse(eng_merge_name(k), &kind) && kind == k);
  assert_false(eng_merge_parse("mean", &kind));
  EngMerge a = {.maximum = true}, b = {.heads = {3}};
  assert_true(eng_merge_equal(&a, &b) && eng_merge_is_nothing(&a));
  a.kind = b.kind = ENG_MERGE_LAYERS;
  assert_false(eng_merge_equal(&a, &b));
  a.maximum = false;
  assert_true(eng_merge_equal(&a, &b));
  a.kind = b.kind = ENG_MERGE_ROLLOUT;
  assert_false(eng_merge_equal(&a, &b));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, craft_begin, craft_end)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(is_what_numpy_says),
      TEST(says_what_it_is),
      TEST(cuts_blocks_out_of_words),
      TEST(identity_rolls_out_to_itself),
      TEST(rollouts_have_their_closed_forms),
      TEST(what_is_left_sums_to_one),
      TEST(rows_of_a_mean_sum_to_one),
      TEST(refuses_to_merge_no_head),
      TEST(stops_when_told_to),
      TEST(names_are_read_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
