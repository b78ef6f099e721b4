/* Encoding, in the reference's order: added tokens are cut out of the raw text, what lies between is
 * normalised, further added tokens are cut out of that, and the rest goes to the model. Last, the
 * post-processor's template puts sentences and special tokens together. */
#include "engine/tokenizer_parts.h"

#include "engine/budget.h"
#include "engine/tokens.h"
#include "engine/unicode.h"
#include "engine/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { WORKING = 128 }; /* bytes of memory for a byte of text, at most, while it is encoded */

static bool encode_plain(const EngTokenizer *tokenizer, EngChars *chars, EngTokens *out) {
  const EngVocab *vocab = &tokenizer->vocab;
  const EngWords *words = &tokenizer->words;
  if (tokenizer->model == ENG_TOKENS_BPE) return eng_bytebpe_encode(&tokenizer->bytebpe, vocab, words, chars, out);
  return eng_wordpiece_encode(&tokenizer->wordpiece, vocab, words, chars, out);
}

typedef bool (*EncodePart)(const EngTokenizer *, EngChars *, EngTokens *);

/* Cuts the added tokens of `trie` out and hands a copy of each stretch between them to `encode`. */
static bool encode_between(const EngTokenizer *tokenizer, const EngTrie *trie, const EngChars *chars,
                           EncodePart encode, EngTokens *out) {
  EngSpans spans = {0};
  bool done = eng_added_split(&tokenizer->added, trie, chars, &spans);
  for (size_t i = 0; done && i < spans.n; i++) {
    EngSpan span = spans.at[i];
    if (span.token >= 0) {
      const EngChar *first = &chars->at[span.from], *last = &chars->at[span.to - 1];
      done = eng_tokens_push(out, tokenizer->added.tokens[span.token].id, first->start, last->stop);
      continue;
    }
    EngChars part = {0};
    for (size_t k = span.from; done && k < span.to; k++) done = eng_chars_push(&part, chars->at[k]);
    done = done && encode(tokenizer, &part, out);
    eng_chars_free(&part);
  }
  free(spans.at);
  return done;
}

static bool encode_raw(const EngTokenizer *tokenizer, EngChars *chars, EngTokens *out) {
  return eng_normal_apply(&tokenizer->normal, chars) &&
         encode_between(tokenizer, &tokenizer->added.normal, chars, encode_plain, out);
}

/* Counts the spaces at a piece's start, or at its end. */
static int count_spaces(const char *piece, size_t length, bool from_end) {
  int n = 0, total = 0, last = 0;
  uint32_t code = 0;
  for (size_t at = 0; at < length; total++) {
    at += eng_utf8_read(piece + at, length - at, &code);
    bool space = code == 0x120 || eng_unicode_is_space(code);
    n += space && n == total;
    last = space ? last + 1 : 0;
  }
  return from_end ? last : n;
}

static bool is_inside(const char *text, size_t at) { return ((unsigned char)text[at] & 0xC0) == 0x80; }

/* `n` characters on from `at`, at most `stop`. */
static size_t forward(const char *text, size_t at, size_t stop, int n) {
  while (n > 0 && at < stop) {
    at++;
    n -= at == stop || !is_inside(text, at);
  }
  return at;
}

/* `n` characters back from `stop`, at least `start`; `stop` where the text has fewer before it. */
static size_t backward(const char *text, size_t start, size_t stop, int n) {
  size_t at = stop;
  while (n > 0 && at > 0) n -= !is_inside(text, --at);
  if (n > 0) return stop;
  return at > start ? at : start;
}

/* Leaves the spaces of a token out of its range; not the one that was put in front of the text. */
static void trim(const EngTokenizer *tokenizer, const char *text, EngTokens *tokens) {
  for (size_t i = 0; i < tokens->n; i++) {
    EngEncoded *token = &tokens->at[i];
    size_t length = 0;
    const char *piece = eng_vocab_piece(&tokenizer->vocab, token->id, &length);
    if (eng_added_find(&tokenizer->added, token->id)) {
      piece = text + token->start; /* with the white space that it took along */
      length = token->stop - token->start;
    }
    int leading = count_spaces(piece, length, false), trailing = count_spaces(piece, length, true);
    bool first = i == 0 || token->start == 0;
    if (first && tokenizer->trim_prefixed && leading == 1) leading = 0;
    token->start = forward(text, token->start, token->stop, leading);
    token->stop = backward(text, token->start, token->stop, trailing);
  }
}

static bool encode_sentence(const EngTokenizer *tokenizer, const char *text, size_t length, const char *field,
                            EngTokens *out, EngError *err) {
  EngChars chars = {0};
  bool done = eng_chars_read(&chars, text, length, field, err) &&
              (encode_between(tokenizer, &tokenizer->added.raw, &chars, encode_raw, out) ||
               eng_error_memory(err, NULL, "a %s of %zu bytes", field, length));
  eng_chars_free(&chars);
  if (done && tokenizer->trim) trim(tokenizer, text, out);
  return done;
}

/* Appends sentence `item.sentence` with its type. */
static bool append_sentence(const EngTokens *tokens, EngTemplateItem item, EngTokens *out) {
  for (size_t i = 0; i < tokens->n; i++) {
    if (!eng_tokens_push(out, tokens->at[i].id, tokens->at[i].start, tokens->at[i].stop)) return false;
    out->at[out->n - 1].type = item.type;
    out->at[out->n - 1].sentence = item.sentence;
  }
  return true;
}

static bool append_special(int id, int type, EngTokens *out) {
  if (!eng_tokens_push(out, id, 0, 0)) return false;
  out->at[out->n - 1].type = type;
  out->at[out->n - 1].sentence = -1;
  return true;
}

static bool assemble(const EngTokenizer *tokenizer, const EngTokens sentences[2], bool pair,
                     EngEncodeOptions options, EngTokens *out) {
  const EngTemplate *template = &tokenizer->templates[pair];
  EngTemplateItem first = template->n_items > 0 ? template->items[0] : (EngTemplateItem){0, -1, 0};
  bool has_bos = options.special && first.sentence < 0 && first.id == tokenizer->bos;
  if (options.bos && !has_bos && !append_special(tokenizer->bos, 0, out)) return false;
  for (int i = 0; i < template->n_items; i++) {
    EngTemplateItem item = template->items[i];
    if (item.sentence >= 0 && !append_sentence(&sentences[item.sentence], item, out)) return false;
    if (item.sentence < 0 && options.special && !append_special(item.id, item.type, out)) return false;
  }
  return true;
}

bool eng_tokenizer_encode(const EngTokenizer *tokenizer, const char *text, size_t length, const char *pair,
                          size_t pair_length, EngEncodeOptions options, EngEncoding *out, EngError *err) {
  *out = (EngEncoding){0};
  if (options.bos && tokenizer->bos < 0)
    return eng_error_set(err, NULL, "bos", "expected a model with a BOS token, found none");
  size_t working = (length + (pair ? pair_length : 0)) * WORKING;
  if (!eng_budget_take(working)) return eng_budget_error(err, "text", working);
  EngTokens sentences[2] = {{0}, {0}}, all = {0};
  bool done = encode_sentence(tokenizer, text, length, "text", &sentences[0], err) &&
              (!pair || encode_sentence(tokenizer, pair, pair_length, "pair", &sentences[1], err)) &&
              (assemble(tokenizer, sentences, pair != NULL, options, &all) ||
               eng_error_memory(err, NULL, "a text of %zu bytes", length));
  free(sentences[0].at);
  free(sentences[1].at);
  eng_budget_give(working);
  *out = (EngEncoding){all.at, all.n};
  if (!done) eng_encoding_free(out);
  return done;
}

void eng_encoding_free(EngEncoding *encoding) {
  free(encoding->tokens);
  *encoding = (EngEncoding){0};
}

int eng_tokenizer_id(const EngTokenizer *tokenizer, const char *piece) {
  return eng_vocab_id(&tokenizer->vocab, piece, strlen(piece));
}

bool eng_tokenizer_is_special(const EngTokenizer *tokenizer, int id) {
  const EngAddedToken *token = eng_added_find(&tokenizer->added, id);
  return token && token->special;
}

int eng_tokenizer_bos(const EngTokenizer *tokenizer) { return tokenizer->bos; }

int eng_tokenizer_size(const EngTokenizer *tokenizer) { return tokenizer->vocab.size; }
