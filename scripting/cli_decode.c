/* headscope decode MODEL: lists of token ids in, strings out. */
#include "scripting/cli.h"
#include "scripting/lines.h"
#include "scripting/open.h"

#include "engine/json.h"

#include <limits.h>
#include <stdlib.h>

/* The ids of a list into a malloc'ed array, which is one longer than the list. */
static int *read_ids(const json_t *value, size_t *n_ids, EngError *err) {
  if (!json_is_array(value)) {
    eng_json_refuse(value, NULL, NULL, "a list of ids", err);
    return NULL;
  }
  *n_ids = json_array_size(value);
  int *ids = calloc(*n_ids + 1, sizeof *ids);
  if (!ids) eng_error_memory(err, NULL, "%zu ids", *n_ids);
  for (size_t i = 0; ids && i < *n_ids; i++) {
    const json_t *id = json_array_get(value, i);
    if (!json_is_integer(id) || json_integer_value(id) < 0 || json_integer_value(id) > INT_MAX) {
      eng_json_refuse(id, NULL, NULL, "an id", err);
      free(ids);
      return NULL;
    }
    ids[i] = (int)json_integer_value(id);
  }
  return ids;
}

static json_t *decode_line(void *context, const json_t *value, EngError *err) {
  const EngTokenizer *tokenizer = context;
  size_t n_ids = 0, length = 0;
  int *ids = read_ids(value, &n_ids, err);
  if (!ids) return NULL;
  char *text = eng_tokenizer_decode(tokenizer, ids, n_ids, &length, err);
  free(ids);
  if (!text) return NULL;
  json_t *string = json_stringn(text, length);
  free(text);
  if (!string) eng_error_memory(err, NULL, "the text");
  return string;
}

int scr_cli_decode(const ScrCommand *command, int argc, char **argv) {
  static const ScrOption none[] = {{.name = NULL}};
  const char *operands[SCR_MAX_OPERANDS];
  int code = scr_args_parse(command, none, argc, argv, operands);
  if (code != SCR_ARGS_OK) return code;
  EngError err = {0};
  EngTokenizer *tokenizer = scr_open_tokenizer(operands[0], &err);
  if (!tokenizer) return scr_cli_fail(&err);
  bool ok = scr_lines_map(decode_line, tokenizer, &err);
  eng_tokenizer_free(tokenizer);
  return ok ? SCR_DONE : scr_cli_fail(&err);
}
