/* The dock as golden lists of commands, from data made up here; and the data's own rules. */
#include "render/view_fixture.h"

#include "render/view_dock.h"

typedef struct Made {
  Stage stage;
  RenText *text;
  RenField where;
  RenDock dock;
  RenPlace place; /* is selected */
} Made;

static char *copy(const char *text) {
  char *made = strdup(text);
  assert_non_null(made);
  return made;
}

static void add_probe(RenDock *dock, const char *id, const char *name, bool own) {
  RenProbe *probe = &dock->probes[dock->n++];
  snprintf(probe->id, sizeof probe->id, "%s", id);
  probe->name = copy(name);
  probe->path = copy("/home/somebody/mine.lua");
  probe->own = own;
  probe->read = true;
}

static void add_answer(RenAnswer *answer, const char *id) {
  snprintf(answer->id, sizeof answer->id, "%s", id);
  answer->kind = REN_PROBE_HEAD;
  answer->seeds = 5;
  answer->null = 0.25f;
  answer->low = 0.01f;
  answer->high = 0.75f;
  answer->bins[0] = 4;
  answer->bins[REN_ANSWER_BINS - 1] = 1;
  answer->n_ranks = 2;
  answer->ranks[0] = (RenRank){1, 2, 0.75f, 0.25f, 0.125f};
  answer->ranks[1] = (RenRank){0, 1, 0.0625f, 0.25f, NAN};
}

static Made make(void) {
  EngError err = {0};
  Made made = {.stage = stage_open(NULL, 264, 620)};
  made.text = ren_text_open(HEADSCOPE_SOURCE "/fonts", &err);
  assert_non_null(made.text);
  made.dock.probes = calloc(3, sizeof *made.dock.probes);
  assert_non_null(made.dock.probes);
  add_probe(&made.dock, "mine", "My probe", true);
  add_probe(&made.dock, "previous", "Previous token", false);
  add_probe(&made.dock, "broken", "Broken", false);
  made.dock.probes[2].error = copy("broken.lua:3: unexpected symbol near 'end'");
  made.dock.probes[1].doc = copy("Mean of A[q, q-1] over q = 1 … T-1.");
  made.dock.probes[1].captures = copy("Looks at the run that is shown.");
  made.dock.probes[1].n_params = 2;
  made.dock.probes[1].params[0] =
      (RenProbeParam){.name = "n", .bounded = true, .whole = true, .preset = 32, .least = 2, .most = 62};
  made.dock.probes[1].params[1] = (RenProbeParam){.name = "strict", .boolean = true, .preset = 1};
  strcpy(made.stage.state.probe, "previous");
  add_answer(&made.dock.answer, "previous");
  made.dock.answered = true;
  return made;
}

static void draw(Made *made) {
  RenDockScene scene = {.dock = &made->dock,
                        .state = &made->stage.state,
                        .place = made->place,
                        .paint = {made->stage.frame, made->stage.state.theme, made->text, 1},
                        .panel = made->stage.area,
                        .where = &made->where};
  ren_frame_begin(made->stage.frame, made->stage.area.w, made->stage.area.h);
  ren_dock_draw(&scene);
  assert_false(ren_frame_failed(made->stage.frame));
}

static void drop(Made *made) {
  ren_field_free(&made->where);
  ren_dock_free(&made->dock);
  ren_text_close(made->text);
  stage_close(&made->stage);
}

static void draws_a_list_and_what_the_active_one_found(void **unused) {
  (void)unused;
  Made made = make();
  made.stage.state.hover = ren_id_named(REN_ID_PROBE, "mine");
  draw(&made);
  stage_golden(&made.stage, "dock");
  stage_find(&made.stage, REN_ID_RANK, 1, 2, 0);
  drop(&made);
}

static void draws_errors_beside_a_stale_result(void **unused) {
  (void)unused;
  Made made = make();
  made.stage.state.theme = ren_theme_find("light");
  made.dock.stale = true;
  made.dock.error = copy("previous.lua:7: attempt to call a nil value (method 'diagonale')");
  made.dock.where_error = copy("filter:1: unexpected symbol near <eof>");
  draw(&made);
  stage_golden(&made.stage, "dock_stale");
  assert_true(stage_says(&made.stage, "stale"));
  drop(&made);
}

static void draws_places_as_rows(void **unused) {
  (void)unused;
  Made made = make();
  ren_answer_clear(&made.dock.answer);
  made.dock.answer = (RenAnswer){.id = "previous",
                                 .kind = REN_PROBE_RUN,
                                 .n_all = 312,
                                 .text = copy("where\n1.2  .812  ·she 7 → ·nurse 4\n2.0  .340  ·her 9 → ·nurse 4"),
                                 .n_titles = 1,
                                 .n_places = 2,
                                 .places = {{1, 2, 7, 4}, {2, 0, 9, 4}}};
  made.stage.state.hover = (RenId){REN_ID_PLACE, 1, 0, 0};
  made.place = made.dock.answer.places[0];
  draw(&made);
  stage_golden(&made.stage, "dock_places");
  stage_find(&made.stage, REN_ID_PLACE, 1, 0, 0);
  assert_true(stage_says(&made.stage, "2 of 312"));
  drop(&made);
}

/* What lies under the mouse is called by its name, not by a number. */
static void names_elements(void **unused) {
  (void)unused;
  char name[96];
  RenId parsed;
  Made made = make();
  draw(&made);
  RenId id = ren_id_named(REN_ID_PROBE, "previous");
  ren_frame_format_element(made.stage.frame, (RenElement){id, false}, name, sizeof name);
  assert_string_equal(name, "probe.previous");
  assert_true(ren_id_parse("probe.previous", &parsed) && ren_id_equal(parsed, id));
  ren_id_format(id, name, sizeof name);
  assert_true(ren_id_parse(name, &parsed) && ren_id_equal(parsed, id));
  assert_false(ren_id_parse("probe.", &parsed) || ren_id_parse("probe.a b", &parsed));
  drop(&made);
}

static void takes_parameters_within_their_ends(void **unused) {
  (void)unused;
  RenSettings settings = {0};
  RenProbe probe = {.id = "mine", .n_params = 1};
  probe.params[0] =
      (RenProbeParam){.name = "n", .bounded = true, .whole = true, .preset = 4, .least = 2, .most = 10};
  const RenProbeParam *n = ren_probe_param(&probe, "n");
  assert_true(ren_settings_value(&settings, &probe, n) <= 4 && ren_settings_value(&settings, &probe, n) >= 4);
  assert_true(ren_settings_set(&settings, "mine", "n", 7));
  assert_true(ren_settings_value(&settings, &probe, n) >= 7);
  assert_true(ren_settings_set(&settings, "mine", "n", 11)); /* another version of the file may take it */
  assert_true(ren_settings_value(&settings, &probe, n) <= 4);
  assert_false(ren_param_takes(n, 2.5) || ren_param_takes(n, 1) || ren_param_takes(n, NAN));
  assert_true(ren_param_at(n, 0) <= 2 && ren_param_at(n, 1) >= 10);
  for (int i = 0; i < 2 * REN_DOCK_SETTINGS; i++) {
    char name[8];
    snprintf(name, sizeof name, "p%d", i);
    assert_true(ren_settings_set(&settings, "other", name, i));
  }
  assert_int_equal(settings.n, REN_DOCK_SETTINGS);
  assert_null(ren_probe_param(&probe, "m"));
}

static bool is(double a, double b) { return fabs(a - b) < 1e-9; }

static void steps_parameters(void **unused) {
  (void)unused;
  const RenProbeParam whole = {.whole = true, .preset = 0, .least = 0, .most = NAN};
  const RenProbeParam open = {.preset = 0.3, .least = NAN, .most = NAN}, zero = {.least = NAN, .most = NAN};
  const RenProbeParam both = {.bounded = true, .preset = 1, .least = 0, .most = 5};
  assert_true(is(ren_param_step(&whole, 4, 1), 5) && is(ren_param_step(&whole, 0, -1), 0));
  assert_true(is(ren_param_step(&open, 0.3, -1), 0.29) && is(ren_param_step(&zero, 0, -2), -0.2));
  assert_true(is(ren_param_step(&both, 1, 1), 1.1) && is(ren_param_step(&both, 4.99, 3), 5));
  assert_true(ren_param_takes(&whole, 1e6) && ren_param_takes(&open, -1.5));
  assert_false(ren_param_takes(&whole, -1) || ren_param_takes(&whole, 0.5) || ren_param_takes(&open, INFINITY));
}

static void writes_numbers_short(void **unused) {
  (void)unused;
  static const struct {
    float value;
    const char *text;
  } cases[] = {{0.7372f, ".737"},  {0, ".000"},        {1, "1.00"},          {-0.5f, "-.500"},  {123.4f, "123"},
               {-2.345f, "-2.35"}, {999999, "999999"}, {9.78e37f, "9.8e37"}, {-1e6f, "-1.0e6"}, {INFINITY, "inf"}};
  RenFrame *frame = ren_frame_new();
  assert_non_null(frame);
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
    assert_string_equal(ren_dock_number(frame, cases[i].value), cases[i].text);
  ren_frame_free(frame);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(draws_a_list_and_what_the_active_one_found),
      cmocka_unit_test(draws_errors_beside_a_stale_result),
      cmocka_unit_test(draws_places_as_rows),
      cmocka_unit_test(names_elements),
      cmocka_unit_test(takes_parameters_within_their_ends),
      cmocka_unit_test(steps_parameters),
      cmocka_unit_test(writes_numbers_short),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
