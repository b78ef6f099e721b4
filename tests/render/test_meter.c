/* The cost of frames: last, median, 95th percentile, of the newest ones. */
#include "render/meter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void nothing_was_measured(void **unused) {
  RenMeter meter = {0};
  (void)unused;
  assert_true(ren_meter_last(&meter) <= 0 && ren_meter_quantile(&meter, 0.5f) <= 0);
}

static int quantile(const RenMeter *meter, float part) { return (int)ren_meter_quantile(meter, part); }

static void quantiles_are_frames(void **unused) {
  RenMeter meter = {0};
  (void)unused;
  for (int i = 20; i > 0; i--) ren_meter_add(&meter, (float)i);
  assert_int_equal((int)ren_meter_last(&meter), 1);
  assert_int_equal(quantile(&meter, 0.5f), 10);
  assert_int_equal(quantile(&meter, 0.95f), 19);
  assert_int_equal(quantile(&meter, 1), 20);
  assert_int_equal(quantile(&meter, 0), 1);
}

static void the_oldest_frames_are_forgotten(void **unused) {
  RenMeter meter = {0};
  (void)unused;
  for (int i = 0; i < 1000; i++) ren_meter_add(&meter, i < 900 ? 9 : 1);
  for (int i = 0; i < REN_METER_FRAMES - 100; i++) ren_meter_add(&meter, 2);
  assert_int_equal(quantile(&meter, 1), 2);
  assert_int_equal(quantile(&meter, 0.5f), 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_was_measured), cmocka_unit_test(quantiles_are_frames),
                                     cmocka_unit_test(the_oldest_frames_are_forgotten)};
  return cmocka_run_group_tests_name("render.meter", tests, NULL, NULL);
}
