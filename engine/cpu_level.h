/* The table of one level, from the functions that the other cpu_*.h made; the last one included. */
#ifndef ENGINE_CPU_LEVEL_H
#define ENGINE_CPU_LEVEL_H

#include "engine/cpu_gemv.h"
#include "engine/cpu_levels.h"
#include "engine/cpu_ops.h"

static bool gemm(const EngGemm *g, float *scratch, const EngCancel *cancel) {
  if (g->m > 1 && g->k > 0) return gemm_blocks(g, scratch, cancel);
  gemv(g);
  return !eng_cancel_raised(cancel);
}

#define CPU_LEVEL(level)                                                                                           \
  {                                                                                                                \
    .name = level, .lanes = CPU_LANES, .layer_norm = layer_norm, .softmax = softmax, .add = add, .gelu = gelu,     \
    .gelu_new = gelu_new, .relu = relu, .fours = fours, .gemm = gemm                                               \
  }

#endif
