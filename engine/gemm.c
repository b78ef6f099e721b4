/* Matrix products outside a forward pass. */
#include "engine/gemm.h"

#include "engine/ops.h"

#include <stdlib.h>

bool eng_gemm(const EngGemm *g) {
  float *scratch = aligned_alloc(64, ENG_GEMM_SCRATCH * sizeof(float));
  if (!scratch) return false;
  eng_ops()->gemm(g, scratch, NULL);
  free(scratch);
  return true;
}
