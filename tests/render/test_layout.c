/* Regions and controls: inside the window, apart from each other, at every size. */
#include "render/layout.h"

#include "render/theme.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define ASSERT_RECT(rect, x_, y_, w_, h_)                                                                          \
  do {                                                                                                             \
    assert_int_equal((int)(rect).x, x_);                                                                           \
    assert_int_equal((int)(rect).y, y_);                                                                           \
    assert_int_equal((int)(rect).w, w_);                                                                           \
    assert_int_equal((int)(rect).h, h_);                                                                           \
  } while (0)

static const RenLayoutNeeds usual = {
    .width = 1280, .height = 800, .chrome = true, .n_heads = 12, .chip_long = 176, .chip_short = 80};

static void regions_are_where_the_design_says(void **unused) {
  (void)unused;
  RenLayout layout = ren_layout_make(&usual);
  ASSERT_RECT(layout.input_bar, 0, 0, 1280, 44);
  ASSERT_RECT(layout.view_bar, 0, 44, 1280, 36);
  ASSERT_RECT(layout.view, 0, 80, 1280, 696);
  ASSERT_RECT(layout.status, 0, 776, 1280, 24);
  ASSERT_RECT(layout.model, 8, 8, 192, 28);
  ASSERT_RECT(layout.run, 1184, 8, 88, 28);
  ASSERT_RECT(layout.tabs[REN_VIEW_HEAD], 86, 48, 74, 28);
  ASSERT_RECT(layout.help, 1236, 48, 36, 28);
  assert_int_equal((int)layout.tiles.w, 240);
  assert_true(layout.chip_is_long);
  assert_true(ren_rect_empty(layout.pair) && ren_rect_empty(layout.filter) && ren_rect_empty(layout.error_bar));
}

static void an_error_takes_its_bar_from_the_view(void **unused) {
  (void)unused;
  RenLayoutNeeds needs = usual;
  needs.error = true;
  RenLayout layout = ren_layout_make(&needs);
  ASSERT_RECT(layout.error_bar, 0, 44, 1280, 28);
  ASSERT_RECT(layout.view, 0, 108, 1280, 668);
  assert_false(ren_rect_empty(layout.details));
}

static void without_chrome_the_view_is_all(void **unused) {
  (void)unused;
  RenLayoutNeeds needs = {.width = 640, .height = 300, .error = true, .n_heads = 3};
  RenLayout layout = ren_layout_make(&needs);
  ASSERT_RECT(layout.view, 0, 0, 640, 300);
  assert_true(ren_rect_empty(layout.input_bar) && ren_rect_empty(layout.status));
}

static void two_views_share_the_area(void **unused) {
  (void)unused;
  RenLayoutNeeds needs = usual;
  needs.split = true, needs.share = REN_SPLIT_SHARE;
  RenLayout layout = ren_layout_make(&needs);
  ASSERT_RECT(layout.area, 0, 80, 1280, 696);
  ASSERT_RECT(layout.view, 0, 80, 763, 696);
  ASSERT_RECT(layout.splitter, 763, 80, 8, 696);
  ASSERT_RECT(layout.beside, 771, 80, 509, 696);
  needs.right = true;
  layout = ren_layout_make(&needs);
  ASSERT_RECT(layout.view, 771, 80, 509, 696);
  ASSERT_RECT(layout.beside, 0, 80, 763, 696);
  assert_float_equal(ren_layout_share(layout.area, 767), needs.share, 0.001);
  assert_float_equal(ren_layout_share(layout.area, -50), REN_SPLIT_LEAST, 0);
  assert_float_equal(ren_layout_share(layout.area, 5000), 1 - REN_SPLIT_LEAST, 0);
}

/* One strip above both, or one above each, as high as the other; a narrow window has one. */
static void strips_lie_above_their_views(void **unused) {
  (void)unused;
  RenLayoutNeeds needs = usual;
  needs.split = true, needs.share = REN_SPLIT_SHARE, needs.strip = 50;
  RenLayout layout = ren_layout_make(&needs);
  ASSERT_RECT(layout.strip, 0, 80, 1280, 50);
  ASSERT_RECT(layout.splitter, 763, 130, 8, 646);
  assert_true(ren_rect_empty(layout.beside_strip));
  needs.strips = true;
  layout = ren_layout_make(&needs);
  ASSERT_RECT(layout.strip, 0, 80, 763, 50);
  ASSERT_RECT(layout.beside_strip, 771, 80, 509, 50);
  ASSERT_RECT(layout.view, 0, 130, 763, 646);
  ASSERT_RECT(layout.beside, 771, 130, 509, 646);
  needs.right = true;
  layout = ren_layout_make(&needs);
  ASSERT_RECT(layout.strip, 771, 80, 509, 50);
  assert_int_equal((int)layout.strip_title.x, 771 + REN_PAD);
  needs.width = REN_SPLIT_WINDOW - 1;
  layout = ren_layout_make(&needs);
  assert_true(ren_rect_empty(layout.beside_strip));
  assert_int_equal((int)layout.strip.w, REN_SPLIT_WINDOW - 1);
}

/* Very much enlarged, the threshold gives way to what stands beside it. */
static void a_tiny_window_has_no_threshold(void **unused) {
  (void)unused;
  RenLayoutNeeds needs = usual;
  needs.width = 320, needs.height = 200;
  RenLayout layout = ren_layout_make(&needs);
  assert_true(ren_rect_empty(layout.threshold) && ren_rect_empty(layout.slider) && ren_rect_empty(layout.number));
  assert_true(layout.layer.w > 0 && layout.layer.x + layout.layer.w <= layout.options.x);
}

static void a_narrow_window_shows_one_of_two(void **unused) {
  (void)unused;
  RenLayoutNeeds needs = usual;
  needs.split = true, needs.share = REN_SPLIT_SHARE, needs.width = REN_SPLIT_WINDOW - 1;
  RenLayout layout = ren_layout_make(&needs);
  assert_true(ren_rect_empty(layout.beside) && ren_rect_empty(layout.splitter) && ren_rect_empty(layout.split));
  assert_int_equal((int)layout.view.w, REN_SPLIT_WINDOW - 1);
  needs.chrome = false; /* a picture is as wide as it was asked for */
  layout = ren_layout_make(&needs);
  assert_false(ren_rect_empty(layout.beside));
}

static int collect(const RenLayout *layout, RenRect *out) {
  const RenRect all[] = {
      layout->model,   layout->text,      layout->pair,    layout->run,         layout->tabs[0],
      layout->tabs[1], layout->tabs[2],   layout->tabs[3], layout->layer,       layout->tiles,
      layout->filter,  layout->threshold, layout->chip,    layout->help,        layout->options,
      layout->view,    layout->status,    layout->details, layout->layer_label, layout->heads_label,
      layout->first,   layout->last,      layout->split,   layout->splitter,    layout->beside};
  int n = 0;
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
    if (!ren_rect_empty(all[i])) out[n++] = all[i];
  return n;
}

static void check_apart(const RenLayoutNeeds *needs) {
  RenLayout layout = ren_layout_make(needs);
  RenRect window = {0, 0, needs->width, needs->height}, rects[32];
  int n = collect(&layout, rects);
  for (int i = 0; i < n; i++) {
    RenRect inside = ren_rect_intersect(rects[i], window);
    assert_memory_equal(&inside, &rects[i], sizeof inside);
    for (int j = 0; j < i; j++) assert_true(ren_rect_empty(ren_rect_intersect(rects[i], rects[j])));
  }
}

static void controls_never_overlap(void **unused) {
  (void)unused;
  for (int width = 200; width <= 2000; width += 36)
    for (int options = 0; options < 16; options++) {
      RenLayoutNeeds needs = usual;
      needs.split = options & 8, needs.share = REN_SPLIT_SHARE;
      needs.width = (float)width;
      needs.pair = options & 1, needs.pair_open = options & 1, needs.filter = options & 1;
      needs.n_heads = options & 2 ? 3 : 40;
      needs.error = needs.limit = options & 4;
      check_apart(&needs);
    }
}

/* Labels stay as long as all tiles show beside them: a pair's twelve heads in the window of the design. */
static void labels_stay_where_there_is_room(void **unused) {
  (void)unused;
  RenLayoutNeeds needs = usual;
  needs.filter = true, needs.chip_long = 160;
  RenLayout layout = ren_layout_make(&needs);
  assert_false(ren_rect_empty(layout.layer_label) || ren_rect_empty(layout.heads_label));
  assert_int_equal((int)layout.tiles.w, 12 * REN_TILE);
  assert_int_equal((int)layout.slider.w, REN_SLIDER_WIDTH);
  needs.n_heads = 16;
  layout = ren_layout_make(&needs);
  assert_true(ren_rect_empty(layout.layer_label));
}

static void the_smallest_window_keeps_everything_usable(void **unused) {
  (void)unused;
  RenLayoutNeeds needs = usual;
  needs.width = REN_MIN_WIDTH, needs.height = REN_MIN_HEIGHT, needs.filter = needs.pair = needs.pair_open = true;
  RenLayout layout = ren_layout_make(&needs);
  assert_true(layout.tiles.w >= 3 * REN_TILE);
  assert_true(layout.slider.w >= REN_SLIDER_NARROW);
  assert_int_equal((int)layout.help.w, REN_HELP_NARROW);
  assert_int_equal((int)layout.options.w, REN_OPTIONS_WIDTH);
  assert_true(layout.text.w >= 120 && layout.pair.w >= 80);
  assert_true(layout.view.h >= 200);
  assert_false(layout.chip_is_long);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(regions_are_where_the_design_says),
      cmocka_unit_test(an_error_takes_its_bar_from_the_view),
      cmocka_unit_test(without_chrome_the_view_is_all),
      cmocka_unit_test(two_views_share_the_area),
      cmocka_unit_test(strips_lie_above_their_views),
      cmocka_unit_test(a_tiny_window_has_no_threshold),
      cmocka_unit_test(a_narrow_window_shows_one_of_two),
      cmocka_unit_test(controls_never_overlap),
      cmocka_unit_test(labels_stay_where_there_is_room),
      cmocka_unit_test(the_smallest_window_keeps_everything_usable),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
