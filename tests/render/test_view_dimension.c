/* The order of dimensions against sums over every pair in double precision, written out as they are defined. */
#include "render/view_fixture.h"

#include "engine/safetensors.h"
#include "render/view_dimension.h"
#include "render/view_distance.h"

#include <stdio.h>
#include <unistd.h>

static float value(EngTensor t, int i, int j) { return t.data[i * t.stride[0] + j * t.stride[1]]; }

/* Whether a pair attends and its key is not left out; its distance. */
static bool pair_counts(const RenScene *scene, int i, int j, int *distance) {
  const EngBlock *block = scene->block;
  int row = block->row_start + i, column = block->column_start + j;
  *distance = abs(row - column);
  return !(block->causal && column > row) && !(scene->state->sink_hidden && eng_block_sink(block, j));
}

static double contribution(const RenScene *scene, const RenVectors *v, int d) {
  double sum = 0, n = 0;
  int distance;
  for (int i = 0; i < scene->block->n_rows; i++)
    for (int j = 0; j < scene->block->n_columns; j++) {
      if ((scene->query >= 0 && i != scene->query) || !pair_counts(scene, i, j, &distance)) continue;
      sum += fabs((double)value(v->q, i, d) * (double)value(v->k, j, d));
      n++;
    }
  return n > 0 ? sum / n : 0;
}

static double weight(const RenScene *scene, const RenVectors *v, int d) {
  double plain = 0, n = 0, weighted = 0, total = 0;
  int distance;
  for (int j = 0; scene->query >= 0 && j < scene->block->n_columns; j++) {
    if (!pair_counts(scene, scene->query, j, &distance)) continue;
    double product = (double)value(v->q, scene->query, d) * (double)value(v->k, j, d);
    double share = (double)value(v->weights, scene->query, j);
    plain += product, n++, weighted += share * product, total += share;
  }
  return n > 0 && total > 0 ? weighted / total - plain / n : 0;
}

/* Two passes: means, then deviations from them. */
static double correlation(const RenScene *scene, const RenVectors *v, int d) {
  double mean_x = 0, mean_d = 0, n = 0, xx = 0, dd = 0, xd = 0;
  int distance;
  for (int pass = 0; pass < 2; pass++) {
    for (int i = 0; i < scene->block->n_rows; i++)
      for (int j = 0; j < scene->block->n_columns; j++) {
        if (!pair_counts(scene, i, j, &distance)) continue;
        double x = (double)value(v->q, i, d) * (double)value(v->k, j, d);
        if (pass == 0) {
          mean_x += x, mean_d += distance, n++;
        } else {
          xx += (x - mean_x) * (x - mean_x), dd += (distance - mean_d) * (distance - mean_d);
          xd += (x - mean_x) * (distance - mean_d);
        }
      }
    if (pass == 0 && n > 0) mean_x /= n, mean_d /= n;
  }
  return xx > 0 && dd > 0 ? xd / sqrt(xx * dd) : 0;
}

static double defined(const RenScene *scene, const RenVectors *vectors, int order, int d) {
  if (order == REN_ORDER_WEIGHT) return weight(scene, vectors, d);
  return order == REN_ORDER_DISTANCE ? correlation(scene, vectors, d) : contribution(scene, vectors, d);
}

static void check_scores(Stage *stage) {
  RenScene scene;
  assert_true(ren_scene_read(&scene, &stage->state, stage->source, stage->frame));
  RenVectors vectors = ren_vectors_of(&scene);
  for (int order = 0; order < REN_ORDER_COUNT; order++)
    for (int d = 0; d < vectors.d_head; d++) {
      double expected = defined(&scene, &vectors, order, d);
      double found = (double)ren_dimensions_score(&scene, &vectors, (RenOrder)order, d);
      if (fabs(found - expected) > 2e-5 * fmax(1, fabs(expected)))
        fail_msg("%s of dimension %d: expected %g, found %g", ren_order_name((RenOrder)order), d, expected, found);
    }
}

/* Causal or not, every part of a pair, the sink shown or hidden, with and without a query. */
static void scores_are_what_they_are_defined_as(void **unused) {
  (void)unused;
  const char *const files[] = {"pair", "causal", "scripts"};
  for (int f = 0; f < 3; f++) {
    Stage stage = stage_open(files[f], 640, 400);
    int n_blocks = eng_source_n_blocks(stage.source);
    for (int block = 0; block < n_blocks; block++)
      for (int sink = 0; sink < 2; sink++)
        for (int token = -1; token < 4; token++) {
          stage.state.block = block, stage.state.sink_hidden = sink, stage.state.token = token;
          stage.state.layer = 1, stage.state.head = 2;
          check_scores(&stage);
        }
    stage_close(&stage);
  }
}

/* --- sources of other widths */

static EngTensor random_tensor(size_t a, size_t b, size_t c, uint32_t *seed) {
  EngTensor tensor;
  assert_true(eng_tensor_new(&tensor, 3, (const size_t[]){a, b, c}, NULL));
  for (size_t i = 0; i < a * b * c; i++) {
    *seed = *seed * 1664525U + 1013904223U;
    tensor.data[i] = (float)(*seed >> 8) / 8388608.0F - 1;
  }
  return tensor;
}

/* One layer of one head, causal; rows of the pattern are equal weights. */
static Stage stage_of_width(size_t n_tokens, size_t d_head) {
  char path[] = P_tmpdir "/headscope-dimension-XXXXXX";
  uint32_t seed = 7;
  EngSafetensorsEntry entries[] = {{"blocks.0.attn.hook_pattern", random_tensor(1, n_tokens, n_tokens, &seed)},
                                   {"blocks.0.attn.hook_q", random_tensor(n_tokens, 1, d_head, &seed)},
                                   {"blocks.0.attn.hook_k", random_tensor(n_tokens, 1, d_head, &seed)},
                                   {"blocks.0.attn.hook_v", random_tensor(n_tokens, 1, d_head, &seed)}};
  float *pattern = entries[0].tensor.data;
  for (size_t i = 0; i < n_tokens; i++)
    for (size_t j = 0; j < n_tokens; j++) pattern[i * n_tokens + j] = j <= i ? 1 / (float)(i + 1) : 0;
  Stage stage = stage_open(NULL, 1280, 400);
  EngError err = {""};
  close(mkstemp(path));
  assert_true(eng_safetensors_write(path, entries, 4, NULL, 0, &err));
  for (int i = 0; i < 4; i++) eng_tensor_release(&entries[i].tensor);
  stage.source = eng_source_open(path, &err);
  unlink(path);
  if (stage.source == NULL) fail_msg("%s", err.message);
  stage.state.expanded = true;
  ren_state_fit(&stage.state, stage.source);
  return stage;
}

static const size_t widths[] = {1, 20, 64, 128};

/* Of any width: scores, and what is drawn is whole. */
static void heads_of_any_width(void **unused) {
  (void)unused;
  for (int w = 0; w < 4; w++) {
    Stage stage = stage_of_width(40, widths[w]);
    stage.state.token = 30;
    stage.state.dimensions =
        (RenDimensionState){.selected = (int)widths[w] - 1, .order = REN_ORDER_DISTANCE, .top = 8, .values = true};
    check_scores(&stage);
    stage_draw(&stage, REN_VIEW_NEURON);
    stage_find(&stage, REN_ID_STRIP_QK, 2, 0, 0);
    stage_find(&stage, REN_ID_STRIP_V, 2, 0, 0);
    for (int d = 0; d < (int)widths[w]; d++) stage_find(&stage, REN_ID_DIM, d, 0, 0);
    stage_find(&stage, REN_ID_DIM_Q, 39, 0, 0);
    stage_close(&stage);
  }
}

static RenDimensions rank(Stage *stage, RenOrder order, RenRest rest, int top, int selected) {
  RenScene scene;
  RenDimensions dimensions;
  stage->state.dimensions = (RenDimensionState){.selected = selected, .order = order, .rest = rest, .top = top};
  assert_true(ren_scene_read(&scene, &stage->state, stage->source, stage->frame));
  RenVectors vectors = ren_vectors_of(&scene);
  assert_true(ren_dimensions_rank(&scene, &vectors, &dimensions));
  return dimensions;
}

/* Every number once, the largest first, and equal ones as their numbers are. */
static void the_order_falls_and_is_stable(void **unused) {
  (void)unused;
  Stage stage = stage_of_width(20, 64);
  stage.state.token = 12;
  for (int order = REN_ORDER_CONTRIBUTION; order < REN_ORDER_COUNT; order++) {
    bool seen[64] = {false};
    RenDimensions dimensions = rank(&stage, (RenOrder)order, REN_REST_SHOWN, 8, -1);
    assert_int_equal(dimensions.n, 64);
    for (int i = 0; i < 64; i++) {
      assert_false(seen[dimensions.at[i].number]);
      seen[dimensions.at[i].number] = true;
      assert_true(i == 0 || fabsf(dimensions.at[i].score) <= fabsf(dimensions.at[i - 1].score));
      assert_int_equal(dimensions.is_first[i], i < 8);
      assert_int_equal(dimensions.is_rest[i], i >= 8);
    }
  }
  stage.state.token = -1; /* without a query no dimension moves its weights */
  RenDimensions equal = rank(&stage, REN_ORDER_WEIGHT, REN_REST_SHOWN, 8, -1);
  for (int i = 0; i < 64; i++) assert_int_equal(equal.at[i].number, i);
  stage_close(&stage);
}

/* In the order of numbers the first are those with the largest contribution; the selected one always shows. */
static void the_rest_is_hidden(void **unused) {
  (void)unused;
  Stage stage = stage_of_width(20, 64);
  stage.state.token = 12;
  RenDimensions sorted = rank(&stage, REN_ORDER_CONTRIBUTION, REN_REST_SHOWN, 5, -1);
  int last = sorted.at[63].number;
  RenDimensions few = rank(&stage, REN_ORDER_NUMBER, REN_REST_HIDDEN, 5, last);
  assert_int_equal(few.n, 6);
  for (int i = 0; i < 6; i++) {
    int place = ren_dimensions_place(&sorted, few.at[i].number);
    assert_true(i == 0 || few.at[i].number > few.at[i - 1].number);
    assert_true(place < 5 || few.at[i].number == last);
    assert_int_equal(few.is_first[i], place < 5);
  }
  assert_int_equal(ren_dimensions_place(&few, sorted.at[20].number), -1);
  stage_close(&stage);
}

/* Means by distance against every pair. */
static void means_by_distance(void **unused) {
  (void)unused;
  Stage stage = stage_open("pair", 640, 400);
  for (int block = 0; block < 5; block++) {
    RenScene scene;
    RenDistances distances;
    stage.state.block = block;
    assert_true(ren_scene_read(&scene, &stage.state, stage.source, stage.frame));
    RenVectors vectors = ren_vectors_of(&scene);
    assert_true(ren_distances_of(&scene, &vectors, 3, &distances));
    int most = 0;
    for (int n = 0; n < 8; n++) {
      double sum = 0;
      int pairs = 0, distance;
      for (int i = 0; i < scene.block->n_rows; i++)
        for (int j = 0; j < scene.block->n_columns; j++)
          if (pair_counts(&scene, i, j, &distance) && distance == n)
            sum += (double)value(vectors.q, i, 3) * (double)value(vectors.k, j, 3), pairs++;
      if (pairs == 0) continue;
      most = n + 1;
      assert_int_equal(distances.pairs[n], pairs);
      assert_true(fabs((double)distances.mean[n] - sum / pairs) < 1e-5);
    }
    assert_int_equal(distances.n, most);
  }
  stage_close(&stage);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(scores_are_what_they_are_defined_as),
      cmocka_unit_test(heads_of_any_width),
      cmocka_unit_test(the_order_falls_and_is_stable),
      cmocka_unit_test(the_rest_is_hidden),
      cmocka_unit_test(means_by_distance),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
