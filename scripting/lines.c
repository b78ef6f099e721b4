/* Each answer is flushed, so that another program can ask line by line and wait for the answer. */
#include "scripting/lines.h"

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

static bool print(json_t *value, EngError *err) {
  char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
  if (!text) return eng_error_set(err, NULL, NULL, "expected memory for an answer, found none");
  bool ok = puts(text) >= 0 && fflush(stdout) == 0;
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
