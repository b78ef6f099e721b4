/* Cutting text into words before a model sees it: white space may be dropped, and a cut falls between two
 * neighbours whenever one of the chosen rules says so. */
#ifndef ENGINE_WORDS_H
#define ENGINE_WORDS_H

#include "engine/chars.h"

typedef struct EngWords {
  bool space;       /* at white space, which is dropped */
  bool kind;        /* between word characters and others; white space is dropped */
  bool punctuation; /* around every punctuation character */
  bool numbers;     /* around runs of digits */
  bool digits;      /* around every digit */
} EngWords;         /* all false: the whole text is one word */

/* The next word at or after `*from`: chars[*from, *to). False at the end. */
bool eng_words_next(const EngWords *words, const EngChars *chars, size_t *from, size_t *to);

#endif
