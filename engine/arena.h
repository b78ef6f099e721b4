/* One piece of zeroed memory for everything that a run computes, straight from the kernel. */
#ifndef ENGINE_ARENA_H
#define ENGINE_ARENA_H

#include "engine/error.h"

#include <stddef.h>

typedef struct EngArena {
  float *data; /* aligned to a page */
  size_t bytes;
} EngArena;

/* Refuses more than the machine has free, naming both numbers. */
bool eng_arena_open(EngArena *arena, size_t bytes, EngError *err);
void eng_arena_close(EngArena *arena); /* a zeroed arena is fine */

#endif
