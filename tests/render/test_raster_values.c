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
  ren_frame_cells(drawing->frame, REN_NO_ID, (RenRect){10, 5, 80, 10},
                  (RenValuesShape){strip(values, 8), blue, orange, REN_RAMP_TANH4, 0});
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
                  (RenValuesShape){strip(values, 2), {0, 0, 255, 51}, {255, 128, 0, 102}, REN_RAMP_LINEAR, 0});
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
  ren_frame_cells(drawing->frame, REN_NO_ID, (RenRect){5, 1, 200, 10},
                  (RenValuesShape){strip(values, 64), blue, orange, REN_RAMP_LINEAR, 0});
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
  ren_frame_cells(drawing->frame, REN_NO_ID, (RenRect){2, 0, 32, 10},
                  (RenValuesShape){strip(values, 3), white, white, REN_RAMP_LINEAR, 1});
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
  ren_frame_cells(drawing->frame, REN_NO_ID, (RenRect){3.25F, 0, 10.5F, 4},
                  (RenValuesShape){strip(values, N), white, blue, REN_RAMP_LINEAR, 0});
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
  ren_frame_heatmap(drawing->frame, REN_NO_ID, (RenRect){0, 0, 30, 20},
                    (RenValuesShape){grid(values, 2, 3), blue, orange, REN_RAMP_SQRT, 0});
  drawing_draw(drawing, 1, 0x204060);
  for (int i = 0; i < 6; i++)
    assert_level(drawing, 5 + 10 * (i % 3), 5 + 10 * (i / 3), values[i] >= 0 ? blue : orange,
                 sqrt(fabs((double)values[i])));
  ren_frame_begin(drawing->frame, 40, 30);
  ren_frame_heatmap(drawing->frame, REN_NO_ID, (RenRect){0, 0, 20, 30},
                    (RenValuesShape){turned, blue, orange, REN_RAMP_SQRT, 0});
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
  ren_frame_heatmap(drawing->frame, REN_NO_ID, (RenRect){5, 5, 50, 50},
                    (RenValuesShape){grid(values, N, N), white, blue, REN_RAMP_LINEAR, 0});
  drawing_draw(drawing, 1, 0);
  for (int y = 5; y < 55; y++)
    for (int x = 5; x < 55; x++) assert_in_range(drawing_channel(drawing, x, y, 8), 127, 128);
  drawing_free(drawing);
  free(values);
}

static void odd_values_do_no_harm(void **state) {
  (void)state;
  float values[6] = {NAN, INFINITY, -INFINITY, 1e30F, -1e-30F, 0};
  const float odd[] = {NAN, INFINITY, -INFINITY, 1e30F, -1e30F, 0, -5, 1e-30F, 3};
  Drawing *drawing = drawing_new(20, 20);
  for (int i = 0; i < 9; i++)
    for (int j = 0; j < 9; j++) {
      RenRect rect = {odd[i], odd[j], odd[j], odd[i]};
      RenValuesShape shape = {grid(values, 2, 3), blue, orange, REN_RAMP_LINEAR, odd[(i + j) % 9]};
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
      cmocka_unit_test(odd_values_do_no_harm),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
