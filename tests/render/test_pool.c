/* Matrices made smaller: the one of largest size that falls into a cell; pictures of them that are kept, and that
 * come when there is time. */
#include "drawing.h"

#include "render/pool.h"

#include <cmocka.h>
#include <math.h>

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
    ren_pool(&tensor, left_out, false, rows, columns, work, out);
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
      ren_pool(tensor, NULL, false, rows, columns, work, out);
      ren_pool(tensor, NULL, true, rows, columns, work, lower);
      assert_memory_equal(out, lower, rows * columns * sizeof *out);
    }
}

/* Two runs of many tokens that differ in two cells far from each other. */
enum { LONG = 451, MAP_W = 60, MAP_H = 40 };

static void draw_difference(Drawing *drawing, const float *values, float gain) {
  ren_frame_begin(drawing->frame, MAP_W, MAP_H);
  ren_frame_heatmap(
      drawing->frame, REN_NO_ID, (RenRect){0, 0, MAP_W, MAP_H},
      (RenValuesShape){.values = eng_tensor_view((float *)(uintptr_t)values, 2, (const size_t[]){LONG, LONG}),
                       .positive = {0, 0, 255, 255},
                       .negative = {255, 0, 0, 255},
                       .ground = {0, 0, 0, 255},
                       .ramp = REN_RAMP_LINEAR,
                       .threshold = 0.05F,
                       .gain = gain,
                       .pooled = true,
                       .version = 3});
  drawing_draw(drawing, 1, 0);
}

static int lit_pixels(const Drawing *drawing) {
  int n = 0;
  for (int i = 0; i < MAP_W * MAP_H; i++) n += (drawing->pixels.argb[i] & 0xFFFFFF) != 0;
  return n;
}

/* One changed cell of 451 a side is as strong in a thumbnail as it would be alone, in the colour of its sign;
 * smaller ones of either sign around it do not weaken it. What is kept is not kept for another gain. */
static void one_changed_cell_shows_with_its_sign(void **state) {
  (void)state;
  float *values = calloc(LONG * LONG, sizeof *values);
  assert_non_null(values);
  Drawing *drawing = drawing_new(MAP_W, MAP_H);
  values[200 * LONG + 297] = -0.25F; /* pixel (39, 17) */
  values[201 * LONG + 298] = 0.2F;   /* in the same */
  values[50 * LONG + 20] = 0.25F;    /* pixel (2, 4) */
  values[400 * LONG + 100] = 0.04F;  /* below the threshold, whatever the gain */
  draw_difference(drawing, values, 2);
  assert_int_equal(drawing_at(drawing, 39, 17), 0xFF800000);
  assert_int_equal(drawing_at(drawing, 2, 4), 0xFF000080);
  assert_in_range(lit_pixels(drawing), 2, 2 * 4); /* cells that lie across an edge count for both sides of it */
  size_t kept = ren_raster_cache_bytes(drawing->raster);
  draw_difference(drawing, values, 4);
  assert_int_equal(drawing_at(drawing, 39, 17), 0xFFFF0000);
  size_t both = ren_raster_cache_bytes(drawing->raster);
  assert_true(both > kept);
  draw_difference(drawing, values, 2);
  assert_int_equal(drawing_at(drawing, 39, 17), 0xFF800000);
  assert_int_equal(ren_raster_cache_bytes(drawing->raster), both);
  drawing_free(drawing);
  free(values);
}

/* Of two values of the same size the one above 0 shows, in whatever order they lie. */
static void no_order_of_reading_matters(void **state) {
  (void)state;
  float values[] = {-0.5F, 0.1F, 0.5F, -0.1F}, work[8], out[2];
  EngTensor tensor = eng_tensor_view(values, 2, (const size_t[]){2, 2}), turned = tensor;
  for (int i = 0; i < 2; i++) turned.stride[i] = -tensor.stride[i];
  turned.data += 3;
  ren_pool(&tensor, NULL, false, 1, 1, work, out);
  ren_pool(&turned, NULL, false, 1, 1, work, out + 1);
  assert_true(out[0] == 0.5F && out[1] == 0.5F);
}

enum { T = 1200, MAPS = 9, SIDE = 40 };

static void add_maps(Drawing *drawing, const float *values) {
  for (int i = 0; i < MAPS; i++)
    ren_frame_heatmap(
        drawing->frame, REN_NO_ID, (RenRect){(float)(i * SIDE), 5, SIDE, SIDE},
        (RenValuesShape){.values = eng_tensor_view((float *)(uintptr_t)(values + i), 2, (const size_t[]){T, T}),
                         .positive = {255, 255, 255, 255},
                         .ramp = REN_RAMP_LINEAR,
                         .pooled = true,
                         .version = 7});
}

/* A frame that is wanted soon reads some of the weights; what comes out in the end has the same bits. */
static void what_is_wanted_soon_comes_in_parts(void **state) {
  (void)state;
  float *values = calloc(T * T + MAPS, sizeof *values);
  assert_non_null(values);
  for (size_t i = 0; i < T * T; i += 977) values[i] = (float)(i % 1009) / 1009;
  Drawing *soon = drawing_new(MAPS * SIDE, 50), *fresh = drawing_new(MAPS * SIDE, 50);
  add_maps(soon, values);
  add_maps(fresh, values);
  drawing_draw(fresh, 1, 0);
  EngError err;
  bool finished = false;
  int frames = 0;
  for (; !finished && frames < 100; frames++)
    assert_true(
        ren_raster_draw_soon(soon->raster, soon->frame, 1, ren_color_rgb(0), &soon->pixels, &finished, &err));
  assert_true(finished && frames > 1);
  assert_memory_equal(soon->pixels.argb, fresh->pixels.argb, drawing_bytes(fresh));
  assert_true(drawing_at(fresh, 20, 20) != drawing_at(fresh, 20, 2));
  drawing_free(soon);
  drawing_free(fresh);
  free(values);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_cell_is_the_largest_of_its_values),
      cmocka_unit_test(what_is_above_the_diagonal_changes_nothing),
      cmocka_unit_test(one_changed_cell_shows_with_its_sign),
      cmocka_unit_test(no_order_of_reading_matters),
      cmocka_unit_test(what_is_wanted_soon_comes_in_parts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
