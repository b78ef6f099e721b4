/* The leftmost match wins, and of those that begin there the longest; the search goes on behind a match even
 * where it is then discarded for touching a word. */
#include "engine/added.h"

#include "engine/budget.h"
#include "engine/unicode.h"
#include "engine/utf8.h"

#include <stdlib.h>
#include <string.h>

void eng_added_free(EngAdded *added) {
  for (int i = 0; i < added->n_tokens; i++) free(added->tokens[i].form);
  eng_budget_free(added->tokens, (size_t)added->capacity * sizeof *added->tokens);
  eng_budget_free(added->by_id, (size_t)added->n_ids * sizeof *added->by_id);
  eng_trie_free(&added->raw);
  eng_trie_free(&added->normal);
  *added = (EngAdded){0};
}

const EngAddedToken *eng_added_find(const EngAdded *added, int id) {
  if (id < 0 || id >= added->n_ids || added->by_id[id] == 0) return NULL;
  return &added->tokens[added->by_id[id] - 1];
}

static bool reserve_id(EngAdded *added, int id) {
  if (id < added->n_ids) return true;
  int n = id < 512 ? 1024 : id * 2;
  int *by_id = eng_budget_realloc(added->by_id, (size_t)added->n_ids * sizeof *by_id, (size_t)n * sizeof *by_id);
  if (!by_id) return false;
  memset(by_id + added->n_ids, 0, (size_t)(n - added->n_ids) * sizeof *by_id);
  added->by_id = by_id;
  added->n_ids = n;
  return true;
}

static bool reserve_token(EngAdded *added) {
  if (added->n_tokens < added->capacity) return true;
  int capacity = added->capacity * 2 + 16;
  size_t size = sizeof *added->tokens;
  EngAddedToken *tokens =
      eng_budget_realloc(added->tokens, (size_t)added->capacity * size, (size_t)capacity * size);
  if (!tokens) return false;
  added->tokens = tokens;
  added->capacity = capacity;
  return true;
}

bool eng_added_put(EngAdded *added, EngAddedToken token) {
  if (token.id >= ENG_VOCAB_MOST || !reserve_id(added, token.id) || !reserve_token(added)) return false;
  int index = added->by_id[token.id] ? added->by_id[token.id] - 1 : added->n_tokens++;
  added->tokens[index] = token;
  added->by_id[token.id] = index + 1;
  return true;
}

/* Writes the normalised string down where it differs from `piece`. */
static bool set_form(EngAddedToken *token, const EngChars *chars, const char *piece, size_t length) {
  char *form = malloc(chars->n * ENG_UTF8_MOST + 1);
  if (!form) return false;
  size_t n = 0;
  for (size_t i = 0; i < chars->n; i++) n += eng_utf8_write(chars->at[i].code, form + n);
  form[n] = '\0';
  if (n == length && memcmp(form, piece, n) == 0) {
    free(form);
    return true;
  }
  token->form = form;
  token->form_length = n;
  return true;
}

static bool index_normalized(EngAdded *added, int index, EngChars *chars, const EngNormal *normal,
                             const char *piece, size_t length) {
  return eng_normal_apply(normal, chars) && set_form(&added->tokens[index], chars, piece, length) &&
         eng_trie_add(&added->normal, chars, index);
}

static bool index_token(EngAdded *added, int index, const EngVocab *vocab, const EngNormal *normal, EngError *err) {
  EngAddedToken token = added->tokens[index];
  size_t length = 0;
  const char *piece = eng_vocab_piece(vocab, token.id, &length);
  EngChars chars = {0};
  bool done = eng_chars_read(&chars, piece, length, "added_tokens", err);
  if (done) {
    done = token.normalized ? index_normalized(added, index, &chars, normal, piece, length)
                            : eng_trie_add(&added->raw, &chars, index);
    if (!done) eng_error_memory(err, NULL, "added tokens");
  }
  eng_chars_free(&chars);
  return done;
}

bool eng_added_index(EngAdded *added, const EngVocab *vocab, const EngNormal *normal, EngError *err) {
  for (int special = 1; special >= 0; special--)
    for (int i = 0; i < added->n_tokens; i++)
      if (added->tokens[i].special == special && !index_token(added, i, vocab, normal, err)) return false;
  return true;
}

static bool push(EngSpans *out, EngSpan span) {
  if (out->n == out->capacity) {
    size_t capacity = out->capacity * 2 + 16;
    EngSpan *at = realloc(out->at, capacity * sizeof *at);
    if (!at) return false;
    out->at = at;
    out->capacity = capacity;
  }
  out->at[out->n++] = span;
  return true;
}

static bool touches_word(const EngChars *chars, EngSpan span) {
  if (span.from > 0 && eng_unicode_is_word(chars->at[span.from - 1].code)) return true;
  return span.to < chars->n && eng_unicode_is_word(chars->at[span.to].code);
}

/* Takes in the white space around a match, but none before `floor`: what the token before took in is gone. */
static void widen(const EngAddedToken *token, const EngChars *chars, size_t floor, EngSpan *span) {
  if (token->lstrip && span->from < floor) span->from = floor;
  if (token->lstrip)
    while (span->from > floor && eng_unicode_is_space(chars->at[span->from - 1].code)) span->from--;
  if (token->rstrip)
    while (span->to < chars->n && eng_unicode_is_space(chars->at[span->to].code)) span->to++;
}

bool eng_added_split(const EngAdded *added, const EngTrie *trie, const EngChars *chars, EngSpans *out) {
  size_t done = 0;
  for (size_t i = 0; i < chars->n;) {
    EngSpan span = {i, i, -1};
    span.token = eng_trie_longest(trie, chars, i, chars->n, &span.to);
    i = span.token < 0 ? i + 1 : span.to;
    if (span.token < 0) continue;
    const EngAddedToken *token = &added->tokens[span.token];
    if (token->single_word && touches_word(chars, span)) continue;
    widen(token, chars, done, &span);
    if (done < span.from && !push(out, (EngSpan){done, span.from, -1})) return false;
    if (span.from < span.to && !push(out, span)) return false;
    done = span.to;
  }
  return done == chars->n || push(out, (EngSpan){done, chars->n, -1});
}
