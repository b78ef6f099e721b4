/* Matrices made smaller: the largest of what falls into a cell; pictures of them that are kept, and that come
 * when there is time. */
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

/* The largest value of which a part lies in the cell. */
static float naive(const float *values, const uint8_t *skip, size_t i, size_t j, size_t rows, size_t columns) {
  float most = 0;
  for (size_t y = 0; y < R; y++)
    for (size_t x = 0; x < C; x++) {
      bool inside = y * rows < (i + 1) * R && (y + 1) * rows > i * R && x * columns < (j + 1) * C &&
                    (x + 1) * columns > j * C;
      if (inside && !(skip && skip[x])) most = fmaxf(most, values[y * C + x]);
    }
  return most;
}

static void a_cell_is_the_largest_of_its_values(void **state) {
  (void)state;
  float values[R * C], work[C], out[R * C];
  uint8_t skip[C] = {[3] = 1, [40] = 1};
  const size_t sides[][2] = {{1, 1}, {7, 11}, {15, 43}, {30, 43}};
  fill(values);
  values[5] = NAN, values[6] = -1;
  EngTensor tensor = eng_tensor_view(values, 2, (const size_t[]){R, C});
  for (int k = 0; k < 8; k++) {
    size_t rows = sides[k / 2][0], columns = sides[k / 2][1];
    const uint8_t *left_out = k % 2 ? skip : NULL;
    ren_pool(&tensor, left_out, rows, columns, work, out);
    for (size_t i = 0; i < rows; i++)
      for (size_t j = 0; j < columns; j++)
        assert_true(out[i * columns + j] == naive(values, left_out, i, j, rows, columns));
  }
}

enum { T = 1200, MAPS = 9, SIDE = 40 };

static void add_maps(Drawing *drawing, const float *values) {
  for (int i = 0; i < MAPS; i++)
    ren_frame_heatmap(drawing->frame, REN_NO_ID, (RenRect){(float)(i * SIDE), 5, SIDE, SIDE},
                      (RenValuesShape){.values = eng_tensor_view((float *)(uintptr_t)(values + i), 2,
                                                                 (const size_t[]){T, T}),
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
    assert_true(ren_raster_draw_soon(soon->raster, soon->frame, 1, ren_color_rgb(0), &soon->pixels, &finished, &err));
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
      cmocka_unit_test(what_is_wanted_soon_comes_in_parts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
