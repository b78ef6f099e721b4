/* Attention in SVG: a stroke for each weight, with the opacity worked out here; one image where there are too many.
 */
#include "written.h"

#include <math.h>

enum { ROWS = 3, COLUMNS = 4 };

static void test_checker(void **state) {
  (void)state;
  assert_true(is_well_formed("<?xml?><a><b x=\"1\"/>t &amp; u</a>"));
  assert_false(is_well_formed("<a><b></a></b>"));
  assert_false(is_well_formed("<a>"));
  assert_false(is_well_formed("<a> & </a>"));
}

typedef struct Attention {
  float weights[ROWS * COLUMNS];
  RenPlane plane;
  RenAttentionShape shape;
} Attention;

static void push_attention(Drawing *drawing, Attention *a) {
  a->plane = (RenPlane){{10, 20},
                        {51, 102, 204, 255},
                        {.data = a->weights, .rank = 2, .shape = {ROWS, COLUMNS}, .stride = {COLUMNS, 1}},
                        0.8F};
  a->shape.width = 100;
  a->shape.height = 60;
  a->shape.left_y = 5, a->shape.left_pitch = 20;
  a->shape.right_y = 4, a->shape.right_pitch = 15;
  a->shape.thickness = 2;
  a->shape.only_row = a->shape.only_column = -1;
  a->shape.n_planes = 1;
  a->shape.planes = &a->plane;
  ren_frame_attention(drawing->frame, REN_NO_ID, a->shape);
}

/* Every stroke of the SVG against the weight that it stands for, in order. */
static void check_strokes(const char *svg, const Attention *a, float threshold) {
  const char *at = svg;
  for (int i = 0; i < ROWS; i++)
    for (int j = 0; j < COLUMNS; j++) {
      float weight = a->weights[i * COLUMNS + j];
      if (!(weight > 0) || weight < threshold) continue;
      double opacity = fmin(1, (double)weight * 0.8), found, y0, x1, y1;
      at = strstr(at, "stroke:rgb(20%,40%,80%)");
      assert_non_null(at);
      assert_int_equal(sscanf(strstr(at, "stroke-opacity:"), "stroke-opacity:%lf", &found), 1);
      assert_true(fabs(found - opacity) <= 0.5 / 255 + 1e-6);
      assert_int_equal(sscanf(strstr(at, " d=\"M"), " d=\"M 0 %lf L %lf %lf", &y0, &x1, &y1), 3);
      assert_true(fabs(y0 - (5 + 20 * i)) < 0.01 && fabs(x1 - 100) < 0.01 && fabs(y1 - (4 + 15 * j)) < 0.01);
      assert_memory_equal(strstr(at, "transform=\""), "transform=\"matrix(1,0,0,1,10,20)\"", 33);
      at++;
    }
}

static void test_strokes(void **state) {
  (void)state;
  Drawing *drawing = drawing_new(200, 100);
  Attention a = {.weights = {1, 0, 0, 0, 0.25F, 0.75F, 0, 0, 0.1F, 0.2F, 0.3F, 1.4F}};
  push_attention(drawing, &a);
  size_t n;
  char *svg = written(drawing, REN_VECTOR_SVG, &n);
  assert_true(is_well_formed(svg));
  assert_int_equal(count(svg, "stroke-opacity:"), 7);
  check_strokes(svg, &a, 0);
  free(svg);
  drawing_free(drawing);
}

static void test_threshold(void **state) {
  (void)state;
  Drawing *drawing = drawing_new(200, 100);
  Attention a = {.weights = {1, 0, 0, 0, 0.25F, 0.75F, 0, 0, 0.1F, 0.2F, 0.3F, 1.4F},
                 .shape = {.threshold = 0.25F}};
  push_attention(drawing, &a);
  size_t n;
  char *svg = written(drawing, REN_VECTOR_SVG, &n);
  assert_int_equal(count(svg, "stroke-opacity:"), 5);
  check_strokes(svg, &a, 0.25F);
  free(svg);
  drawing_free(drawing);
}

/* More lines than a file should hold: one image, no strokes. */
static void test_many_lines(void **state) {
  (void)state;
  enum { T = 160 };
  Drawing *drawing = drawing_new(200, 400);
  float *weights = malloc(sizeof(float) * T * T);
  assert_non_null(weights);
  for (int i = 0; i < T * T; i++) weights[i] = 0.5F;
  RenPlane plane = {{0, 0}, {9, 9, 9, 255}, {.data = weights, .rank = 2, .shape = {T, T}, .stride = {T, 1}}, 1};
  RenAttentionShape shape = {.width = 100,
                             .height = 400,
                             .left_y = 1,
                             .left_pitch = 2,
                             .right_y = 1,
                             .right_pitch = 2,
                             .thickness = 1,
                             .only_row = -1,
                             .only_column = -1,
                             .n_planes = 1,
                             .planes = &plane};
  ren_frame_attention(drawing->frame, REN_NO_ID, shape);
  size_t n;
  char *svg = written(drawing, REN_VECTOR_SVG, &n);
  assert_true(is_well_formed(svg));
  assert_int_equal(count(svg, "stroke-opacity:"), 0);
  assert_int_equal(count(svg, "<image "), 1);
  free(svg);
  free(weights);
  drawing_free(drawing);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_checker),
      cmocka_unit_test(test_strokes),
      cmocka_unit_test(test_threshold),
      cmocka_unit_test(test_many_lines),
  };
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
