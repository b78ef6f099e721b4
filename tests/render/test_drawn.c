/* A frame over another one: the same bits as over nothing, and no more of it drawn than differs. */
#include "render/drawn.h"
#include "render/window_show.h"
#include "scene.h"

enum { SIDE = 200, N_MOST = 40 };

/* --- what changes */

static RenBounds around(RenRegion region) {
  RenBounds all = {0};
  for (int i = 0; i < region.n; i++) all = ren_bounds_unite(all, region.parts[i]);
  return all;
}

static RenBounds change_to(RenDrawn **drawn, RenFrame *frame) {
  return around(ren_drawn_change(drawn, frame, 1, (RenColor){0, 0, 0, 255}, (RenBounds){0, 0, SIDE, SIDE}));
}

static void push_box(RenFrame *frame, float x, float y, int shade) {
  ren_frame_fill(frame, REN_NO_ID, (RenRect){x, y, 10, 10}, (RenColor){(uint8_t)shade, 0, 0, 255});
}

/* Not much more than that. */
static void expect_around(RenBounds b, int left, int top, int right, int bottom) {
  const int spare = 6;
  assert_true(b.left <= left && b.left >= left - spare);
  assert_true(b.top <= top && b.top >= top - spare);
  assert_true(b.right >= right && b.right <= right + spare);
  assert_true(b.bottom >= bottom && b.bottom <= bottom + spare);
}

/* Frames are boxes at 20, 60, 100 …, as many as there are shades. */
static RenBounds boxes(RenDrawn **drawn, RenFrame *frame, const char *shades) {
  ren_frame_begin(frame, SIDE, SIDE);
  for (int i = 0; shades[i]; i++) push_box(frame, (float)(20 + 40 * (shades[i] - 'a')), 50, shades[i]);
  return change_to(drawn, frame);
}

static void only_what_differs_changes(void **state) {
  (void)state;
  RenDrawn *drawn = NULL;
  RenFrame *frame = ren_frame_new();
  RenBounds whole = {0, 0, SIDE, SIDE};
  assert_true(ren_bounds_same(boxes(&drawn, frame, "abcd"), whole));
  assert_true(ren_bounds_empty(boxes(&drawn, frame, "abcd")));
  expect_around(boxes(&drawn, frame, "abd"), 100, 50, 110, 60);  /* one less */
  expect_around(boxes(&drawn, frame, "abcd"), 100, 50, 110, 60); /* one more */
  expect_around(boxes(&drawn, frame, "acd"), 60, 50, 70, 60);    /* none more at the end */
  assert_false(ren_bounds_empty(boxes(&drawn, frame, "adc")));   /* another order */
  expect_around(boxes(&drawn, frame, "a"), 100, 50, 150, 60);    /* the rest goes */
  for (int scale = 1; scale <= 2; scale++)
    assert_true(ren_bounds_same(
        around(ren_drawn_change(&drawn, frame, (float)scale, (RenColor){1, 0, 0, 255}, whole)), whole));
  ren_drawn_free(drawn);
  ren_frame_free(frame);
}

/* Areas show nothing; what comes to its end over several frames is drawn on. */
static void kept_pictures_may_be_in_doubt(void **state) {
  (void)state;
  RenDrawn *drawn = NULL;
  RenFrame *frame = ren_frame_new();
  Scene *scene = new_scene(1, 3, 3, 5);
  for (int i = 0; i < 4; i++) {
    ren_frame_begin(frame, SIDE, SIDE);
    ren_frame_area(frame, (RenId){REN_ID_VIEW, i, 0, 0}, (RenRect){0, 0, (float)i, 5});
    push_box(frame, 150, 150, 9);
    ren_frame_attention(frame, REN_NO_ID, scene->shape);
    RenBounds change = change_to(&drawn, frame);
    if (i == 1 || i == 3) assert_true(ren_bounds_empty(change));
    if (i == 2) expect_around(change, 10, 5, 50, 45);
    if (i == 1) ren_drawn_doubt(drawn);
  }
  free_scene(scene);
  ren_drawn_free(drawn);
  ren_frame_free(frame);
}

/* --- the same bits */

typedef struct Dice {
  uint32_t seed;
} Dice;

static float roll(Dice *dice, float most) { return drawing_random(&dice->seed) * most; }
static int roll_int(Dice *dice, int n) { return (int)roll(dice, (float)n) % n; }

static RenColor roll_color(Dice *dice) {
  static const uint8_t alphas[] = {255, 255, 120, 0};
  return (RenColor){(uint8_t)roll(dice, 255), (uint8_t)roll(dice, 255), (uint8_t)roll(dice, 255),
                    alphas[roll_int(dice, 4)]};
}

static RenRect roll_rect(Dice *dice) {
  bool whole = roll_int(dice, 2) == 0;
  RenRect r = {roll(dice, SIDE) - 20, roll(dice, SIDE) - 20, roll(dice, 90), roll(dice, 60)};
  return whole ? (RenRect){floorf(r.x), floorf(r.y), floorf(r.w), floorf(r.h)} : r;
}

static void push_values(RenFrame *frame, Dice *dice, const Scene *scene, bool strip) {
  RenValuesShape shape = {.values = scene->planes[roll_int(dice, 3)].weights,
                          .positive = roll_color(dice),
                          .negative = roll_color(dice),
                          .ground = roll_color(dice),
                          .threshold = roll(dice, 0.5F),
                          .pooled = roll_int(dice, 2) == 0,
                          .version = (uint64_t)roll_int(dice, 2)};
  if (strip) {
    shape.values = eng_tensor_view(shape.values.data, 1, (const size_t[]){12});
    ren_frame_cells(frame, REN_NO_ID, roll_rect(dice), shape);
  } else
    ren_frame_heatmap(frame, REN_NO_ID, roll_rect(dice), shape);
}

/* One command from its own dice: the same dice, the same command. */
static void push_command(RenFrame *frame, uint32_t seed, const Scene *scene) {
  static const char *const words[] = {"attention",
                                      "W",
                                      "ﬁle",
                                      "jumps over",
                                      "1.00",
                                      "Z\u0338\u0321\u0322\u0327\u0302\u0302",
                                      "e\u0301\u0301\u0301\u0301\u0301\u0301"};
  static const float odd[] = {-1e30F, 1e30F, NAN, INFINITY, -1e6F};
  Dice dice = {seed};
  bool clipped = roll_int(&dice, 4) == 0;
  if (clipped) ren_frame_push_clip(frame, roll_rect(&dice));
  RenAttentionShape shape = scene->shape;
  switch (roll_int(&dice, 8)) {
  case 0:
    shape.only_row = roll_int(&dice, 20);
    shape.thickness = 1 + roll(&dice, 1);
    ren_frame_attention(frame, REN_NO_ID, shape);
    break;
  case 1:
    ren_frame_line(frame,
                   (RenPoint){roll(&dice, SIDE), roll_int(&dice, 3) ? roll(&dice, SIDE) : odd[roll_int(&dice, 5)]},
                   (RenPoint){roll(&dice, SIDE), roll(&dice, SIDE)}, roll(&dice, 3), roll_color(&dice));
    break;
  case 2:
  case 3:
    ren_frame_text(frame, REN_NO_ID, roll_rect(&dice),
                   (RenTextShape){.text = words[roll_int(&dice, 7)],
                                  .size = 9 + roll_int(&dice, 9),
                                  .align = (RenAlign)roll_int(&dice, 3),
                                  .color = roll_color(&dice),
                                  .ellipsis = roll_int(&dice, 2) == 0,
                                  .turned = roll_int(&dice, 4) == 0});
    break;
  case 4:
  case 5:
    push_values(frame, &dice, scene, roll_int(&dice, 2) == 0);
    break;
  default: /* some of them large: panels, which hide what is below */
    ren_frame_box(frame, REN_NO_ID,
                  roll_int(&dice, 4) ? roll_rect(&dice) : (RenRect){-5, -5, roll(&dice, 400), 260},
                  (RenRectShape){.fill = roll_color(&dice),
                                 .stroke = roll_color(&dice),
                                 .stroke_width = roll(&dice, 2),
                                 .radius = roll(&dice, 6)});
  }
  if (clipped) ren_frame_pop_clip(frame);
}

/* Some commands go, some come, some change their place. */
static size_t alter(uint32_t *seeds, size_t n, Dice *dice) {
  for (int k = roll_int(dice, 4); k > 0; k--) {
    size_t at = (size_t)roll_int(dice, (int)n + 1);
    if (roll_int(dice, 2) && n < N_MOST) {
      memmove(seeds + at + 1, seeds + at, (n - at) * sizeof *seeds);
      seeds[at] = dice->seed;
      n++;
    } else if (at < n) {
      memmove(seeds + at, seeds + at + 1, (n - at - 1) * sizeof *seeds);
      n--;
    }
    size_t a = n ? (size_t)roll_int(dice, (int)n) : 0, b = n ? (size_t)roll_int(dice, (int)n) : 0;
    if (n && roll_int(dice, 3) == 0) {
      uint32_t kept = seeds[a];
      seeds[a] = seeds[b];
      seeds[b] = kept;
    }
  }
  return n;
}

static void frames_over_frames_are_frames_alone(void **state) {
  (void)state;
  static const float scales[] = {1, 1.25F, 2, 0.75F};
  Scene *scene = new_scene(3, 20, 20, 3);
  Dice dice = {11};
  uint32_t seeds[N_MOST + 1];
  int several = 0; /* parts */
  for (int run = 0; run < 16; run++) {
    Drawing *over = drawing_new(SIDE, SIDE);
    size_t n = 0, less = 0;
    for (int step = 0; step < 60; step++) {
      n = alter(seeds, n, &dice);
      ren_frame_begin(over->frame, SIDE, SIDE);
      ren_frame_fill(over->frame, REN_NO_ID, (RenRect){0, 0, SIDE, SIDE}, ren_color_rgb(background));
      for (size_t i = 0; i < n; i++) push_command(over->frame, seeds[i], scene);
      EngError err = {""};
      bool finished = true;
      if (step % 3 == 0) /* may stay unfinished: the next one draws on */
        assert_true(ren_raster_draw_soon(over->raster, over->frame, scales[run % 4], ren_color_rgb(background),
                                         &over->pixels, &finished, &err));
      drawing_draw(over, scales[run % 4], background);
      RenBounds changed = around(over->pixels.changed);
      several += over->pixels.changed.n > 1;
      less += changed.bottom - changed.top < over->pixels.height;
      RenPixels alone = {0};
      assert_true(
          ren_raster_draw(over->raster, over->frame, scales[run % 4], ren_color_rgb(background), &alone, &err));
      assert_memory_equal(over->pixels.argb, alone.argb, drawing_bytes(over));
      ren_pixels_free(&alone);
    }
    assert_true(less > 20);
    drawing_free(over);
  }
  assert_true(several > 20);
  free_scene(scene);
}

enum { BROAD = 700, TALL = 400, TOKENS = 400 };

/* Many times the lines that a frame has time for, between two boxes that change, and under one of them. */
static void push_heavy(RenFrame *frame, const Scene *scene, int step) {
  RenColor color = {(uint8_t)(40 * step), 90, 0, 255};
  ren_frame_begin(frame, BROAD, TALL);
  ren_frame_attention(frame, REN_NO_ID, scene->shape);
  ren_frame_fill(frame, REN_NO_ID, (RenRect){10, 10, 30, 30}, color);
  ren_frame_box(frame, REN_NO_ID, (RenRect){300, 150, 350, 240}, (RenRectShape){.fill = color, .radius = 4});
}

/* Frames that are wanted soon leave lines out, whatever else changes meanwhile; in the end they are all there. */
static void unfinished_pictures_are_finished_in_any_part(void **state) {
  (void)state;
  Scene *scene = new_scene(4, TOKENS, TOKENS, 21);
  scene->shape.width = 380;
  scene->shape.height = TOKENS * 24;
  scene->shape.left_y = scene->shape.right_y = 12;
  scene->shape.left_pitch = scene->shape.right_pitch = 24;
  for (int p = 0; p < 4; p++) scene->planes[p].origin = (RenPoint){60, -4600};
  for (size_t i = 0; i < scene->n_weights; i++) scene->weights[i] *= scene->weights[i] * 0.02F;
  Drawing *over = drawing_new(BROAD, TALL), *alone = drawing_new(BROAD, TALL);
  EngError err = {""};
  bool finished = false;
  int step = 0, several = 0;
  for (; step < 1000 && (step < 6 || !finished); step++) {
    push_heavy(over->frame, scene, step < 6 ? step : 6);
    assert_true(ren_raster_draw_soon(over->raster, over->frame, 1, ren_color_rgb(background), &over->pixels,
                                     &finished, &err));
    several += over->pixels.changed.n > 1;
    assert_true(step > 0 || !finished);
  }
  assert_true(finished && several > 0);
  push_heavy(alone->frame, scene, 6);
  drawing_draw(alone, 1, background);
  assert_memory_equal(over->pixels.argb, alone->pixels.argb, drawing_bytes(alone));
  drawing_free(over);
  drawing_free(alone);
  free_scene(scene);
}

/* --- to the screen */

static void only_what_differs_is_copied(void **state) {
  (void)state;
  enum { WIDE = 7, HIGH = 5, PITCH = 9 };
  uint32_t from[WIDE * HIGH] = {0}, to[PITCH * HIGH] = {0};
  RenPixels pixels = {.width = WIDE, .height = HIGH, .argb = from};
  assert_true(ren_bounds_empty(ren_window_copy(&pixels, (RenBounds){0, 0, WIDE, HIGH}, to, PITCH)));
  from[1 * WIDE + 2] = 1, from[3 * WIDE + 5] = 2, from[4 * WIDE + 0] = 3;
  RenBounds change = ren_window_copy(&pixels, (RenBounds){1, 0, WIDE, 4}, to, PITCH);
  assert_int_equal(change.left, 2);
  assert_int_equal(change.right, 6);
  assert_int_equal(change.top, 1);
  assert_int_equal(change.bottom, 4);
  assert_int_equal(to[1 * PITCH + 2], 1);
  assert_int_equal(to[3 * PITCH + 5], 2);
  assert_int_equal(to[4 * PITCH + 0], 0); /* not in that part */
  from[2 * WIDE + 0] = 4;
  assert_true(ren_bounds_empty(ren_window_copy(&pixels, (RenBounds){1, 0, WIDE, 4}, to, PITCH)));
}

/* Wherever two pixels of a long row differ, the change reaches from one to the other. */
static void changes_reach_from_the_first_to_the_last_pixel(void **state) {
  (void)state;
  enum { WIDE = 70 };
  uint32_t from[WIDE] = {0}, to[WIDE] = {0};
  RenPixels pixels = {.width = WIDE, .height = 1, .argb = from};
  for (int a = 0; a < WIDE; a++)
    for (int b = a; b < WIDE; b++) {
      from[a]++, from[b] += 2;
      RenBounds change = ren_window_copy(&pixels, (RenBounds){0, 0, WIDE, 1}, to, WIDE);
      assert_true(ren_bounds_same(change, (RenBounds){a, 0, b + 1, 1}));
      assert_memory_equal(from, to, sizeof from);
    }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(only_what_differs_changes),
      cmocka_unit_test(kept_pictures_may_be_in_doubt),
      cmocka_unit_test(frames_over_frames_are_frames_alone),
      cmocka_unit_test(unfinished_pictures_are_finished_in_any_part),
      cmocka_unit_test(only_what_differs_is_copied),
      cmocka_unit_test(changes_reach_from_the_first_to_the_last_pixel),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
