/* Attention that is kept: the same bits on every processor and wherever one scrolls, anew where anything
 * changed, and never more than the bound. */
#include "render/columns.h"
#include "scene.h"

/* The same weights once more, of either sign, with every ramp. */
static void add_heatmaps(Drawing *drawing, const Scene *scene) {
  static const RenRamp ramps[] = {REN_RAMP_LINEAR, REN_RAMP_SQRT, REN_RAMP_TANH4};
  for (int i = 0; i < 3; i++) {
    RenValuesShape shape = {.values = scene->planes[i].weights,
                            .positive = {80, 120, 255, 200},
                            .negative = {255, 120, 40, 200},
                            .ground = {255, 255, 255, 90},
                            .ramp = ramps[i],
                            .threshold = 0.1F};
    ren_frame_heatmap(drawing->frame, REN_NO_ID, (RenRect){(float)(20 * i), 30, 19, 17}, shape);
  }
}

static uint32_t *draw_with(const char *simd, Scene *scene, size_t *n) {
  if (simd)
    setenv("HEADSCOPE_SIMD", simd, 1);
  else
    unsetenv("HEADSCOPE_SIMD");
  Drawing *drawing = drawing_new(WIDTH, HEIGHT);
  ren_frame_attention(drawing->frame, REN_NO_ID, scene->shape);
  add_heatmaps(drawing, scene);
  drawing_draw(drawing, 1.25F, background);
  uint32_t *pixels = drawing_copy(drawing);
  *n = drawing_bytes(drawing);
  drawing_free(drawing);
  unsetenv("HEADSCOPE_SIMD");
  return pixels;
}

static void all_instruction_sets_give_the_same_bits(void **state) {
  (void)state;
  Scene *scene = new_scene(20, 40, 40, 77);
  scene->shape.right_pitch = 6; /* steep lines as well as flat ones */
  for (size_t i = 0; i < scene->n_weights; i += 3) scene->weights[i] = -scene->weights[i];
  scene->planes[7].gain = -0.6F;
  const char *names[] = {"scalar", "avx2", "avx512", "no such thing"};
  size_t n = 0, m = 0;
  uint32_t *best = draw_with(NULL, scene, &n);
  for (int i = 0; i < 4; i++) {
    uint32_t *pixels = draw_with(names[i], scene, &m);
    assert_int_equal(n, m);
    assert_memory_equal(pixels, best, n);
    free(pixels);
  }
  free(best);
  free_scene(scene);
}

static void draw_again(Drawing *drawing, Scene *scene) {
  ren_frame_begin(drawing->frame, WIDTH, HEIGHT);
  ren_frame_attention(drawing->frame, REN_NO_ID, scene->shape);
  drawing_draw(drawing, 1, background);
}

/* A kept layer shows: weights that change behind an unchanged version are not read again. */
static void unchanged_attention_is_kept(void **state) {
  (void)state;
  Scene *scene = new_scene(3, 5, 5, 8);
  Drawing *drawing = drawing_new(WIDTH, HEIGHT);
  draw_again(drawing, scene);
  uint32_t *before = drawing_copy(drawing);
  size_t bytes = ren_raster_cache_bytes(drawing->raster);
  assert_true(bytes > 0);
  memset(scene->weights, 0, scene->n_weights * sizeof(float));
  draw_again(drawing, scene);
  assert_memory_equal(drawing->pixels.argb, before, drawing_bytes(drawing));
  assert_int_equal(ren_raster_cache_bytes(drawing->raster), bytes);
  scene->shape.version++;
  draw_again(drawing, scene);
  assert_int_equal(drawing_at(drawing, 30, 25), 0xFF000000U | background);
  free(before);
  drawing_free(drawing);
  free_scene(scene);
}

static void draw_scrolled(Drawing *drawing, Scene *scene, float y) {
  for (int p = 0; p < scene->shape.n_planes; p++) scene->planes[p].origin.y = y;
  ren_frame_begin(drawing->frame, WIDTH, 150);
  ren_frame_push_clip(drawing->frame, (RenRect){0, 7, WIDTH, 131});
  ren_frame_attention(drawing->frame, REN_NO_ID, scene->shape);
  drawing_draw(drawing, 1, background);
}

/* Steep and flat lines in a picture much higher than the window: wherever one scrolls to, and however one got
 * there, the bits are those of a picture drawn at once. */
static void scrolling_leaves_no_trace(void **state) {
  (void)state;
  Scene *scene = new_scene(5, 30, 30, 15);
  scene->shape.height = 30 * 24;
  scene->shape.left_y = scene->shape.right_y = 12.3F;
  scene->shape.left_pitch = scene->shape.right_pitch = 23.7F;
  Drawing *scrolled = drawing_new(WIDTH, 150);
  const float steps[] = {-3, -40, -41, -300, -296.5F, -120, 20, -700, 5};
  for (int i = 0; i < 9; i++) {
    draw_scrolled(scrolled, scene, steps[i]);
    Drawing *fresh = drawing_new(WIDTH, 150);
    draw_scrolled(fresh, scene, steps[i]);
    assert_memory_equal(scrolled->pixels.argb, fresh->pixels.argb, drawing_bytes(fresh));
    if (i == 3) assert_true(difference(fresh, &scene->shape, 1, (RenBounds){0, 7, WIDTH, 138}) <= 0.6);
    drawing_free(fresh);
  }
  drawing_free(scrolled);
  free_scene(scene);
}

enum { WIDE = 300 };

/* A picture with many times the lines that a frame has time for. */
static Scene *heavy_scene(void) {
  enum { T = 400 };
  Scene *scene = new_scene(4, T, T, 21);
  scene->shape.width = WIDE - 20;
  scene->shape.height = T * 24;
  scene->shape.left_y = scene->shape.right_y = 12;
  scene->shape.left_pitch = scene->shape.right_pitch = 24;
  for (size_t i = 0; i < scene->n_weights; i++) scene->weights[i] *= scene->weights[i] * 0.02F;
  return scene;
}

static bool draw_soon(Drawing *drawing, Scene *scene, float y, bool soon) {
  bool finished = true;
  EngError err;
  for (int p = 0; p < scene->shape.n_planes; p++) scene->planes[p].origin.y = y;
  ren_frame_begin(drawing->frame, WIDE, 150);
  ren_frame_attention(drawing->frame, REN_NO_ID, scene->shape);
  if (soon)
    assert_true(ren_raster_draw_soon(drawing->raster, drawing->frame, 1, ren_color_rgb(background),
                                     &drawing->pixels, &finished, &err));
  else
    drawing_draw(drawing, 1, background);
  return finished;
}

static int darkness(const Drawing *drawing) {
  int sum = 0;
  for (int i = 0; i < drawing->pixels.width * drawing->pixels.height; i++)
    sum += abs((int)(drawing->pixels.argb[i] & 255) - (int)(background & 255));
  return sum;
}

/* Wanted soon, a heavy picture begins with less than all of its ink and comes nearer with every frame, until
 * it is the one that is drawn at once, bit for bit; also after scrolling in the middle of it. */
static void soon_comes_to_the_same(void **state) {
  (void)state;
  Scene *scene = heavy_scene();
  Drawing *soon = drawing_new(WIDE, 150), *fresh = drawing_new(WIDE, 150);
  const float steps[] = {-4600, -4672};
  for (int i = 0; i < 2; i++) {
    draw_soon(fresh, scene, steps[i], false);
    int ink = darkness(fresh), frames = 1;
    bool finished = draw_soon(soon, scene, steps[i], true);
    assert_false(finished);
    int first = darkness(soon);
    assert_true(first > 0 && first < ink);
    if (i == 0) {
      draw_soon(soon, scene, steps[i], true);
      continue;
    }
    for (; !finished && frames < 1000; frames++) finished = draw_soon(soon, scene, steps[i], true);
    assert_true(finished && frames > 2);
    assert_memory_equal(soon->pixels.argb, fresh->pixels.argb, drawing_bytes(fresh));
  }
  assert_true(draw_soon(soon, scene, steps[1], true));
  drawing_free(soon);
  drawing_free(fresh);
  free_scene(scene);
}

/* What there is time for at once is whole at once. */
static void light_pictures_are_whole_at_once(void **state) {
  (void)state;
  Scene *scene = new_scene(3, 12, 12, 8);
  Drawing *soon = drawing_new(WIDE, 150), *fresh = drawing_new(WIDE, 150);
  draw_soon(fresh, scene, 5, false);
  assert_true(draw_soon(soon, scene, 5, true));
  assert_memory_equal(soon->pixels.argb, fresh->pixels.argb, drawing_bytes(fresh));
  drawing_free(soon);
  drawing_free(fresh);
  free_scene(scene);
}

/* Twice as many lines as stand in for more of them: all at once, but of tokens alone, which the mouse passes. */
static void pictures_of_one_frame_are_whole_at_once(void **state) {
  (void)state;
  enum { T = 32 };
  Scene *scene = new_scene(3, T, T, 8);
  uint8_t rows[T];
  scene->shape.width = WIDE - 20;
  scene->shape.height = 150;
  scene->shape.left_y = scene->shape.right_y = 2;
  scene->shape.left_pitch = scene->shape.right_pitch = 4.5F;
  Drawing *soon = drawing_new(WIDE, 150), *fresh = drawing_new(WIDE, 150);
  for (int alone = 0; alone < 2; alone++) {
    memset(rows, 1, T);
    rows[alone] = 0;
    scene->shape.only_rows = alone ? rows : NULL;
    draw_soon(fresh, scene, 0, false);
    assert_int_equal(draw_soon(soon, scene, 0, true), !alone);
    if (!alone) assert_memory_equal(soon->pixels.argb, fresh->pixels.argb, drawing_bytes(fresh));
  }
  drawing_free(soon);
  drawing_free(fresh);
  free_scene(scene);
}

/* What the picture depends on beside plain numbers; each change is made to what the one before left. */
static void change_other(Scene *scene, int i) {
  static const uint8_t skip[5] = {1}, other_skip[5] = {0, 1};
  static const uint8_t mask[5] = {0, 1, 0, 0, 1}, other_mask[5] = {1, 0, 1, 1, 0};
  RenAttentionShape *shape = &scene->shape;
  if (i == 0) shape->skip = skip;
  if (i == 1) shape->n_planes--;
  if (i == 2) scene->planes[1].color.g ^= 255;
  if (i == 3) scene->planes[0].weights.stride[1] = 0;
  if (i == 4) shape->skip = other_skip;
  if (i == 5) shape->only_rows = mask;
  if (i == 6) shape->only_rows = other_mask;
  if (i == 7) shape->only_rows = NULL, shape->only_columns = mask;
  if (i == 8) shape->only_columns = other_mask;
  if (i == 9) shape->only_columns = NULL, shape->only_row = 1;
}

static void expect_other_picture(Drawing *drawing, Scene *scene, uint32_t *before) {
  draw_again(drawing, scene);
  assert_memory_not_equal(drawing->pixels.argb, before, drawing_bytes(drawing));
  memcpy(before, drawing->pixels.argb, drawing_bytes(drawing));
}

/* Everything that the picture depends on makes another layer. */
static void every_change_shows(void **state) {
  (void)state;
  Scene *scene = new_scene(3, 5, 5, 8);
  Drawing *drawing = drawing_new(WIDTH, HEIGHT);
  RenAttentionShape *s = &scene->shape;
  const struct {
    float *number, by;
  } changes[] = {{&s->width, 3},
                 {&s->height, -12},
                 {&s->left_y, 1},
                 {&s->left_pitch, 0.5F},
                 {&s->right_y, 1},
                 {&s->right_pitch, 0.5F},
                 {&s->thickness, 1},
                 {&s->threshold, 0.5F},
                 {&scene->planes[0].origin.x, 1},
                 {&scene->planes[1].gain, -0.25F}};
  draw_again(drawing, scene);
  uint32_t *before = drawing_copy(drawing);
  for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
    *changes[i].number += changes[i].by;
    expect_other_picture(drawing, scene, before);
  }
  for (int i = 0; i < 10; i++) {
    change_other(scene, i);
    expect_other_picture(drawing, scene, before);
  }
  free(before);
  drawing_free(drawing);
  free_scene(scene);
}

/* By two and a half pictures as large as the frame, of a small one by 4 MB. */
static void check_bound(int width, int height, size_t bound) {
  Scene *scene = new_scene(1, 40, 40, 8);
  Drawing *drawing = drawing_new(WIDTH, HEIGHT);
  scene->shape.width = (float)width - 100;
  scene->shape.height = (float)height - 100;
  scene->shape.left_pitch = scene->shape.right_pitch = scene->shape.height / 40;
  for (int i = 0; i < 12; i++) {
    scene->shape.version++;
    ren_frame_begin(drawing->frame, (float)width, (float)height);
    ren_frame_attention(drawing->frame, REN_NO_ID, scene->shape);
    drawing_draw(drawing, 1, background);
    assert_true(ren_raster_cache_bytes(drawing->raster) < bound + ((size_t)1 << 20));
  }
  assert_true(ren_raster_cache_bytes(drawing->raster) > bound / 2);
  drawing_free(drawing);
  free_scene(scene);
}

static void kept_layers_are_bounded(void **state) {
  (void)state;
  check_bound(600, 700, 600 * 700 * 8 * 5 / 2);
  check_bound(200, 400, 4 << 20);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(all_instruction_sets_give_the_same_bits),
      cmocka_unit_test(unchanged_attention_is_kept),
      cmocka_unit_test(scrolling_leaves_no_trace),
      cmocka_unit_test(soon_comes_to_the_same),
      cmocka_unit_test(light_pictures_are_whole_at_once),
      cmocka_unit_test(pictures_of_one_frame_are_whole_at_once),
      cmocka_unit_test(every_change_shows),
      cmocka_unit_test(kept_layers_are_bounded),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
