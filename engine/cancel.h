/* A flag that one thread raises and a long piece of work on another looks at. */
#ifndef ENGINE_CANCEL_H
#define ENGINE_CANCEL_H

#include <stdatomic.h>
#include <stdbool.h>

typedef struct EngCancel {
  atomic_bool raised;
} EngCancel;

static inline void eng_cancel_raise(EngCancel *cancel) { atomic_store(&cancel->raised, true); }

/* `cancel` may be NULL: work that nobody cancels. */
static inline bool eng_cancel_raised(const EngCancel *cancel) {
  return cancel && atomic_load_explicit(&cancel->raised, memory_order_relaxed);
}

#endif
