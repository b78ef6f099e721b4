/* Rectangles: half-open edges, intersections, strips that share out a rectangle without a gap. */
#include "render/geometry.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_rect(RenRect r, float x, float y, float w, float h) {
  assert_float_equal(r.x, x, 0);
  assert_float_equal(r.y, y, 0);
  assert_float_equal(r.w, w, 0);
  assert_float_equal(r.h, h, 0);
}

static void edges_belong_to_one_side(void **state) {
  (void)state;
  RenRect left = {0, 0, 10, 10}, right = {10, 0, 10, 10};
  RenPoint border = {10, 5};
  assert_false(ren_rect_contains(left, border));
  assert_true(ren_rect_contains(right, border));
  assert_true(ren_rect_contains(left, (RenPoint){0, 0}));
  assert_false(ren_rect_contains(left, (RenPoint){5, 10}));
  assert_false(ren_rect_contains(left, (RenPoint){NAN, 5}));
}

static void rects_intersect(void **state) {
  (void)state;
  assert_rect(ren_rect_intersect((RenRect){0, 0, 10, 10}, (RenRect){4, 6, 10, 10}), 4, 6, 6, 4);
  RenRect apart = ren_rect_intersect((RenRect){0, 0, 10, 10}, (RenRect){20, 0, 10, 10});
  assert_true(ren_rect_empty(apart));
  assert_float_equal(apart.w, 0, 0);
  assert_float_equal(apart.h, 0, 0);
  assert_true(ren_rect_empty((RenRect){0, 0, NAN, 4}));
}

static void strips_share_out_a_rect(void **state) {
  (void)state;
  RenRect rest = {10, 20, 100, 80};
  assert_rect(ren_rect_cut_top(&rest, 30), 10, 20, 100, 30);
  assert_rect(ren_rect_cut_bottom(&rest, 10), 10, 90, 100, 10);
  assert_rect(ren_rect_cut_left(&rest, 25), 10, 50, 25, 40);
  assert_rect(ren_rect_cut_right(&rest, 15), 95, 50, 15, 40);
  assert_rect(rest, 35, 50, 60, 40);
  assert_rect(ren_rect_cut_left(&rest, 1000), 35, 50, 60, 40);
  assert_true(ren_rect_empty(rest));
  assert_true(ren_rect_empty(ren_rect_cut_top(&rest, -5)));
}

static void inset_never_turns_inside_out(void **state) {
  (void)state;
  assert_rect(ren_rect_inset((RenRect){0, 0, 10, 20}, 2), 2, 2, 6, 16);
  assert_float_equal(ren_rect_inset((RenRect){0, 0, 10, 20}, 8).w, 0, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(edges_belong_to_one_side),
      cmocka_unit_test(rects_intersect),
      cmocka_unit_test(strips_share_out_a_rect),
      cmocka_unit_test(inset_never_turns_inside_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
