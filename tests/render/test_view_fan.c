/* Lines of one token as a fan with a common trunk: as if every elbow had been drawn alone, at the cost of what
 * shows. */
#include "render/view_fixture.h"

#include "render/view_fan.h"

/* What all boxes drawn over a point let through. */
static double through_at(const RenFrame *frame, float x, float y) {
  double through = 1;
  for (size_t i = 0; i < ren_frame_count(frame); i++) {
    const RenCommand *command = ren_frame_at(frame, i);
    if (command->kind == REN_RECT && ren_rect_contains(command->rect, (RenPoint){x, y}))
      through *= 1 - command->box.fill.a / 255.0;
  }
  return through;
}

/* The trunk between two rows must look as if every elbow had been drawn over it on its own. */
static void trunk_is_the_union_of_its_elbows(void **unused) {
  (void)unused;
  const float opacity[6] = {0.5f, 0, 0.25f, 0.1f, 0.8f, 0.3f};
  RenFrame *frame = ren_frame_new();
  for (int hub = 0; hub < 8; hub++) { /* also below the last leaf */
    RenFan fan = {.hub_x = 0,
                  .trunk_x = 20,
                  .leaf_x = 40,
                  .first_y = 10,
                  .pitch = 20,
                  .hub = hub,
                  .n_leaves = 6,
                  .opacity = opacity,
                  .visible = {0, 8},
                  .width = 2,
                  .color = {0, 0, 0, 255}};
    ren_frame_begin(frame, 100, 200);
    ren_fan_draw(frame, &fan);
    for (int row = 0; row < 7; row++) {
      double expected = 1;
      for (int leaf = 0; leaf < 6; leaf++) {
        bool passes = (leaf <= row && hub > row) || (leaf > row && hub <= row);
        if (passes) expected *= 1 - (double)opacity[leaf];
      }
      double found = through_at(frame, 20, 20 + 20 * (float)row);
      if (fabs(found - expected) > 0.01)
        fail_msg("hub %d, below row %d: expected %.3f, found %.3f", hub, row, expected, found);
    }
    for (int leaf = 0; leaf < 6; leaf++)
      assert_true(fabs(through_at(frame, 30, 10 + 20 * (float)leaf) - (1 - (double)opacity[leaf])) < 0.01);
  }
  ren_frame_free(frame);
}

static void only_visible_rows_cost_commands(void **unused) {
  (void)unused;
  static float opacity[5000];
  for (int i = 0; i < 5000; i++) opacity[i] = 0.001f;
  RenFrame *frame = ren_frame_new();
  RenFan fan = {.hub_x = 40,
                .trunk_x = 20,
                .leaf_x = 0,
                .pitch = 20,
                .hub = 2500,
                .n_leaves = 5000,
                .opacity = opacity,
                .visible = {2490, 2510},
                .width = 2,
                .color = {0, 0, 0, 255}};
  ren_frame_begin(frame, 100, 200);
  ren_fan_draw(frame, &fan);
  assert_in_range(ren_frame_count(frame), 20, 50);
  /* Just below the hub stand the elbows of all 2499 rows under it. */
  assert_true(fabs(through_at(frame, 20, 2500 * 20 + 10) - pow(0.999, 2499)) < 0.01);
  ren_frame_free(frame);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(trunk_is_the_union_of_its_elbows),
      cmocka_unit_test(only_visible_rows_cost_commands),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
