/* From weights to lines: bins and their mass; the logarithm that steep lines go through. */
#include "render/bundle.h"
#include "scene.h"

static double sum_of(const RenLines *lines, int lane, float y) {
  double sum = 0;
  for (size_t i = 0; i < lines->n; i++)
    if (lines->lines[i].y == y) sum += (double)lines->opacities[i][lane];
  return sum;
}

/* Of every bin of rows the lines together are as opaque as the mean of its rows' sums. */
static void bins_keep_the_mass(void **state) {
  (void)state;
  enum { T = 50, EACH = 4 }; /* the last bin has two */
  Scene *scene = new_scene(2, T, T, 33);
  for (size_t i = 0; i < scene->n_weights; i++) scene->weights[i] *= 0.01F;
  RenBundle bundle = {.width = 40, .thickness = 1, .top = -1000, .bottom = 1000, .threshold = 0.002F};
  bundle.rows = ren_bundle_side(T, -1, true, 2, 0.27F, 1);
  bundle.columns = ren_bundle_side(T, -1, true, 2, 0.27F, 1);
  assert_int_equal(bundle.rows.each, EACH);
  RenGatherer gatherer = {0};
  RenLines lines = {0};
  scene->planes[1].gain = 0.5F;
  assert_true(ren_bundle_gather(&bundle, &gatherer, scene->planes, 2, &lines));
  assert_int_equal(lines.n, 13 * 13);
  for (int p = 0; p < 2; p++)
    for (int bin = 0; bin < 13; bin++) {
      int first = bin * EACH, last = first + EACH < T ? first + EACH : T;
      double mass = 0;
      for (int k = first * T; k < last * T; k++) {
        double weight = (double)scene->weights[p * T * T + k];
        mass += weight >= (double)bundle.threshold ? weight : 0;
      }
      float y = 2 + 0.27F * ((float)(first + last - 1) / 2);
      double expected = mass / (last - first) * (double)scene->planes[p].gain;
      assert_true(expected > 0.05);
      assert_true(fabs(sum_of(&lines, p, y) - expected) < 1e-5);
    }
  ren_gatherer_free(&gatherer);
  ren_lines_free(&lines);
  free_scene(scene);
}

/* A plane with a gain below 0 is of the weights below 0. */
static void signs_have_planes_of_their_own(void **state) {
  (void)state;
  static const float weights[] = {0.5F, -0.25F, -0.75F, 0.125F, -0.0625F, 0};
  Scene *scene = new_scene(2, 2, 3, 1);
  RenBundle bundle = {.width = 40, .thickness = 1, .top = -1000, .bottom = 1000, .threshold = 0.1F};
  bundle.rows = ren_bundle_side(2, -1, false, 2, 20, 1);
  bundle.columns = ren_bundle_side(3, -1, false, 2, 20, 1);
  for (int p = 0; p < 2; p++) {
    memcpy(scene->weights + p * 6, weights, sizeof weights);
    scene->planes[p].gain = p == 0 ? 1 : -1;
  }
  RenGatherer gatherer = {0};
  RenLines lines = {0};
  assert_true(ren_bundle_gather(&bundle, &gatherer, scene->planes, 2, &lines));
  static const float expected[][2] = {{0.5F, 0}, {0, 0.25F}, {0, 0.75F}, {0.125F, 0}};
  assert_int_equal(lines.n, 4);
  for (int i = 0; i < 4; i++)
    for (int p = 0; p < 2; p++) assert_float_equal(lines.opacities[i][p], expected[i][p], 0);
  ren_gatherer_free(&gatherer);
  ren_lines_free(&lines);
  free_scene(scene);
}

static void bins_are_a_matter_of_pixels(void **state) {
  (void)state;
  assert_int_equal(ren_bundle_side(512, -1, true, 0, 0.25F, 1).each, 4);
  assert_int_equal(ren_bundle_side(512, -1, true, 0, 0.25F, 2).each, 4); /* a sharper picture, not another one */
  assert_int_equal(ren_bundle_side(512, -1, true, 0, 1.5F, 1).each, 1);
  assert_int_equal(ren_bundle_side(512, -1, false, 0, 0.25F, 1).each, 1);
  assert_int_equal(ren_bundle_side(512, 3, true, 0, 0.25F, 1).each, 1);
  assert_int_equal(ren_bundle_side(3, -1, true, 0, 1e-30F, 1).each, 3);
  assert_int_equal(ren_bundle_side(3, -1, true, 0, NAN, 1).each, 1);
}

/* Uniform attention over many tokens: binned or not, a pixel row carries about the same ink. */
static void binned_pictures_look_like_unbinned_ones(void **state) {
  (void)state;
  enum { T = 80 };
  Scene *scene = new_scene(1, T, T, 1);
  for (size_t i = 0; i < scene->n_weights; i++) scene->weights[i] = 1.0F / T;
  scene->planes[0].gain = 0.2F; /* faint, so that opacities add up */
  scene->shape.left_pitch = scene->shape.right_pitch = 0.45F;
  double ink[2];
  for (int binned = 0; binned < 2; binned++) {
    Drawing *drawing = drawing_new(WIDTH, HEIGHT);
    scene->shape.binned = binned;
    scene->planes[0].color = ren_color_rgb(0xFFFFFF);
    if (binned) scene->planes[0].gain *= 3; /* a bin has the mean of three rows, not their sum */
    ren_frame_attention(drawing->frame, REN_NO_ID, scene->shape);
    drawing_draw(drawing, 1, 0);
    ink[binned] = 0;
    for (int i = 0; i < WIDTH * HEIGHT; i++) ink[binned] += drawing->pixels.argb[i] & 255;
    drawing_free(drawing);
  }
  assert_true(fabs(ink[1] / ink[0] - 1) < 0.03);
  free_scene(scene);
}

/* The logarithm and exponential that steep lines go through. */
static void wear_is_minus_the_logarithm(void **state) {
  (void)state;
  for (int i = 0; i <= 4096; i++) {
    double opacity = i / 4096.0;
    RenLanes lanes = {(float)opacity}, through = {1, 1};
    RenLaneInts wear;
    ren_lanes_wear(&lanes, &wear);
    double expected = opacity < 1 ? fmin(-log(1 - opacity), 8) : 8;
    assert_true(fabs((double)wear[0] / REN_WEAR - expected) < 1.0 / REN_WEAR);
    assert_int_equal(wear[1], 0);
    wear *= 3;
    ren_lanes_weaken(&through, &wear);
    assert_true(fabs((double)through[0] - pow(1 - opacity, 3)) < 1e-4);
    assert_float_equal(through[1], 1, 0);
  }
  RenLanes through = {1};
  RenLaneInts worn = {INT32_MAX, -1};
  ren_lanes_weaken(&through, &worn);
  assert_true(through[0] < 1e-6F && through[1] < 1e-6F);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(bins_keep_the_mass),
      cmocka_unit_test(signs_have_planes_of_their_own),
      cmocka_unit_test(bins_are_a_matter_of_pixels),
      cmocka_unit_test(binned_pictures_look_like_unbinned_ones),
      cmocka_unit_test(wear_is_minus_the_logarithm),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
