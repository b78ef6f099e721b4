/* Normalising text the way a tokenizer's file asks for: a short list of steps, each a pass over the
 * characters. Ranges into the original follow the reference's own rules. */
#ifndef ENGINE_NORMAL_H
#define ENGINE_NORMAL_H

#include "engine/chars.h"

typedef enum EngNormalStep {
  ENG_NORMAL_CLEAN, /* drop control characters, make every space U+0020 */
  ENG_NORMAL_CJK,   /* spaces around Chinese characters */
  ENG_NORMAL_NFD,
  ENG_NORMAL_NFC,
  ENG_NORMAL_NFKD,
  ENG_NORMAL_NFKC,
  ENG_NORMAL_UNMARK,   /* drop nonspacing marks, as BERT does */
  ENG_NORMAL_UNACCENT, /* drop all marks */
  ENG_NORMAL_LOWER,
  ENG_NORMAL_STRIP_LEFT, /* drop white space at the text's start, at its end */
  ENG_NORMAL_STRIP_RIGHT
} EngNormalStep;

#define ENG_NORMAL_MOST 32

typedef struct EngNormal {
  EngNormalStep steps[ENG_NORMAL_MOST];
  int n_steps;
} EngNormal;

/* False when the list is full. */
bool eng_normal_add(EngNormal *normal, EngNormalStep step);

/* In place; false when memory is short. */
bool eng_normal_apply(const EngNormal *normal, EngChars *chars);

#endif
