/* From text or ids to an input of one model: everything a run relies on is checked here, once. */
#include "engine/input.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Context and vocabulary are the model's; text shown is the tokenizer's, where there is one. */
static bool check_count(const EngModel *model, const char *what, size_t n, EngError *err) {
  int most = eng_model_config(model)->n_ctx;
  if (n == 0) return eng_error_set(err, NULL, what, "expected at least one token, found none");
  if (n <= (size_t)most) return true;
  return eng_error_set(err, NULL, what, "expected at most %d tokens, which this model reads, found %zu", most, n);
}

static void free_texts(EngToken *tokens, size_t n) {
  for (size_t i = 0; tokens && i < n; i++) free((char *)(uintptr_t)tokens[i].text);
  free(tokens);
}

/* What people read, and the vocabulary's string; the number for an id that the tokenizer does not have. */
static bool name_token(EngToken *token, const EngTokenizer *tokenizer) {
  const char *piece = tokenizer ? eng_tokenizer_piece(tokenizer, token->id) : NULL;
  char number[16];
  snprintf(number, sizeof number, "%d", token->id);
  char *text = piece ? eng_tokenizer_shown(tokenizer, token->id) : strdup(number);
  token->text = text;
  token->piece = piece ? piece : "";
  token->special = piece && eng_tokenizer_is_special(tokenizer, token->id);
  return text != NULL;
}

/* Names the tokens and copies everything into an input. Frees `tokens`. */
static EngInput *finish(EngInput *fields, EngToken *tokens, size_t n, const EngTokenizer *tokenizer,
                        EngError *err) {
  bool ok = true;
  for (size_t i = 0; i < n && ok; i++) ok = name_token(&tokens[i], tokenizer);
  fields->tokens = tokens;
  fields->n_tokens = (int)n;
  fields->pair_start = eng_input_find_pair(tokens, (int)n);
  EngInput *input = ok ? eng_input_new(fields, err) : NULL;
  if (!ok) eng_error_memory(err, NULL, "%zu tokens", n);
  free_texts(tokens, n);
  return input;
}

/* Both sentences have tokens of their own: added special ones do not count. */
static bool check_sentences(const EngEncoding *encoding, bool has_pair, EngError *err) {
  bool found[2] = {false, !has_pair};
  for (size_t i = 0; i < encoding->n_tokens; i++)
    if (encoding->tokens[i].sentence >= 0) found[encoding->tokens[i].sentence] = true;
  if (!found[0]) return eng_error_set(err, NULL, "text", "expected at least one token, found none");
  if (!found[1]) return eng_error_set(err, NULL, "pair", "expected at least one token, found none");
  return true;
}

static bool check_types(const EngModel *model, const EngEncoding *encoding, EngError *err) {
  int n_types = eng_model_config(model)->n_token_types;
  for (size_t i = 0; i < encoding->n_tokens; i++)
    if (encoding->tokens[i].type > 0 && encoding->tokens[i].type >= n_types)
      return eng_error_set(err, NULL, "pair", "expected none: this model has no second token type");
  return true;
}

static EngInput *from_encoding(EngModel *model, const EngTokenizer *tokenizer, EngInput *fields,
                               const EngEncoding *encoding, EngError *err) {
  size_t n = encoding->n_tokens;
  if (!check_sentences(encoding, fields->pair != NULL, err) || !check_types(model, encoding, err)) return NULL;
  if (!check_count(model, "text", n, err)) return NULL;
  EngToken *tokens = calloc(n, sizeof *tokens);
  if (!tokens) {
    eng_error_memory(err, NULL, "%zu tokens", n);
    return NULL;
  }
  for (size_t i = 0; i < n; i++) {
    const EngEncoded *from = &encoding->tokens[i];
    tokens[i] = (EngToken){
        .id = from->id, .type = from->type, .sentence = from->sentence, .start = from->start, .stop = from->stop};
  }
  return finish(fields, tokens, n, tokenizer, err);
}

EngInput *eng_input_from_encoding(EngModel *model, const char *text, size_t length, EngEncodeOptions options,
                                  const EngEncoding *encoding, EngError *err) {
  const EngTokenizer *tokenizer = eng_model_tokenizer(model, err);
  EngInput fields = {.text = text, .text_length = length, .bos = options.bos};
  return tokenizer ? from_encoding(model, tokenizer, &fields, encoding, err) : NULL;
}

EngInput *eng_input_from_text(EngModel *model, const char *text, size_t length, const char *pair,
                              size_t pair_length, EngEncodeOptions options, EngError *err) {
  if (pair && eng_model_config(model)->n_token_types < 2) {
    eng_error_set(err, NULL, "pair", "expected none: %s has no second token type",
                  eng_config_model_type(eng_model_config(model)));
    return NULL;
  }
  const EngTokenizer *tokenizer = eng_model_tokenizer(model, err);
  EngEncoding encoding = {0};
  if (!tokenizer ||
      !eng_tokenizer_encode(tokenizer, text, length, pair, pair ? pair_length : 0, options, &encoding, err))
    return NULL;
  EngInput fields = {
      .text = text, .text_length = length, .pair = pair, .pair_length = pair_length, .bos = options.bos};
  EngInput *input = from_encoding(model, tokenizer, &fields, &encoding, err);
  eng_encoding_free(&encoding);
  return input;
}

static bool check_ids(const EngModel *model, const int *ids, const int *types, size_t n, EngError *err) {
  const EngConfig *config = eng_model_config(model);
  int n_types = config->n_token_types > 0 ? config->n_token_types : 1;
  char field[48];
  for (size_t i = 0; i < n; i++) {
    snprintf(field, sizeof field, "ids[%zu]", i);
    if (ids[i] < 0 || ids[i] >= config->d_vocab)
      return eng_error_set(err, NULL, field, "expected 0 to %d, found %d", config->d_vocab - 1, ids[i]);
    snprintf(field, sizeof field, "token_types[%zu]", i);
    if (types && (types[i] < 0 || types[i] >= n_types))
      return eng_error_set(err, NULL, field, "expected 0 to %d, found %d", n_types - 1, types[i]);
  }
  return true;
}

/* Where the ids are in their own decoding: known when encoding that text gives the same ids again. */
static void find_places(EngToken *tokens, size_t n, const EngTokenizer *tokenizer, const char *text,
                        size_t length) {
  EngEncoding encoding = {0};
  EngEncodeOptions bare = {.special = false, .bos = false};
  if (!text || !eng_tokenizer_encode(tokenizer, text, length, NULL, 0, bare, &encoding, NULL)) return;
  bool same = encoding.n_tokens == n;
  for (size_t i = 0; i < n && same; i++) same = encoding.tokens[i].id == tokens[i].id;
  for (size_t i = 0; i < n && same; i++) {
    tokens[i].start = encoding.tokens[i].start;
    tokens[i].stop = encoding.tokens[i].stop;
  }
  eng_encoding_free(&encoding);
}

EngInput *eng_input_from_ids(EngModel *model, const int *ids, const int *types, size_t n_ids, EngError *err) {
  if (!check_count(model, "ids", n_ids, err) || !check_ids(model, ids, types, n_ids, err)) return NULL;
  EngToken *tokens = calloc(n_ids, sizeof *tokens);
  if (!tokens) {
    eng_error_memory(err, NULL, "%zu tokens", n_ids);
    return NULL;
  }
  for (size_t i = 0; i < n_ids; i++) tokens[i] = (EngToken){.id = ids[i], .type = types ? types[i] : 0};
  const EngTokenizer *tokenizer = eng_model_tokenizer(model, NULL);
  EngInput fields = {.bos = ids[0] == eng_model_config(model)->bos_token_id};
  char *text = tokenizer ? eng_tokenizer_decode(tokenizer, ids, n_ids, &fields.text_length, NULL) : NULL;
  if (tokenizer) find_places(tokens, n_ids, tokenizer, text, fields.text_length);
  fields.text = text;
  EngInput *input = finish(&fields, tokens, n_ids, tokenizer, err);
  free(text);
  return input;
}
