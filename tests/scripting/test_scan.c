/* What a scan adds up, kept, saved and read back; and its file, which is locked, compared with and gone on with. */
#include "scripting/scan_result.h"
#include "scripting/scan_tally.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static double number_at(int i) { return (double)(i * i * 37 % 101) / 7; }

/* Numbers [from, to) at both places of a tally of two. */
static void add(ScrTally *tally, int from, int to) {
  for (int i = from; i < to; i++)
    for (size_t place = 0; place < 2; place++) {
      double number = place ? -number_at(i) : number_at(i);
      char *text = NULL;
      scr_tally_add(tally, place, number);
      if (!scr_tally_wants(tally, place, number)) continue;
      assert_true(asprintf(&text, "{\"at\":%d}", i) > 0);
      assert_true(scr_tally_keep(tally, place, number, text, NULL));
    }
}

static char *text_of(const ScrTally *tally, bool state) {
  static const ScrPlan plan = {.kind = SCR_PROBE_HEAD, .width = 2};
  char *text = NULL;
  size_t length = 0;
  FILE *file = open_memstream(&text, &length);
  if (state)
    scr_tally_save(tally, file);
  else
    scr_tally_put(tally, &plan, file);
  fclose(file);
  char *copy = strdup(text);
  free(text);
  return copy;
}

static void means_and_places_are_right(void **state) {
  (void)state;
  ScrTally *tally = scr_tally_new(2, 3, NULL);
  add(tally, 0, 40);
  char *text = text_of(tally, false), *second = strchr(text, '\n') + 1;
  second[-1] = '\0';
  double sum = 0, squares = 0, mean = 0, spread = 0;
  for (int i = 0; i < 40; i++) sum += number_at(i), squares += number_at(i) * number_at(i);
  int count = 0, at[3];
  assert_int_equal(sscanf(text,
                          "{\"layer\":0,\"head\":0,\"mean\":%lf,\"spread\":%lf,\"count\":%d,\"top\":[{\"at\":%d},"
                          "{\"at\":%d},{\"at\":%d}]}",
                          &mean, &spread, &count, &at[0], &at[1], &at[2]),
                   6);
  assert_int_equal(count, 40);
  assert_true(fabs(mean - sum / 40) < 1e-12);
  assert_true(fabs(spread - sqrt((squares - sum * sum / 40) / 39)) < 1e-12);
  for (int k = 0; k < 3; k++) { /* each is larger than all that are not kept before it, the first of equal ones */
    int best = -1;
    for (int i = 0; i < 40; i++) {
      bool kept = false;
      for (int before = 0; before < k; before++) kept = kept || at[before] == i;
      if (!kept && (best < 0 || number_at(i) > number_at(best))) best = i;
    }
    assert_int_equal(at[k], best);
  }
  assert_non_null(strstr(second, "{\"layer\":0,\"head\":1,\"mean\":-"));
  free(text);
  scr_tally_free(tally);
}

static void a_saved_tally_goes_on_with_the_same_bits(void **state) {
  (void)state;
  for (int part = 0; part <= 40; part += 8) {
    ScrTally *whole = scr_tally_new(2, 5, NULL), *before = scr_tally_new(2, 5, NULL),
             *after = scr_tally_new(2, 5, NULL);
    add(whole, 0, 40);
    add(before, 0, part);
    char *saved = text_of(before, true);
    EngJson *json = eng_json_parse(saved, strlen(saved), "saved", NULL);
    assert_true(scr_tally_load(after, json));
    add(after, part, 40);
    char *a = text_of(whole, false), *b = text_of(after, false);
    assert_string_equal(a, b);
    eng_json_free(json);
    free(saved), free(a), free(b);
    scr_tally_free(whole), scr_tally_free(before), scr_tally_free(after);
  }
}

static void what_is_no_tally_is_refused(void **state) {
  (void)state;
  static const char *const bad[] = {"{}",
                                    "[]",
                                    "[[0,0,0,[]]]",
                                    "[[0,0,0,[]],[0,0,0]]",
                                    "[[-1,0,0,[]],[0,0,0,[]]]",
                                    "[[0,0,0,[[1,0,\"a\"],[1,0,\"b\"]]],[0,0,0,[]]]",
                                    "[[0,0,0,[[1,-1,\"a\"]]],[0,0,0,[]]]",
                                    "[[0,0,0,[[1,0,2]]],[0,0,0,[]]]"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    ScrTally *tally = scr_tally_new(2, 1, NULL);
    EngJson *json = eng_json_parse(bad[i], strlen(bad[i]), "bad", NULL);
    assert_false(scr_tally_load(tally, json));
    eng_json_free(json);
    scr_tally_free(tally);
  }
}

static void the_heaviest_stay_in_order(void **state) {
  (void)state;
  static const ScrPlan plan = {.kind = SCR_PROBE_EDGE};
  ScrTally *tally = scr_tally_new(1, 3, NULL);
  static const double weights[] = {.2, .9, .1, .5, .9, .4};
  for (size_t i = 0; i < 6; i++) {
    char line[] = {(char)('a' + i), '\n', '\0'};
    if (scr_tally_wants(tally, 0, weights[i]))
      assert_true(scr_tally_keep(tally, 0, weights[i], strdup(line), NULL));
  }
  char *text = NULL;
  size_t length = 0;
  FILE *file = open_memstream(&text, &length);
  scr_tally_put(tally, &plan, file);
  fclose(file);
  assert_string_equal(text, "b\nd\ne\n");
  free(text);
  scr_tally_free(tally);
}

/* --- the file */

static char path[64], beside[80];

static int make_file(void **state) {
  (void)state;
  strcpy(path, P_tmpdir "/headscope-scan-XXXXXX");
  close(mkstemp(path));
  snprintf(beside, sizeof beside, "%s.scan", path);
  return 0;
}

static int remove_file(void **state) {
  (void)state;
  unlink(path);
  unlink(beside);
  return 0;
}

static ScrResult open_result(ScrResultMode mode) {
  ScrResult result;
  EngError err = {""};
  if (!scr_result_open(&result, path, mode, &err)) fail_msg("%s", err.message);
  return result;
}

static void add_text(ScrResult *result, const char *text) {
  assert_true(scr_result_add(result, text, strlen(text), NULL));
}

static void expect_content(const char *text) {
  char content[64] = "";
  FILE *file = fopen(path, "r");
  content[fread(content, 1, sizeof content - 1, file)] = '\0';
  fclose(file);
  assert_string_equal(content, text);
}

static void put_nothing(void *context, FILE *file) { (void)context, fputs("{}", file); }

static void one_scan_writes_a_file(void **state) {
  (void)state;
  EngError err = {""};
  ScrResult first = open_result(SCR_RESULT_NEW), second;
  assert_false(scr_result_open(&second, path, SCR_RESULT_RESUME, &err));
  assert_non_null(strstr(err.message, "found one that another scan writes"));
  add_text(&first, "one\n");
  assert_true(scr_result_save(&first, put_nothing, NULL, NULL));
  scr_result_close(&first, false);
  assert_false(scr_result_open(&second, path, SCR_RESULT_NEW, &err));
  assert_non_null(strstr(err.message, "holds an unfinished scan"));
  second = open_result(SCR_RESULT_RESUME);
  assert_true(scr_result_has_state(&second));
  assert_false(scr_result_go_on(&second, 5));
  assert_true(scr_result_go_on(&second, 2));
  add_text(&second, "ly\n");
  scr_result_close(&second, true);
  expect_content("only\n");
  assert_int_equal(access(beside, F_OK), -1);
}

static void what_is_there_is_compared(void **state) {
  (void)state;
  EngError err = {""};
  ScrResult result = open_result(SCR_RESULT_NEW);
  add_text(&result, "one\ntwo\nth");
  scr_result_close(&result, true);
  result = open_result(SCR_RESULT_RESUME);
  scr_result_compare(&result);
  add_text(&result, "one\n");
  assert_false(scr_result_end(&result, &err)); /* less than there was */
  assert_non_null(strstr(err.message, "line 2: expected what this scan finds"));
  add_text(&result, "two\n");
  add_text(&result, "three\n");
  assert_true(scr_result_end(&result, &err));
  scr_result_close(&result, true);
  expect_content("one\ntwo\nthree\n");
  result = open_result(SCR_RESULT_RESUME);
  scr_result_compare(&result);
  assert_false(scr_result_add(&result, "one\ntoo\n", 8, &err));
  assert_non_null(strstr(err.message, "line 2: expected what this scan finds"));
  scr_result_close(&result, false);
  expect_content("one\ntwo\nthree\n");
}

static void what_is_there_is_kept_unless_forced(void **state) {
  (void)state;
  EngError err = {""};
  ScrResult result = open_result(SCR_RESULT_NEW);
  add_text(&result, "mine\n");
  scr_result_close(&result, true);
  assert_false(scr_result_open(&result, path, SCR_RESULT_NEW, &err));
  assert_non_null(strstr(err.message, "holds something already"));
  expect_content("mine\n");
  fclose(fopen(beside, "w"));
  result = open_result(SCR_RESULT_FORCE);
  assert_false(scr_result_has_state(&result));
  expect_content("mine\n");
  assert_true(scr_result_empty(&result, NULL));
  scr_result_close(&result, true);
  expect_content("");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(means_and_places_are_right),
      cmocka_unit_test(a_saved_tally_goes_on_with_the_same_bits),
      cmocka_unit_test(what_is_no_tally_is_refused),
      cmocka_unit_test(the_heaviest_stay_in_order),
      cmocka_unit_test_setup_teardown(one_scan_writes_a_file, make_file, remove_file),
      cmocka_unit_test_setup_teardown(what_is_there_is_compared, make_file, remove_file),
      cmocka_unit_test_setup_teardown(what_is_there_is_kept_unless_forced, make_file, remove_file),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
