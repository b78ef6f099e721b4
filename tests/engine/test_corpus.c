/* Files as passages: each line one, long lines and joined files as windows that lose no byte, and the same from any
 * mark on. */
#include "runs.h"

#include "engine/corpus.h"

#include <stdio.h>
#include <unistd.h>

typedef struct Passed {
  int n;
  size_t line;
  char why[128];
} Passed;

typedef struct Room {
  EngModel *model;
  char path[64];
  const char *files[1];
  Passed passed;
} Room;

static void on_passed(void *context, int file, size_t line, const char *why) {
  Passed *passed = context;
  assert_int_equal(file, 0);
  passed->n++;
  passed->line = line;
  snprintf(passed->why, sizeof passed->why, "%s", why);
}

static int open_room(void **state) {
  static Room room;
  EngError err = {""};
  room.model = eng_model_open(HEADSCOPE_SOURCE "/models/novella", &err);
  if (!room.model) fail_msg("%s", err.message);
  strcpy(room.path, P_tmpdir "/headscope-corpus-XXXXXX");
  close(mkstemp(room.path));
  room.files[0] = room.path;
  *state = &room;
  return 0;
}

static int close_room(void **state) {
  Room *room = *state;
  unlink(room->path);
  eng_model_release(room->model);
  return 0;
}

static EngCorpus *open_text(Room *room, const char *text, size_t length, bool join) {
  EngError err = {""};
  FILE *file = fopen(room->path, "wb");
  fwrite(text, 1, length, file);
  fclose(file);
  room->passed = (Passed){0};
  EngCorpusSpec spec = {room->files, 1, join, on_passed, &room->passed};
  EngCorpus *corpus = eng_corpus_open(room->model, &spec, &err);
  if (!corpus) fail_msg("%s", err.message);
  return corpus;
}

static EngPassage next(EngCorpus *corpus) {
  EngPassage passage;
  EngError err = {""};
  if (!eng_corpus_next(corpus, &passage, &err)) fail_msg("%s", err.message);
  return passage;
}

static void expect(EngCorpus *corpus, const char *text, size_t line, size_t start) {
  EngPassage passage = next(corpus);
  assert_non_null(passage.input);
  assert_string_equal(passage.input->text, text);
  assert_int_equal(passage.line, line);
  assert_int_equal(passage.start, start);
  assert_int_equal(passage.stop, start + strlen(text));
  eng_input_release(passage.input);
}

static void expect_end(EngCorpus *corpus) {
  assert_null(next(corpus).input);
  assert_int_equal(eng_corpus_before(corpus, eng_corpus_mark(corpus)), eng_corpus_bytes(corpus));
  eng_corpus_close(corpus);
}

static void each_line_is_a_passage(void **state) {
  static const char text[] = "\xEF\xBB\xBFThe doctor\n\nasked\r\nthe nurse";
  EngCorpus *corpus = open_text(*state, text, strlen(text), false);
  expect(corpus, "The doctor", 1, 3);
  expect(corpus, "asked", 3, 15);
  expect(corpus, "the nurse", 4, 22);
  expect_end(corpus);
}

static void lines_that_are_no_text_are_passed_over(void **state) {
  static const char text[] = "one\ntw\xFFo\nthree\nfo\0ur\nfive \xE2\x82";
  Room *room = *state;
  EngCorpus *corpus = open_text(room, text, sizeof text - 1, false);
  expect(corpus, "one", 1, 0);
  expect(corpus, "three", 3, 9);
  assert_int_equal(room->passed.line, 2);
  assert_string_equal(room->passed.why, "expected UTF-8, found another byte at byte 6");
  expect_end(corpus);
  assert_int_equal(room->passed.n, 3);
  assert_int_equal(room->passed.line, 5);
  corpus = open_text(room, text, sizeof text - 1, true);
  expect(corpus, "one\n", 1, 0);
  expect(corpus, "three\n", 3, 9);
  expect_end(corpus);
}

/* Words of many lengths and characters, with a line's end after every `every` of them (0: none). */
static char *many_words(size_t size, size_t every) {
  static const char *const words[] = {"the ", "doctor ", "asked ", "\xC3\xA9t\xC3\xA9 ", "x", "wonderful. ", "  "};
  char *text = malloc(size + 32);
  size_t used = 0;
  for (size_t i = 0; used < size; i++) {
    const char *word = every && i % every == every - 1 ? "\n" : words[(i * i * 7 + i / 5) % 7];
    strcpy(text + used, word);
    used += strlen(word);
  }
  return text;
}

/* Passages are neighbours, none is too long, few are short; and from every mark on they are the same. */
static void check_windows(Room *room, const char *text, bool join) {
  size_t length = strlen(text), n = 0, at = 0, tokens = 0;
  int most = eng_model_config(room->model)->n_ctx;
  EngCorpus *corpus = open_text(room, text, length, join), *other = open_text(room, text, length, join);
  for (;;) {
    EngMark mark = eng_corpus_mark(corpus);
    EngPassage passage = next(corpus);
    if (!passage.input) break;
    assert_int_equal(passage.start, at);
    assert_memory_equal(passage.input->text, text + at, passage.stop - at);
    assert_true(passage.input->n_tokens <= most);
    size_t line = 1;
    for (size_t i = 0; i < at; i++) line += text[i] == '\n';
    assert_int_equal(passage.line, line);
    if (n % 50 == 0) assert_true(eng_corpus_seek(other, mark, NULL));
    EngPassage same = next(other);
    assert_int_equal(same.start, passage.start);
    assert_int_equal(same.stop, passage.stop);
    at = passage.stop, n++, tokens += (size_t)passage.input->n_tokens;
    eng_input_release(passage.input);
    eng_input_release(same.input);
  }
  assert_int_equal(at, length);
  assert_true(tokens / n > (size_t)most * 3 / 4);
  eng_corpus_close(corpus);
  eng_corpus_close(other);
}

static void a_long_line_is_windows(void **state) {
  char *text = many_words(300000, 0);
  check_windows(*state, text, false);
  free(text);
}

static void joined_files_are_windows(void **state) {
  char *text = many_words(300000, 9);
  check_windows(*state, text, true);
  free(text);
}

static void what_follows_a_long_line_is_read(void **state) {
  char *text = many_words(200000, 0);
  strcat(text, "\xFF\nlast");
  Room *room = *state;
  EngCorpus *corpus = open_text(room, text, strlen(text), false);
  EngPassage passage = next(corpus), last = passage;
  for (; passage.input; passage = next(corpus)) last = passage, eng_input_release(passage.input);
  assert_int_equal(last.line, 2);
  assert_int_equal(last.start, strlen(text) - 4);
  assert_int_equal(room->passed.n, 1);
  expect_end(corpus);
  free(text);
}

static void what_is_no_file_is_refused(void **state) {
  Room *room = *state;
  EngError err = {""};
  const char *files[] = {room->path, "/nowhere/at.all"};
  EngCorpusSpec spec = {.files = files, .n_files = 2};
  assert_null(eng_corpus_open(room->model, &spec, &err));
  assert_string_equal(err.message, "/nowhere/at.all: expected a text file, found: No such file or directory");
  files[1] = "/tmp";
  assert_null(eng_corpus_open(room->model, &spec, &err));
  assert_string_equal(err.message, "/tmp: expected a text file, found a folder");
  spec.n_files = 0;
  assert_null(eng_corpus_open(room->model, &spec, &err));
}

/* As long as when it was opened: more is left alone, less is named. */
static void a_file_that_changes_its_length(void **state) {
  Room *room = *state;
  EngPassage passage;
  EngError err = {""};
  EngCorpus *corpus = open_text(room, "one\ntwo", 7, false);
  FILE *file = fopen(room->path, "ab");
  fputs(" and three\nfour\n", file);
  fclose(file);
  expect(corpus, "one", 1, 0);
  expect(corpus, "two", 2, 4);
  expect_end(corpus);
  corpus = open_text(room, "one\ntwo", 7, false);
  assert_int_equal(truncate(room->path, 5), 0);
  assert_false(eng_corpus_next(corpus, &passage, &err));
  assert_non_null(strstr(err.message, room->path));
  assert_non_null(strstr(err.message, "expected 2 more bytes at 5"));
  eng_corpus_close(corpus);
}

static void a_file_that_vanishes_is_named(void **state) {
  Room *room = *state;
  EngError err = {""};
  EngPassage passage;
  EngCorpus *corpus = open_text(room, "a\n", 2, false);
  unlink(room->path);
  assert_false(eng_corpus_next(corpus, &passage, &err));
  assert_non_null(strstr(err.message, room->path));
  assert_non_null(strstr(err.message, "expected the file that was there before"));
  assert_false(eng_corpus_seek(corpus, (EngMark){.file = 2, .line = 1}, &err));
  assert_false(eng_corpus_seek(corpus, (EngMark){.offset = 3, .line = 1}, &err));
  eng_corpus_close(corpus);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_line_is_a_passage),           cmocka_unit_test(lines_that_are_no_text_are_passed_over),
      cmocka_unit_test(a_long_line_is_windows),           cmocka_unit_test(joined_files_are_windows),
      cmocka_unit_test(what_follows_a_long_line_is_read), cmocka_unit_test(what_is_no_file_is_refused),
      cmocka_unit_test(a_file_that_vanishes_is_named),    cmocka_unit_test(a_file_that_changes_its_length),
  };
  return cmocka_run_group_tests(tests, open_room, close_room);
}
