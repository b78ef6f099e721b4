/* Views of a run that is not finished: what is there shows, what is not is panel-coloured or says so. */
#include "render/view_fixture.h"

enum { N_TOKENS = 4, N_LAYERS = 3, N_HEADS = 3 };

/* Stops the run when it reaches layer 1. */
static bool stop_at_layer_1(void *context, EngActivation id, int layer, int sequence, EngTensor value,
                            EngError *err) {
  (void)context, (void)id, (void)sequence, (void)value;
  return layer < 1 || eng_error_set(err, NULL, NULL, "stopped");
}

static EngRun *unfinished_run(void) {
  EngError err;
  EngModel *model = eng_model_open(FIXTURES "/tiny/gpt2", &err);
  assert_non_null(model);
  EngInput *input = eng_input_from_ids(model, (int[]){3, 7, 210, 7}, NULL, N_TOKENS, &err);
  assert_non_null(input);
  EngSequence sequence = {.input = input};
  EngRunSpec spec = {.sequences = &sequence, .n_sequences = 1, .tap = stop_at_layer_1};
  const char *keep[] = {"pattern", "q", "k"};
  for (int i = 0; i < 3; i++) assert_true(eng_keep_add(&spec.keep, keep[i], eng_model_config(model), &err));
  EngRun *run = eng_run_new(model, &spec, &err);
  assert_non_null(run);
  assert_false(eng_run_forward(run, &err));
  eng_input_release(input);
  eng_model_release(model);
  return run;
}

static Stage stage_unfinished(void) {
  Stage stage = stage_open(NULL, 1280, 500);
  EngRun *run = unfinished_run();
  stage.source = eng_source_from_run(run, NULL);
  assert_non_null(stage.source);
  eng_run_release(run);
  assert_int_equal(eng_source_layers_done(stage.source), 1);
  ren_state_fit(&stage.state, stage.source);
  return stage;
}

static void unfinished_layers_are_panel_coloured(void **unused) {
  (void)unused;
  Stage stage = stage_unfinished();
  stage_draw(&stage, REN_VIEW_MODEL);
  assert_int_equal(stage_nth(&stage, REN_ATTENTION, 0)->attention.n_planes, N_HEADS);
  for (int layer = 0; layer < N_LAYERS; layer++) {
    for (int head = 0; head < N_HEADS; head++) {
      RenRect thumb = stage_find(&stage, REN_ID_THUMB, layer, head, 0);
      assert_int_equal(stage_strip(&stage, thumb, stage.state.theme->panel) != NULL, layer >= 1);
    }
  }
  stage_hover(&stage, REN_ID_THUMB, 2, 1, 0);
  assert_string_equal(ren_view_tooltip(&stage.state, stage.source, stage.frame), "2.1  not finished yet");
  stage_close(&stage);
}

static void a_running_layer_says_so_in_every_view(void **unused) {
  (void)unused;
  Stage stage = stage_unfinished();
  for (int layer = 0; layer < N_LAYERS; layer++) {
    stage.state.layer = layer;
    stage.state.token = 2;
    for (int expanded = 0; expanded < 2; expanded++) {
      stage.state.expanded = expanded;
      stage_draw(&stage, REN_VIEW_NEURON);
      assert_int_equal(stage_says(&stage, "running…"), layer >= 1);
    }
    stage_draw(&stage, REN_VIEW_MATRIX);
    assert_int_equal(stage_says(&stage, "running…"), layer >= 1);
    assert_int_equal(stage_count(&stage, REN_HEATMAP), layer < 1 ? N_HEADS : 0);
    stage_draw(&stage, REN_VIEW_HEAD);
    assert_int_equal(stage_says(&stage, "running…"), layer >= 1);
    assert_int_equal(stage_count(&stage, REN_ATTENTION), layer < 1);
    stage_hover(&stage, REN_ID_QUERY, 1, 0, 0);
    assert_int_equal(ren_view_tooltip(&stage.state, stage.source, stage.frame) != NULL, layer < 1);
  }
  stage_close(&stage);
}

static void a_panel_of_a_running_layer_waits(void **unused) {
  (void)unused;
  Stage stage = stage_unfinished();
  stage.state.panel_open = true, stage.state.panel = (RenPanel){2, 0};
  stage_draw(&stage, REN_VIEW_MODEL);
  stage_find(&stage, REN_ID_PANEL_QUERY, 2, 0, 3);
  assert_true(stage_says(&stage, "running…"));
  assert_int_equal(stage_count(&stage, REN_ATTENTION), 1);
  stage_close(&stage);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(unfinished_layers_are_panel_coloured),
      cmocka_unit_test(a_running_layer_says_so_in_every_view),
      cmocka_unit_test(a_panel_of_a_running_layer_waits),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
