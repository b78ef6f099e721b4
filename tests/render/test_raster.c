/* Boxes, lines, text and clips: every pixel against its coverage worked out independently, by areas in
 * double precision or by counting many points inside the pixel. */
#include "drawing.h"

#include <math.h>

enum { POINTS = 40 }; /* a side of the grid of points in a pixel */

typedef bool (*Inside)(const double *shape, double x, double y);

static double coverage(Inside inside, const double *shape, int x, int y) {
  int hits = 0;
  for (int i = 0; i < POINTS; i++)
    for (int j = 0; j < POINTS; j++) hits += inside(shape, x + (i + 0.5) / POINTS, y + (j + 0.5) / POINTS);
  return (double)hits / (POINTS * POINTS);
}

/* White on black is the coverage. Returns the largest difference. */
static double compare(const Drawing *drawing, Inside inside, const double *shape) {
  double worst = 0;
  for (int y = 0; y < drawing->pixels.height; y++)
    for (int x = 0; x < drawing->pixels.width; x++) {
      double difference = fabs(drawing_channel(drawing, x, y, 8) / 255.0 - coverage(inside, shape, x, y));
      worst = difference > worst ? difference : worst;
    }
  return worst;
}

static const RenColor white = {255, 255, 255, 255}, red = {255, 0, 0, 255};

static double span(double from, double to, int at) {
  double a = from > at ? from : at, b = to < at + 1 ? to : at + 1;
  return b > a ? b - a : 0;
}

static void a_plain_box_covers_by_area(void **state) {
  (void)state;
  Drawing *drawing = drawing_new(12, 10);
  ren_frame_fill(drawing->frame, REN_NO_ID, (RenRect){2.25F, 3.5F, 4.5F, 2.75F}, white);
  drawing_draw(drawing, 1, 0);
  for (int y = 0; y < 10; y++)
    for (int x = 0; x < 12; x++) {
      double expected = 255 * span(2.25, 6.75, x) * span(3.5, 6.25, y);
      assert_true(fabs(drawing_channel(drawing, x, y, 8) - expected) <= 0.5001);
    }
  drawing_free(drawing);
}

/* left, top, right, bottom, radius */
static bool in_rounded(const double *s, double x, double y) {
  if (x < s[0] || x > s[2] || y < s[1] || y > s[3]) return false;
  double cx = x < s[0] + s[4] ? s[0] + s[4] : x > s[2] - s[4] ? s[2] - s[4] : x;
  double cy = y < s[1] + s[4] ? s[1] + s[4] : y > s[3] - s[4] ? s[3] - s[4] : y;
  return (x - cx) * (x - cx) + (y - cy) * (y - cy) <= s[4] * s[4];
}

/* the same, and a border of width s[5] */
static bool in_border(const double *s, double x, double y) {
  double r = s[4] > s[5] ? s[4] - s[5] : 0;
  const double inner[5] = {s[0] + s[5], s[1] + s[5], s[2] - s[5], s[3] - s[5], r};
  return in_rounded(s, x, y) && !in_rounded(inner, x, y);
}

static void rounded_boxes_cover_by_area(void **state) {
  (void)state;
  const float radii[] = {1, 4, 7.5F, 20};
  for (int i = 0; i < 4; i++) {
    Drawing *drawing = drawing_new(40, 30);
    ren_frame_box(drawing->frame, REN_NO_ID, (RenRect){3.3F, 4, 31, 20.6F},
                  (RenRectShape){.fill = white, .radius = radii[i]});
    drawing_draw(drawing, 1, 0);
    double radius = radii[i] < 10.3F ? (double)radii[i] : 10.3;
    const double shape[] = {3.3, 4, 34.3, 24.6, radius};
    assert_true(compare(drawing, in_rounded, shape) < 0.03);
    drawing_free(drawing);
  }
}

static void borders_lie_inside(void **state) {
  (void)state;
  Drawing *drawing = drawing_new(40, 30);
  ren_frame_box(drawing->frame, REN_NO_ID, (RenRect){3, 4, 31, 20},
                (RenRectShape){.stroke = white, .stroke_width = 2, .radius = 5});
  drawing_draw(drawing, 1, 0);
  const double shape[] = {3, 4, 34, 24, 5, 2};
  assert_true(compare(drawing, in_border, shape) < 0.03);
  drawing_free(drawing);
}

static void a_border_covers_its_fill(void **state) {
  (void)state;
  Drawing *drawing = drawing_new(20, 20);
  ren_frame_box(drawing->frame, REN_NO_ID, (RenRect){2, 2, 16, 16},
                (RenRectShape){.fill = red, .stroke = {0, 0, 255, 255}, .stroke_width = 2});
  drawing_draw(drawing, 1, 0xFFFFFF);
  assert_int_equal(drawing_at(drawing, 1, 10), 0xFFFFFFFF);
  assert_int_equal(drawing_at(drawing, 2, 10), 0xFF0000FF);
  assert_int_equal(drawing_at(drawing, 3, 10), 0xFF0000FF);
  assert_int_equal(drawing_at(drawing, 4, 10), 0xFFFF0000);
  drawing_free(drawing);
}

/* from, to, half the width */
static bool in_line(const double *s, double x, double y) {
  double dx = s[2] - s[0], dy = s[3] - s[1], length = sqrt(dx * dx + dy * dy);
  double along = ((x - s[0]) * dx + (y - s[1]) * dy) / length,
         across = ((x - s[0]) * dy - (y - s[1]) * dx) / length;
  return along >= 0 && along <= length && fabs(across) <= s[4];
}

static void lines_of_any_angle_cover_by_area(void **state) {
  (void)state;
  const double lines[][4] = {{3, 10, 27, 10},        {3, 10.5, 27, 10.5}, {15, 2, 15, 18},     {2, 2, 28, 18},
                             {28.2, 3.1, 2.7, 16.4}, {4, 9.9, 26, 10.3},  {14.9, 1, 15.6, 19}, {5, 5, 5.5, 5.5}};
  for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
    Drawing *drawing = drawing_new(30, 20);
    const double *l = lines[i], shape[] = {l[0], l[1], l[2], l[3], 1.1};
    ren_frame_line(drawing->frame, (RenPoint){(float)l[0], (float)l[1]}, (RenPoint){(float)l[2], (float)l[3]}, 2.2F,
                   white);
    drawing_draw(drawing, 1, 0);
    assert_true(compare(drawing, in_line, shape) < 0.03);
    drawing_free(drawing);
  }
}

/* A line that comes from far left of the clip shows the same pixels as without a clip. */
static void clips_cut_and_change_nothing_else(void **state) {
  (void)state;
  Drawing *whole = drawing_new(40, 30), *cut = drawing_new(40, 30);
  const Drawing *both[] = {whole, cut};
  ren_frame_push_clip(cut->frame, (RenRect){11, 7, 15, 12});
  for (int i = 0; i < 2; i++) {
    RenFrame *frame = both[i]->frame;
    ren_frame_line(frame, (RenPoint){-30, -3}, (RenPoint){60, 33.5F}, 3, white);
    ren_frame_box(frame, REN_NO_ID, (RenRect){8, 5, 12, 9},
                  (RenRectShape){.stroke = red, .stroke_width = 1.5F, .radius = 6});
    ren_frame_text(frame, REN_NO_ID, (RenRect){5, 5, 30, 20},
                   (RenTextShape){.text = "doctor", .size = 15, .color = white});
    ren_frame_fill(frame, REN_NO_ID, (RenRect){20.5F, 15.5F, 12, 12}, (RenColor){0, 255, 0, 100});
  }
  drawing_draw(whole, 1, 0x112233);
  drawing_draw(cut, 1, 0x112233);
  for (int y = 0; y < 30; y++)
    for (int x = 0; x < 40; x++) {
      bool inside = x >= 11 && x < 26 && y >= 7 && y < 19;
      assert_int_equal(drawing_at(cut, x, y), inside ? drawing_at(whole, x, y) : 0xFF112233);
    }
  drawing_free(whole);
  drawing_free(cut);
}

/* Ground that changes from pixel to pixel and boxes of every kind on it; `cut` to one pixel after another, or
 * whole. */
static void draw_boxes(RenFrame *frame, bool cut) {
  for (int i = 0; i < 80; i++)
    ren_frame_fill(frame, REN_NO_ID, (RenRect){(float)(i % 40), (float)(i % 29), 1, (float)(1 + i % 5)},
                   (RenColor){(uint8_t)(3 * i), 90, 20, 255});
  for (int i = 0; i < (cut ? 40 * 30 : 1); i++) {
    if (cut) ren_frame_push_clip(frame, (RenRect){(float)(i % 40), (float)(i / 40), 1, 1});
    ren_frame_box(frame, REN_NO_ID, (RenRect){2, 1, 36, 9},
                  (RenRectShape){.stroke = red, .stroke_width = 2, .radius = 2});
    ren_frame_box(frame, REN_NO_ID, (RenRect){1.4F, 12.2F, 35, 8.1F},
                  (RenRectShape){.fill = {0, 0, 255, 90}, .stroke = white, .stroke_width = 1, .radius = 4});
    ren_frame_box(frame, REN_NO_ID, (RenRect){30, 4, 8, 24}, (RenRectShape){.fill = red, .radius = 3});
    ren_frame_fill(frame, REN_NO_ID, (RenRect){3.3F, 18.7F, 20.5F, 9.9F}, (RenColor){0, 255, 0, 100});
    if (cut) ren_frame_pop_clip(frame);
  }
}

static void boxes_are_the_same_pixel_by_pixel(void **state) {
  (void)state;
  Drawing *whole = drawing_new(40, 30), *cut = drawing_new(40, 30);
  draw_boxes(whole->frame, false);
  draw_boxes(cut->frame, true);
  drawing_draw(whole, 1, 0x112233);
  drawing_draw(cut, 1, 0x112233);
  assert_memory_equal(whole->pixels.argb, cut->pixels.argb, drawing_bytes(whole));
  drawing_free(whole);
  drawing_free(cut);
}

static void colours_go_over_each_other(void **state) {
  (void)state;
  Drawing *drawing = drawing_new(4, 4);
  ren_frame_fill(drawing->frame, REN_NO_ID, (RenRect){0, 0, 4, 4}, (RenColor){200, 100, 0, 255});
  ren_frame_fill(drawing->frame, REN_NO_ID, (RenRect){0, 0, 4, 4}, (RenColor){0, 100, 255, 51});
  drawing_draw(drawing, 1, 0);
  assert_int_equal(drawing_at(drawing, 1, 1), 0xFFA06433); /* a fifth of the way */
  drawing_free(drawing);
}

typedef struct Ink {
  int left, top, right, bottom;
} Ink;

static Ink ink_of(const Drawing *drawing, uint32_t background) {
  Ink ink = {drawing->pixels.width, drawing->pixels.height, 0, 0};
  for (int y = 0; y < drawing->pixels.height; y++)
    for (int x = 0; x < drawing->pixels.width; x++) {
      if (drawing_at(drawing, x, y) == (0xFF000000U | background)) continue;
      ink.left = x < ink.left ? x : ink.left;
      ink.top = y < ink.top ? y : ink.top;
      ink.right = x + 1 > ink.right ? x + 1 : ink.right;
      ink.bottom = y + 1 > ink.bottom ? y + 1 : ink.bottom;
    }
  return ink;
}

static Ink draw_word(const char *word, RenAlign align, bool ellipsis, float width, float scale) {
  Drawing *drawing = drawing_new(200, 40);
  ren_frame_text(drawing->frame, REN_NO_ID, (RenRect){50, 10, width, 20},
                 (RenTextShape){.text = word, .size = 15, .align = align, .color = white, .ellipsis = ellipsis});
  drawing_draw(drawing, scale, 0);
  Ink ink = ink_of(drawing, 0);
  drawing_free(drawing);
  return ink;
}

static void text_is_set_in_its_box(void **state) {
  (void)state;
  Ink left = draw_word("HHH", REN_LEFT, false, 100, 1), right = draw_word("HHH", REN_RIGHT, false, 100, 1);
  Ink middle = draw_word("HHH", REN_CENTER, false, 100, 1);
  assert_in_range(left.left, 50, 53);
  assert_in_range(right.right, 147, 150);
  assert_true(abs(middle.left - 50 - (150 - middle.right)) <= 2);
  assert_int_equal(left.right - left.left, right.right - right.left);
  assert_true(abs(left.top - 10 - (30 - left.bottom)) <= 3); /* capitals stand about the middle */
  Ink twice = draw_word("HHH", REN_LEFT, false, 100, 2);
  assert_true(abs(twice.bottom - twice.top - 2 * (left.bottom - left.top)) <= 2);
}

static void long_text_ends_with_an_ellipsis(void **state) {
  (void)state;
  Ink cut = draw_word("incomprehensibilities", REN_LEFT, true, 60, 1);
  Ink full = draw_word("incomprehensibilities", REN_LEFT, false, 60, 1);
  assert_in_range(cut.right, 90, 110);
  assert_true(full.right > 110);
  Ink none = draw_word("incomprehensibilities", REN_LEFT, true, 3, 1);
  assert_true(none.right == 0);
}

/* A turned run is the run's picture turned a quarter to the left. */
static void turned_text_reads_upwards(void **state) {
  (void)state;
  const RenAlign aligns[] = {REN_LEFT, REN_CENTER, REN_RIGHT};
  for (int i = 0; i < 3; i++)
    for (float scale = 1; scale <= 2; scale++) {
      RenTextShape shape = {.text = "Agh…", .size = 13, .align = aligns[i], .color = {255, 255, 255, 255}};
      Drawing *plain = drawing_new(60, 20), *turned = drawing_new(20, 60);
      ren_frame_text(plain->frame, REN_NO_ID, (RenRect){5, 0, 50, 20}, shape);
      shape.turned = true;
      ren_frame_text(turned->frame, REN_NO_ID, (RenRect){0, 5, 20, 50}, shape);
      drawing_draw(plain, scale, 0);
      drawing_draw(turned, scale, 0);
      int ink = 0, width = (int)(60 * scale), height = (int)(20 * scale);
      for (int x = 0; x < width; x++)
        for (int y = 0; y < height; y++) {
          assert_int_equal(drawing_at(plain, x, y), drawing_at(turned, y, width - 1 - x));
          ink += drawing_channel(plain, x, y, 0) > 128;
        }
      assert_in_range(ink, 40, 2000);
      drawing_free(plain);
      drawing_free(turned);
    }
}

static void pictures_have_the_size_of_the_frame(void **state) {
  (void)state;
  Drawing *drawing = drawing_new(10.2F, 7);
  drawing_draw(drawing, 1, 0x010203);
  assert_int_equal(drawing->pixels.width, 11);
  assert_int_equal(drawing->pixels.height, 7);
  assert_int_equal(drawing_at(drawing, 10, 6), 0xFF010203);
  drawing_draw(drawing, 2.5F, 0);
  assert_int_equal(drawing->pixels.width, 26);
  assert_int_equal(drawing->pixels.height, 18);
  drawing_free(drawing);
}

static void impossible_sizes_are_refused(void **state) {
  (void)state;
  const float sizes[][2] = {{0, 10}, {1e9F, 10}, {NAN, 10}, {32768, 32768}, {-5, 5}};
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    Drawing *drawing = drawing_new(sizes[i][0], sizes[i][1]);
    EngError err = {""};
    assert_false(ren_raster_draw(drawing->raster, drawing->frame, 1, white, &drawing->pixels, &err));
    assert_non_null(strstr(err.message, "expected 1 to 32768 pixels"));
    drawing_free(drawing);
  }
}

/* Whatever a view works out, nothing outside of the picture is touched and nothing hangs. */
static void odd_coordinates_do_no_harm(void **state) {
  (void)state;
  const float odd[] = {NAN, INFINITY, -INFINITY, 1e30F, -1e30F, 0, -5, 1e-30F};
  Drawing *drawing = drawing_new(20, 20);
  for (int i = 0; i < 8; i++)
    for (int j = 0; j < 8; j++) {
      RenRect rect = {odd[i], odd[j], odd[j], odd[i]};
      ren_frame_fill(drawing->frame, REN_NO_ID, rect, red);
      ren_frame_box(drawing->frame, REN_NO_ID, rect,
                    (RenRectShape){.fill = red, .stroke = white, .stroke_width = odd[i], .radius = odd[j]});
      ren_frame_line(drawing->frame, (RenPoint){odd[i], odd[j]}, (RenPoint){odd[j], 3}, odd[i], red);
      ren_frame_text(drawing->frame, REN_NO_ID, rect,
                     (RenTextShape){.text = "x", .size = i * 1000 - 2, .color = red, .ellipsis = i % 2});
    }
  drawing_draw(drawing, 1, 0);
  drawing_free(drawing);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_plain_box_covers_by_area),
      cmocka_unit_test(rounded_boxes_cover_by_area),
      cmocka_unit_test(borders_lie_inside),
      cmocka_unit_test(a_border_covers_its_fill),
      cmocka_unit_test(lines_of_any_angle_cover_by_area),
      cmocka_unit_test(clips_cut_and_change_nothing_else),
      cmocka_unit_test(boxes_are_the_same_pixel_by_pixel),
      cmocka_unit_test(colours_go_over_each_other),
      cmocka_unit_test(text_is_set_in_its_box),
      cmocka_unit_test(long_text_ends_with_an_ellipsis),
      cmocka_unit_test(turned_text_reads_upwards),
      cmocka_unit_test(pictures_have_the_size_of_the_frame),
      cmocka_unit_test(impossible_sizes_are_refused),
      cmocka_unit_test(odd_coordinates_do_no_harm),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
