/* A limit is the process's, as those of setrlimit are, but counts only what scripts ask for: a model's files are
 * mapped, and threads and libraries have memory of their own. */
#include "engine/budget.h"

#include <stdatomic.h>
#include <stdlib.h>

static atomic_size_t limit, used;

void eng_budget_limit(size_t bytes) { atomic_store(&limit, bytes); }
size_t eng_budget_limited(void) { return atomic_load_explicit(&limit, memory_order_relaxed); }
size_t eng_budget_used(void) { return atomic_load_explicit(&used, memory_order_relaxed); }

bool eng_budget_take(size_t bytes) {
  size_t most = eng_budget_limited(), had = atomic_fetch_add_explicit(&used, bytes, memory_order_relaxed);
  if (most == 0 || (had <= most && bytes <= most - had)) return true;
  eng_budget_give(bytes);
  return false;
}

bool eng_budget_take_spare(size_t bytes) {
  size_t half = eng_budget_limited() / 2, had = eng_budget_used();
  if (half > 0 && (had > half || bytes > half - had)) return false;
  return eng_budget_take(bytes);
}

void eng_budget_give(size_t bytes) { atomic_fetch_sub_explicit(&used, bytes, memory_order_relaxed); }

void *eng_budget_realloc(void *at, size_t had, size_t bytes) {
  if (!eng_budget_take(bytes)) return NULL;
  void *grown = realloc(at, bytes);
  eng_budget_give(grown ? had : bytes);
  return grown;
}

void eng_budget_free(void *at, size_t bytes) {
  free(at);
  eng_budget_give(bytes);
}

bool eng_budget_error(EngError *err, const char *what, size_t bytes) {
  return eng_error_set(err, NULL, what, "expected at most %zu bytes of memory for scripts, found %zu more wanted",
                       eng_budget_limited(), bytes);
}

bool eng_budget_lack(EngError *err, const char *file, const char *what) {
  size_t most = eng_budget_limited();
  if (most == 0) return eng_error_memory(err, file, "%s", what);
  return eng_error_set(err, file, what, "expected at most %zu bytes of memory for scripts, found more wanted",
                       most);
}
