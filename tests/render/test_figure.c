/* Provenance out of files that others made: every field missing or wrong, texts too long, files cut short. */
#include "drawing.h"
#include "folder.h"
#include "render/figure.h"
#include "render/png.h"

#include <stdio.h>
#include <unistd.h>

static char path[128];

static const char whole[] =
    "{\"ramp\":\"linear\",\"zoom\":2,\"head_zoom\":1,\"pins\":[],\"pinned_panels\":[],\"palette\":\"safe\","
    "\"lines\":\"sqrt\","
    "\"model\":\"m\",\"hash\":\"\","
    "\"text\":\"t\",\"bos\":"
    "false,\"view\":\"head\",\"layer\":1,\"head\":2,"
    "\"heads\":[2,5],"
    "\"token\":3,\"filter\":\"all\",\"threshold\":0.25,\"sink_hidden\":true,\"expanded\":false,\"panel\":[1,2],"
    "\"scroll\":[0,24],\"size\":[400,300],\"scale\":1.5,\"theme\":\"light\"}";

static int make_path(void **state) {
  if (make_folder(state)) return -1;
  snprintf(path, sizeof path, "%s", in_folder("figure"));
  return 0;
}

static int remove_path(void **state) {
  unlink(path);
  return remove_folder(state);
}

static void write_png(const char *provenance) {
  RenPixels pixels = {0};
  EngError err = {""};
  assert_true(ren_pixels_resize(&pixels, 3, 2, NULL));
  RenPngText texts[] = {{"Software", "x"}, {"headscope", provenance}};
  assert_true(ren_png_write(path, &pixels, texts, 2, &err));
  ren_pixels_free(&pixels);
}

static void write_bytes(const char *bytes, size_t n) {
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, n, file), n);
  fclose(file);
}

static void expect_refusal(const char *says) {
  EngError err = {""};
  assert_null(ren_figure_read(path, &err));
  if (!strstr(err.message, says) || !strstr(err.message, path)) fail_msg("expected %s in: %s", says, err.message);
}

static void test_fields(void **state) {
  (void)state;
  write_png(whole);
  RenFigure *figure = ren_figure_read(path, NULL);
  assert_non_null(figure);
  assert_string_equal(figure->model, "m");
  assert_null(figure->pair);
  const RenState *read = &figure->state;
  assert_int_equal(read->view, REN_VIEW_HEAD);
  assert_true(read->layer == 1 && read->head == 2 && read->token == 3 && read->sink_hidden && read->panel_open);
  assert_int_equal(read->heads[0], 1 << 2 | 1 << 5);
  assert_true(read->threshold == 0.25F && read->scale == 1.5F && read->scroll_y[REN_VIEW_HEAD] == 24);
  assert_string_equal(read->theme->name, "light");
  float width, height;
  ren_figure_window(figure, &width, &height);
  assert_true(width == 400 && height == 300 + 44 + 36 + 24);
  ren_figure_free(figure);
}

/* The whole object with one member in another's place. */
static void with(const char *key, const char *value, char *out, size_t size) {
  char from[32];
  snprintf(from, sizeof from, "\"%s\":", key);
  const char *at = strstr(whole, from), *rest = at + strlen(from);
  rest += *rest == '[' ? strcspn(rest, "]") + 1 : strcspn(rest, ",}");
  if (value)
    snprintf(out, size, "%.*s%s%s%s", (int)(at - whole), whole, from, value, rest);
  else
    snprintf(out, size, "%.*s\"other\":0%s", (int)(at - whole), whole, rest);
}

static void test_missing(void **state) {
  (void)state;
  static const char *const needed[] = {"model",  "hash",  "text",   "bos",       "view",        "layer",
                                       "head",   "heads", "filter", "threshold", "sink_hidden", "expanded",
                                       "scroll", "size",  "scale",  "theme"};
  char text[1024];
  for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
    with(needed[i], NULL, text, sizeof text);
    write_png(text);
    expect_refusal(needed[i]);
  }
}

static void test_edited(void **state) {
  (void)state;
  static const char *const edits[][2] = {{"model", "7"},
                                         {"model", "\"\""},
                                         {"text", "\"a\\u0000b\""},
                                         {"bos", "1"},
                                         {"view", "\"wheel\""},
                                         {"layer", "-1"},
                                         {"layer", "1.5"},
                                         {"layer", "1e30"},
                                         {"head", "256"},
                                         {"heads", "[]"},
                                         {"heads", "[256]"},
                                         {"heads", "[-1]"},
                                         {"heads", "7"},
                                         {"token", "-2"},
                                         {"token", "\"3\""},
                                         {"filter", "\"very long one\""},
                                         {"threshold", "2"},
                                         {"threshold", "null"},
                                         {"panel", "[1]"},
                                         {"panel", "[1,-2]"},
                                         {"scroll", "[0,-1]"},
                                         {"scroll", "[1e99,0]"},
                                         {"size", "[0,300]"},
                                         {"size", "[400,99999]"},
                                         {"size", "[400]"},
                                         {"scale", "100"},
                                         {"theme", "\"pink\""},
                                         {"hash", "[1]"},
                                         {"ramp", "\"tanh4\""},
                                         {"zoom", "0.5"},
                                         {"zoom", "1e9"},
                                         {"head_zoom", "0"},
                                         {"head_zoom", "4"},
                                         {"pinned_panels", "7"},
                                         {"pinned_panels", "[[1]]"},
                                         {"pinned_panels", "[[1,-2]]"},
                                         {"pins", "7"},
                                         {"pins", "[7]"},
                                         {"pins", "[[\"key\"]]"},
                                         {"pins", "[[\"wheel\",1]]"},
                                         {"palette", "\"grey\""},
                                         {"lines", "1"}};
  char text[1024];
  for (size_t i = 0; i < sizeof edits / sizeof edits[0]; i++) {
    with(edits[i][0], edits[i][1], text, sizeof text);
    write_png(text);
    expect_refusal(edits[i][0]);
  }
}

static void test_no_object(void **state) {
  (void)state;
  static const char *const texts[] = {"", "{", "[]", "7", "null", "{\"model\":\"a\",\"model\":\"b\"}", "\xFF"};
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
    write_png(texts[i]);
    expect_refusal("expected");
  }
}

static void test_huge_text(void **state) {
  (void)state;
  size_t n = (size_t)3 << 20;
  char *text = malloc(n + 1);
  assert_non_null(text);
  memset(text, '[', n);
  text[n] = '\0';
  write_png(text);
  expect_refusal("found no provenance");
  text[1 << 20] = '\0';
  write_png(text);
  expect_refusal("expected");
  free(text);
}

static void test_other_files(void **state) {
  (void)state;
  static const struct {
    const char *bytes, *says;
  } files[] = {
      {"", "something else"},
      {"hello", "something else"},
      {"<svg></svg>", "no provenance"},
      {"<?xml?><svg><metadata>{\"headscope\":{}}</metadata>", "the beginning of one"},
      {"<?xml?><svg><metadata>{\"headscope\":{}</svg>", "the beginning of one"},
      {"<?xml?><svg><metadata>{\"headscope\":{}}</metadata></svg>", "model"},
      {"%PDF-1.4\n%%EOF\n", "no provenance"},
      {"%PDF-1.4\n/Keywords ({\"headscope\":{}", "the beginning of one"},
      {"%PDF-1.4\n/Keywords ({\"headscope\":{}\n%%EOF", "no provenance"},
      {"%PDF-1.4\n/Keywords (\\\n%%EOF", "no provenance"},
      {"%PDF-1.4\n/Keywords ({\"headscope\":{}})\n%%EOF", "model"},
      {"%PDF-1.4\n/Keywords <FEFF007B>\n%%EOF", "no provenance"},
      {"%PDF-1.4\n/Keywords <FEFF007B0022\n%%EOF", "no provenance"},
      {"%PDF-1.4\n/Keywords <FEFFFFFF>\n%%EOF", "no provenance"},
      {"\x89PNG", "PNG"},
  };
  for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
    write_bytes(files[i].bytes, strlen(files[i].bytes));
    expect_refusal(files[i].says);
  }
  unlink(path);
  expect_refusal("expected a readable file");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_fields),    cmocka_unit_test(test_missing),   cmocka_unit_test(test_edited),
      cmocka_unit_test(test_no_object), cmocka_unit_test(test_huge_text), cmocka_unit_test(test_other_files),
  };
  return cmocka_run_group_tests(tests, make_path, remove_path);
}
