/* One piece of memory for everything that a run computes, straight from the kernel. */
#ifndef ENGINE_ARENA_H
#define ENGINE_ARENA_H

#include "engine/error.h"

#include <pthread.h>
#include <stddef.h>

/* Bytes that can be had without swapping; everything when the system does not say. */
size_t eng_memory_available(void);

typedef struct EngArena {
  float *data; /* aligned to a page */
  size_t bytes;
} EngArena;

/* Keeps one arena that a run no longer needs for the next: fresh pages cost more than computing what goes
 * into them. Any thread may use it. */
typedef struct EngArenaPool {
  pthread_mutex_t lock;
  EngArena spare;
  size_t most; /* bytes of one that is kept; may be set before it is used */
} EngArenaPool;

void eng_arena_pool_init(EngArenaPool *pool);
void eng_arena_pool_close(EngArenaPool *pool);
size_t eng_arena_pool_bytes(EngArenaPool *pool); /* of the arena it keeps */

/* An arena of at least so many bytes; its contents may be those of an earlier run. Refuses more than the machine
 * has free, naming both numbers. */
bool eng_arena_take(EngArenaPool *pool, EngArena *arena, size_t bytes, EngError *err);
void eng_arena_give(EngArenaPool *pool, EngArena *arena); /* a zeroed arena is fine */

#endif
