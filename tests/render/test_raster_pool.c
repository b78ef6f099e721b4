/* Heat maps smaller than their matrix: pictures that are kept, that come when there is time, and that are the same
 * when the matrix is there in a smaller form. */
#include "drawing.h"

#include "engine/coarse.h"

#include <cmocka.h>
#include <math.h>

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

/* Every weight of its own size, some below 0; some keys that are left out. */
static void fill(float *values, uint8_t *skip, size_t n, bool lower) {
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++) {
      float value = (float)((i * 7919 + j * 104729) % 1009) / 1009;
      values[i * n + j] = lower && j > i ? 0 : j % 5 ? value : -value;
    }
  for (size_t j = 0; j < n; j++) skip[j] = j == 0 || j == 103 || j + 1 == n;
}

static void draw_map(Drawing *drawing, RenValuesShape shape, int width, int height, float scale) {
  ren_frame_begin(drawing->frame, (float)width, (float)height);
  ren_frame_heatmap(drawing->frame, REN_NO_ID, (RenRect){0, 0, (float)width, (float)height}, shape);
  drawing_draw(drawing, scale, 0);
}

/* Draws a matrix with what is known of it, and without. */
static void compare(RenValuesShape shape, int width, int height, float scale) {
  Drawing *with = drawing_new((float)width, (float)height), *without = drawing_new((float)width, (float)height);
  draw_map(with, shape, width, height, scale);
  shape.coarse = (EngTensor){0};
  draw_map(without, shape, width, height, scale);
  assert_memory_equal(with->pixels.argb, without->pixels.argb, drawing_bytes(without));
  drawing_free(with);
  drawing_free(without);
}

/* The first of two sentences lies where the whole pair does, and is another picture of the same size. */
static void a_part_of_a_matrix_is_not_taken_for_all_of_it(void **state) {
  (void)state;
  enum { N = 200, SIDE = 50 };
  float *values = malloc(N * N * sizeof *values);
  uint8_t skip[N];
  assert_non_null(values);
  fill(values, skip, N, false);
  RenValuesShape shape = {.values = eng_tensor_view(values, 2, (const size_t[]){N, N}),
                          .positive = {255, 255, 0, 255},
                          .ramp = REN_RAMP_SQRT,
                          .gain = 1,
                          .pooled = true,
                          .version = 3};
  Drawing *after = drawing_new(SIDE, SIDE), *fresh = drawing_new(SIDE, SIDE);
  draw_map(after, shape, SIDE, SIDE, 1);
  shape.values.shape[0] = shape.values.shape[1] = N / 2;
  draw_map(after, shape, SIDE, SIDE, 1);
  draw_map(fresh, shape, SIDE, SIDE, 1);
  assert_memory_equal(after->pixels.argb, fresh->pixels.argb, drawing_bytes(fresh));
  drawing_free(after);
  drawing_free(fresh);
  free(values);
}

static void check_length(size_t n, bool lower) {
  float *values = malloc(n * n * sizeof *values);
  uint8_t *skip = malloc(n);
  assert_true(values && skip);
  fill(values, skip, n, lower);
  EngCoarse coarse;
  EngTensor tensor = eng_tensor_view(values, 2, (const size_t[]){n, n});
  assert_true(eng_coarse_new(&coarse, 1, n, n, NULL));
  eng_coarse_put(&coarse, 0, 0, &tensor, lower);
  RenValuesShape shape = {.values = tensor,
                          .positive = {255, 255, 0, 255},
                          .negative = {0, 0, 255, 255},
                          .ramp = REN_RAMP_SQRT,
                          .threshold = 0.1F,
                          .coarse = eng_coarse_get(&coarse, 0),
                          .lower = lower,
                          .pooled = true,
                          .version = 3};
  for (int left_out = 0; left_out < 2; left_out++) {
    shape.skip = left_out ? skip : NULL;
    compare(shape, 60, 40, 1);
    compare(shape, 61, 113, 1);
    compare(shape, 61, 113, 2);
  }
  eng_coarse_free(&coarse);
  free(values);
  free(skip);
}

/* Of any length, with keys left out or not, and also where a pixel has too few tokens for it. */
static void what_is_known_of_a_matrix_changes_no_pixel(void **state) {
  (void)state;
  const size_t lengths[] = {255, 256, 257, 301, 512, 1023, 1025};
  for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
    for (int lower = 0; lower < 2; lower++) check_length(lengths[i], lower);
}

/* Nothing but what is known is read where that does: here it is of another matrix. */
static void what_is_known_is_read_in_place_of_the_weights(void **state) {
  (void)state;
  enum { N = 256 };
  float *values = calloc(N * N, sizeof *values), known[64 * 64] = {[64 * 63 + 1] = 1};
  assert_non_null(values);
  Drawing *drawing = drawing_new(64, 64);
  RenValuesShape shape = {.values = eng_tensor_view(values, 2, (const size_t[]){N, N}),
                          .positive = {255, 255, 255, 255},
                          .coarse = eng_tensor_view(known, 2, (const size_t[]){64, 64}),
                          .pooled = true,
                          .version = 3};
  draw_map(drawing, shape, 64, 64, 1);
  assert_int_equal(drawing_at(drawing, 1, 63), 0xFFFFFFFF);
  assert_int_equal(drawing_at(drawing, 2, 63), 0xFF000000);
  uint8_t skip[N] = {[6] = 1}; /* where a key is left out, the weights are */
  shape.skip = skip;
  draw_map(drawing, shape, 64, 64, 1);
  assert_int_equal(drawing_at(drawing, 1, 63), 0xFF000000);
  drawing_free(drawing);
  free(values);
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
      cmocka_unit_test(one_changed_cell_shows_with_its_sign),
      cmocka_unit_test(a_part_of_a_matrix_is_not_taken_for_all_of_it),
      cmocka_unit_test(what_is_known_of_a_matrix_changes_no_pixel),
      cmocka_unit_test(what_is_known_is_read_in_place_of_the_weights),
      cmocka_unit_test(what_is_wanted_soon_comes_in_parts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
