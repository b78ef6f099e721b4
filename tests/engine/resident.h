/* What of a mapped file is in this process's memory. */
#ifndef TESTS_ENGINE_RESIDENT_H
#define TESTS_ENGINE_RESIDENT_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Kilobytes of all mappings whose file's path ends in `name`; -1 where the kernel does not tell. */
static inline long resident(const char *name) {
  char line[1024];
  unsigned long from, to;
  long kilobytes = 0, sum = 0;
  bool here = false;
  FILE *maps = fopen("/proc/self/smaps", "r");
  if (!maps) return -1;
  while (fgets(line, sizeof line, maps)) {
    line[strcspn(line, "\n")] = '\0';
    size_t n = strlen(line), tail = strlen(name);
    if (sscanf(line, "%lx-%lx", &from, &to) == 2) here = n >= tail && strcmp(line + n - tail, name) == 0;
    if (here && sscanf(line, "Rss: %ld", &kilobytes) == 1) sum += kilobytes;
  }
  fclose(maps);
  return sum;
}

#endif
