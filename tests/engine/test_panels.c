/* Panels that stay packed: filled by the third product, read by the later ones, never changing a bit. */
#include "engine/panels.h"

#include "engine/budget.h"

#include "engine/ops.h"
#include "runs.h"

#include <string.h>

enum { ROWS = 70, PRODUCTS = 5 };

static float *numbers(size_t n, uint32_t seed) {
  float *x = malloc(n * sizeof *x);
  assert_non_null(x);
  for (size_t i = 0; i < n; i++) {
    seed = seed * 1664525u + 1013904223u;
    x[i] = (float)(seed >> 8) / (float)(1 << 24) - 0.5f;
  }
  return x;
}

/* The same product without panels, then PRODUCTS times with them. */
static void same_bits(const EngOps *ops, size_t n, size_t k, bool out_major) {
  float *a = numbers(ROWS * k, 1), *b = numbers(n * k, 2), *c = numbers(ROWS * n, 3), *want = numbers(ROWS * n, 4);
  float *scratch = aligned_alloc(64, ENG_GEMM_SCRATCH * sizeof(float));
  EngPanels panels = {.data = numbers((n + 15) / 16 * 16 * k, 5)};
  EngGemm g = {.m = ROWS, .n = n, .k = k, .a = a, .b = b, .c = want, .lda = k, .ldb = out_major ? k : n, .ldc = n};
  g.out_major = out_major, g.alpha = 1;
  assert_true(ops->gemm(&g, scratch, NULL));
  g.c = c, g.panels = &panels;
  for (int i = 0; i < PRODUCTS; i++) {
    memset(c, 0, ROWS * n * sizeof *c);
    assert_true(ops->gemm(&g, scratch, NULL));
    assert_memory_equal(c, want, ROWS * n * sizeof *c);
    assert_int_equal(atomic_load(&panels.state), ops->lanes == 4 ? 0 : i < 2 ? i + 1 : ops->lanes);
  }
  if (ops->lanes > 4) { /* what is read is the panels and not B */
    memset(b, 0, n * k * sizeof *b);
    assert_true(ops->gemm(&g, scratch, NULL));
    assert_memory_equal(c, want, ROWS * n * sizeof *c);
  }
  free(a), free(b), free(c), free(want), free(scratch), free(panels.data);
}

static void products_stay_the_same(void **state) {
  static const size_t SIZES[][2] = {{48, 384}, {192, 769}, {211, 60}, {300, 800}, {7, 3}};
  (void)state;
  for (EngLevel level = ENG_SCALAR; level < ENG_LEVELS; level++)
    for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++)
      for (int out_major = 0; eng_ops_level(level) && out_major < 2; out_major++)
        same_bits(eng_ops_level(level), SIZES[i][0], SIZES[i][1], out_major);
}

static void one_product_fills_and_others_wait(void **state) {
  EngPanels panels = {0};
  (void)state;
  assert_int_equal(eng_panels_use(NULL, 8), ENG_PANELS_NONE);
  assert_int_equal(eng_panels_use(&panels, 8), ENG_PANELS_NONE);
  assert_int_equal(eng_panels_use(&panels, 16), ENG_PANELS_NONE);
  assert_int_equal(eng_panels_use(&panels, 8), ENG_PANELS_FILL);
  assert_int_equal(eng_panels_use(&panels, 8), ENG_PANELS_NONE);
  eng_panels_filled(&panels, 8, false); /* cancelled: the next one tries */
  assert_int_equal(eng_panels_use(&panels, 8), ENG_PANELS_FILL);
  eng_panels_filled(&panels, 8, true);
  assert_int_equal(eng_panels_use(&panels, 8), ENG_PANELS_READY);
  assert_int_equal(eng_panels_use(&panels, 16), ENG_PANELS_NONE); /* packed for other vectors */
  assert_int_equal(eng_panels_use(&panels, 8), ENG_PANELS_READY);
}

/* Matrices of 400 MB, never touched: the second does not fit beside the first, a small one does. */
static void room_is_bounded(void **state) {
  static const float SOME = 0;
  EngLayer layers[1] = {{.attn_out.w = {&SOME, 10000, 10000, false, NULL},
                         .mlp_in.w = {&SOME, 10000, 10000, true, NULL},
                         .mlp_out.w = {&SOME, 5, 17, false, NULL}}};
  EngWeights weights = {.layers = layers};
  EngPanelStore *store = eng_panels_reserve(&weights, 1);
  (void)state;
  assert_non_null(store);
  assert_null(layers[0].qkv[0].w.panels); /* there is no such matrix */
  assert_null(layers[0].mlp_in.w.panels);
  assert_non_null(layers[0].mlp_out.w.panels);
  assert_int_equal(layers[0].mlp_out.w.panels->bytes, 5 * 32 * sizeof(float));
  assert_int_equal(eng_panels_bytes(store), 0);
  while (eng_panels_use(layers[0].mlp_out.w.panels, 8) != ENG_PANELS_FILL) continue;
  assert_int_equal(eng_panels_bytes(store), 5 * 32 * sizeof(float));
  eng_panels_free(store);
}

/* A model that is run again and again gives the same numbers; the memory is counted from the third run on. */
static void runs_stay_the_same(void **state) {
  static const char *const MODELS[] = {"gpt2", "bert"};
  (void)state;
  for (size_t m = 0; m < 2; m++) {
    EngModel *model = open_tiny(MODELS[m]);
    EngInput *input = some_ids(model, 0, 0, 30);
    EngRun *first = forward_all(model, input, NULL);
    for (int i = 0; i < 4; i++) {
      EngRun *run = forward_all(model, input, NULL);
      assert_close("logits", logits(run, 0), logits(first, 0), 0);
      assert_true((eng_model_cache_bytes(model) > 0) == (i > 0 && eng_ops()->lanes > 4));
      eng_run_release(run);
    }
    eng_run_release(first);
    eng_input_release(input);
    eng_model_release(model);
  }
}

/* What is packed takes from the budget and gives it back, and nothing is once half of it is in use. */
static void packing_is_counted(void **state) {
  (void)state;
  if (eng_ops()->lanes == 4) skip();
  for (int small = 0; small < 2; small++) {
    EngModel *model = open_tiny("gpt2");
    EngInput *input = some_ids(model, 0, 0, 30);
    EngRun *runs[4];
    size_t before = eng_budget_used();
    for (int i = 0; i < 4; i++) {
      runs[i] = forward_all(model, input, NULL);
      if (i == 1) eng_budget_limit(small ? eng_budget_used() + eng_run_arena_bytes(runs[0]) * 2 + 64 : 0);
    }
    size_t packed = eng_budget_used() - before - 4 * eng_run_arena_bytes(runs[0]);
    assert_int_equal(packed, eng_model_cache_bytes(model));
    assert_true(small || packed > 0);
    for (int i = 0; i < 4; i++) eng_run_release(runs[i]);
    eng_input_release(input);
    eng_model_release(model);
    eng_budget_limit(0);
    assert_int_equal(eng_budget_used(), before);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(products_stay_the_same), cmocka_unit_test(one_product_fills_and_others_wait),
      cmocka_unit_test(room_is_bounded),        cmocka_unit_test(runs_stay_the_same),
      cmocka_unit_test(packing_is_counted),
  };
  return cmocka_run_group_tests_name("panels", tests, NULL, NULL);
}
