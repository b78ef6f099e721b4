/* Until the tokenizer is here: a model opens and runs on ids, text is refused. */
#include "engine/tokenizer.h"

#include <stddef.h>

EngTokenizer *eng_tokenizer_open(const char *folder, const EngConfig *config, EngError *err) {
  (void)config;
  eng_error_set(err, folder, NULL, "tokenizers are not read yet");
  return NULL;
}

void eng_tokenizer_free(EngTokenizer *tokenizer) { (void)tokenizer; }
