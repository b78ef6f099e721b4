/* Operations on views that Lua cannot make: negative and zero strides, stacked in odd ways, against plain
 * loops over indices. What NumPy computes is compared in tests/scripting/test_tensor_values.lua. */
#include "engine/tensor_ops.h"
#include "engine/tensor_walk.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { NUMBERS = 4000 };

static float numbers[NUMBERS];

static int set_up(void **state) {
  (void)state;
  for (int i = 0; i < NUMBERS; i++) numbers[i] = (float)((i * 7919) % 1009) / 64 - 7;
  return 0;
}

static float at(const EngTensor *t, const size_t *index) {
  const float *element = t->data;
  for (int axis = 0; axis < t->rank; axis++) element += (ptrdiff_t)index[axis] * t->stride[axis];
  return *element;
}

/* The next index in C order; false after the last. */
static bool next(const EngTensor *t, size_t *index) {
  for (int axis = t->rank - 1; axis >= 0; axis--) {
    if (++index[axis] < t->shape[axis]) return true;
    index[axis] = 0;
  }
  return false;
}

/* Views of `numbers`, each odd in its own way. */
static const EngTensor views[] = {
    {.data = numbers + 3000, .rank = 2, .shape = {5, 9}, .stride = {-40, -3}},
    {.data = numbers + 100, .rank = 3, .shape = {3, 4, 6}, .stride = {0, 7, 1}},
    {.data = numbers + 100, .rank = 3, .shape = {3, 4, 6}, .stride = {1, 0, -11}},
    {.data = numbers + 2000, .rank = 4, .shape = {2, 17, 1, 19}, .stride = {500, -1, 999, 40}},
    {.data = numbers, .rank = 3, .shape = {33, 3, 40}, .stride = {1, 1300, 34}},
    {.data = numbers + 5, .rank = 1, .shape = {50}, .stride = {0}},
    {.data = numbers + 5, .rank = 6, .shape = {2, 1, 2, 3, 2, 2}, .stride = {-1, 0, 2, 4, 0, 12}},
    {.data = numbers, .rank = 0},
    {.data = numbers, .rank = 3, .shape = {4, 0, 6}, .stride = {1, 1, 1}},
};
enum { VIEWS = sizeof views / sizeof *views };

static void copies_every_view(void **state) {
  (void)state;
  for (int k = 0; k < VIEWS; k++) {
    EngTensor copy;
    size_t index[ENG_TENSOR_RANK] = {0};
    assert_true(eng_tensor_copy(&copy, &views[k], NULL));
    assert_true(eng_tensor_is_contiguous(&copy));
    if (eng_tensor_size(&copy) > 0) do
        assert_true(at(&copy, index) == at(&views[k], index));
      while (next(&copy, index));
    eng_tensor_release(&copy);
  }
}

/* Every element is visited once, in C order. */
static void walks_every_view(void **state) {
  (void)state;
  for (int k = 0; k < VIEWS; k++) {
    size_t index[ENG_TENSOR_RANK] = {0}, seen = 0;
    EngWalk walk = eng_walk(1, (const EngTensor *[]){&views[k]});
    for (; walk.n; eng_walk_next(&walk))
      for (size_t i = 0; i < walk.n; i++, seen++, next(&views[k], index))
        assert_true(walk.data[0][(ptrdiff_t)i * walk.step[0]] == at(&views[k], index));
    assert_int_equal(seen, eng_tensor_size(&views[k]));
  }
}

static void contiguous_tensors_are_one_run(void **state) {
  (void)state;
  EngTensor t = eng_tensor_view(numbers, 4, (size_t[]){2, 3, 1, 4});
  EngWalk walk = eng_walk(2, (const EngTensor *[]){&t, &t});
  assert_int_equal(walk.n, 24);
  eng_walk_next(&walk);
  assert_int_equal(walk.n, 0);
}

static void adds_views_to_their_mirror(void **state) {
  (void)state;
  for (int k = 0; k < VIEWS; k++) {
    const EngTensor *v = &views[k];
    EngTensor negative, sum;
    assert_true(eng_tensor_unary(&negative, ENG_NEG, v, NULL));
    assert_true(eng_tensor_binary(&sum, ENG_ADD, v, &negative, NULL));
    assert_int_equal(sum.rank, v->rank);
    for (size_t i = 0; i < eng_tensor_size(&sum); i++) assert_true(sum.data[i] == 0);
    eng_tensor_release(&negative);
    eng_tensor_release(&sum);
  }
}

/* The sum over `axis` at `index` (whose entry for the axis is not looked at). */
static double sum_at(const EngTensor *t, int axis, const size_t *index) {
  size_t moving[ENG_TENSOR_RANK];
  double sum = 0;
  for (int a = 0; a < t->rank; a++) moving[a] = index[a];
  for (moving[axis] = 0; moving[axis] < t->shape[axis]; moving[axis]++) sum += (double)at(t, moving);
  return sum;
}

static void sums_every_axis(void **state) {
  (void)state;
  for (int k = 0; k < VIEWS; k++)
    for (int axis = 0; axis < views[k].rank; axis++) {
      EngTensor out, kept;
      size_t index[ENG_TENSOR_RANK] = {0};
      assert_true(eng_tensor_reduce(&out, ENG_SUM, &views[k], axis, NULL));
      kept = eng_tensor_insert_axis(out, axis);
      if (eng_tensor_size(&kept) > 0) do
          assert_true(fabs((double)at(&kept, index) - sum_at(&views[k], axis, index)) < 1e-4);
        while (next(&kept, index));
      eng_tensor_release(&out);
    }
}

static void softmax_keeps_the_shape(void **state) {
  (void)state;
  for (int k = 0; k < VIEWS; k++)
    for (int axis = 0; axis < views[k].rank; axis++) {
      EngTensor out, sum;
      assert_true(eng_tensor_softmax(&out, &views[k], axis, NULL));
      assert_memory_equal(out.shape, views[k].shape, (size_t)out.rank * sizeof *out.shape);
      assert_true(eng_tensor_reduce(&sum, ENG_SUM, &out, axis, NULL));
      for (size_t i = 0; views[k].shape[axis] > 0 && i < eng_tensor_size(&sum); i++)
        assert_true(fabsf(sum.data[i] - 1) < 1e-6f);
      eng_tensor_release(&out);
      eng_tensor_release(&sum);
    }
}

/* The first k of a whole sort, for every k. */
static void topk_is_the_start_of_sort(void **state) {
  (void)state;
  EngTensor t = {.data = numbers, .rank = 1, .shape = {101}, .stride = {37}}, values, places;
  for (int i = 0; i < 101; i += 3) numbers[37 * i] = 2; /* many equal ones */
  numbers[37 * 50] = NAN;
  assert_true(eng_tensor_sort(&values, &places, &t, 0, true, NULL));
  for (size_t k = 0; k <= 101; k++) {
    EngTensor best, at_places;
    assert_true(eng_tensor_topk(&best, &at_places, &t, k, NULL));
    assert_memory_equal(places.data, at_places.data, k * sizeof(float));
    eng_tensor_release(&best);
    eng_tensor_release(&at_places);
  }
  assert_true(places.data[0] == 50);
  eng_tensor_release(&values);
  eng_tensor_release(&places);
}

/* Every element in range, in C order, against a loop over indices. */
static void places_of_every_view(void **state) {
  (void)state;
  EngRange range = {-3, 4.5}, near = {-2, 3}, any = {-INFINITY, INFINITY};
  for (int k = 0; k < VIEWS; k++) {
    const EngTensor *v = &views[k];
    for (int band = 0; band < 2 && v->rank > band; band++) {
      EngTensor places, values;
      size_t index[ENG_TENSOR_RANK] = {0}, n = 0;
      assert_true(eng_tensor_places(&places, &values, v, range, band ? near : any, NULL));
      if (eng_tensor_size(v) > 0) do {
          double value = (double)at(v, index),
                 far = band ? (double)index[v->rank - 2] - (double)index[v->rank - 1] : 0;
          if (value < range.from || value > range.to || far < near.from || far > near.to) continue;
          assert_true(n < values.shape[0] && (double)values.data[n] == value);
          for (int a = 0; a < v->rank; a++)
            assert_true(places.data[n * (size_t)v->rank + (size_t)a] == (float)index[a]);
          n++;
        } while (next(v, index));
      assert_int_equal(n, values.shape[0]);
      assert_int_equal(n, places.shape[0]);
      eng_tensor_release(&places);
      eng_tensor_release(&values);
    }
  }
}

/* A bound that is no float is not rounded to one beyond it. */
static void bounds_are_not_rounded(void **state) {
  (void)state;
  float tenth = 0.1f; /* a little more than 0.1 */
  EngTensor t = eng_tensor_view(&tenth, 1, (size_t[]){1}), places, values;
  const EngRange ranges[] = {{0.1, 1}, {(double)tenth, 1}, {0, 0.1}, {NAN, 1}};
  for (size_t i = 0; i < 4; i++) {
    assert_true(eng_tensor_places(&places, &values, &t, ranges[i], (EngRange){-INFINITY, INFINITY}, NULL));
    assert_int_equal(values.shape[0], i < 2);
    eng_tensor_release(&places);
    eng_tensor_release(&values);
  }
}

static void multiplies_reversed_matrices(void **state) {
  (void)state;
  EngTensor a = {.data = numbers + 900, .rank = 2, .shape = {7, 11}, .stride = {-13, -1}};
  EngTensor b = {.data = numbers + 900, .rank = 2, .shape = {11, 3}, .stride = {0, 5}}, c;
  assert_true(eng_tensor_matmul(&c, &a, &b, NULL));
  for (size_t i = 0; i < 7; i++)
    for (size_t j = 0; j < 3; j++) {
      double sum = 0;
      for (size_t k = 0; k < 11; k++) sum += (double)at(&a, (size_t[]){i, k}) * (double)at(&b, (size_t[]){k, j});
      assert_true(fabs((double)at(&c, (size_t[]){i, j}) - sum) < 1e-3);
    }
  eng_tensor_release(&c);
}

static void stretching_beyond_memory_is_refused(void **state) {
  (void)state;
  float one = 1;
  EngTensor wide = {.data = &one, .rank = 2, .shape = {SIZE_MAX / 16, 1}};
  EngTensor tall = {.data = &one, .rank = 2, .shape = {1, SIZE_MAX / 16}}, out;
  EngError err;
  assert_false(eng_tensor_binary(&out, ENG_ADD, &wide, &tall, &err));
  assert_non_null(strstr(err.message, "overflows"));
}

static void same_numbers_come_back_from_rows(void **state) {
  (void)state;
  EngTensor t = eng_tensor_view(numbers, 2, (size_t[]){4, 5}), rows;
  assert_true(eng_tensor_rows(&rows, &t, 1, NULL)); /* in place */
  assert_ptr_equal(rows.data, t.data);
  eng_tensor_release(&rows);
  assert_true(eng_tensor_rows(&rows, &t, 0, NULL)); /* a copy, (5, 4) */
  assert_true(rows.data != t.data && rows.shape[0] == 5 && rows.data[1] == numbers[5]);
  eng_tensor_release(&rows);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(copies_every_view),
      cmocka_unit_test(walks_every_view),
      cmocka_unit_test(contiguous_tensors_are_one_run),
      cmocka_unit_test(adds_views_to_their_mirror),
      cmocka_unit_test(sums_every_axis),
      cmocka_unit_test(softmax_keeps_the_shape),
      cmocka_unit_test(places_of_every_view),
      cmocka_unit_test(bounds_are_not_rounded),
      cmocka_unit_test(multiplies_reversed_matrices),
      cmocka_unit_test(stretching_beyond_memory_is_refused),
      cmocka_unit_test(same_numbers_come_back_from_rows),
      cmocka_unit_test(topk_is_the_start_of_sort),
  };
  return cmocka_run_group_tests(tests, set_up, NULL);
}
