/* A text is cut between two of its tokens; tokens that were added around it keep their room. */
#include "scripting/shorten.h"

#include <stdlib.h>
#include <string.h>

static bool encode(EngModel *model, const char *text, bool bos, EngEncoding *out) {
  const EngTokenizer *tokenizer = eng_model_tokenizer(model, NULL);
  EngEncodeOptions options = {.special = true, .bos = bos};
  return tokenizer && eng_tokenizer_encode(tokenizer, text, strlen(text), NULL, 0, options, out, NULL);
}

size_t scr_shorten_count(EngModel *model, const char *text, bool bos) {
  EngEncoding encoding = {0};
  if (!encode(model, text, bos, &encoding)) return 0;
  size_t n = encoding.n_tokens;
  eng_encoding_free(&encoding);
  return n;
}

/* The byte at which the text is cut: where the last token that is kept ends, or the first one begins. */
static size_t cut(const EngEncoding *encoding, size_t keep, bool last) {
  size_t n_own = 0, seen = 0;
  for (size_t i = 0; i < encoding->n_tokens; i++) n_own += encoding->tokens[i].sentence >= 0;
  size_t wanted = last ? n_own - keep + 1 : keep;
  for (size_t i = 0; i < encoding->n_tokens; i++) {
    const EngEncoded *token = &encoding->tokens[i];
    if (token->sentence >= 0 && ++seen == wanted) return last ? token->start : token->stop;
  }
  return 0;
}

static char *part(const EngEncoding *encoding, const char *text, size_t limit, bool last) {
  size_t added = 0;
  for (size_t i = 0; i < encoding->n_tokens; i++) added += encoding->tokens[i].sentence < 0;
  if (encoding->n_tokens <= limit || added >= limit) return NULL;
  size_t at = cut(encoding, limit - added, last);
  return last ? strdup(text + at) : strndup(text, at);
}

char *scr_shorten(EngModel *model, const char *text, bool bos, bool last) {
  EngEncoding encoding = {0};
  if (!encode(model, text, bos, &encoding)) return NULL;
  char *shorter = part(&encoding, text, (size_t)eng_model_config(model)->n_ctx, last);
  eng_encoding_free(&encoding);
  return shorter;
}
