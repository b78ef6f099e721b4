/* What is selected and set: how it is at first, what follows from what, and what stays when the source changes. */
#include "render/view_fixture.h"

static void names_of_views_parse_back(void **unused) {
  (void)unused;
  for (int i = 0; i < REN_VIEW_COUNT; i++) {
    RenViewKind view;
    assert_true(ren_view_parse(ren_view_name((RenViewKind)i), &view));
    assert_int_equal(view, i);
  }
  RenViewKind view = REN_VIEW_HEAD;
  assert_false(ren_view_parse("Head", &view));
  assert_int_equal(view, REN_VIEW_HEAD);
}

static void starts_with_all_heads_and_no_token(void **unused) {
  (void)unused;
  RenState state;
  ren_state_init(&state);
  assert_int_equal(ren_state_heads_active(&state, REN_MAX_HEADS), REN_MAX_HEADS);
  assert_int_equal(ren_state_query(&state), -1);
  assert_int_equal(ren_state_key(&state), -1);
  assert_string_equal(state.theme->name, "dark");
}

static void heads_are_switched_one_by_one(void **unused) {
  (void)unused;
  RenState state;
  ren_state_init(&state);
  for (int head = 0; head < REN_MAX_HEADS; head++) ren_state_head_set(&state, head, false);
  ren_state_head_set(&state, 63, true);
  ren_state_head_set(&state, 64, true);
  ren_state_head_set(&state, REN_MAX_HEADS, true); /* out of range: nothing happens */
  assert_true(ren_state_head_active(&state, 63) && ren_state_head_active(&state, 64));
  assert_false(ren_state_head_active(&state, 62) || ren_state_head_active(&state, -1));
  assert_int_equal(ren_state_heads_active(&state, 64), 1);
  assert_int_equal(ren_state_heads_active(&state, REN_MAX_HEADS), 2);
}

static void hover_follows_from_the_element(void **unused) {
  (void)unused;
  RenState state;
  ren_state_init(&state);
  state.token = 7;
  ren_state_hover(&state, (RenId){REN_ID_PANEL_QUERY, 2, 5, 3});
  assert_int_equal(ren_state_query(&state), 3);
  ren_state_hover(&state, (RenId){REN_ID_STRIP_QK, 4, 0, 0});
  assert_int_equal(ren_state_key(&state), 4);
  assert_int_equal(ren_state_query(&state), 7);
  ren_state_hover(&state, (RenId){REN_ID_EXPAND, 1, 0, 0});
  assert_int_equal(ren_state_query(&state), 1);
  ren_state_hover(&state, (RenId){REN_ID_THUMB, 1, 2, 0});
  assert_int_equal(state.hover_side, REN_SIDE_NONE);
  assert_int_equal(ren_state_query(&state), 7);
}

static void fit_brings_indices_into_range(void **unused) {
  (void)unused;
  Stage stage = stage_open("causal", 100, 100); /* 2 layers, 3 heads, 5 tokens */
  RenState *state = &stage.state;
  state->layer = 9, state->head = -4, state->token = 5, state->block = 3;
  state->threshold = NAN, state->scroll_y[REN_VIEW_HEAD] = -3;
  state->panel_open = true, state->panel = (RenPanel){1, 3};
  ren_state_hover(state, (RenId){REN_ID_QUERY, 2, 0, 0});
  for (int head = 0; head < 3; head++) ren_state_head_set(state, head, false);
  ren_state_fit(state, stage.source);
  assert_int_equal(state->layer, 1);
  assert_int_equal(state->head, 0);
  assert_int_equal(state->token, -1);
  assert_int_equal(state->block, 0);
  assert_true(state->threshold == 0 && state->scroll_y[REN_VIEW_HEAD] == 0);
  assert_false(state->panel_open);
  assert_int_equal(state->hover.kind, REN_ID_NONE);
  assert_int_equal(ren_state_heads_active(state, 3), 1);
  assert_true(ren_state_head_active(state, 0));
  stage_close(&stage);
}

static void fit_keeps_the_picked_heads_that_there_are(void **unused) {
  (void)unused;
  Stage stage = stage_open("pair", 100, 100);
  RenState *state = &stage.state;
  state->n_picks = 3;
  state->picks[0] = (RenPick){{0, 9}, false};
  state->picks[1] = (RenPick){{1, 2}, true};
  state->picks[2] = (RenPick){{9, 0}, false};
  ren_state_fit(state, stage.source);
  assert_int_equal(state->n_picks, 1);
  assert_int_equal(ren_state_pick(state, (RenPanel){1, 2}), 0);
  assert_int_equal(ren_state_pick(state, (RenPanel){0, 9}), -1);
  assert_true(ren_state_slot_on(state, 0));
  assert_false(ren_state_slot_on(state, 1));
  assert_int_equal(ren_state_slots(state, 3), 1);
  state->n_picks = 0;
  assert_int_equal(ren_state_slots(state, 3), 3);
  stage_close(&stage);
}

static void fit_keeps_what_fits(void **unused) {
  (void)unused;
  Stage stage = stage_open("pair", 100, 100);
  RenState *state = &stage.state;
  state->layer = 1, state->head = 2, state->token = 4, state->block = 0;
  state->panel_open = true, state->panel = (RenPanel){1, 2};
  ren_state_head_set(state, 1, false);
  ren_state_fit(state, stage.source);
  ren_state_fit(state, NULL);
  assert_int_equal(state->layer, 1);
  assert_int_equal(state->head, 2);
  assert_int_equal(state->token, 4);
  assert_true(state->panel_open);
  assert_int_equal(ren_state_heads_active(state, 3), 2);
  stage_close(&stage);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(names_of_views_parse_back),     cmocka_unit_test(starts_with_all_heads_and_no_token),
      cmocka_unit_test(heads_are_switched_one_by_one), cmocka_unit_test(hover_follows_from_the_element),
      cmocka_unit_test(fit_brings_indices_into_range), cmocka_unit_test(fit_keeps_the_picked_heads_that_there_are),
      cmocka_unit_test(fit_keeps_what_fits),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
