/* A list of blocks, each at least as large as what asked for it. A reset goes back to the first block and
 * walks the same list again: after a few frames nothing is allocated any more. */
#include "render/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>

enum { BLOCK_BYTES = 64 * 1024 };

struct RenArenaBlock {
  RenArenaBlock *next;
  size_t size, used;
  alignas(max_align_t) unsigned char bytes[];
};

static RenArenaBlock *new_block(size_t bytes) {
  size_t size = bytes > BLOCK_BYTES ? bytes : BLOCK_BYTES;
  RenArenaBlock *block = malloc(sizeof *block + size);
  if (block) *block = (RenArenaBlock){.size = size};
  return block;
}

/* Takes the first kept block from `link` on that holds `bytes` out of the list; NULL when none does. */
static RenArenaBlock *unlink_fitting(RenArenaBlock **link, size_t bytes) {
  while (*link && (*link)->size < bytes) link = &(*link)->next;
  RenArenaBlock *block = *link;
  if (block) *link = block->next;
  return block;
}

/* Makes a block with room for `bytes` the current one, right behind the one that was. */
static RenArenaBlock *advance(RenArena *arena, size_t bytes) {
  RenArenaBlock **link = arena->current ? &arena->current->next : &arena->first;
  RenArenaBlock *block = unlink_fitting(link, bytes);
  if (!block) block = new_block(bytes);
  if (!block) return NULL;
  block->next = *link;
  *link = block;
  block->used = 0;
  return arena->current = block;
}

void *ren_arena_alloc(RenArena *arena, size_t bytes) {
  if (bytes > SIZE_MAX / 4) return NULL;
  size_t rounded = (bytes + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
  RenArenaBlock *block = arena->current;
  if (!block || block->size - block->used < rounded) block = advance(arena, rounded);
  if (!block) return NULL;
  void *memory = block->bytes + block->used;
  block->used += rounded;
  return memory;
}

void ren_arena_reset(RenArena *arena) { arena->current = NULL; }

size_t ren_arena_bytes(const RenArena *arena) {
  size_t bytes = 0;
  for (const RenArenaBlock *block = arena->first; block; block = block->next) bytes += block->size;
  return bytes;
}

void ren_arena_free(RenArena *arena) {
  for (RenArenaBlock *block = arena->first, *next; block; block = next) {
    next = block->next;
    free(block);
  }
  *arena = (RenArena){0};
}
