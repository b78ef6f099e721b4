/* Attention lines against their definition, whatever is asked for. */
#include "scene.h"

static void assert_as_defined(Scene *scene, float scale) {
  Drawing *drawing = drawing_new(WIDTH, HEIGHT);
  ren_frame_attention(drawing->frame, REN_NO_ID, scene->shape);
  drawing_draw(drawing, scale, background);
  RenBounds all = {0, 0, drawing->pixels.width, drawing->pixels.height};
  double worst = difference(drawing, &scene->shape, (double)scale, all);
  if (worst > 0.6) print_error("differs by %g levels\n", worst);
  assert_true(worst <= 0.6);
  drawing_free(drawing);
}

static void one_line_covers_what_it_covers(void **state) {
  (void)state;
  Scene *scene = new_scene(1, 1, 1, 1);
  scene->weights[0] = 0.5F;
  scene->planes[0].gain = 1;
  scene->planes[0].color = ren_color_rgb(0xFFFFFF);
  scene->shape.left_y = scene->shape.right_y = 10.25F;
  Drawing *drawing = drawing_new(WIDTH, HEIGHT);
  ren_frame_attention(drawing->frame, REN_NO_ID, scene->shape);
  drawing_draw(drawing, 1, 0);
  const double rows[] = {0, 0.75, 1, 0.25, 0}; /* 9.25 … 11.25 */
  for (int k = 0; k < 5; k++) {
    assert_int_equal(drawing_channel(drawing, 30, 5 + 8 + k, 8), (int)(127.5 * rows[k] + 0.5));
    assert_int_equal(drawing_channel(drawing, 10, 5 + 8 + k, 8), drawing_channel(drawing, 49, 5 + 8 + k, 8));
    assert_int_equal(drawing_channel(drawing, 9, 5 + 8 + k, 8), 0);
    assert_int_equal(drawing_channel(drawing, 50, 5 + 8 + k, 8), 0);
  }
  drawing_free(drawing);
  free_scene(scene);
}

static void crossing_lines_multiply(void **state) {
  (void)state;
  Scene *scene = new_scene(1, 2, 2, 1);
  const float weights[] = {0, 0.5F, 0.25F, 0};
  memcpy(scene->weights, weights, sizeof weights);
  assert_as_defined(scene, 1);
  scene->planes[0].gain = 1;
  scene->planes[0].color = ren_color_rgb(0xFFFFFF);
  scene->shape.left_y = scene->shape.right_y = 10;
  scene->shape.left_pitch = scene->shape.right_pitch = 20;
  scene->shape.thickness = 6;
  Drawing *drawing = drawing_new(WIDTH, HEIGHT);
  ren_frame_attention(drawing->frame, REN_NO_ID, scene->shape);
  drawing_draw(drawing, 1, 0);
  assert_int_equal(drawing_channel(drawing, 30, 25, 8), 159); /* 255 * (1 - 0.5 * 0.75) */
  drawing_free(drawing);
  free_scene(scene);
}

static void many_lines_and_planes_are_as_defined(void **state) {
  (void)state;
  const int shapes[][3] = {{1, 5, 7}, {3, 9, 4}, {12, 6, 6}, {20, 3, 5}}; /* 20: more than one group of lanes */
  for (int k = 0; k < 4; k++) {
    Scene *scene = new_scene(shapes[k][0], (size_t)shapes[k][1], (size_t)shapes[k][2], 7 + (uint32_t)k);
    assert_as_defined(scene, 1);
    assert_as_defined(scene, 1.5F);
    free_scene(scene);
  }
}

static void planes_may_stand_anywhere(void **state) {
  (void)state;
  Scene *scene = new_scene(6, 4, 4, 3);
  for (int p = 0; p < 6; p++) scene->planes[p].origin = (RenPoint){-15 + 13.3F * (float)p, 20 - 7.7F * (float)p};
  scene->planes[3].color.a = 100;
  assert_as_defined(scene, 1);
  scene->planes[4].origin = (RenPoint){500, 0}; /* out of sight */
  assert_as_defined(scene, 2);
  free_scene(scene);
}

static void thresholds_rows_columns_are_left_out(void **state) {
  (void)state;
  Scene *scene = new_scene(2, 6, 5, 11);
  scene->shape.threshold = 0.3F;
  assert_as_defined(scene, 1);
  const uint8_t skip[5] = {1, 0, 0, 1, 0};
  scene->shape.skip = skip;
  assert_as_defined(scene, 1);
  scene->shape.only_row = 4;
  assert_as_defined(scene, 1);
  scene->shape.only_row = -1;
  scene->shape.only_column = 2;
  assert_as_defined(scene, 1);
  scene->shape.only_column = 77; /* not there: nothing is drawn */
  assert_as_defined(scene, 1);
  free_scene(scene);
}

static void only_marked_rows_and_columns_are_drawn(void **state) {
  (void)state;
  Scene *scene = new_scene(3, 6, 5, 12);
  const uint8_t rows[6] = {0, 1, 0, 0, 1, 0}, columns[5] = {1, 0, 0, 1, 1}, skip[5] = {0, 0, 0, 1, 0};
  scene->shape.only_rows = rows;
  assert_as_defined(scene, 1);
  scene->shape.only_columns = columns;
  assert_as_defined(scene, 1.5F);
  scene->shape.skip = skip;
  assert_as_defined(scene, 1);
  scene->shape.only_rows = NULL;
  assert_as_defined(scene, 1);
  scene->shape.only_row = 2;
  assert_as_defined(scene, 1);
  free_scene(scene);
}

static void gains_stop_at_opaque(void **state) {
  (void)state;
  Scene *scene = new_scene(2, 3, 3, 5);
  scene->planes[0].gain = 10;
  scene->planes[1].gain = 0;
  assert_as_defined(scene, 1);
  free_scene(scene);
}

static void steep_lines_are_as_defined(void **state) {
  (void)state;
  Scene *scene = new_scene(1, 12, 12, 9);
  scene->shape.width = 9;
  scene->shape.left_pitch = scene->shape.right_pitch = 60;
  scene->shape.left_y = -300;
  scene->shape.right_y = -280;
  assert_as_defined(scene, 1);
  free_scene(scene);
}

/* Columns in the wrong order, every other row, one value for all: only strides change. */
/* However steep, a line does not reach beyond its ends. */
static void ends_are_cut(void **state) {
  (void)state;
  Scene *scene = new_scene(1, 1, 1, 1);
  scene->weights[0] = 1;
  scene->shape.width = 4;
  scene->shape.left_y = 33;
  scene->shape.right_y = 10;
  Drawing *drawing = drawing_new(WIDTH, HEIGHT);
  ren_frame_attention(drawing->frame, REN_NO_ID, scene->shape);
  drawing_draw(drawing, 1, background);
  for (int x = 10; x < 14; x++) {
    assert_int_equal(drawing_at(drawing, x, 5 + 8), 0xFF000000U | background);
    assert_int_equal(drawing_at(drawing, x, 5 + 34), 0xFF000000U | background);
  }
  assert_int_not_equal(drawing_at(drawing, 13, 5 + 10), 0xFF000000U | background);
  assert_int_not_equal(drawing_at(drawing, 10, 5 + 32), 0xFF000000U | background);
  drawing_free(drawing);
  free_scene(scene);
}

static void weights_may_have_any_strides(void **state) {
  (void)state;
  Scene *scene = new_scene(1, 8, 6, 21);
  EngTensor *weights = &scene->planes[0].weights;
  *weights = (EngTensor){.data = scene->weights + 5, .rank = 2, .shape = {4, 6}, .stride = {12, -1}};
  assert_as_defined(scene, 1);
  *weights = (EngTensor){.data = scene->weights, .rank = 2, .shape = {4, 6}, .stride = {0, 0}};
  assert_as_defined(scene, 1);
  free_scene(scene);
}

static void what_is_no_weight_draws_nothing(void **state) {
  (void)state;
  Scene *scene = new_scene(1, 3, 3, 2);
  scene->weights[0] = NAN;
  scene->weights[1] = -1;
  scene->weights[2] = INFINITY;
  scene->weights[4] = -INFINITY;
  assert_as_defined(scene, 1);
  free_scene(scene);
}

static void clips_cut_attention(void **state) {
  (void)state;
  Scene *scene = new_scene(3, 5, 5, 4);
  Drawing *drawing = drawing_new(WIDTH, HEIGHT);
  ren_frame_push_clip(drawing->frame, (RenRect){15, 12, 20, 9});
  ren_frame_attention(drawing->frame, REN_NO_ID, scene->shape);
  drawing_draw(drawing, 2, background);
  assert_true(difference(drawing, &scene->shape, 2, (RenBounds){30, 24, 70, 42}) <= 0.6);
  drawing_free(drawing);
  free_scene(scene);
}

/* With `lower` what is above the diagonal counts as 0, whatever it is, of single tokens and of bins. */
static void what_is_above_the_diagonal_is_not_read(void **state) {
  (void)state;
  enum { N = 90, PLANES = 3 };
  Scene *scene = new_scene(PLANES, N, N, 12);
  Drawing *all = drawing_new(WIDTH, HEIGHT), *lower = drawing_new(WIDTH, HEIGHT);
  for (int binned = 0; binned < 2; binned++)
    for (int only = -1; only < N; only += 30) {
      scene->shape.binned = binned;
      scene->shape.only_row = only;
      scene->shape.lower = false;
      for (int i = 0; i < PLANES * N * N; i++)
        if (i % N > i / N % N) scene->weights[i] = 0;
      ren_frame_begin(all->frame, WIDTH, HEIGHT);
      ren_frame_attention(all->frame, REN_NO_ID, scene->shape);
      drawing_draw(all, 1, background);
      scene->shape.lower = true;
      scene->shape.version++;
      for (int i = 0; i < PLANES * N * N; i++)
        if (i % N > i / N % N) scene->weights[i] = 0.5F;
      ren_frame_begin(lower->frame, WIDTH, HEIGHT);
      ren_frame_attention(lower->frame, REN_NO_ID, scene->shape);
      drawing_draw(lower, 1, background);
      assert_memory_equal(all->pixels.argb, lower->pixels.argb, drawing_bytes(all));
    }
  drawing_free(all);
  drawing_free(lower);
  free_scene(scene);
}

/* In the middle of its lines, too, and not as a lack of memory. */
static void what_is_cancelled_says_so(void **state) {
  (void)state;
  EngError err = {""};
  EngCancel cancel = {0};
  Scene *scene = new_scene(3, 40, 40, 5);
  Drawing *drawing = drawing_new(WIDTH, HEIGHT);
  ren_frame_attention(drawing->frame, REN_NO_ID, scene->shape);
  eng_cancel_raise(&cancel);
  ren_raster_set_cancel(drawing->raster, &cancel);
  assert_false(
      ren_raster_draw(drawing->raster, drawing->frame, 1, ren_color_rgb(background), &drawing->pixels, &err));
  assert_string_equal(err.message, "cancelled");
  ren_raster_set_cancel(drawing->raster, NULL);
  drawing_draw(drawing, 1, background);
  drawing_free(drawing);
  free_scene(scene);
}

static void odd_geometry_does_no_harm(void **state) {
  (void)state;
  const float odd[] = {NAN, INFINITY, -INFINITY, 1e30F, -1e30F, 0, -5, 1e-30F};
  Scene *scene = new_scene(2, 3, 4, 8);
  Drawing *drawing = drawing_new(WIDTH, HEIGHT);
  for (int field = 0; field < 9; field++)
    for (int i = 0; i < 8; i++) {
      RenAttentionShape shape = scene->shape;
      float *fields[] = {&shape.width,      &shape.height,    &shape.left_y,
                         &shape.left_pitch, &shape.right_y,   &shape.right_pitch,
                         &shape.thickness,  &shape.threshold, &shape.planes[1].origin.y};
      float kept = *fields[field];
      *fields[field] = odd[i];
      shape.binned = i % 2;
      ren_frame_attention(drawing->frame, REN_NO_ID, shape);
      *fields[field] = kept;
    }
  EngTensor *weights = &scene->planes[1].weights;
  weights->shape[1] = 3; /* unlike the other plane */
  ren_frame_attention(drawing->frame, REN_NO_ID, scene->shape);
  scene->planes[0].weights.shape[0] = weights->shape[0] = 0;
  ren_frame_attention(drawing->frame, REN_NO_ID, scene->shape);
  drawing_draw(drawing, 1, background);
  drawing_free(drawing);
  free_scene(scene);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(one_line_covers_what_it_covers),
      cmocka_unit_test(crossing_lines_multiply),
      cmocka_unit_test(many_lines_and_planes_are_as_defined),
      cmocka_unit_test(planes_may_stand_anywhere),
      cmocka_unit_test(thresholds_rows_columns_are_left_out),
      cmocka_unit_test(only_marked_rows_and_columns_are_drawn),
      cmocka_unit_test(gains_stop_at_opaque),
      cmocka_unit_test(steep_lines_are_as_defined),
      cmocka_unit_test(ends_are_cut),
      cmocka_unit_test(weights_may_have_any_strides),
      cmocka_unit_test(what_is_no_weight_draws_nothing),
      cmocka_unit_test(clips_cut_attention),
      cmocka_unit_test(what_is_above_the_diagonal_is_not_read),
      cmocka_unit_test(what_is_cancelled_says_so),
      cmocka_unit_test(odd_geometry_does_no_harm),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
