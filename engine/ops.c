/* Picks the level: asks the processor, and HEADSCOPE_SIMD for a wish. */
#include "engine/ops.h"

#include "engine/cpu_levels.h"

#include <stdlib.h>
#include <string.h>

const EngOps *eng_ops_level(EngLevel level) {
#ifdef __x86_64__
  if (level == ENG_AVX512)
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                   __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")
               ? &eng_ops_avx512
               : NULL;
  if (level == ENG_AVX2)
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &eng_ops_avx2 : NULL;
#endif
  return level == ENG_SCALAR ? &eng_ops_scalar : NULL;
}

const EngOps *eng_ops(void) {
  const char *wish = getenv("HEADSCOPE_SIMD");
  const EngOps *best = &eng_ops_scalar;
  for (EngLevel level = ENG_SCALAR; level < ENG_LEVELS; level++) {
    const EngOps *ops = eng_ops_level(level);
    if (!ops) continue;
    if (wish && strcmp(wish, ops->name) == 0) return ops;
    best = ops;
  }
  return best;
}
