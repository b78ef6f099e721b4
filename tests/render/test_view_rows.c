/* The head and the neuron view's rows enlarged and made smaller: what stays where it is, and what is left out of
 * low rows. */
#include "render/view_fixture.h"

#include "render/view_head_layout.h"
#include "render/view_vectors.h"

static Stage stage_head(float height) {
  Stage stage = stage_open("causal", 640, height);
  stage.state.view = REN_VIEW_HEAD;
  return stage;
}

static RenHeadLayout layout_of(const Stage *stage) {
  return ren_head_layout(&stage->state, ren_scene_block(&stage->state, stage->source), stage->area);
}

static void zoom(Stage *stage, float factor, float y) {
  ren_head_zoom(&stage->state, ren_scene_block(&stage->state, stage->source), stage->area, factor, y);
}

/* The token at a height, in fractions of a row. */
static float token_at(const Stage *stage, float y) {
  RenHeadLayout layout = layout_of(stage);
  return (y - layout.rows.y + layout.scroll) / layout.pitch;
}

static void what_is_pointed_at_stays(void **unused) {
  (void)unused;
  Stage stage = stage_head(150);
  stage.state.scroll_y[REN_VIEW_HEAD] = 40;
  for (int i = 0; i < 4; i++) {
    float y = 70, before = token_at(&stage, y);
    zoom(&stage, 1.25f, y);
    assert_true(fabsf(token_at(&stage, y) - before) * layout_of(&stage).pitch <= 1);
  }
  assert_true(layout_of(&stage).pitch > 50);
  zoom(&stage, 1000, 70);
  assert_true(layout_of(&stage).pitch == REN_MOST_ROWS * REN_TOKEN_PITCH);
  stage_close(&stage);
}

static void the_smallest_rows_are_the_whole_text(void **unused) {
  (void)unused;
  Stage stage = stage_head(80);
  zoom(&stage, 0.0001f, 60);
  RenHeadLayout layout = layout_of(&stage);
  assert_true(layout.height <= layout.rows.h && layout.height > layout.rows.h - 2);
  assert_true(layout.scroll == 0);
  stage_close(&stage);
}

/* What was set for a long text leaves a short one as it is at first. */
static void a_text_that_fits_is_never_smaller(void **unused) {
  (void)unused;
  Stage stage = stage_head(2000);
  stage_draw(&stage, REN_VIEW_HEAD);
  char *before = ren_frame_json(stage.frame);
  stage.state.row_zoom = REN_LEAST_ROWS;
  stage_draw(&stage, REN_VIEW_HEAD);
  char *after = ren_frame_json(stage.frame);
  assert_string_equal(before, after);
  free(before);
  free(after);
  stage_close(&stage);
}

static int texts(Stage *stage) {
  stage_draw(stage, REN_VIEW_HEAD);
  return stage_count(stage, REN_TEXT);
}

/* Texts thin out, elements do not; one that is pointed at has its text. */
static void low_rows_leave_texts_out(void **unused) {
  (void)unused;
  Stage stage = stage_head(80);
  int n = ren_scene_block(&stage.state, stage.source)->n_rows;
  zoom(&stage, 0.0001f, 60);
  assert_true(layout_of(&stage).pitch < REN_TOKEN_LABELS);
  assert_in_range(texts(&stage), 2 + 4, 2 + 2 * n - 2);
  for (int i = 0; i < n; i++) {
    RenRect row = stage_find(&stage, REN_ID_QUERY, i, 0, 0);
    assert_true(fabsf(row.h - layout_of(&stage).pitch) < 0.01f);
    stage_find(&stage, REN_ID_KEY, i, 0, 0);
  }
  stage_hover(&stage, REN_ID_QUERY, n - 1, 0, 0);
  texts(&stage);
  stage_golden(&stage, "head_thin");
  stage_close(&stage);
}

/* --- of the neuron view */

static RenNeuronLayout neuron_of(const Stage *stage) {
  return ren_neuron_layout(&stage->state, ren_scene_block(&stage->state, stage->source), stage->area);
}

static void zoom_neuron(Stage *stage, float factor, float y) {
  ren_neuron_zoom(&stage->state, ren_scene_block(&stage->state, stage->source), stage->area, factor, y);
}

static float neuron_token_at(const Stage *stage, float y) {
  RenNeuronLayout layout = neuron_of(stage);
  return (y - layout.rows.y + layout.scroll_y) / layout.pitch;
}

static void what_is_pointed_at_stays_in_the_neuron_view(void **unused) {
  (void)unused;
  for (int expanded = 0; expanded < 2; expanded++) {
    Stage stage = stage_open("causal", 900, 150);
    stage.state.expanded = expanded;
    stage.state.scroll_y[REN_VIEW_NEURON] = 40;
    for (int i = 0; i < 4; i++) {
      float y = 90, before = neuron_token_at(&stage, y);
      zoom_neuron(&stage, 1.25f, y);
      assert_true(fabsf(neuron_token_at(&stage, y) - before) * neuron_of(&stage).pitch <= 1);
    }
    assert_true(neuron_of(&stage).pitch > 60);
    zoom_neuron(&stage, 1000, 90);
    assert_true(neuron_of(&stage).pitch == REN_MOST_ROWS * REN_NEURON_PITCH);
    stage_close(&stage);
  }
}

static void zoom_out(Stage *stage) {
  zoom_neuron(stage, 0.0001f, 60);
  RenNeuronLayout layout = neuron_of(stage);
  assert_true(layout.height <= layout.rows.h && layout.height > layout.rows.h - 2);
  stage_draw(stage, REN_VIEW_NEURON);
}

static void the_neuron_views_smallest_rows_are_the_whole_text(void **unused) {
  (void)unused;
  Stage stage = stage_open("causal", 900, 100);
  zoom_out(&stage);
  stage_golden(&stage, "neuron_thin");
  stage.state.expanded = true;
  stage.state.token = 3;
  zoom_out(&stage);
  stage_golden(&stage, "neuron_low");
  stage_close(&stage);
}

static const RenCommand *heat_map(const Stage *stage, RenRect at) {
  const RenCommand *command;
  for (int n = 0; (command = stage_nth(stage, REN_HEATMAP, n)) != NULL; n++)
    if (command->rect.x >= at.x && command->rect.x < at.x + at.w) return command;
  return NULL;
}

/* Vectors are heat maps, products and their sums those of the keys that are not masked. */
static void low_rows_show_the_numbers_of_the_head(void **unused) {
  (void)unused;
  Stage stage = stage_open("causal", 1280, 100);
  stage.state.expanded = true;
  stage.state.token = 3;
  zoom_out(&stage);
  RenVectors vectors = {.q = eng_source_queries(stage.source, 0, 0, 0),
                        .k = eng_source_keys(stage.source, 0, 0, 0)};
  size_t d_head = vectors.q.shape[1];
  const RenCommand *q = heat_map(&stage, stage_find(&stage, REN_ID_STRIP_Q, 0, 0, 0));
  assert_ptr_equal(q->values.values.data, vectors.q.data);
  const RenCommand *products = heat_map(&stage, stage_find(&stage, REN_ID_STRIP_QK, 3, 0, 0));
  const RenCommand *scores = heat_map(&stage, stage_find(&stage, REN_ID_DOT, 3, 0, 0));
  assert_int_equal(products->values.values.shape[0], 4);
  assert_int_equal(scores->values.values.shape[0], 4);
  for (int j = 0; j < 4; j++) {
    float sum = 0;
    for (int d = 0; d < (int)d_head; d++) {
      float product = ren_at2(&vectors.q, 3, d) * ren_at2(&vectors.k, j, d);
      assert_true(ren_at2(&products->values.values, j, d) == product);
      sum += product;
    }
    assert_true(ren_at2(&scores->values.values, j, 0) == sum / sqrtf((float)d_head));
  }
  RenRect ignored;
  assert_false(ren_frame_find(stage.frame, (RenId){REN_ID_STRIP_QK, 4, 0, 0}, &ignored));
  stage_close(&stage);
}

/* Whatever comes to lie under the rows or in them. */
static void what_shows_the_whole_text_stays_so(void **unused) {
  (void)unused;
  Stage stage = stage_open("causal", 900, 100);
  stage.state.expanded = true;
  zoom_out(&stage);
  stage.state.dimensions.selected = 1;
  RenNeuronLayout layout = neuron_of(&stage);
  assert_true(layout.spread.h > 0 && layout.height <= layout.rows.h);
  zoom_neuron(&stage, 2, 60);
  assert_true(neuron_of(&stage).height > neuron_of(&stage).rows.h);
  stage_close(&stage);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_pointed_at_stays),
      cmocka_unit_test(the_smallest_rows_are_the_whole_text),
      cmocka_unit_test(a_text_that_fits_is_never_smaller),
      cmocka_unit_test(low_rows_leave_texts_out),
      cmocka_unit_test(what_is_pointed_at_stays_in_the_neuron_view),
      cmocka_unit_test(the_neuron_views_smallest_rows_are_the_whole_text),
      cmocka_unit_test(low_rows_show_the_numbers_of_the_head),
      cmocka_unit_test(what_shows_the_whole_text_stays_so),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
