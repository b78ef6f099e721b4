/* Regions: few rectangles around all that was added to them, and not around much more. */
#include "render/bounds.h"

#include "scene.h"

static bool covers(const RenRegion *region, RenBounds bounds) {
  for (int i = 0; i < region->n; i++)
    if (ren_bounds_contain(region->parts[i], bounds)) return true;
  return false;
}

static int64_t pixels_of(const RenRegion *region) {
  int64_t n = 0;
  for (int i = 0; i < region->n; i++) {
    RenBounds b = region->parts[i];
    n += (int64_t)(b.right - b.left) * (b.bottom - b.top);
  }
  return n;
}

static void what_is_far_apart_stays_apart(void **state) {
  (void)state;
  const RenBounds corner = {10, 10, 20, 20}, beside = {22, 10, 40, 30}, far = {900, 700, 920, 760};
  RenRegion region = {0};
  ren_region_add(&region, (RenBounds){5, 5, 5, 50});
  assert_int_equal(region.n, 0);
  ren_region_add(&region, corner);
  ren_region_add(&region, far);
  assert_int_equal(region.n, 2);
  ren_region_add(&region, beside);
  assert_int_equal(region.n, 2);
  assert_true(covers(&region, (RenBounds){10, 10, 40, 30}) && covers(&region, far));
  assert_in_range(pixels_of(&region), 30 * 20, 30 * 20 + 20 * 60);
  ren_region_add(&region, (RenBounds){0, 0, 1000, 800}); /* around all of them */
  assert_int_equal(region.n, 1);
}

/* However many are added, there are a few parts, and everything is in one of them. */
static void many_parts_become_few(void **state) {
  (void)state;
  uint32_t seed = 5;
  RenBounds added[60];
  RenRegion region = {0};
  for (int i = 0; i < 60; i++) {
    int x = (int)(drawing_random(&seed) * 3000), y = (int)(drawing_random(&seed) * 2000);
    added[i] = (RenBounds){x, y, x + 1 + (int)(drawing_random(&seed) * 200), y + 1 + i};
    ren_region_add(&region, added[i]);
    assert_in_range(region.n, 1, REN_REGIONS);
    for (int k = 0; k <= i; k++) assert_true(covers(&region, added[k]));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_far_apart_stays_apart),
      cmocka_unit_test(many_parts_become_few),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
