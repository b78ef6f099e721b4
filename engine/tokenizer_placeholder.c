/* Until the tokenizer is here: a model opens and runs on ids, text is refused. */
#include "engine/tokenizer.h"

#include <stddef.h>

EngTokenizer *eng_tokenizer_open(const char *folder, const EngConfig *config, EngError *err) {
  (void)config;
  eng_error_set(err, folder, NULL, "tokenizers are not read yet");
  return NULL;
}

void eng_tokenizer_free(EngTokenizer *tokenizer) { (void)tokenizer; }

bool eng_tokenizer_encode(const EngTokenizer *tokenizer, const char *text, size_t length, const char *pair,
                          size_t pair_length, EngEncodeOptions options, EngEncoding *out, EngError *err) {
  (void)tokenizer, (void)text, (void)length, (void)pair, (void)pair_length, (void)options, (void)out;
  return eng_error_set(err, NULL, NULL, "tokenizers are not read yet");
}

void eng_encoding_free(EngEncoding *encoding) { (void)encoding; }

char *eng_tokenizer_decode(const EngTokenizer *tokenizer, const int *ids, size_t n_ids, size_t *length,
                           EngError *err) {
  (void)tokenizer, (void)ids, (void)n_ids, (void)length, (void)err;
  return NULL;
}

const char *eng_tokenizer_piece(const EngTokenizer *tokenizer, int id) {
  (void)tokenizer, (void)id;
  return NULL;
}

char *eng_tokenizer_shown(const EngTokenizer *tokenizer, int id) {
  (void)tokenizer, (void)id;
  return NULL;
}

bool eng_tokenizer_is_special(const EngTokenizer *tokenizer, int id) {
  (void)tokenizer, (void)id;
  return false;
}

int eng_tokenizer_id(const EngTokenizer *tokenizer, const char *piece) {
  (void)tokenizer, (void)piece;
  return -1;
}

int eng_tokenizer_bos(const EngTokenizer *tokenizer) {
  (void)tokenizer;
  return -1;
}

int eng_tokenizer_size(const EngTokenizer *tokenizer) {
  (void)tokenizer;
  return 0;
}
