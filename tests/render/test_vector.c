/* SVG and PDF: the elements that shapes become; files that are whole by their own rules; and nothing left behind
 * where one cannot be written. */
#include "written.h"

#include <math.h>

static void push_shapes(RenFrame *frame) {
  static float cells[] = {0.5F, -1, 0, 0.25F};
  ren_frame_fill(frame, REN_NO_ID, (RenRect){0, 0, 200, 100}, (RenColor){255, 0, 0, 255});
  ren_frame_box(frame, REN_NO_ID, (RenRect){10, 10, 50, 20},
                (RenRectShape){{0, 255, 0, 51}, {0, 0, 255, 255}, 2, 4});
  ren_frame_line(frame, (RenPoint){5, 50}, (RenPoint){150, 60}, 3, (RenColor){0, 0, 0, 102});
  ren_frame_text(frame, REN_NO_ID, (RenRect){10, 70, 100, 20},
                 (RenTextShape){.text = "abca", .size = 15, .color = {0, 0, 0, 255}});
  EngTensor values = {.data = cells, .rank = 1, .shape = {4}, .stride = {1}};
  ren_frame_cells(
      frame, REN_NO_ID, (RenRect){100, 10, 47, 10},
      (RenValuesShape){.values = values, .positive = {51, 0, 0, 255}, .negative = {0, 51, 0, 255}, .gap = 1});
}

static void test_shapes(void **state) {
  (void)state;
  Drawing *drawing = drawing_new(200, 100);
  push_shapes(drawing->frame);
  size_t n;
  char *svg = written(drawing, REN_VECTOR_SVG, &n);
  assert_true(is_well_formed(svg));
  assert_non_null(strstr(svg, "width=\"200px\" height=\"100px\""));
  assert_int_equal(count(svg, "fill:rgb(100%,0%,0%);fill-opacity:1;"), 1);
  assert_int_equal(count(svg, "fill:rgb(0%,100%,0%);fill-opacity:0.2;"), 1);
  assert_int_equal(count(svg, "stroke-width:2;"), 1);
  assert_int_equal(count(svg, "stroke-width:3;"), 1);
  assert_int_equal(count(svg, "stroke-opacity:0.4;"), 1);
  assert_int_equal(count(svg, "fill:rgb(20%,0%,0%);fill-opacity:0.5;"), 1);
  assert_int_equal(count(svg, "fill:rgb(0%,20%,0%);fill-opacity:1;"), 1);
  assert_int_equal(count(svg, "fill:rgb(20%,0%,0%);fill-opacity:0.25;"), 1);
  assert_int_equal(count(svg, "<use xlink:href=\"#glyph"), 4);
  free(svg);
  drawing_free(drawing);
}

static void test_no_background(void **state) {
  (void)state;
  Drawing *drawing = drawing_new(50, 50);
  ren_frame_fill(drawing->frame, (RenId){REN_ID_VIEW, 0, 0, 0}, (RenRect){0, 0, 50, 50},
                 (RenColor){255, 0, 0, 255});
  ren_frame_fill(drawing->frame, REN_NO_ID, (RenRect){10, 10, 5, 5}, (RenColor){0, 0, 255, 255});
  ren_frame_clear_background(drawing->frame);
  size_t n;
  char *svg = written(drawing, REN_VECTOR_SVG, &n);
  assert_null(strstr(svg, "rgb(100%,0%,0%)"));
  assert_non_null(strstr(svg, "rgb(0%,0%,100%)"));
  free(svg);
  drawing_free(drawing);
}

/* What the shipped fonts cannot set letter by letter is a mask. */
static void test_masks(void **state) {
  (void)state;
  static const char *const runs[] = {"\xF0\x9F\x91\x8D", "\xD8\xB3\xD9\x84\xD8\xA7\xD9\x85", "a\xF3\xB0\x80\x80"};
  for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++) {
    Drawing *drawing = drawing_new(200, 50);
    ren_frame_text(drawing->frame, REN_NO_ID, (RenRect){10, 10, 100, 20},
                   (RenTextShape){.text = runs[i], .size = 15, .color = {0, 0, 0, 255}});
    size_t n;
    char *svg = written(drawing, REN_VECTOR_SVG, &n);
    assert_true(is_well_formed(svg));
    assert_int_equal(count(svg, "<image "), 1);
    assert_int_equal(count(svg, "xlink:href=\"#glyph"), 0);
    free(svg);
    drawing_free(drawing);
  }
}

static void test_large_map(void **state) {
  (void)state;
  enum { SIDE = 80 };
  static float cells[SIDE * SIDE];
  for (int i = 0; i < SIDE * SIDE; i++) cells[i] = (float)i / (SIDE * SIDE);
  Drawing *drawing = drawing_new(200, 200);
  EngTensor values = {.data = cells, .rank = 2, .shape = {SIDE, SIDE}, .stride = {SIDE, 1}};
  ren_frame_heatmap(drawing->frame, REN_NO_ID, (RenRect){0, 0, 160, 160},
                    (RenValuesShape){.values = values, .positive = {51, 0, 0, 255}, .negative = {0, 51, 0, 255}});
  size_t n;
  char *svg = written(drawing, REN_VECTOR_SVG, &n);
  assert_int_equal(count(svg, "<image "), 1);
  free(svg);
  drawing_free(drawing);
}

/* A ground under cells, a threshold, a column left out; a run that goes up. */
static void test_ground_and_turned(void **state) {
  (void)state;
  static float cells[] = {0.5F, 0.1F, 1, 0};
  static const uint8_t skip[] = {0, 0, 1, 0};
  Drawing *drawing = drawing_new(200, 100);
  EngTensor values = {.data = cells, .rank = 2, .shape = {1, 4}, .stride = {4, 1}};
  ren_frame_heatmap(drawing->frame, REN_NO_ID, (RenRect){0, 0, 40, 10},
                    (RenValuesShape){.values = values,
                                     .positive = {255, 0, 0, 255},
                                     .ramp = REN_RAMP_LINEAR,
                                     .ground = {0, 0, 255, 255},
                                     .threshold = 0.2F,
                                     .skip = skip});
  ren_frame_text(drawing->frame, REN_NO_ID, (RenRect){60, 10, 20, 80},
                 (RenTextShape){.text = "ab", .size = 15, .color = {0, 0, 0, 255}, .turned = true});
  size_t n;
  char *svg = written(drawing, REN_VECTOR_SVG, &n);
  assert_int_equal(count(svg, "fill:rgb(50%,0%,50%);fill-opacity:1;"), 1);
  assert_int_equal(count(svg, "fill:rgb(0%,0%,100%);fill-opacity:1;"), 3);
  double x[2], y[2];
  const char *use = strstr(svg, "<use xlink:href=\"#glyph");
  assert_int_equal(sscanf(strstr(use, " x=\""), " x=\"%lf\" y=\"%lf", &x[0], &y[0]), 2);
  use = strstr(use + 1, "<use xlink:href=\"#glyph");
  assert_int_equal(sscanf(strstr(use, " x=\""), " x=\"%lf\" y=\"%lf", &x[1], &y[1]), 2);
  assert_true(fabs(y[0] - 90) < 0.01 && y[1] < y[0] - 5 && fabs(x[1] - x[0]) < 0.01 && x[0] > 60 && x[0] < 80);
  free(svg);
  drawing_free(drawing);
}

/* --- PDF */

/* The table that startxref points at, and every object where the table says. */
static void check_pdf(const char *pdf, size_t n) {
  assert_memory_equal(pdf, "%PDF-1.4", 8);
  assert_memory_equal(pdf + n - 6, "%%EOF\n", 6);
  const char *start = NULL;
  for (const char *at = pdf + n - 40; at < pdf + n; at++)
    if (strncmp(at, "startxref", 9) == 0) start = at;
  assert_non_null(start);
  size_t table = strtoul(start + 9, NULL, 10), first, objects;
  assert_true(table < n);
  assert_int_equal(sscanf(pdf + table, "xref %zu %zu", &first, &objects), 2);
  assert_int_equal(first, 0);
  assert_true(objects > 5);
  const char *entry = strchr(strchr(pdf + table, '\n') + 1, '\n') + 1;
  for (size_t i = 1; i < objects; i++) {
    size_t offset = strtoul(entry + 20 * i, NULL, 10);
    char head[32];
    int length = snprintf(head, sizeof head, "%zu 0 obj", i);
    assert_true(offset < table);
    assert_memory_equal(pdf + offset, head, (size_t)length);
  }
}

static void test_pdf(void **state) {
  (void)state;
  Drawing *drawing = drawing_new(200, 100);
  push_shapes(drawing->frame);
  size_t n;
  char *pdf = written(drawing, REN_VECTOR_PDF, &n);
  check_pdf(pdf, n);
  assert_non_null(memmem(pdf, n, "/MediaBox [ 0 0 150 75 ]", 24));
  assert_non_null(memmem(pdf, n, "DejaVuSans", 10));
  free(pdf);
  drawing_free(drawing);
}

/* --- files */

static void test_bad_paths(void **state) {
  (void)state;
  Drawing *drawing = drawing_new(20, 20);
  RenVector vector = {.kind = REN_VECTOR_SVG, .scale = 1, .provenance = "{}"};
  const char *const bad[] = {folder, "/no/such/folder/a.svg", "/dev/full"};
  for (int kind = 0; kind < 2; kind++)
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
      EngError err = {""};
      vector.kind = (RenVectorKind)kind;
      assert_false(ren_vector_write(bad[i], drawing->frame, drawing->text, &vector, &err));
      assert_non_null(strstr(err.message, bad[i]));
      assert_int_equal(count_files(), 0);
    }
  drawing_free(drawing);
}

/* --- pictures without a background */

/* Laid over any colour, it is what is drawn on that colour. */
static void test_clear_pixels(void **state) {
  (void)state;
  static const uint32_t under = 0x3080C0;
  Drawing *drawing = drawing_new(120, 100);
  ren_frame_box(drawing->frame, REN_NO_ID, (RenRect){10, 10, 50, 20},
                (RenRectShape){{0, 255, 0, 51}, {0, 0, 255, 255}, 2, 4});
  ren_frame_line(drawing->frame, (RenPoint){5, 50}, (RenPoint){110, 60}, 3, (RenColor){200, 10, 0, 102});
  RenPixels clear = {0};
  assert_true(ren_raster_draw_clear(drawing->raster, drawing->frame, 1, &clear, NULL));
  drawing_draw(drawing, 1, under);
  for (int i = 0; i < clear.width * clear.height; i++) {
    double a = (clear.argb[i] >> 24) / 255.0;
    for (int shift = 0; shift < 24; shift += 8) {
      double over = (clear.argb[i] >> shift & 255) * a + (under >> shift & 255) * (1 - a);
      assert_true(fabs(over - (drawing->pixels.argb[i] >> shift & 255)) <= 1.6);
    }
  }
  assert_int_equal(clear.argb[0], 0);
  ren_pixels_free(&clear);
  drawing_free(drawing);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_shapes),       cmocka_unit_test(test_no_background),     cmocka_unit_test(test_masks),
      cmocka_unit_test(test_large_map),    cmocka_unit_test(test_ground_and_turned), cmocka_unit_test(test_pdf),
      cmocka_unit_test(test_clear_pixels), cmocka_unit_test(test_bad_paths),
  };
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
