/* Each answer is flushed, so that another program can ask line by line and wait for the answer. JSON lets the
 * line ends of Unicode stand in strings; they are escaped, so that whoever splits the output at any line end
 * still finds one answer a line. */
#include "scripting/lines.h"

#include "engine/json.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The value of one line, without its newline. */
static json_t *parse(const char *text, size_t length, EngError *err) {
  json_error_t problem;
  json_t *value = json_loadb(text, length, JSON_DECODE_ANY | JSON_ALLOW_NUL, &problem);
  if (!value) eng_error_set(err, NULL, NULL, "expected JSON, found: %s (column %d)", problem.text, problem.column);
  return value;
}

static const struct {
  const char *utf8, *escaped;
} line_ends[] = {{"\xC2\x85", "\\u0085"}, {"\xE2\x80\xA8", "\\u2028"}, {"\xE2\x80\xA9", "\\u2029"}};

/* The line end that `text` begins with; its place in the table, -1 for none. */
static int line_end_at(const char *text) {
  for (int i = 0; i < (int)(sizeof line_ends / sizeof *line_ends); i++)
    if (strncmp(text, line_ends[i].utf8, strlen(line_ends[i].utf8)) == 0) return i;
  return -1;
}

/* Writes one line and its newline; false when stdout refuses. */
static bool put_line(const char *text) {
  while (*text) {
    size_t plain = strcspn(text, "\xC2\xE2");
    fwrite(text, 1, plain, stdout);
    text += plain;
    int end = line_end_at(text);
    if (end >= 0) {
      fputs(line_ends[end].escaped, stdout);
      text += strlen(line_ends[end].utf8);
    } else if (*text) {
      putchar(*text++);
    }
  }
  putchar('\n');
  return fflush(stdout) == 0 && !ferror(stdout);
}

static bool print(json_t *value, EngError *err) {
  char *text = eng_json_print(value, JSON_ENCODE_ANY | JSON_COMPACT);
  if (!text) return eng_error_memory(err, NULL, "an answer");
  bool ok = put_line(text);
  free(text);
  return ok || eng_error_set(err, "stdout", NULL, "expected to write everything, found: %s", strerror(errno));
}

static bool answer(const char *text, size_t length, ScrLine line, void *context, EngError *err) {
  json_t *value = parse(text, length, err);
  if (!value) return false;
  json_t *result = line(context, value, err);
  json_decref(value);
  if (!result) return false;
  bool ok = print(result, err);
  json_decref(result);
  return ok;
}

/* Puts the line's number in front of what went wrong in it. */
static bool name_line(size_t number, const EngError *cause, EngError *err) {
  return eng_error_set(err, "stdin", NULL, "line %zu: %s", number, cause->message);
}

bool scr_lines_map(ScrLine line, void *context, EngError *err) {
  char *text = NULL;
  size_t room = 0;
  bool ok = true;
  for (size_t number = 1; ok; number++) {
    errno = 0;
    ssize_t length = getline(&text, &room, stdin);
    if (length < 0) break;
    if (text[length - 1] == '\n') length--;
    EngError cause = {0};
    ok = answer(text, (size_t)length, line, context, &cause) || name_line(number, &cause, err);
  }
  if (ok && (ferror(stdin) || errno == ENOMEM))
    ok = eng_error_set(err, "stdin", NULL, "expected lines, found: %s", strerror(errno));
  free(text);
  return ok;
}
