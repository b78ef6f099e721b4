/* Seven lists, each written as JSON in a string of the metadata, become one array of tokens. The lists stay
 * parsed until the input has copied their strings. */
#include "engine/record_tokens.h"

#include "engine/json.h"
#include "engine/record_pieces.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Reading {
  const EngSafetensors *file;
  const char *path, *of;
  int n;
  EngToken *tokens;
  char (*numbers)[16]; /* what tokens without a name are shown as */
  size_t lengths[2];   /* of text and pair, in bytes */
  EngJson *lists[8];   /* owned */
  int n_lists;
  char *texts; /* owned: what tokens that are pieces read as */
} Reading;

/* One entry of a list into a token; false when it is not what the list holds. */
typedef bool (*ReadEntry)(Reading *reading, EngToken *token, const EngJson *entry);

static bool read_int(const EngJson *entry, int low, int high, int *out) {
  int64_t number = 0;
  if (!eng_json_integer(entry, &number) || number < low || number > high) return false;
  *out = (int)number;
  return true;
}

static bool read_id(Reading *reading, EngToken *token, const EngJson *entry) {
  (void)reading;
  return read_int(entry, 0, INT_MAX, &token->id);
}

static bool read_type(Reading *reading, EngToken *token, const EngJson *entry) {
  (void)reading;
  return read_int(entry, 0, INT_MAX, &token->type);
}

static bool read_sentence(Reading *reading, EngToken *token, const EngJson *entry) {
  (void)reading;
  return read_int(entry, -1, 1, &token->sentence);
}

static bool read_text(Reading *reading, EngToken *token, const EngJson *entry) {
  (void)reading;
  token->text = eng_json_text(entry, NULL);
  return token->text != NULL;
}

static bool read_piece(Reading *reading, EngToken *token, const EngJson *entry) {
  (void)reading;
  token->piece = eng_json_text(entry, NULL);
  return token->piece != NULL;
}

static bool read_special(Reading *reading, EngToken *token, const EngJson *entry) {
  (void)reading;
  return eng_json_bool(entry, &token->special);
}

/* [start, stop] in the bytes of the token's sentence, which is known by then. */
static bool read_offsets(Reading *reading, EngToken *token, const EngJson *entry) {
  int start = 0, stop = 0;
  size_t length = token->sentence < 0 ? 0 : reading->lengths[token->sentence];
  if (eng_json_size(entry) != 2 || !read_int(eng_json_at(entry, 0), 0, INT_MAX, &start) ||
      !read_int(eng_json_at(entry, 1), start, INT_MAX, &stop) || (size_t)stop > length)
    return false;
  token->start = (size_t)start;
  token->stop = (size_t)stop;
  return true;
}

/* One of the metadata, and its whole key. */
static const char *note(const Reading *reading, const char *key, char named[32], size_t *length) {
  snprintf(named, 32, "%s%s", key, reading->of);
  return eng_safetensors_metadata(reading->file, named, length);
}

/* Reads one list of the metadata into all tokens; an absent one leaves them as they are. */
static bool read_list(Reading *reading, const char *key, const char *wanted, ReadEntry read, EngError *err) {
  size_t length = 0;
  char named[32];
  const char *text = note(reading, key, named, &length);
  if (!text) return true;
  EngJson *list = eng_json_parse(text, length, reading->path, err);
  if (!list) return false;
  reading->lists[reading->n_lists++] = list;
  if (eng_json_kind(list) != ENG_JSON_ARRAY || eng_json_size(list) != (size_t)reading->n)
    return eng_error_set(err, reading->path, named, "expected a list of %d, one a token, found %zu", reading->n,
                         eng_json_size(list));
  for (int i = 0; i < reading->n; i++) {
    const EngJson *entry = eng_json_at(list, (size_t)i);
    if (read(reading, &reading->tokens[i], entry)) continue;
    char found[80];
    return eng_error_set(err, reading->path, named, "expected %s, found %s for token %d", wanted,
                         eng_json_describe(entry, found, sizeof found), i);
  }
  return true;
}

/* "[CLS]", "<|endoftext|>", "</s>": how special tokens are spelled, where the file does not say which they are. */
static bool looks_special(const char *piece) {
  static const char *const names[] = {"<s>",   "</s>",  "<pad>", "<unk>", "<mask>",
                                      "<bos>", "<eos>", "<cls>", "<sep>"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(piece, names[i]) == 0) return true;
  size_t length = strlen(piece);
  if (length > 4 && strncmp(piece, "<|", 2) == 0) return strcmp(piece + length - 2, "|>") == 0;
  if (length < 3 || piece[0] != '[' || piece[length - 1] != ']') return false;
  return strspn(piece + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == length - 2;
}

/* Before the lists: tokens of sentence A that have no name. */
static void begin_tokens(Reading *reading) {
  for (int i = 0; i < reading->n; i++) reading->tokens[i] = (EngToken){.id = i, .piece = ""};
}

/* After the lists: names for those without one. False when memory is short. */
static bool end_tokens(Reading *reading) {
  char named[32];
  bool says_special = note(reading, "special", named, NULL) != NULL;
  for (int i = 0; i < reading->n; i++) {
    EngToken *token = &reading->tokens[i];
    snprintf(reading->numbers[i], sizeof *reading->numbers, "%d", token->id);
    if (!*token->piece && token->text) token->piece = token->text;
    if (!token->text) token->text = *token->piece ? token->piece : reading->numbers[i];
    if (!says_special) token->special = token->sentence < 0 || looks_special(token->piece);
  }
  return eng_record_read_pieces(reading->tokens, reading->n, &reading->texts);
}

static bool read_lists(Reading *reading, EngError *err) {
  begin_tokens(reading);
  bool ok = read_list(reading, "ids", "an id", read_id, err) &&
            read_list(reading, "token_types", "a token type", read_type, err) &&
            read_list(reading, "tokens", "a text", read_text, err) &&
            read_list(reading, "pieces", "a text", read_piece, err) &&
            read_list(reading, "sentences", "-1, 0 or 1", read_sentence, err) &&
            read_list(reading, "offsets", "two places in its sentence", read_offsets, err) &&
            read_list(reading, "special", "true or false", read_special, err);
  if (!ok) return false;
  return end_tokens(reading) || eng_error_memory(err, reading->path, "%d tokens", reading->n);
}

/* Where sentence B begins: by the token types, or in a file that lacks them by the sentences of its tokens. */
static int find_pair(const Reading *reading) {
  char named[32];
  if (note(reading, "token_types", named, NULL)) return eng_input_find_pair(reading->tokens, reading->n);
  int start = 0;
  while (start < reading->n && reading->tokens[start].sentence != 1) start++;
  for (int i = start; i < reading->n; i++)
    if (reading->tokens[i].sentence == 0) return -1;
  return start > 0 && start < reading->n ? start : -1;
}

static EngInput *read_input(Reading *reading, EngError *err) {
  EngInput fields = {.n_tokens = reading->n, .tokens = reading->tokens};
  char named[32];
  const char *bos = note(reading, "bos", named, NULL);
  fields.text = note(reading, "text", named, &fields.text_length);
  fields.pair = note(reading, "pair", named, &fields.pair_length);
  fields.bos = bos && strcmp(bos, "true") == 0;
  reading->lengths[0] = fields.text_length;
  reading->lengths[1] = fields.pair_length;
  if (!read_lists(reading, err)) return NULL;
  fields.pair_start = find_pair(reading);
  return eng_input_new(&fields, err);
}

EngInput *eng_record_tokens(const EngSafetensors *file, const char *path, const char *of, int n_tokens,
                            EngError *err) {
  Reading reading = {.file = file, .path = path, .of = of, .n = n_tokens};
  EngInput *input = NULL;
  reading.tokens = calloc((size_t)n_tokens, sizeof *reading.tokens);
  reading.numbers = calloc((size_t)n_tokens, sizeof *reading.numbers);
  if (reading.tokens && reading.numbers)
    input = read_input(&reading, err);
  else
    eng_error_memory(err, path, "%d tokens", n_tokens);
  for (int i = 0; i < reading.n_lists; i++) eng_json_free(reading.lists[i]);
  free(reading.texts);
  free(reading.tokens);
  free(reading.numbers);
  return input;
}
