/* What tokenizers ask of Unicode, with the answers of the Hugging Face tokenizers library. Its BERT
 * normaliser knows the categories of Unicode 8 (the functions named eng_unicode_bert_… answer as it does), its
 * normal forms those of Unicode 9. */
#ifndef ENGINE_UNICODE_H
#define ENGINE_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool eng_unicode_is_space(uint32_t code);  /* property White_Space */
bool eng_unicode_is_letter(uint32_t code); /* category L */
bool eng_unicode_is_number(uint32_t code); /* category N */
bool eng_unicode_is_word(uint32_t code);   /* \w of Unicode's regular expressions */

bool eng_unicode_bert_is_dropped(uint32_t code); /* by clean_text: NUL, U+FFFD, control, format, private */
bool eng_unicode_bert_is_cjk(uint32_t code);     /* gets spaces around it */
bool eng_unicode_bert_is_punctuation(uint32_t code);
bool eng_unicode_bert_is_mark(uint32_t code); /* nonspacing: what stripping accents removes */

bool eng_unicode_is_accent(uint32_t code); /* any mark: what the normaliser StripAccents removes */

#define ENG_UNICODE_MOST 20 /* code points that one becomes */

/* Lower case without context (a final sigma stays σ); returns the number of code points, at least 1. */
size_t eng_unicode_lower(uint32_t code, uint32_t out[ENG_UNICODE_MOST]);

/* Full decomposition, canonical or also for compatibility, not reordered; returns the number of code points,
 * at least 1. */
size_t eng_unicode_decompose(uint32_t code, bool compatible, uint32_t out[ENG_UNICODE_MOST]);

/* The canonical combining class: 0 for what is not reordered. */
int eng_unicode_class(uint32_t code);

/* The one character that two compose to, or 0. */
uint32_t eng_unicode_compose(uint32_t first, uint32_t second);

#endif
