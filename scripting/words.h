/* Words of the command line that are sizes and numbers. */
#ifndef SCRIPTING_WORDS_H
#define SCRIPTING_WORDS_H

#include <stdbool.h>

/* "1280x800" into logical pixels, both sides from 1 to REN_MAX_SIDE; the whole word. */
bool scr_word_size(const char *word, float *width, float *height);

/* A number from `low` to `high`; the whole word. */
bool scr_word_number(const char *word, double low, double high, float *out);

#endif
