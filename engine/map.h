/* A file mapped read-only. The caller owns the EngMap and closes it; the bytes may be read from any thread
 * while it is open. An empty file maps to size 0 and data NULL. When somebody else shortens the file, reading what
 * is gone raises SIGBUS, which nobody handles: a file is replaced (as file.h does), not rewritten in place. */
#ifndef ENGINE_MAP_H
#define ENGINE_MAP_H

#include "engine/error.h"

#include <stddef.h>

typedef struct EngMap {
  const unsigned char *data;
  size_t size; /* bytes */
} EngMap;

/* Maps a regular file (links are followed). On failure `out` is empty and may be closed. */
bool eng_map_open(EngMap *out, const char *path, EngError *err);
void eng_map_close(EngMap *map); /* twice is harmless */
/* What was read of it no longer counts as this process's memory; read again, it comes from the kernel's cache.
 * Beside other threads that read it, too. */
void eng_map_forget(const EngMap *map);

#endif
