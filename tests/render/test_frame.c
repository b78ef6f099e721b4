/* The list of commands: ids both ways, nesting clips, what the mouse is on, text for golden tests. */
#include "render/frame.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static RenId id(RenIdKind kind, int a, int b, int c) { return (RenId){kind, a, b, c}; }

static EngTensor matrix(float *data, size_t rows, size_t columns) {
  return (EngTensor){.data = data, .rank = 2, .shape = {rows, columns}, .stride = {(ptrdiff_t)columns, 1}};
}

static RenFrame *new_frame(void) {
  RenFrame *frame = ren_frame_new();
  assert_non_null(frame);
  ren_frame_begin(frame, 100, 100);
  return frame;
}

static void ids_have_names(void **state) {
  (void)state;
  const struct {
    RenId id;
    const char *name;
  } cases[] = {
      {id(REN_ID_TAB, 0, 0, 0), "tab.model"},
      {id(REN_ID_TAB, 2, 0, 0), "tab.neuron"},
      {id(REN_ID_TILE, 3, 0, 0), "tile.3"},
      {id(REN_ID_THUMB, 2, 5, 0), "thumb.2.5"},
      {id(REN_ID_PANEL, 2, 5, 0), "panel.2.5"},
      {id(REN_ID_PANEL_QUERY, 2, 5, 3), "panel.2.5.query.3"},
      {id(REN_ID_FILTER_ITEM, 2, 0, 0), "filter.ab"},
      {id(REN_ID_STRIP_Q, 3, 0, 0), "strip.q.3"},
      {id(REN_ID_STRIP_QK, 11, 0, 0), "strip.qk.11"},
      {id(REN_ID_MODEL, 0, 0, 0), "model"},
      {id(REN_ID_MODEL_ITEM, 0, 0, 0), "model.0"},
      {id(REN_ID_THRESHOLD, 0, 0, 0), "threshold"},
      {id(REN_ID_EXPAND, 511, 0, 0), "expand.511"},
      {id(REN_ID_CELL, 5, 12, 0), "cell.5.12"},
      {id(REN_ID_HEAD_CELL, 5, 12, 3), "cell.5.12.3"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    char name[64];
    ren_id_format(cases[i].id, name, sizeof name);
    assert_string_equal(name, cases[i].name);
    RenId parsed = REN_NO_ID;
    assert_true(ren_id_parse(cases[i].name, &parsed));
    assert_true(ren_id_equal(parsed, cases[i].id));
  }
}

static void every_kind_comes_back(void **state) {
  (void)state;
  for (int kind = 1; kind < REN_ID_KINDS; kind++) {
    char name[64], again[64];
    ren_id_format(id((RenIdKind)kind, 1, 2, 3), name, sizeof name);
    assert_true(name[0] != '\0');
    RenId parsed = REN_NO_ID;
    assert_true(ren_id_parse(name, &parsed));
    assert_int_equal(parsed.kind, kind);
    ren_id_format(parsed, again, sizeof again);
    assert_string_equal(name, again);
  }
}

static void other_names_are_refused(void **state) {
  (void)state;
  const char *wrong[] = {"",         "tile",    "tile.",   "tile.-1",         "tile.01",
                         "tile.x",   "tile.3.", "thumb.2", "tab.foo",         "tab.model.",
                         "filter.c", "strip.",  "strip.q", "TILE.3",          "tile. 3",
                         "tile.3x",  "modelx",  "view.1",  "panel.1.2.query", "tile.99999999999"};
  RenId out = REN_NO_ID;
  for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) assert_false(ren_id_parse(wrong[i], &out));
  char small[5];
  ren_id_format(id(REN_ID_THUMB, 2, 5, 0), small, sizeof small);
  assert_string_equal(small, "thum");
  ren_id_format(REN_NO_ID, small, sizeof small);
  assert_string_equal(small, "");
}

static void clips_nest(void **state) {
  (void)state;
  RenFrame *frame = new_frame();
  ren_frame_push_clip(frame, (RenRect){10, 10, 50, 50});
  ren_frame_push_clip(frame, (RenRect){40, 40, 50, 50});
  ren_frame_fill(frame, id(REN_ID_TILE, 0, 0, 0), (RenRect){0, 0, 100, 100}, ren_color_rgb(0));
  RenRect visible;
  assert_true(ren_frame_find(frame, id(REN_ID_TILE, 0, 0, 0), &visible));
  assert_float_equal(visible.x, 40, 0);
  assert_float_equal(visible.w, 20, 0);
  ren_frame_pop_clip(frame);
  ren_frame_fill(frame, id(REN_ID_TILE, 1, 0, 0), (RenRect){0, 0, 100, 100}, ren_color_rgb(0));
  assert_true(ren_frame_find(frame, id(REN_ID_TILE, 1, 0, 0), &visible));
  assert_float_equal(visible.w, 50, 0);
  ren_frame_fill(frame, id(REN_ID_TILE, 2, 0, 0), (RenRect){70, 0, 10, 100}, ren_color_rgb(0));
  assert_false(ren_frame_find(frame, id(REN_ID_TILE, 2, 0, 0), &visible));
  assert_false(ren_frame_find(frame, id(REN_ID_TILE, 3, 0, 0), &visible));
  ren_frame_pop_clip(frame);
  ren_frame_pop_clip(frame); /* one too many does no harm */
  ren_frame_fill(frame, id(REN_ID_TILE, 2, 0, 0), (RenRect){70, 0, 10, 100}, ren_color_rgb(0));
  assert_true(ren_frame_find(frame, id(REN_ID_TILE, 2, 0, 0), &visible));
  ren_frame_free(frame);
}

static void the_last_element_under_the_mouse_is_hit(void **state) {
  (void)state;
  RenFrame *frame = new_frame();
  ren_frame_area(frame, id(REN_ID_VIEW, 0, 0, 0), (RenRect){0, 0, 100, 100});
  ren_frame_fill(frame, id(REN_ID_QUERY, 1, 0, 0), (RenRect){10, 10, 20, 20}, ren_color_rgb(0));
  ren_frame_push_clip(frame, (RenRect){0, 0, 25, 100});
  ren_frame_area(frame, id(REN_ID_KEY, 2, 0, 0), (RenRect){20, 10, 20, 20});
  ren_frame_pop_clip(frame);
  ren_frame_fill(frame, REN_NO_ID, (RenRect){0, 0, 100, 100}, ren_color_rgb(0));
  assert_int_equal(ren_frame_hit(frame, (RenPoint){12, 12}).kind, REN_ID_QUERY);
  assert_int_equal(ren_frame_hit(frame, (RenPoint){22, 12}).kind, REN_ID_KEY);
  assert_int_equal(ren_frame_hit(frame, (RenPoint){27, 12}).kind, REN_ID_QUERY); /* the key is cut there */
  assert_int_equal(ren_frame_hit(frame, (RenPoint){35, 12}).kind, REN_ID_VIEW);
  assert_int_equal(ren_frame_hit(frame, (RenPoint){100, 12}).kind, REN_ID_NONE);
  ren_frame_begin(frame, 100, 100);
  assert_int_equal(ren_frame_count(frame), 0);
  assert_int_equal(ren_frame_hit(frame, (RenPoint){12, 12}).kind, REN_ID_NONE);
  ren_frame_free(frame);
}

static void two_views_have_elements_of_one_name(void **state) {
  (void)state;
  RenFrame *frame = new_frame();
  RenElement right, found;
  RenRect visible;
  char name[32];
  assert_true(ren_element_parse("2:query.1", &right));
  assert_true(right.right && ren_id_equal(right.id, id(REN_ID_QUERY, 1, 0, 0)));
  assert_false(ren_element_parse("2:2:query.1", &found) || ren_element_parse("2:", &found));
  ren_frame_area(frame, right.id, (RenRect){0, 0, 10, 10});
  assert_false(ren_frame_place(frame, right, &visible));
  ren_frame_side(frame, true);
  ren_frame_area(frame, right.id, (RenRect){50, 0, 10, 10});
  ren_frame_side(frame, false);
  assert_true(ren_frame_place(frame, right, &visible));
  assert_float_equal(visible.x, 50, 0);
  assert_true(ren_frame_find(frame, right.id, &visible));
  assert_float_equal(visible.x, 0, 0);
  found = ren_frame_element(frame, (RenPoint){55, 5});
  assert_true(ren_element_equal(found, right));
  ren_element_format(found, name, sizeof name);
  assert_string_equal(name, "2:query.1");
  ren_element_format((RenElement){REN_NO_ID, true}, name, sizeof name);
  assert_string_equal(name, "");
  ren_frame_free(frame);
}

/* More commands than one block of memory holds: early ones must not have moved. */
static void assert_hit(const RenFrame *frame, float x, float y, RenId expected) {
  assert_true(ren_id_equal(ren_frame_hit(frame, (RenPoint){x, y}), expected));
}

/* Many elements in one command: each is found where it is hit. */
static void a_grid_stands_for_its_cells(void **state) {
  (void)state;
  RenFrame *frame = new_frame();
  RenRect rect;
  ren_frame_grid(frame, id(REN_ID_HEAD_CELL, 0, 0, 7), (RenRect){10, 20, 30, 40}, 4, 3);
  ren_frame_grid(frame, id(REN_ID_QUERY, 0, 0, 0), (RenRect){0, 20, 10, 40}, 4, 1);
  ren_frame_grid(frame, id(REN_ID_KEY, 0, 0, 0), (RenRect){10, 0, 30, 20}, 1, 3);
  ren_frame_grid(frame, id(REN_ID_CELL, 0, 0, 0), (RenRect){50, 50, 9, 9}, 0, 3); /* none */
  assert_int_equal(ren_frame_count(frame), 3);
  assert_hit(frame, 10, 20, id(REN_ID_HEAD_CELL, 0, 0, 7));
  assert_hit(frame, 39.99F, 59.99F, id(REN_ID_HEAD_CELL, 3, 2, 7));
  assert_hit(frame, 25, 30, id(REN_ID_HEAD_CELL, 1, 1, 7));
  assert_hit(frame, 5, 55, id(REN_ID_QUERY, 3, 0, 0));
  assert_hit(frame, 35, 5, id(REN_ID_KEY, 2, 0, 0));
  assert_hit(frame, 40, 59, REN_NO_ID);
  assert_true(ren_frame_find(frame, id(REN_ID_HEAD_CELL, 2, 1, 7), &rect));
  assert_memory_equal(&rect, &((RenRect){20, 40, 10, 10}), sizeof rect);
  assert_true(ren_frame_find(frame, id(REN_ID_KEY, 1, 0, 0), &rect));
  assert_memory_equal(&rect, &((RenRect){20, 0, 10, 20}), sizeof rect);
  const RenId none[] = {id(REN_ID_HEAD_CELL, 4, 0, 7), id(REN_ID_HEAD_CELL, 0, 3, 7),
                        id(REN_ID_HEAD_CELL, 0, 0, 6), id(REN_ID_HEAD_CELL, -1, 0, 7),
                        id(REN_ID_QUERY, 4, 0, 0),     id(REN_ID_KEY, 3, 0, 0),
                        id(REN_ID_CELL, 0, 0, 0)};
  for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) assert_false(ren_frame_find(frame, none[i], &rect));
  char *json = ren_frame_json(frame);
  assert_non_null(
      strstr(json, "{\"kind\":\"area\",\"id\":\"cell.0.0.7\",\"rect\":[10,20,30,40],\"grid\":[4,3]}\n"));
  free(json);
  ren_frame_free(frame);
}

static void pointers_stay_valid(void **state) {
  (void)state;
  RenFrame *frame = new_frame();
  for (int round = 0; round < 3; round++) {
    ren_frame_begin(frame, 100, 100);
    const char *first = ren_frame_format(frame, "number %d of %s", round, "many");
    ren_frame_fill(frame, id(REN_ID_TILE, 0, 0, 0), (RenRect){1, 2, 3, 4}, ren_color_rgb(0x123456));
    const RenCommand *command = ren_frame_at(frame, 0);
    for (int i = 0; i < 3000; i++) ren_frame_area(frame, id(REN_ID_TILE, i, 0, 0), (RenRect){0, 0, 1, 1});
    assert_non_null(ren_frame_alloc(frame, 200000));
    assert_int_equal(ren_frame_count(frame), 3001);
    assert_ptr_equal(ren_frame_at(frame, 0), command);
    assert_int_equal(command->box.fill.g, 0x34);
    assert_int_equal(first[7], '0' + round);
    assert_false(ren_frame_failed(frame));
  }
  ren_frame_free(frame);
}

static void short_memory_is_remembered(void **state) {
  (void)state;
  RenFrame *frame = new_frame();
  assert_null(ren_frame_alloc(frame, SIZE_MAX / 2));
  assert_true(ren_frame_failed(frame));
  ren_frame_begin(frame, 100, 100);
  assert_false(ren_frame_failed(frame));
  ren_frame_free(frame);
}

static void text_and_planes_are_copied(void **state) {
  (void)state;
  RenFrame *frame = new_frame();
  char word[] = "doctor";
  float weights[] = {1, 2, 3, 4, 5, 6};
  RenPlane planes[] = {{{5, 6}, ren_color_rgb(1), matrix(weights, 2, 3), 1},
                       {{50, 40}, ren_color_rgb(2), matrix(weights, 2, 3), 2}};
  ren_frame_text(frame, REN_NO_ID, (RenRect){0, 0, 10, 10}, (RenTextShape){.text = word, .size = 13});
  ren_frame_attention(frame, REN_NO_ID,
                      (RenAttentionShape){.width = 30, .height = 20, .n_planes = 2, .planes = planes});
  word[0] = 'D';
  planes[1].gain = 7;
  assert_string_equal(ren_frame_at(frame, 0)->text.text, "doctor");
  const RenCommand *command = ren_frame_at(frame, 1);
  assert_float_equal(command->attention.planes[1].gain, 2, 0);
  assert_float_equal(command->rect.x, 5, 0);
  assert_float_equal(command->rect.y, 6, 0);
  assert_float_equal(command->rect.w, 75, 0);
  assert_float_equal(command->rect.h, 54, 0);
  ren_frame_free(frame);
}

static char *draw_json(const char *word, float number, EngTensor values) {
  RenFrame *frame = new_frame();
  ren_frame_push_clip(frame, (RenRect){0, 0, 50.5F, 50});
  ren_frame_box(frame, id(REN_ID_THUMB, 2, 5, 0), (RenRect){number, 2, 3, 4},
                (RenRectShape){.fill = {1, 2, 3, 255}, .stroke = {255, 0, 0, 128}, .stroke_width = 2, .radius = 4});
  ren_frame_line(frame, (RenPoint){0, 0}, (RenPoint){10, 0}, 2, ren_color_rgb(0xFF0000));
  ren_frame_text(frame, REN_NO_ID, (RenRect){0, 0, 9, 9}, (RenTextShape){.text = word, .size = 13});
  ren_frame_cells(frame, REN_NO_ID, (RenRect){0, 0, 9, 9}, (RenValuesShape){.values = values});
  RenPlane plane = {{0, 0}, ren_color_rgb(0), values, 0.5F};
  ren_frame_attention(
      frame, REN_NO_ID,
      (RenAttentionShape){.width = 1, .height = 1, .only_row = -1, .n_planes = 1, .planes = &plane});
  char *json = ren_frame_json(frame);
  assert_non_null(json);
  ren_frame_free(frame);
  return json;
}

static void frames_are_written_as_lines(void **state) {
  (void)state;
  float weights[] = {1, 2, 3, 4};
  char *json = draw_json("a\"\\\n\xff\xc3\xa9", -0.0004F, matrix(weights, 2, 2));
  const char *start = "{\"kind\":\"clip\",\"rect\":[0,0,50.5,50]}\n"
                      "{\"kind\":\"rect\",\"id\":\"thumb.2.5\",\"rect\":[0,2,3,4],\"fill\":\"#010203ff\","
                      "\"stroke\":\"#ff000080\",\"stroke_width\":2,\"radius\":4}\n"
                      "{\"kind\":\"line\",\"rect\":[-1,-1,12,2],\"from\":[0,0],\"to\":[10,0],\"width\":2,"
                      "\"color\":\"#ff0000ff\"}\n"
                      "{\"kind\":\"text\",\"rect\":[0,0,9,9],\"text\":\"a\\\"\\\\\\u000a\\ufffd\xc3\xa9\",";
  assert_memory_equal(json, start, strlen(start));
  assert_non_null(strstr(json, "\"planes\":[{\"gain\":0.5,\"origin\":[0,0],"));
  assert_int_equal(json[strlen(json) - 1], '\n');
  free(json);
}

/* The hash is of the values, wherever they lie; it changes with any of them. */
static void tensors_are_written_by_value(void **state) {
  (void)state;
  float rows[] = {1, 2, 3, 4}, columns[] = {1, 3, 2, 4};
  EngTensor turned = {.data = columns, .rank = 2, .shape = {2, 2}, .stride = {1, 2}};
  char *a = draw_json("x", 1.0005F, matrix(rows, 2, 2)), *b = draw_json("x", 1.0005F, turned);
  assert_string_equal(a, b);
  columns[3] = 4.0001F;
  char *c = draw_json("x", 1.0005F, turned);
  assert_string_not_equal(a, c);
  free(a);
  free(b);
  free(c);
}

static void odd_numbers_are_written(void **state) {
  (void)state;
  float weights[] = {1, 2, 3, 4};
  const struct {
    float number;
    const char *text;
  } cases[] = {{1.25F, "1.25"},   {-3.0625F, "-3.063"}, {100, "100"},
               {0.001F, "0.001"}, {NAN, "null"},        {INFINITY, "null"}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    char *json = draw_json("x", cases[i].number, matrix(weights, 2, 2)), expected[64];
    snprintf(expected, sizeof expected, "\"thumb.2.5\",\"rect\":[%s,2,3,4]", cases[i].text);
    assert_non_null(strstr(json, expected));
    free(json);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(ids_have_names),
      cmocka_unit_test(every_kind_comes_back),
      cmocka_unit_test(other_names_are_refused),
      cmocka_unit_test(clips_nest),
      cmocka_unit_test(the_last_element_under_the_mouse_is_hit),
      cmocka_unit_test(two_views_have_elements_of_one_name),
      cmocka_unit_test(a_grid_stands_for_its_cells),
      cmocka_unit_test(pointers_stay_valid),
      cmocka_unit_test(short_memory_is_remembered),
      cmocka_unit_test(text_and_planes_are_copied),
      cmocka_unit_test(frames_are_written_as_lines),
      cmocka_unit_test(tensors_are_written_by_value),
      cmocka_unit_test(odd_numbers_are_written),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
