/* Memory that is given back all at once. Blocks never move, so pointers stay valid until the reset. */
#ifndef RENDER_ARENA_H
#define RENDER_ARENA_H

#include <stddef.h>

typedef struct RenArenaBlock RenArenaBlock;

typedef struct RenArena { /* zeroed: empty */
  RenArenaBlock *first, *current;
} RenArena;

void *ren_arena_alloc(RenArena *arena, size_t bytes); /* aligned for anything; NULL when memory is short */
void ren_arena_reset(RenArena *arena);                /* forgets the contents, keeps the blocks */
size_t ren_arena_bytes(const RenArena *arena);        /* of all blocks, used or not */
void ren_arena_free(RenArena *arena);

#endif
