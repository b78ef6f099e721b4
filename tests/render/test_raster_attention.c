/* Attention lines against the definition, written out in double precision: each line covers a pixel by its
 * height inside it at the pixel's middle; transmittance is the product over the lines; planes go over each
 * other in order. Then what the definition does not say: bins, kept layers, equal bits everywhere. */
#include "drawing.h"
#include "render/bundle.h"
#include "render/canvas.h"

#include <math.h>

enum { WIDTH = 60, HEIGHT = 50, MAX_PLANES = 20 };

typedef struct Scene {
  RenAttentionShape shape;
  RenPlane planes[MAX_PLANES];
  float *weights; /* (planes, rows, columns) */
  size_t n_weights;
} Scene;

static Scene *new_scene(int n_planes, size_t rows, size_t columns, uint32_t seed) {
  Scene *scene = calloc(1, sizeof *scene);
  assert_non_null(scene);
  scene->n_weights = (size_t)n_planes * rows * columns;
  scene->weights = malloc(scene->n_weights * sizeof(float));
  assert_non_null(scene->weights);
  for (size_t i = 0; i < scene->n_weights; i++) {
    float r = drawing_random(&seed);
    scene->weights[i] = r * r;
  }
  for (int p = 0; p < n_planes; p++)
    scene->planes[p] = (RenPlane){{10, 5},
                                  ren_theme_head_color(p),
                                  {.data = scene->weights + (size_t)p * rows * columns,
                                   .rank = 2,
                                   .shape = {rows, columns},
                                   .stride = {(ptrdiff_t)columns, 1}},
                                  0.8F};
  scene->shape = (RenAttentionShape){.width = 40,
                                     .height = 40,
                                     .left_y = 3,
                                     .left_pitch = 36.0F / (float)rows,
                                     .right_y = 2.5F,
                                     .right_pitch = 33.0F / (float)columns,
                                     .thickness = 2,
                                     .only_row = -1,
                                     .only_column = -1,
                                     .n_planes = n_planes,
                                     .planes = scene->planes};
  return scene;
}

static void free_scene(Scene *scene) {
  free(scene->weights);
  free(scene);
}

/* --- the definition */

static double opacity_of(const RenAttentionShape *shape, const RenPlane *plane, int i, int j) {
  const EngTensor *w = &plane->weights;
  double weight = (double)w->data[i * w->stride[0] + j * w->stride[1]];
  bool left_out = (shape->only_row >= 0 && i != shape->only_row) ||
                  (shape->only_column >= 0 && j != shape->only_column) || (shape->skip && shape->skip[j]) ||
                  !(weight >= (double)shape->threshold) || !(weight > 0);
  double opacity = weight * (double)plane->gain;
  return left_out ? 0 : opacity < 1 ? opacity : 1;
}

static double line_coverage(const RenAttentionShape *shape, int i, int j, double scale, int x, int y) {
  double left = (double)(shape->left_y + (float)i * shape->left_pitch) * scale;
  double right = (double)(shape->right_y + (float)j * shape->right_pitch) * scale;
  double slope = (right - left) / ((double)shape->width * scale);
  double half = (double)shape->thickness * scale / 2 * sqrt(1 + slope * slope);
  double middle = left + slope * (x + 0.5), from = fmax(middle - half, y), to = fmin(middle + half, y + 1.0);
  return to > from ? to - from : 0;
}

/* What shows through a plane at one of its pixels. */
static double transmittance(const RenAttentionShape *shape, const RenPlane *plane, double scale, int x, int y) {
  double through = 1;
  for (int i = 0; i < (int)plane->weights.shape[0]; i++)
    for (int j = 0; j < (int)plane->weights.shape[1]; j++) {
      double opacity = opacity_of(shape, plane, i, j);
      if (opacity > 0) through *= 1 - opacity * line_coverage(shape, i, j, scale, x, y);
    }
  return through;
}

static void expected_pixel(const RenAttentionShape *shape, double scale, int x, int y, double rgb[3]) {
  for (int p = 0; p < shape->n_planes; p++) {
    const RenPlane *plane = &shape->planes[p];
    int px = x - (int)floor((double)plane->origin.x * scale + 0.5);
    int py = y - (int)floor((double)plane->origin.y * scale + 0.5);
    if (px < 0 || py < 0 || px >= lround((double)shape->width * scale) ||
        py >= lround((double)shape->height * scale))
      continue;
    double alpha = (1 - transmittance(shape, plane, scale, px, py)) * plane->color.a / 255;
    const double color[3] = {plane->color.r, plane->color.g, plane->color.b};
    for (int c = 0; c < 3; c++) rgb[c] += (color[c] - rgb[c]) * alpha;
  }
}

static const uint32_t background = 0x15171C;

/* The largest difference from the definition inside the clip, in levels of 255; outside nothing is drawn. */
static double difference(const Drawing *drawing, const RenAttentionShape *shape, double scale, RenBounds clip) {
  double worst = 0;
  for (int y = 0; y < drawing->pixels.height; y++)
    for (int x = 0; x < drawing->pixels.width; x++) {
      double rgb[3] = {0x15, 0x17, 0x1C};
      bool inside = x >= clip.left && x < clip.right && y >= clip.top && y < clip.bottom;
      if (inside) expected_pixel(shape, scale, x, y, rgb);
      for (int c = 0; c < 3; c++) {
        double off = fabs(drawing_channel(drawing, x, y, 16 - 8 * c) - rgb[c]);
        worst = off > worst ? off : worst;
      }
    }
  return worst;
}

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

/* --- tests */

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

/* --- bins */

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

/* --- bits and kept layers */

static uint32_t *draw_with(const char *simd, Scene *scene, size_t *n) {
  if (simd)
    setenv("HEADSCOPE_SIMD", simd, 1);
  else
    unsetenv("HEADSCOPE_SIMD");
  Drawing *drawing = drawing_new(WIDTH, HEIGHT);
  ren_frame_attention(drawing->frame, REN_NO_ID, scene->shape);
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

/* Everything that the picture depends on makes another layer. */
static void every_change_shows(void **state) {
  (void)state;
  Scene *scene = new_scene(3, 5, 5, 8);
  Drawing *drawing = drawing_new(WIDTH, HEIGHT);
  RenAttentionShape *shape = &scene->shape;
  static const uint8_t skip[5] = {1};
  for (int change = 0; change < 15; change++) {
    draw_again(drawing, scene);
    uint32_t *before = drawing_copy(drawing);
    switch (change) {
    case 0:
      shape->width += 3;
      break;
    case 1:
      shape->height -= 12;
      break;
    case 2:
      shape->left_y += 1;
      break;
    case 3:
      shape->left_pitch += 0.5F;
      break;
    case 4:
      shape->right_y += 1;
      break;
    case 5:
      shape->right_pitch += 0.5F;
      break;
    case 6:
      shape->thickness += 1;
      break;
    case 7:
      shape->threshold += 0.5F;
      break;
    case 8:
      shape->skip = skip;
      break;
    case 9:
      shape->n_planes--;
      break;
    case 10:
      scene->planes[0].origin.x += 1;
      break;
    case 11:
      scene->planes[1].color.g ^= 255;
      break;
    case 12:
      scene->planes[1].gain /= 2;
      break;
    case 13:
      scene->planes[0].weights.stride[1] = 0;
      break;
    case 14:
      shape->only_row = 1;
      break;
    }
    draw_again(drawing, scene);
    assert_memory_not_equal(drawing->pixels.argb, before, drawing_bytes(drawing));
    free(before);
  }
  drawing_free(drawing);
  free_scene(scene);
}

static void kept_layers_are_bounded(void **state) {
  (void)state;
  Scene *scene = new_scene(1, 2, 2, 8);
  Drawing *drawing = drawing_new(WIDTH, HEIGHT);
  scene->shape.width = 500;
  scene->shape.height = 600;
  for (int i = 0; i < 40; i++) {
    scene->shape.version++;
    ren_frame_begin(drawing->frame, 600, 700);
    ren_frame_attention(drawing->frame, REN_NO_ID, scene->shape);
    drawing_draw(drawing, 1, background);
    assert_true(ren_raster_cache_bytes(drawing->raster) < (size_t)66 << 20);
  }
  assert_true(ren_raster_cache_bytes(drawing->raster) > (size_t)32 << 20);
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
      cmocka_unit_test(gains_stop_at_opaque),
      cmocka_unit_test(steep_lines_are_as_defined),
      cmocka_unit_test(weights_may_have_any_strides),
      cmocka_unit_test(what_is_no_weight_draws_nothing),
      cmocka_unit_test(clips_cut_attention),
      cmocka_unit_test(bins_keep_the_mass),
      cmocka_unit_test(bins_are_a_matter_of_pixels),
      cmocka_unit_test(binned_pictures_look_like_unbinned_ones),
      cmocka_unit_test(all_instruction_sets_give_the_same_bits),
      cmocka_unit_test(unchanged_attention_is_kept),
      cmocka_unit_test(scrolling_leaves_no_trace),
      cmocka_unit_test(wear_is_minus_the_logarithm),
      cmocka_unit_test(every_change_shows),
      cmocka_unit_test(kept_layers_are_bounded),
      cmocka_unit_test(odd_geometry_does_no_harm),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
