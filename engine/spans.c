/* A piece continues a word by the rule of its vocabulary, which shows in the tokens themselves: pieces with ## or
 * names in square brackets are WordPiece's, where everything without ## begins a word; in any other vocabulary
 * what has white space in front does. */
#include "engine/spans.h"

#include "engine/unicode.h"
#include "engine/utf8.h"

#include <stdlib.h>
#include <string.h>

static bool starts_with(const char *text, const char *with) { return strncmp(text, with, strlen(with)) == 0; }

static const char *text_of(const EngToken *token) { return token->text ? token->text : ""; }

/* A recorded file may know only the texts. */
static const char *piece_of(const EngToken *token) {
  return token->piece && token->piece[0] ? token->piece : text_of(token);
}

static bool is_wordpiece(const EngToken *tokens, int n) {
  for (int i = 0; i < n; i++) {
    const char *piece = piece_of(&tokens[i]);
    if (starts_with(piece, "##") && piece[2]) return true;
    if (tokens[i].special && piece[0] == '[') return true;
  }
  return false;
}

typedef struct Look {
  bool space_before, space_behind, punctuation; /* punctuation: nothing else but spaces */
} Look;

static Look look_at(const char *text) {
  Look look = {.punctuation = true};
  size_t length = strlen(text), n;
  uint32_t code;
  for (size_t at = 0; at < length; at += n) {
    n = eng_utf8_read(text + at, length - at, &code);
    if (n == 0) return (Look){look.space_before, false, false};
    bool space = eng_unicode_is_space(code);
    if (at == 0) look.space_before = space;
    look.space_behind = space;
    if (!space && !eng_unicode_bert_is_punctuation(code)) look.punctuation = false;
  }
  return look;
}

/* How SentencePiece and byte-level vocabularies spell a space or a line's end. */
static bool marks_space(const char *piece) {
  return starts_with(piece, "▁") || starts_with(piece, "Ġ") || starts_with(piece, "Ċ");
}

static bool continues(const EngToken *before, const EngToken *token, bool wordpiece) {
  if (before->special || token->special || before->sentence != token->sentence) return false;
  if (wordpiece) return starts_with(piece_of(token), "##") && piece_of(token)[2];
  Look last = look_at(text_of(before)), now = look_at(text_of(token));
  if (last.punctuation || now.punctuation || last.space_behind || now.space_before) return false;
  return !marks_space(piece_of(token));
}

/* A WordPiece's text without its mark. */
static const char *spelled(const EngToken *token, bool wordpiece, bool first) {
  const char *text = text_of(token);
  return wordpiece && !first && starts_with(text, "##") ? text + 2 : text;
}

static bool allocate(EngSpans *out, const EngToken *tokens, int n, EngError *err) {
  size_t bytes = 0;
  for (int i = 0; i < n; i++) bytes += strlen(text_of(&tokens[i])) + 1;
  *out = (EngSpans){.at = calloc((size_t)n + 1, sizeof *out->at),
                    .of = calloc((size_t)n + 1, sizeof *out->of),
                    .tokens = calloc((size_t)n + 1, sizeof *out->tokens),
                    .texts = calloc(bytes + 1, 1)};
  if (out->at && out->of && out->tokens && out->texts) return true;
  eng_spans_free(out);
  return eng_error_memory(err, NULL, "%d words", n);
}

/* The stretch of the sentence that a word lies in; "" where it is not known. Pieces of one character are texts only
 * together. */
static const char *stretch(const EngInput *input, const EngToken *first, const EngToken *last, size_t *length) {
  bool second = first->sentence == 1;
  const char *text = !input || first->sentence < 0 ? NULL : second ? input->pair : input->text;
  size_t end = !text ? 0 : second ? input->pair_length : input->text_length;
  *length = last->stop > first->start && last->stop <= end ? last->stop - first->start : 0;
  return *length > 0 ? text + first->start : "";
}

/* Joins a word's tokens at `out`; returns the end. */
static char *join(char *out, const EngSpansOf *of, EngSpan span, bool wordpiece) {
  const EngToken *tokens = of->tokens + span.first;
  size_t length, room = 0;
  for (int i = 0; i < span.n; i++) room += strlen(text_of(&tokens[i]));
  const char *text = stretch(of->input, &tokens[0], &tokens[span.n - 1], &length);
  if (!wordpiece && length > 0 && length <= room) return (char *)mempcpy(out, text, length);
  for (int i = 0; i < span.n; i++) out = stpcpy(out, spelled(&tokens[i], wordpiece, i == 0));
  return out;
}

static void name_words(EngSpans *out, const EngSpansOf *of, bool wordpiece) {
  char *text = out->texts;
  for (int word = 0; word < out->n; word++) {
    EngSpan span = out->at[word];
    EngToken *token = &out->tokens[word];
    *token = of->tokens[span.first];
    if (span.n == 1) continue;
    token->text = token->piece = text;
    token->stop = of->tokens[span.first + span.n - 1].stop;
    text = join(text, of, span, wordpiece);
    *text++ = '\0';
  }
}

static void add_token(EngSpans *out, int token, bool same_word) {
  if (!same_word) out->at[out->n++] = (EngSpan){.first = token, .n = 0};
  out->at[out->n - 1].n++;
  out->of[token] = out->n - 1;
}

bool eng_spans_make(EngSpans *out, const EngSpansOf *of, EngError *err) {
  const EngToken *tokens = of->tokens;
  bool wordpiece = is_wordpiece(tokens, of->n_tokens);
  if (!allocate(out, tokens, of->n_tokens, err)) return false;
  for (int i = 0; i < of->n_tokens; i++) {
    bool begins = i == 0 || (of->cut && of->cut[i]);
    add_token(out, i, !begins && continues(&tokens[i - 1], &tokens[i], wordpiece));
  }
  name_words(out, of, wordpiece);
  return true;
}

bool eng_spans_single(EngSpans *out, const EngToken *tokens, int n_tokens, EngError *err) {
  if (!allocate(out, tokens, n_tokens, err)) return false;
  for (int i = 0; i < n_tokens; i++) add_token(out, i, false);
  name_words(out, &(EngSpansOf){.tokens = tokens, .n_tokens = n_tokens}, false);
  return true;
}

void eng_spans_free(EngSpans *spans) {
  free(spans->at);
  free(spans->of);
  free(spans->tokens);
  free(spans->texts);
  *spans = (EngSpans){0};
}
