/* What shows through many lines, column by column: the same bits whatever is asked for with them. */
#include "render/columns.h"

#include "scene.h"

enum { WIDE = 20, TALL = 96 };

/* All that comes out of the columns, bit for bit. */
static void keep_column(void *context, const RenColumn *column) {
  RenLanes *kept = context;
  memcpy(kept + column->x * TALL + column->top, column->through,
         (size_t)(column->bottom - column->top) * sizeof *kept);
}

static RenLanes *nothing_kept(void) {
  RenLanes *kept = aligned_alloc(sizeof *kept, WIDE * TALL * sizeof *kept);
  assert_non_null(kept);
  for (int i = 0; i < WIDE * TALL; i++) kept[i] = (RenLanes){0} + 1;
  return kept;
}

static RenLanes *columns_in(const RenLines *lines, int top, int bottom) {
  RenLanes *kept = nothing_kept();
  RenColumns *columns = ren_columns_new();
  assert_non_null(columns);
  assert_true(ren_columns_draw(columns, lines, (RenBounds){0, top, WIDE, bottom}, keep_column, kept));
  ren_columns_free(columns);
  return kept;
}

/* The first picture alone, in the first lane. */
static void keep_block(void *context, const RenBlock *block) {
  RenLanes *kept = context;
  for (int x = block->left; x < block->right; x++)
    for (int y = block->top; y < block->bottom; y++)
      kept[x * TALL + y][0] = block->through[y - block->top][x - block->left];
}

static RenLines random_lines(void) {
  RenLines lines = {0};
  uint32_t seed = 3;
  for (int i = 0; i < 400; i++) {
    RenLanes opacities = {0.3F * drawing_random(&seed), drawing_random(&seed), 0.01F};
    float y = 100 * drawing_random(&seed) - 10, slope = 8 * drawing_random(&seed) - 4;
    assert_true(
        ren_lines_push(&lines, (RenLine){y, slope, 0.5F + 8 * drawing_random(&seed), y - 40, y + 40}, &opacities));
  }
  return lines;
}

/* Flat and steep lines, cut by a window or not: what shows through has the same bits. */
static void windows_change_no_bits(void **state) {
  (void)state;
  RenLines lines = random_lines();
  RenLanes *whole = columns_in(&lines, 0, TALL);
  const int windows[][2] = {{17, 50}, {0, 33}, {50, 96}, {41, 42}};
  for (int k = 0; k < 4; k++) {
    int top = windows[k][0], n = windows[k][1] - top;
    RenLanes *cut = columns_in(&lines, top, top + n);
    for (int x = 0; x < WIDE; x++)
      assert_memory_equal(cut + x * TALL + top, whole + x * TALL + top, (size_t)n * sizeof *cut);
    free(cut);
  }
  free(whole);
  ren_lines_free(&lines);
}

/* A picture alone has the bits that it has beside others, also where the window ends in the middle of a block. */
static void one_picture_has_the_same_bits(void **state) {
  (void)state;
  RenLines lines = random_lines();
  const RenLine odd[] = {
      {NAN, 0, 1, 0, 90}, {20, INFINITY, 1, 0, 90}, {20, 0, 1e30F, -1e30F, 1e30F}, {30, 0, 1, 30, 30}};
  const RenLanes faint = {0.01F};
  for (int i = 0; i < 4; i++) assert_true(ren_lines_push(&lines, odd[i], &faint));
  const RenBounds windows[] = {{0, 0, WIDE, TALL}, {0, 17, 16, 50}, {3, 0, 5, 33}, {19, 41, WIDE, 42}};
  for (int k = 0; k < 4; k++) {
    RenColumns *columns = ren_columns_new();
    RenLanes *all = columns_in(&lines, windows[k].top, windows[k].bottom), *one = nothing_kept();
    assert_true(ren_columns_draw_single(columns, &lines, windows[k], keep_block, one));
    for (int x = windows[k].left; x < windows[k].right; x++)
      for (int y = 0; y < TALL; y++) assert_memory_equal(&one[x * TALL + y], &all[x * TALL + y], sizeof(float));
    ren_columns_free(columns);
    free(all);
    free(one);
  }
  ren_lines_free(&lines);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(windows_change_no_bits),
      cmocka_unit_test(one_picture_has_the_same_bits),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
