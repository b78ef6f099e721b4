/* Matrices made smaller: the one of largest size that falls into a cell. */
#include "engine/pool.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { R = 30, C = 43 };

static float value_at(size_t i, size_t j) { return (float)((i * 7919 + j * 104729) % 1000) / 1000; }

static void fill(float *values) {
  for (size_t i = 0; i < R; i++)
    for (size_t j = 0; j < C; j++) values[i * C + j] = value_at(i, j);
}

/* The value of largest size of which a part lies in the cell. */
static float naive(const float *values, const uint8_t *skip, size_t i, size_t j, size_t rows, size_t columns) {
  float most = 0;
  for (size_t y = 0; y < R; y++)
    for (size_t x = 0; x < C; x++) {
      bool inside = y * rows < (i + 1) * R && (y + 1) * rows > i * R && x * columns < (j + 1) * C &&
                    (x + 1) * columns > j * C;
      float value = values[y * C + x];
      if (inside && !(skip && skip[x]) && fabsf(value) > fabsf(most)) most = value;
    }
  return most;
}

/* Into so many cells of equal sides. */
static void pool(const EngTensor *values, const uint8_t *skip, bool lower, size_t rows, size_t columns, float *work,
                 float *out) {
  EngPooling pooling = {values, skip, lower, eng_cut_even(values->shape[0], rows),
                        eng_cut_even(values->shape[1], columns)};
  eng_pool(&pooling, work, out, columns);
}

static void a_cell_is_the_largest_of_its_values(void **state) {
  (void)state;
  float values[R * C], work[2 * C], out[R * C];
  uint8_t skip[C] = {[3] = 1, [40] = 1};
  const size_t sides[][2] = {{1, 1}, {7, 11}, {15, 43}, {30, 43}};
  fill(values);
  values[5] = NAN, values[6] = -1, values[R * C / 2] = -2;
  EngTensor tensor = eng_tensor_view(values, 2, (const size_t[]){R, C});
  for (int k = 0; k < 8; k++) {
    size_t rows = sides[k / 2][0], columns = sides[k / 2][1];
    const uint8_t *left_out = k % 2 ? skip : NULL;
    pool(&tensor, left_out, false, rows, columns, work, out);
    for (size_t i = 0; i < rows; i++)
      for (size_t j = 0; j < columns; j++)
        assert_true(out[i * columns + j] == naive(values, left_out, i, j, rows, columns));
  }
}

/* Nothing but zeros is left out. */
static void what_is_above_the_diagonal_changes_nothing(void **state) {
  (void)state;
  float values[R * C], work[2 * C], out[R * C], lower[R * C];
  fill(values);
  for (size_t i = 0; i < R; i++)
    for (size_t j = i + 1; j < C; j++) values[i * C + j] = 0;
  EngTensor wide = eng_tensor_view(values, 2, (const size_t[]){R, C}), narrow = wide;
  narrow.shape[1] = R - 5;
  for (size_t rows = 1; rows <= R; rows++)
    for (int k = 0; k < 2; k++) {
      const EngTensor *tensor = k ? &narrow : &wide;
      size_t columns = rows < tensor->shape[1] ? rows : tensor->shape[1];
      pool(tensor, NULL, false, rows, columns, work, out);
      pool(tensor, NULL, true, rows, columns, work, lower);
      assert_memory_equal(out, lower, rows * columns * sizeof *out);
    }
}

/* The largest of all cells of four by four of which the tokens of cell (i, j) have a part. */
static float naive_again(const float *values, size_t i, size_t j, size_t rows, size_t columns) {
  float most = 0;
  for (size_t y = i * R / rows / 4 * 4; y < ((i + 1) * R + rows - 1) / rows; y++)
    for (size_t x = j * C / columns / 4 * 4; x < ((j + 1) * C + columns - 1) / columns; x++)
      for (size_t k = 0; k < 16; k++) {
        size_t row = y / 4 * 4 + k / 4, column = x / 4 * 4 + k % 4;
        if (row < R && column < C && values[row * C + column] > most) most = values[row * C + column];
      }
  return most;
}

static void what_was_made_smaller_is_made_smaller_again(void **state) {
  (void)state;
  enum { ROWS = (R + 3) / 4, COLUMNS = (C + 3) / 4 };
  float values[R * C], smaller[ROWS * COLUMNS], work[2 * C], out[R * C];
  fill(values);
  EngTensor tensor = eng_tensor_view(values, 2, (const size_t[]){R, C}),
            fours = eng_tensor_view(smaller, 2, (const size_t[]){ROWS, COLUMNS});
  eng_pool(&(EngPooling){.values = &tensor, .rows = eng_cut_each(R, 4), .columns = eng_cut_each(C, 4)}, work,
           smaller, COLUMNS);
  for (size_t rows = 1; rows <= R; rows++)
    for (size_t columns = 1; columns <= C; columns++) {
      eng_pool(&(EngPooling){.values = &fours, .rows = {R, 4, rows}, .columns = {C, 4, columns}}, work, out,
               columns);
      for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++)
          assert_true(out[i * columns + j] == naive_again(values, i, j, rows, columns));
    }
}

/* Of two values of the same size the one above 0 shows, in whatever order they lie. */
static void no_order_of_reading_matters(void **state) {
  (void)state;
  float values[] = {-0.5F, 0.1F, 0.5F, -0.1F}, work[8], out[2];
  EngTensor tensor = eng_tensor_view(values, 2, (const size_t[]){2, 2}), turned = tensor;
  for (int i = 0; i < 2; i++) turned.stride[i] = -tensor.stride[i];
  turned.data += 3;
  pool(&tensor, NULL, false, 1, 1, work, out);
  pool(&turned, NULL, false, 1, 1, work, out + 1);
  assert_true(out[0] == 0.5F && out[1] == 0.5F);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_cell_is_the_largest_of_its_values),
      cmocka_unit_test(what_is_above_the_diagonal_changes_nothing),
      cmocka_unit_test(what_was_made_smaller_is_made_smaller_again),
      cmocka_unit_test(no_order_of_reading_matters),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
