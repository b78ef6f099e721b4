/* Long texts: planes beside each other with many tokens to a pixel come in parts, a whole text in thin tiles; in
 * the end with the bits of a picture that is drawn at once. */
#include "scene.h"

enum { T = 960, N_PLANES = 20, ACROSS = 7, THUMB = 30, PITCH = 40, W = ACROSS * PITCH, H = 150 };

/* A grid of thumbnails, too much for a frame; the last two lie on each other. */
static Scene *grid_of_thumbnails(void) {
  Scene *scene = new_scene(N_PLANES, T, T, 5);
  RenAttentionShape *shape = &scene->shape;
  shape->width = shape->height = THUMB;
  shape->left_pitch = shape->right_pitch = (float)THUMB / T;
  shape->left_y = shape->right_y = shape->left_pitch / 2;
  shape->thickness = 1;
  shape->binned = true;
  for (int p = 0; p < N_PLANES; p++) {
    int place = p + 1 < N_PLANES ? p : p - 1;
    scene->planes[p].origin = (RenPoint){(float)(place % ACROSS * PITCH + 5), (float)(place / ACROSS * PITCH + 5)};
    scene->planes[p].gain = p + 1 < N_PLANES ? 0.004F : 0.002F;
  }
  return scene;
}

static bool draw(Drawing *drawing, const RenAttentionShape *shape, int step, bool soon) {
  bool finished = true;
  EngError err;
  ren_frame_begin(drawing->frame, W, H);
  for (int i = 0; i < shape->n_planes; i += step) {
    RenAttentionShape some = *shape;
    some.planes += i;
    some.n_planes = i + step < shape->n_planes ? step : shape->n_planes - i;
    ren_frame_attention(drawing->frame, REN_NO_ID, some);
  }
  if (soon)
    assert_true(ren_raster_draw_soon(drawing->raster, drawing->frame, 1, ren_color_rgb(background),
                                     &drawing->pixels, &finished, &err));
  else
    drawing_draw(drawing, 1, background);
  return finished;
}

/* How many pixels of a thumbnail have anything on them. */
static int ink(const Drawing *drawing, RenPoint origin) {
  int n = 0;
  for (int y = 0; y < THUMB; y++)
    for (int x = 0; x < THUMB; x++)
      n += drawing_at(drawing, (int)origin.x + x, (int)origin.y + y) != (0xFF000000U | background);
  return n;
}

/* Draws frames that are wanted soon until the picture is whole; how many it took. */
static int settle(Drawing *drawing, const RenAttentionShape *shape) {
  int frames = 1;
  while (!draw(drawing, shape, shape->n_planes, true) && frames < 1000) frames++;
  return frames;
}

/* At first something stands in for all of them, then they come one after the other. */
static void thumbnails_of_long_texts_come_in_parts(void **state) {
  (void)state;
  Scene *scene = grid_of_thumbnails();
  Drawing *soon = drawing_new(W, H), *fresh = drawing_new(W, H), *apart = drawing_new(W, H);
  draw(fresh, &scene->shape, N_PLANES, false);
  draw(apart, &scene->shape, 3, false); /* so few at a time that they are no parts */
  assert_memory_equal(fresh->pixels.argb, apart->pixels.argb, drawing_bytes(fresh));
  assert_false(draw(soon, &scene->shape, N_PLANES, true));
  for (int p = 0; p < N_PLANES; p++) assert_in_range(ink(soon, scene->planes[p].origin), THUMB, THUMB * THUMB);
  assert_true(memcmp(soon->pixels.argb, fresh->pixels.argb, drawing_bytes(fresh)) != 0);
  assert_in_range(settle(soon, &scene->shape), 2, N_PLANES);
  assert_memory_equal(soon->pixels.argb, fresh->pixels.argb, drawing_bytes(fresh));
  assert_true(draw(soon, &scene->shape, N_PLANES, true));
  assert_memory_equal(soon->pixels.argb, fresh->pixels.argb, drawing_bytes(fresh));
  scene->shape.threshold = 0.5F;
  assert_false(draw(soon, &scene->shape, N_PLANES, true));
  drawing_free(soon);
  drawing_free(fresh);
  drawing_free(apart);
  free_scene(scene);
}

/* Rows that nobody asked for do not stand in for one that is. */
static void what_stands_in_shows_the_rows_that_are_asked_for(void **state) {
  (void)state;
  Scene *scene = grid_of_thumbnails();
  Drawing *soon = drawing_new(W, H);
  uint8_t only[T] = {0};
  only[3] = only[201] = 1;
  scene->shape.only_rows = only;
  assert_false(draw(soon, &scene->shape, N_PLANES, true));
  for (int p = 0; p < N_PLANES; p++) assert_in_range(ink(soon, scene->planes[p].origin), THUMB, THUMB * THUMB);
  drawing_free(soon);
  free_scene(scene);
}

/* Planes across each other are drawn as they are ordered, at once. */
static void planes_across_each_other_are_no_parts(void **state) {
  (void)state;
  Scene *scene = grid_of_thumbnails();
  scene->planes[3].origin.x += 20;
  Drawing *soon = drawing_new(W, H), *fresh = drawing_new(W, H);
  draw(fresh, &scene->shape, N_PLANES, false);
  assert_true(draw(soon, &scene->shape, N_PLANES, true));
  assert_memory_equal(soon->pixels.argb, fresh->pixels.argb, drawing_bytes(fresh));
  drawing_free(soon);
  drawing_free(fresh);
  free_scene(scene);
}

/* Every token in sight: tiles are narrower, and the same picture. */
static void a_whole_text_comes_in_thin_tiles(void **state) {
  (void)state;
  enum { TOKENS = 300, HIGH = 120 };
  Scene *scene = new_scene(2, TOKENS, TOKENS, 9);
  RenAttentionShape *shape = &scene->shape;
  shape->width = 50;
  shape->height = HIGH;
  shape->left_pitch = shape->right_pitch = (float)HIGH / TOKENS;
  shape->left_y = shape->right_y = shape->left_pitch / 2;
  for (int p = 0; p < 2; p++) scene->planes[p].gain = 0.01F;
  Drawing *soon = drawing_new(W, H), *fresh = drawing_new(W, H);
  draw(fresh, shape, 2, false);
  assert_true(settle(soon, shape) > 2);
  assert_memory_equal(soon->pixels.argb, fresh->pixels.argb, drawing_bytes(fresh));
  draw(fresh, shape, 2, true); /* what was drawn at once is kept as tiles as well */
  assert_memory_equal(soon->pixels.argb, fresh->pixels.argb, drawing_bytes(fresh));
  drawing_free(soon);
  drawing_free(fresh);
  free_scene(scene);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(thumbnails_of_long_texts_come_in_parts),
      cmocka_unit_test(what_stands_in_shows_the_rows_that_are_asked_for),
      cmocka_unit_test(planes_across_each_other_are_no_parts),
      cmocka_unit_test(a_whole_text_comes_in_thin_tiles),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
