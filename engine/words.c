/* Every rule looks at two neighbours only, so rules need no order. */
#include "engine/words.h"

#include "engine/unicode.h"

static bool is_dropped(const EngWords *words, uint32_t code) {
  return (words->space || words->kind) && eng_unicode_is_space(code);
}

static bool is_cut(const EngWords *words, uint32_t a, uint32_t b) {
  if (words->punctuation && (eng_unicode_bert_is_punctuation(a) || eng_unicode_bert_is_punctuation(b))) return true;
  if (words->kind && eng_unicode_is_word(a) != eng_unicode_is_word(b)) return true;
  if (words->digits && (eng_unicode_is_number(a) || eng_unicode_is_number(b))) return true;
  return words->numbers && eng_unicode_is_number(a) != eng_unicode_is_number(b);
}

bool eng_words_next(const EngWords *words, const EngChars *chars, size_t *from, size_t *to) {
  size_t at = *from;
  while (at < chars->n && is_dropped(words, chars->at[at].code)) at++;
  *from = at;
  if (at == chars->n) return false;
  for (at++; at < chars->n; at++)
    if (is_dropped(words, chars->at[at].code) || is_cut(words, chars->at[at - 1].code, chars->at[at].code)) break;
  *to = at;
  return true;
}
