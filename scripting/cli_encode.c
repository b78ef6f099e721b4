/* headscope encode MODEL: strings in, token ids with their places in the text out. */
#include "scripting/cli.h"
#include "scripting/lines.h"
#include "scripting/open.h"

#include "engine/json.h"

#include <stdlib.h>

typedef struct Encode {
  const EngTokenizer *tokenizer;
  EngEncodeOptions options;
} Encode;

static json_t *shown(const EngTokenizer *tokenizer, int id) {
  char *text = eng_tokenizer_shown(tokenizer, id);
  json_t *string = text ? json_string(text) : NULL;
  free(text);
  return string;
}

static json_t *offsets(const EngEncoded *token) {
  return json_pack("[I, I]", (json_int_t)token->start, (json_int_t)token->stop);
}

/* The lists of an answer; jansson refuses NULL, so that one check at the end finds any short memory. */
typedef struct Lists {
  json_t *ids, *types, *tokens, *pieces, *offsets;
} Lists;

static bool append(Lists *lists, const EngTokenizer *tokenizer, const EngEncoded *token) {
  const char *piece = eng_tokenizer_piece(tokenizer, token->id);
  return json_array_append_new(lists->ids, json_integer(token->id)) == 0 &&
         json_array_append_new(lists->types, json_integer(token->type)) == 0 &&
         json_array_append_new(lists->tokens, shown(tokenizer, token->id)) == 0 &&
         json_array_append_new(lists->pieces, json_string(piece ? piece : "")) == 0 &&
         json_array_append_new(lists->offsets, offsets(token)) == 0;
}

static json_t *answer(const EngTokenizer *tokenizer, const EngEncoding *encoding, EngError *err) {
  Lists lists = {json_array(), json_array(), json_array(), json_array(), json_array()};
  bool ok = true;
  for (size_t i = 0; ok && i < encoding->n_tokens; i++) ok = append(&lists, tokenizer, &encoding->tokens[i]);
  json_t *out = json_pack("{s: o, s: o, s: o, s: o, s: o}", "ids", lists.ids, "token_types", lists.types, "tokens",
                          lists.tokens, "pieces", lists.pieces, "offsets", lists.offsets);
  if (ok && out) return out;
  json_decref(out);
  eng_error_memory(err, NULL, "%zu tokens", encoding->n_tokens);
  return NULL;
}

/* A string, or [string, string]. */
static bool texts(const json_t *value, const json_t **a, const json_t **b) {
  *a = value;
  *b = NULL;
  if (json_is_array(value) && json_array_size(value) == 2) {
    *a = json_array_get(value, 0);
    *b = json_array_get(value, 1);
    return json_is_string(*a) && json_is_string(*b);
  }
  return json_is_string(value);
}

static json_t *encode_line(void *context, const json_t *value, EngError *err) {
  const Encode *encode = context;
  const json_t *a = NULL, *b = NULL;
  if (!texts(value, &a, &b)) {
    eng_json_refuse(value, NULL, NULL, "a string or [string, string]", err);
    return NULL;
  }
  EngEncoding encoding = {0};
  const char *pair = b ? json_string_value(b) : NULL;
  size_t pair_length = b ? json_string_length(b) : 0;
  if (!eng_tokenizer_encode(encode->tokenizer, json_string_value(a), json_string_length(a), pair, pair_length,
                            encode->options, &encoding, err))
    return NULL;
  json_t *out = answer(encode->tokenizer, &encoding, err);
  eng_encoding_free(&encoding);
  return out;
}

int scr_cli_encode(const ScrCommand *command, int argc, char **argv) {
  bool no_special = false, bos = false;
  const ScrOption options[] = {
      {.name = "--no-special", .doc = "add no special tokens ([CLS], [SEP])", .flag = &no_special},
      {.name = "--bos", .doc = "put the model's BOS token in front", .flag = &bos},
      {.name = NULL},
  };
  const char *operands[SCR_MAX_OPERANDS];
  int code = scr_args_parse(command, options, argc, argv, operands);
  if (code != SCR_ARGS_OK) return code;
  EngError err = {0};
  EngTokenizer *tokenizer = scr_open_tokenizer(operands[0], &err);
  if (!tokenizer) return scr_cli_fail(&err);
  Encode encode = {tokenizer, {.special = !no_special, .bos = bos}};
  bool ok = scr_lines_map(encode_line, &encode, &err);
  eng_tokenizer_free(tokenizer);
  return ok ? SCR_DONE : scr_cli_fail(&err);
}
