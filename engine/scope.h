/* Names as TransformerLens writes them: inside a block, "blocks.3.attn.hook_q", or by a short name that may end in
 * its layer, "q3". */
#ifndef ENGINE_SCOPE_H
#define ENGINE_SCOPE_H

#include <stdbool.h>
#include <stddef.h>

#define ENG_ALL_LAYERS (-1)

typedef struct EngScope {
  const char *own; /* the name inside its scope, not ended by NUL */
  size_t length;
  int layer;     /* ENG_ALL_LAYERS where none is named */
  bool in_block; /* of a full name */
} EngScope;

/* False where "blocks." is followed by no layer. */
bool eng_scope_full(const char *name, EngScope *scope);

/* "q3", or "q" without a layer; false where something follows the number. */
bool eng_scope_short(const char *name, EngScope *scope);

/* Whether the scope's own name is `name`, which may be NULL. */
bool eng_scope_is(const EngScope *scope, const char *name);

#endif
