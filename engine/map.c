/* Mapping instead of reading: opening costs nothing per byte, and pages that nobody looks at are never
 * loaded. Only regular files are mapped; a pipe or a device in a file's place must not make us wait. */
#include "engine/map.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static bool map_descriptor(EngMap *out, int descriptor, const char *path, EngError *err) {
  struct stat status;
  if (fstat(descriptor, &status) != 0)
    return eng_error_set(err, path, NULL, "expected a file, found: %s", strerror(errno));
  if (!S_ISREG(status.st_mode))
    return eng_error_set(err, path, NULL, "expected a file, found %s",
                         S_ISDIR(status.st_mode) ? "a folder" : "a pipe or device");
  if (status.st_size == 0) return true;
  if ((uintmax_t)status.st_size > SIZE_MAX)
    return eng_error_set(err, path, NULL, "expected a file that fits in memory, found a larger one");
  void *data = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  if (data == MAP_FAILED)
    return eng_error_set(err, path, NULL, "expected a file that can be mapped, found: %s", strerror(errno));
  *out = (EngMap){.data = data, .size = (size_t)status.st_size};
  return true;
}

bool eng_map_open(EngMap *out, const char *path, EngError *err) {
  *out = (EngMap){0};
  int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return eng_error_set(err, path, NULL, "expected a readable file, found: %s", strerror(errno));
  bool ok = map_descriptor(out, descriptor, path, err);
  close(descriptor);
  return ok;
}

void eng_map_forget(const EngMap *map) {
  if (map->data) madvise((void *)(uintptr_t)map->data, map->size, MADV_DONTNEED);
}

void eng_map_close(EngMap *map) {
  if (map->data) munmap((void *)(uintptr_t)map->data, map->size);
  *map = (EngMap){0};
}
