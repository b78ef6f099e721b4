/* A frame costs what the window shows, whatever the length of the text: a long recording is made here, drawn
 * in every view, and the commands are counted. */
#include "render/view_fixture.h"

#include "engine/safetensors.h"

#include <stdio.h>
#include <unistd.h>

enum { HEADS = 2, D_HEAD = 4 };

/* "[x,x,…]" with n entries, malloc'ed. */
static char *list_of(const char *entry, size_t n) {
  size_t size = strlen(entry) + 1;
  char *text = malloc(n * size + 2);
  assert_non_null(text);
  text[0] = '[';
  for (size_t i = 0; i < n; i++) {
    memcpy(text + 1 + i * size, entry, size - 1);
    text[(i + 1) * size] = i + 1 < n ? ',' : ']';
  }
  text[n * size + 1] = '\0';
  return text;
}

static void write_recording(const char *path, size_t n) {
  EngTensor pattern, q, k;
  EngError err;
  assert_true(eng_tensor_new(&pattern, 3, (size_t[]){HEADS, n, n}, &err));
  assert_true(eng_tensor_new(&q, 3, (size_t[]){n, HEADS, D_HEAD}, &err));
  assert_true(eng_tensor_new(&k, 3, (size_t[]){n, HEADS, D_HEAD}, &err));
  for (size_t i = 0; i < HEADS * n * n; i++) pattern.data[i] = 1 / (float)n;
  for (size_t i = 0; i < n * HEADS * D_HEAD; i++) q.data[i] = 1, k.data[i] = -1;
  const EngSafetensorsEntry entries[] = {
      {"blocks.0.attn.hook_pattern", pattern}, {"blocks.0.attn.hook_q", q}, {"blocks.0.attn.hook_k", k}};
  char *ids = list_of("1", n), *tokens = list_of("\" word\"", n);
  const EngSafetensorsNote notes[] = {
      {"ids", ids, strlen(ids)}, {"tokens", tokens, strlen(tokens)}, {"causal", "false", 5}};
  if (!eng_safetensors_write(path, entries, 3, notes, 3, &err)) fail_msg("%s", err.message);
  free(ids);
  free(tokens);
  eng_tensor_release(&pattern);
  eng_tensor_release(&q);
  eng_tensor_release(&k);
}

static Stage stage_long(size_t n) {
  char path[] = P_tmpdir "/headscope-view-XXXXXX";
  int file = mkstemp(path);
  assert_true(file >= 0);
  close(file);
  write_recording(path, n);
  Stage stage = stage_open(NULL, 1280, 696);
  EngError err;
  stage.source = eng_source_open(path, &err);
  unlink(path);
  if (stage.source == NULL) fail_msg("%s", err.message);
  ren_state_fit(&stage.state, stage.source);
  return stage;
}

/* Commands of one view in the middle of the text, at rest or with a token alone. */
static size_t cost_of(Stage *stage, RenViewKind view, bool alone, bool expanded) {
  stage->state.expanded = expanded;
  stage->state.scroll_y[view] = 1200;
  if (alone)
    stage_hover(stage, REN_ID_QUERY, 60, 0, 0);
  else
    ren_state_hover(&stage->state, REN_NO_ID);
  stage_draw(stage, view);
  return ren_frame_count(stage->frame);
}

static void the_cost_of_a_frame_is_that_of_what_shows(void **unused) {
  (void)unused;
  Stage shorter = stage_long(150), longer = stage_long(900);
  const struct {
    RenViewKind view;
    bool alone, expanded;
  } cases[] = {{REN_VIEW_MODEL, false, false}, {REN_VIEW_HEAD, false, false},  {REN_VIEW_HEAD, true, false},
               {REN_VIEW_NEURON, true, false}, {REN_VIEW_NEURON, false, true}, {REN_VIEW_NEURON, true, true}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    size_t a = cost_of(&shorter, cases[i].view, cases[i].alone, cases[i].expanded);
    size_t b = cost_of(&longer, cases[i].view, cases[i].alone, cases[i].expanded);
    assert_in_range(b, 1, a + 2);
  }
  stage_close(&shorter);
  stage_close(&longer);
}

/* Both heads, whole, enlarged in the middle, and pointed at. */
static void a_matrix_has_as_many_commands_as_labels_fit(void **unused) {
  (void)unused;
  Stage stage = stage_long(900);
  for (int i = 0; i < 6; i++) {
    stage.state.zoom = i % 3 == 0 ? 1 : i % 3 == 1 ? 8 : 100;
    stage.state.scroll_x[REN_VIEW_MATRIX] = stage.state.scroll_y[REN_VIEW_MATRIX] = i % 3 == 0 ? 0 : 2000;
    if (i >= 3) stage_hover(&stage, REN_ID_CELL, 450, 300, 0);
    stage_draw(&stage, REN_VIEW_MATRIX);
    assert_in_range(ren_frame_count(stage.frame), 40, 220);
    assert_true(stage_count(&stage, REN_HEATMAP) <= (stage.state.zoom > 1 ? 4 : 2)); /* the minimap has both */
  }
  stage_close(&stage);
}

static void a_long_panel_shows_a_window_of_its_rows(void **unused) {
  (void)unused;
  Stage stage = stage_long(900);
  stage.state.panel_open = true;
  stage.state.scroll_y[REN_VIEW_MODEL] = 18 * 500;
  stage_draw(&stage, REN_VIEW_MODEL);
  stage_find(&stage, REN_ID_PANEL_KEY, 0, 0, 500);
  RenRect ignored;
  assert_false(ren_frame_find(stage.frame, (RenId){REN_ID_PANEL_KEY, 0, 0, 499}, &ignored));
  assert_in_range(ren_frame_count(stage.frame), 50, 250);
  stage_close(&stage);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_cost_of_a_frame_is_that_of_what_shows),
      cmocka_unit_test(a_matrix_has_as_many_commands_as_labels_fit),
      cmocka_unit_test(a_long_panel_shows_a_window_of_its_rows),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
