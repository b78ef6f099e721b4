/* Large pages are asked for, since touching fresh small ones costs more than computing what goes into them.
 * The kernel grants more memory than there is and kills later, so what is available is looked up first. */
#include "engine/arena.h"

#include "engine/budget.h"

#include <stdio.h>
#include <sys/mman.h>

enum { KEEP_AT_MOST = 256 << 20 }; /* bytes of a spare arena: GPT-2-small with 512 tokens and the usual keep */

size_t eng_memory_available(void) {
  unsigned long long kilobytes = (size_t)-1 / 1024;
  char line[128];
  FILE *file = fopen("/proc/meminfo", "r");
  if (!file) return (size_t)-1;
  while (fgets(line, sizeof line, file))
    if (sscanf(line, "MemAvailable: %llu kB", &kilobytes) == 1) break;
  fclose(file);
  return (size_t)kilobytes * 1024;
}

static bool open_arena(EngArena *arena, size_t bytes, EngError *err) {
  size_t available = eng_memory_available();
  if (bytes > available)
    return eng_error_set(err, NULL, "run", "expected %zu bytes of memory, found %zu available", bytes, available);
  if (!eng_budget_take(bytes)) return eng_budget_error(err, "run", bytes);
  void *data = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (data == MAP_FAILED) {
    eng_budget_give(bytes);
    return eng_error_set(err, NULL, "run", "expected %zu bytes of memory, found less", bytes);
  }
  madvise(data, bytes, MADV_HUGEPAGE);
  *arena = (EngArena){data, bytes};
  return true;
}

static void close_arena(EngArena *arena) {
  if (arena->data) munmap(arena->data, arena->bytes), eng_budget_give(arena->bytes);
  *arena = (EngArena){0};
}

void eng_arena_pool_init(EngArenaPool *pool) {
  pthread_mutex_init(&pool->lock, NULL);
  pool->spare = (EngArena){0};
  pool->most = KEEP_AT_MOST;
}

void eng_arena_pool_close(EngArenaPool *pool) {
  close_arena(&pool->spare);
  pthread_mutex_destroy(&pool->lock);
}

size_t eng_arena_pool_bytes(EngArenaPool *pool) {
  pthread_mutex_lock(&pool->lock);
  size_t bytes = pool->spare.bytes;
  pthread_mutex_unlock(&pool->lock);
  return bytes;
}

/* Swaps the spare arena with `arena`. */
static void swap_spare(EngArenaPool *pool, EngArena *arena) {
  pthread_mutex_lock(&pool->lock);
  EngArena spare = pool->spare;
  pool->spare = *arena;
  pthread_mutex_unlock(&pool->lock);
  *arena = spare;
}

bool eng_arena_take(EngArenaPool *pool, EngArena *arena, size_t bytes, EngError *err) {
  *arena = (EngArena){0};
  swap_spare(pool, arena);
  if (arena->bytes >= bytes) return true;
  close_arena(arena);
  return open_arena(arena, bytes, err);
}

void eng_arena_give(EngArenaPool *pool, EngArena *arena) {
  if (arena->bytes <= pool->most) swap_spare(pool, arena);
  close_arena(arena);
}
