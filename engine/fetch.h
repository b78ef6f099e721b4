/* Asks for numbers that are read soon: the processor foresees the rest of a row, but not the next one. */
#ifndef ENGINE_FETCH_H
#define ENGINE_FETCH_H

#include <stddef.h>

static inline void eng_fetch(const float *numbers, size_t n) {
  for (size_t i = 0; i < n; i += 64 / sizeof *numbers) __builtin_prefetch(numbers + i);
}

#endif
