/* Asks the processor, and HEADSCOPE_SIMD for a wish. */
#include "render/simd.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool is_there(RenSimd simd) {
#if defined(__x86_64__) && defined(__GNUC__)
  if (simd == REN_SIMD_AVX2) return __builtin_cpu_supports("avx2");
  if (simd == REN_SIMD_AVX512) return __builtin_cpu_supports("avx512f");
#endif
  return simd == REN_SIMD_SCALAR;
}

RenSimd ren_simd(void) {
  static const char *const names[REN_SIMDS] = {"scalar", "avx2", "avx512"};
  const char *wish = getenv("HEADSCOPE_SIMD");
  RenSimd widest = REN_SIMD_SCALAR;
  for (RenSimd simd = REN_SIMD_SCALAR; simd < REN_SIMDS; simd++) {
    if (!is_there(simd)) continue;
    widest = simd;
    if (wish && strcmp(wish, names[simd]) == 0) return simd;
  }
  return widest;
}
