/* Large pages are asked for, since touching fresh small ones costs more than computing what goes into them.
 * The kernel grants more memory than there is and kills later, so what is available is looked up first. */
#include "engine/arena.h"

#include <stdio.h>
#include <sys/mman.h>

/* Bytes that can be had without swapping; everything when the system does not say. */
static size_t available_memory(void) {
  unsigned long long kilobytes = (size_t)-1 / 1024;
  char line[128];
  FILE *file = fopen("/proc/meminfo", "r");
  if (!file) return (size_t)-1;
  while (fgets(line, sizeof line, file))
    if (sscanf(line, "MemAvailable: %llu kB", &kilobytes) == 1) break;
  fclose(file);
  return (size_t)kilobytes * 1024;
}

bool eng_arena_open(EngArena *arena, size_t bytes, EngError *err) {
  size_t available = available_memory();
  if (bytes > available)
    return eng_error_set(err, NULL, "run", "expected %zu bytes of memory, found %zu available", bytes, available);
  void *data = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (data == MAP_FAILED) return eng_error_set(err, NULL, "run", "expected %zu bytes of memory, found less", bytes);
  madvise(data, bytes, MADV_HUGEPAGE);
  *arena = (EngArena){data, bytes};
  return true;
}

void eng_arena_close(EngArena *arena) {
  if (arena->data) munmap(arena->data, arena->bytes);
  *arena = (EngArena){0};
}
