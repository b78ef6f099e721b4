/* Views and buffers: shapes, strides, references, sizes that overflow. */
#include "engine/tensor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void view_is_in_c_order(void **state) {
  (void)state;
  float data[24] = {0};
  EngTensor t = eng_tensor_view(data, 3, (size_t[]){2, 3, 4});
  assert_int_equal(t.stride[0], 12);
  assert_int_equal(t.stride[1], 4);
  assert_int_equal(t.stride[2], 1);
  assert_int_equal(eng_tensor_size(&t), 24);
  assert_null(t.buffer);
}

static void rank_0_is_one_number(void **state) {
  (void)state;
  float data = 3;
  EngTensor t = eng_tensor_view(&data, 0, NULL);
  assert_int_equal(eng_tensor_size(&t), 1);
}

static void new_is_zero_filled(void **state) {
  (void)state;
  EngTensor t;
  assert_true(eng_tensor_new(&t, 2, (size_t[]){5, 7}, NULL));
  for (int i = 0; i < 35; i++) assert_true(t.data[i] == 0);
  eng_tensor_release(&t);
  assert_null(t.data);
  eng_tensor_release(&t); /* twice is harmless */
}

static void references_keep_the_buffer(void **state) {
  (void)state;
  EngTensor t;
  assert_true(eng_tensor_new(&t, 1, (size_t[]){4}, NULL));
  EngTensor other = eng_tensor_retain(t);
  t.data[2] = 5;
  eng_tensor_release(&t);
  assert_true(other.data[2] == 5);
  eng_tensor_release(&other);
}

static void sizes_that_overflow_are_refused(void **state) {
  (void)state;
  EngTensor t;
  EngError err;
  assert_false(eng_tensor_new(&t, 2, (size_t[]){SIZE_MAX / 2, 3}, &err));
  assert_non_null(strstr(err.message, "overflows"));
  assert_false(eng_tensor_new(&t, 3, (size_t[]){SIZE_MAX / 2, 3, 0}, &err));
  assert_false(eng_tensor_new(&t, 1, (size_t[]){SIZE_MAX / 4}, &err));
  assert_false(eng_tensor_new(&t, ENG_TENSOR_RANK + 1, (size_t[]){1, 1, 1, 1, 1, 1, 1}, &err));
  assert_non_null(strstr(err.message, "at most 6 axes, found 7"));
}

static void select_and_slice_move_along_strides(void **state) {
  (void)state;
  float data[24];
  for (int i = 0; i < 24; i++) data[i] = (float)i;
  EngTensor t = eng_tensor_view(data, 3, (size_t[]){2, 3, 4});
  EngTensor row = eng_tensor_select(t, 1, 2); /* (2, 4) */
  assert_int_equal(row.rank, 2);
  assert_true(row.data[0] == 8 && row.data[row.stride[0] + row.stride[1]] == 21);
  EngTensor part = eng_tensor_slice(t, 2, 1, 3); /* (2, 3, 2) */
  assert_int_equal(part.shape[2], 2);
  assert_true(part.data[part.stride[1] + part.stride[2]] == 6);
  EngTensor none = eng_tensor_slice(t, 0, 2, 2);
  assert_int_equal(eng_tensor_size(&none), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(view_is_in_c_order),
      cmocka_unit_test(rank_0_is_one_number),
      cmocka_unit_test(new_is_zero_filled),
      cmocka_unit_test(references_keep_the_buffer),
      cmocka_unit_test(sizes_that_overflow_are_refused),
      cmocka_unit_test(select_and_slice_move_along_strides),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
