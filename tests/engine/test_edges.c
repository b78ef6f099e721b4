/* Edges in ranges of weight and distance, against a plain walk over all cells; what a pass that only looks sees,
 * and where one with fewer layers ends. */
#include "runs.h"

#include "engine/edges.h"

static bool fits(const EngEdgeRule *rule, int q, int k, float weight) {
  if (rule->causal && k > q) return false;
  return q - k >= rule->distance.from && q - k <= rule->distance.to && (double)weight >= rule->weight.from &&
         (double)weight <= rule->weight.to;
}

static void finds_what_a_walk_finds(void **state) {
  (void)state;
  float cells[9 * 9];
  for (int i = 0; i < 81; i++) cells[i] = (float)((i * 37) % 10) / 10;
  EngTensor pattern = eng_tensor_view(cells, 2, (size_t[]){9, 9});
  const EngEdgeRule rules[] = {
      {{0.5, 1}, {0, 8}, true},
      {{0, 1}, {-INFINITY, INFINITY}, false},
      {{0, INFINITY}, {-INFINITY, 3}, true},
      {{0, 0.25}, {-3, -1}, false},
      {{0.3, 0.5}, {1, 1}, true},
      {{0, 1}, {5, 2}, true},
      {{0, 1}, {20, 30}, false},
      {{0, 1}, {-30, -20}, false},
  };
  for (size_t r = 0; r < sizeof rules / sizeof *rules; r++) {
    EngEdges edges = {0};
    size_t n = 0;
    assert_true(eng_edges_find(&edges, &pattern, &rules[r], 3, 4, NULL));
    for (int q = 0; q < 9; q++)
      for (int k = 0; k < 9; k++) {
        if (!fits(&rules[r], q, k, cells[q * 9 + k])) continue;
        assert_true(n < edges.n);
        assert_int_equal(edges.list[n].query, q);
        assert_int_equal(edges.list[n].key, k);
        assert_int_equal(edges.list[n].layer, 3);
        assert_int_equal(edges.list[n].head, 4);
        n++;
      }
    assert_int_equal(n, edges.n);
    eng_edges_free(&edges);
  }
}

static void sorts_as_the_text_goes(void **state) {
  (void)state;
  EngEdge list[] = {{1, 1, 2, 1, 0}, {0, 2, 2, 1, 0}, {0, 1, 2, 1, 0}, {5, 5, 2, 0, 0}, {9, 9, 1, 1, 0}};
  EngEdges edges = {list, 5, 5};
  eng_edges_sort(&edges);
  assert_int_equal(list[0].layer, 9);
  assert_int_equal(list[1].layer, 5);
  assert_int_equal(list[2].head, 1);
  assert_int_equal(list[3].head, 2);
  assert_int_equal(list[4].layer, 1);
}

typedef struct Seen {
  const EngRun *kept; /* what each pattern must be */
  int n;
} Seen;

static bool look(void *context, EngActivation id, int layer, int sequence, EngTensor value, EngError *err) {
  (void)err;
  Seen *seen = context;
  if (id != ENG_ACT_PATTERN) return true;
  EngTensor same = get(seen->kept, sequence, id, layer);
  for (size_t i = 0; i < eng_tensor_size(&value); i++) assert_true(at(&value, i) == at(&same, i));
  seen->n++;
  return true;
}

static void a_pass_that_looks_sees_what_is_kept(void **state) {
  (void)state;
  EngModel *model = open_tiny("gpt2");
  EngInput *inputs[] = {some_ids(model, 1, 0, 9), some_ids(model, 2, 0, 21)};
  EngSequence sequences[] = {{.input = inputs[0]}, {.input = inputs[1]}};
  EngRunSpec spec = {.sequences = sequences, .n_sequences = 2};
  keep(&spec, model, "pattern");
  keep(&spec, model, "q");
  EngRun *kept = forward(model, &spec);
  EngArenaPool pool;
  eng_arena_pool_init(&pool);
  for (int layers = 1; layers <= eng_model_config(model)->n_layers; layers++) {
    Seen seen = {kept, 0};
    EngRunSpec looks = {.sequences = sequences,
                        .n_sequences = 2,
                        .tap = look,
                        .tap_context = &seen,
                        .tap_looks = true,
                        .n_layers = layers,
                        .arenas = &pool};
    eng_run_release(forward(model, &looks));
    assert_int_equal(seen.n, 2 * layers);
    seen.n = 0;
    looks.until = ENG_ACT_PATTERN;
    keep(&looks, model, "q");
    EngRun *early = forward(model, &looks);
    assert_int_equal(seen.n, 2 * layers);
    EngTensor q = get(early, 1, ENG_ACT_Q, layers - 1), same = get(kept, 1, ENG_ACT_Q, layers - 1);
    for (size_t i = 0; i < eng_tensor_size(&q); i++) assert_true(at(&q, i) == at(&same, i));
    eng_run_release(early);
    assert_true(eng_arena_pool_bytes(&pool) > 0);
  }
  eng_arena_pool_close(&pool);
  eng_run_release(kept);
  eng_input_release(inputs[0]);
  eng_input_release(inputs[1]);
  eng_model_release(model);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(finds_what_a_walk_finds),
      cmocka_unit_test(sorts_as_the_text_goes),
      cmocka_unit_test(a_pass_that_looks_sees_what_is_kept),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
