/* Strips of cells and heat maps: the colour of a cell, its edges, and what is left of cells smaller than a
 * pixel. */
#include "drawing.h"
#include "render/ramp.h"

#include <math.h>

static const RenColor blue = {0, 0, 255, 255}, orange = {255, 128, 0, 255}, white = {255, 255, 255, 255};

static EngTensor strip(float *data, size_t n) {
  return (EngTensor){.data = data, .rank = 1, .shape = {n}, .stride = {1}};
}

static EngTensor grid(float *data, size_t rows, size_t columns) {
  return (EngTensor){.data = data, .rank = 2, .shape = {rows, columns}, .stride = {(ptrdiff_t)columns, 1}};
}

static void ramps_are_what_they_say(void **state) {
  (void)state;
  for (int i = -4000; i <= 4000; i++) {
    float x = (float)i / 200;
    assert_true(fabs((double)ren_tanh(x) - tanh((double)x)) < 1e-4);
    assert_true(fabs((double)ren_ramp_opacity(REN_RAMP_TANH4, x) - tanh(fabs((double)x) / 4)) < 1e-4);
  }
  assert_float_equal(ren_ramp_opacity(REN_RAMP_LINEAR, -0.25F), 0.25F, 0);
  assert_float_equal(ren_ramp_opacity(REN_RAMP_SQRT, 0.25F), 0.5F, 0);
  const RenRamp ramps[] = {REN_RAMP_LINEAR, REN_RAMP_SQRT, REN_RAMP_TANH4};
  for (int i = 0; i < 3; i++) {
    assert_float_equal(ren_ramp_opacity(ramps[i], NAN), 0, 0);
    assert_float_equal(ren_ramp_opacity(ramps[i], -INFINITY), 1, 0);
    assert_float_equal(ren_ramp_opacity(ramps[i], 0), 0, 0);
  }
}

static void assert_level(const Drawing *drawing, int x, int y, RenColor over, double opacity) {
  const double under[3] = {0x20, 0x40, 0x60}, color[3] = {over.r, over.g, over.b};
  for (int c = 0; c < 3; c++) {
    double expected = under[c] + (color[c] - under[c]) * opacity;
    assert_true(fabs(drawing_channel(drawing, x, y, 16 - 8 * c) - expected) <= 0.6);
  }
}

static void a_cell_has_the_colour_of_its_value(void **state) {
  (void)state;
  float values[] = {0.5F, -1, 2, -4, 8, 0, NAN, -0.01F};
  Drawing *drawing = drawing_new(100, 20);
  ren_frame_cells(
      drawing->frame, REN_NO_ID, (RenRect){10, 5, 80, 10},
      (RenValuesShape){
          .values = strip(values, 8), .positive = blue, .negative = orange, .ramp = REN_RAMP_TANH4, .gap = 0});
  drawing_draw(drawing, 1, 0x204060);
  for (int i = 0; i < 8; i++) {
    double v = isnan(values[i]) ? 0 : (double)values[i];
    for (int x = 10 + 10 * i; x < 20 + 10 * i; x++)
      assert_level(drawing, x, 5 + i, v >= 0 ? blue : orange, tanh(fabs(v) / 4));
  }
  assert_level(drawing, 9, 10, blue, 0);
  assert_level(drawing, 90, 10, blue, 0);
  assert_level(drawing, 50, 4, blue, 0);
  assert_level(drawing, 50, 15, blue, 0);
  drawing_free(drawing);
}

static void colours_alpha_counts(void **state) {
  (void)state;
  float values[] = {1, -1};
  Drawing *drawing = drawing_new(20, 10);
  ren_frame_cells(drawing->frame, REN_NO_ID, (RenRect){0, 0, 20, 10},
                  (RenValuesShape){.values = strip(values, 2),
                                   .positive = {0, 0, 255, 51},
                                   .negative = {255, 128, 0, 102},
                                   .ramp = REN_RAMP_LINEAR,
                                   .gap = 0});
  drawing_draw(drawing, 1, 0x204060);
  assert_level(drawing, 5, 5, blue, 0.2);
  assert_level(drawing, 15, 5, orange, 0.4);
  drawing_free(drawing);
}

/* Cells of 3.125 pixels are three or four pixels wide, with sharp edges and no seam. */
static void cells_have_sharp_edges(void **state) {
  (void)state;
  float values[64];
  for (int i = 0; i < 64; i++) values[i] = i % 2 ? -1.0F : 1.0F;
  Drawing *drawing = drawing_new(210, 12);
  ren_frame_cells(
      drawing->frame, REN_NO_ID, (RenRect){5, 1, 200, 10},
      (RenValuesShape){
          .values = strip(values, 64), .positive = blue, .negative = orange, .ramp = REN_RAMP_LINEAR, .gap = 0});
  drawing_draw(drawing, 1, 0);
  int width = 0;
  for (int x = 5; x < 205; x++) {
    uint32_t pixel = drawing_at(drawing, x, 5);
    assert_true(pixel == 0xFF0000FF || pixel == 0xFFFF8000);
    bool edge = x > 5 && pixel != drawing_at(drawing, x - 1, 5);
    if (edge) assert_in_range(width, 3, 4);
    width = edge ? 1 : width + 1;
  }
  drawing_free(drawing);
}

static void gaps_stay_open(void **state) {
  (void)state;
  float values[] = {1, 1, 1};
  Drawing *drawing = drawing_new(40, 10);
  ren_frame_cells(
      drawing->frame, REN_NO_ID, (RenRect){2, 0, 32, 10},
      (RenValuesShape){
          .values = strip(values, 3), .positive = white, .negative = white, .ramp = REN_RAMP_LINEAR, .gap = 1});
  drawing_draw(drawing, 1, 0);
  for (int x = 0; x < 40; x++) {
    bool cell = (x >= 2 && x < 12) || (x >= 13 && x < 23) || (x >= 24 && x < 34);
    assert_int_equal(drawing_channel(drawing, x, 5, 0), cell ? 255 : 0);
  }
  drawing_free(drawing);
}

/* A hundred cells in ten and a half pixels: each pixel shows the mean of what lies in it, by area. */
static void small_cells_mix(void **state) {
  (void)state;
  enum { N = 100 };
  float values[N];
  uint32_t seed = 5;
  for (int i = 0; i < N; i++) values[i] = drawing_random(&seed);
  Drawing *drawing = drawing_new(20, 4);
  ren_frame_cells(
      drawing->frame, REN_NO_ID, (RenRect){3.25F, 0, 10.5F, 4},
      (RenValuesShape){
          .values = strip(values, N), .positive = white, .negative = blue, .ramp = REN_RAMP_LINEAR, .gap = 0});
  drawing_draw(drawing, 1, 0);
  for (int x = 0; x < 20; x++) {
    double sum = 0, cell = 10.5 / N;
    for (int i = 0; i < N; i++) {
      double from = fmax(3.25 + i * cell, x), to = fmin(3.25 + (i + 1) * cell, x + 1.0);
      if (to > from) sum += (to - from) * (double)values[i];
    }
    assert_true(fabs(drawing_channel(drawing, x, 2, 8) - 255 * sum) <= 0.7);
  }
  drawing_free(drawing);
}

static void a_heat_map_has_rows_and_columns(void **state) {
  (void)state;
  float values[] = {1, 0.5F, 0.25F, -1, 0, -0.5F};
  Drawing *drawing = drawing_new(40, 30);
  EngTensor turned = {.data = values, .rank = 2, .shape = {3, 2}, .stride = {1, 3}};
  ren_frame_heatmap(
      drawing->frame, REN_NO_ID, (RenRect){0, 0, 30, 20},
      (RenValuesShape){
          .values = grid(values, 2, 3), .positive = blue, .negative = orange, .ramp = REN_RAMP_SQRT, .gap = 0});
  drawing_draw(drawing, 1, 0x204060);
  for (int i = 0; i < 6; i++)
    assert_level(drawing, 5 + 10 * (i % 3), 5 + 10 * (i / 3), values[i] >= 0 ? blue : orange,
                 sqrt(fabs((double)values[i])));
  ren_frame_begin(drawing->frame, 40, 30);
  ren_frame_heatmap(
      drawing->frame, REN_NO_ID, (RenRect){0, 0, 20, 30},
      (RenValuesShape){.values = turned, .positive = blue, .negative = orange, .ramp = REN_RAMP_SQRT, .gap = 0});
  drawing_draw(drawing, 1, 0x204060);
  for (int i = 0; i < 6; i++)
    assert_level(drawing, 5 + 10 * (i / 3), 5 + 10 * (i % 3), values[i] >= 0 ? blue : orange,
                 sqrt(fabs((double)values[i])));
  drawing_free(drawing);
}

/* 200 x 200 cells in 50 x 50 pixels, an even mixture of 0 and 1: everything is half. */
static void small_squares_mix(void **state) {
  (void)state;
  enum { N = 200 };
  float *values = malloc(N * N * sizeof *values);
  assert_non_null(values);
  for (int i = 0; i < N * N; i++) values[i] = (float)((i + i / N) % 2);
  Drawing *drawing = drawing_new(60, 60);
  ren_frame_heatmap(
      drawing->frame, REN_NO_ID, (RenRect){5, 5, 50, 50},
      (RenValuesShape){
          .values = grid(values, N, N), .positive = white, .negative = blue, .ramp = REN_RAMP_LINEAR, .gap = 0});
  drawing_draw(drawing, 1, 0);
  for (int y = 5; y < 55; y++)
    for (int x = 5; x < 55; x++) assert_in_range(drawing_channel(drawing, x, y, 8), 127, 128);
  drawing_free(drawing);
  free(values);
}

static void weights_that_are_left_out_are_not_drawn(void **state) {
  (void)state;
  float values[] = {1, 0.5F, 0.25F, 0.75F, 0.2F, 1};
  const uint8_t skip[] = {0, 0, 1};
  const double expected[] = {1, 0.5, 0, 0.75, 0, 0};
  for (uint64_t version = 0; version < 2; version++) {
    Drawing *drawing = drawing_new(30, 20);
    ren_frame_heatmap(
        drawing->frame, REN_NO_ID, (RenRect){0, 0, 30, 20},
        (RenValuesShape){
            .values = grid(values, 2, 3), .positive = blue, .threshold = 0.5F, .skip = skip, .version = version});
    drawing_draw(drawing, 1, 0x204060);
    for (int i = 0; i < 6; i++) assert_level(drawing, 5 + 10 * (i % 3), 5 + 10 * (i / 3), blue, expected[i]);
    drawing_free(drawing);
  }
}

/* Under cells, not between them; where a cell covers half a pixel, half of the ground. */
static void ground_lies_under_cells(void **state) {
  (void)state;
  float values[] = {0, 0.25F, 0.5F, 1};
  for (uint64_t version = 0; version < 2; version++) {
    Drawing *drawing = drawing_new(30, 30);
    ren_frame_heatmap(drawing->frame, REN_NO_ID, (RenRect){0, 0, 22, 22},
                      (RenValuesShape){.values = grid(values, 2, 2),
                                       .positive = white,
                                       .ground = {0, 0, 100, 255},
                                       .gap = 2,
                                       .version = version});
    ren_frame_heatmap(drawing->frame, REN_NO_ID, (RenRect){24, 24, 1, 1.5F},
                      (RenValuesShape){.values = grid(values, 1, 1), .ground = white, .version = version});
    drawing_draw(drawing, 1, 0);
    for (int i = 0; i < 4; i++)
      assert_true(fabs(drawing_channel(drawing, 5 + 12 * (i % 2), 5 + 12 * (i / 2), 0) -
                       (100 + 155 * (double)values[i])) <= 1);
    assert_int_equal(drawing_at(drawing, 10, 5), 0xFF000000);
    assert_int_equal(drawing_at(drawing, 5, 11), 0xFF000000);
    assert_int_equal(drawing_channel(drawing, 24, 24, 0), 255);
    assert_in_range(drawing_channel(drawing, 24, 25, 0), 127, 128);
    drawing_free(drawing);
  }
}

static void draw_numbered(Drawing *drawing, EngTensor values, RenValuesShape shape) {
  shape.values = values;
  ren_frame_begin(drawing->frame, 40, 40);
  ren_frame_heatmap(drawing->frame, REN_NO_ID, (RenRect){3.5F, 2, 33, 35}, shape);
  drawing_draw(drawing, 1, 0x204060);
}

/* A heat map with a version is the same picture but for rounding, and stays the same until something of it
 * changes: its version, place, ramp, threshold or colour. */
static void a_heat_map_is_kept_by_its_version(void **state) {
  (void)state;
  enum { N = 9 };
  float values[N * N];
  uint32_t seed = 3;
  for (int i = 0; i < N * N; i++) values[i] = 2 * drawing_random(&seed) - 1;
  Drawing *plain = drawing_new(40, 40), *kept = drawing_new(40, 40);
  RenValuesShape shape = {.positive = blue, .negative = orange, .ramp = REN_RAMP_SQRT, .gap = 1}, same = shape;
  same.version = 7;
  for (int round = 0; round < 2; round++) {
    draw_numbered(plain, grid(values, N, N), shape);
    draw_numbered(kept, grid(values, N, N), same);
    for (int i = 0; i < 40 * 40; i++)
      for (int shift = 0; shift < 24; shift += 8)
        assert_true(
            abs(drawing_channel(plain, i % 40, i / 40, shift) - drawing_channel(kept, i % 40, i / 40, shift)) <= 1);
  }
  uint32_t before = drawing_at(kept, 5, 4);
  values[0] = values[0] > 0.5F ? 0.1F : 0.9F;
  draw_numbered(kept, grid(values, N, N), same);
  assert_int_equal(drawing_at(kept, 5, 4), before);
  same.version = 8;
  draw_numbered(kept, grid(values, N, N), same);
  assert_true(drawing_at(kept, 5, 4) != before);
  same.ramp = REN_RAMP_LINEAR, before = drawing_at(kept, 5, 4);
  draw_numbered(kept, grid(values, N, N), same);
  assert_true(drawing_at(kept, 5, 4) != before);
  same.threshold = 1, before = drawing_at(kept, 5, 4);
  draw_numbered(kept, grid(values, N, N), same);
  assert_int_equal(drawing_at(kept, 5, 4), 0xFF204060);
  drawing_free(plain);
  drawing_free(kept);
}

/* Cells that do not lie side by side are added up one by one, the others several at once: the same bits. */
static void strides_change_nothing(void **state) {
  (void)state;
  enum { N = 77, APART = 3 };
  static const RenRamp ramps[] = {REN_RAMP_LINEAR, REN_RAMP_SQRT, REN_RAMP_TANH4};
  float values[N * N], *apart = calloc(APART * N * N, sizeof *apart);
  uint8_t skip[N] = {[0] = 1, [50] = 1};
  uint32_t seed = 9;
  assert_non_null(apart);
  for (int i = 0; i < N * N; i++) values[i] = apart[APART * i] = 4 * drawing_random(&seed) - 2;
  values[5 * N + 7] = apart[APART * (5 * N + 7)] = NAN;
  EngTensor thin = {.data = apart, .rank = 2, .shape = {N, N}, .stride = {APART * N, APART}};
  Drawing *one = drawing_new(40, 40), *other = drawing_new(40, 40);
  for (int i = 0; i < 12; i++) {
    RenValuesShape shape = {.positive = blue,
                            .negative = orange,
                            .ground = white,
                            .ramp = ramps[i % 3],
                            .threshold = i / 3 % 2 ? 0.5F : 0,
                            .skip = i / 6 ? skip : NULL};
    draw_numbered(one, grid(values, N, N), shape);
    draw_numbered(other, thin, shape);
    for (int k = 0; k < 40 * 40; k++)
      assert_int_equal(drawing_at(one, k % 40, k / 40), drawing_at(other, k % 40, k / 40));
  }
  drawing_free(one);
  drawing_free(other);
  free(apart);
}

/* Nothing but zeros is left out. */
static void what_is_above_the_diagonal_changes_nothing(void **state) {
  (void)state;
  enum { N = 77 };
  static const RenRamp ramps[] = {REN_RAMP_LINEAR, REN_RAMP_SQRT, REN_RAMP_TANH4};
  float values[N * N] = {0};
  uint32_t seed = 9;
  for (int i = 0; i < N; i++)
    for (int j = 0; j <= i; j++) values[i * N + j] = 4 * drawing_random(&seed) - 2;
  Drawing *all = drawing_new(40, 40), *lower = drawing_new(40, 40);
  for (int i = 0; i < 6; i++) {
    RenValuesShape shape = {.positive = blue, .negative = orange, .ground = white, .ramp = ramps[i % 3]};
    EngTensor cut = grid(values, N, N);
    if (i >= 3) cut.shape[1] = 50;
    draw_numbered(all, cut, shape);
    shape.lower = true;
    draw_numbered(lower, cut, shape);
    assert_memory_equal(all->pixels.argb, lower->pixels.argb, drawing_bytes(all));
  }
  drawing_free(all);
  drawing_free(lower);
}

static void odd_values_do_no_harm(void **state) {
  (void)state;
  float values[6] = {NAN, INFINITY, -INFINITY, 1e30F, -1e-30F, 0};
  const float odd[] = {NAN, INFINITY, -INFINITY, 1e30F, -1e30F, 0, -5, 1e-30F, 3};
  Drawing *drawing = drawing_new(20, 20);
  for (int i = 0; i < 9; i++)
    for (int j = 0; j < 9; j++) {
      RenRect rect = {odd[i], odd[j], odd[j], odd[i]};
      RenValuesShape shape = {.values = grid(values, 2, 3),
                              .positive = blue,
                              .negative = orange,
                              .ramp = REN_RAMP_LINEAR,
                              .gap = odd[(i + j) % 9]};
      ren_frame_heatmap(drawing->frame, REN_NO_ID, rect, shape);
      shape.values = strip(values, 6);
      ren_frame_cells(drawing->frame, REN_NO_ID, rect, shape);
      shape.values.shape[0] = 0;
      ren_frame_cells(drawing->frame, REN_NO_ID, rect, shape);
    }
  drawing_draw(drawing, 1, 0);
  drawing_free(drawing);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(ramps_are_what_they_say),
      cmocka_unit_test(a_cell_has_the_colour_of_its_value),
      cmocka_unit_test(colours_alpha_counts),
      cmocka_unit_test(cells_have_sharp_edges),
      cmocka_unit_test(gaps_stay_open),
      cmocka_unit_test(small_cells_mix),
      cmocka_unit_test(a_heat_map_has_rows_and_columns),
      cmocka_unit_test(small_squares_mix),
      cmocka_unit_test(weights_that_are_left_out_are_not_drawn),
      cmocka_unit_test(ground_lies_under_cells),
      cmocka_unit_test(a_heat_map_is_kept_by_its_version),
      cmocka_unit_test(strides_change_nothing),
      cmocka_unit_test(what_is_above_the_diagonal_changes_nothing),
      cmocka_unit_test(odd_values_do_no_harm),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
