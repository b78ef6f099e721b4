/* Matrix products behind one function, so that the kernel below can change.
 *
 * C (m, n) = alpha A (m, k) B (k, n) [+ bias] [+ C]. Everything is row-major with the distance between rows
 * in floats; B may also be stored out-major, (n, k), as torch's Linear keeps its weights: it is then read
 * in place, never transposed in memory. C must not overlap A or B. */
#ifndef ENGINE_GEMM_H
#define ENGINE_GEMM_H

#include "engine/cancel.h"
#include "engine/panels.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct EngGemm {
  size_t m, n, k;
  const float *a, *b;
  float *c;
  size_t lda, ldb, ldc;
  bool out_major; /* B is stored (n, k) */
  float alpha;
  const float *bias; /* (n), or NULL */
  bool add;          /* to what C holds */
  EngPanels *panels; /* of B, which must be whole and unchanged; or NULL */
} EngGemm;

/* Memory for packed blocks, ENG_GEMM_SCRATCH floats, aligned to 64 bytes: one for each thread. */
#define ENG_GEMM_SCRATCH ((size_t)(512 * 400 + 384 * 48))

/* Runs on the calling thread. False when `cancel` (may be NULL) was raised; C then holds anything. */
typedef bool (*EngGemmFunction)(const EngGemm *g, float *scratch, const EngCancel *cancel);

/* The same with the kernels of eng_ops() and scratch of its own; false also when memory is short. For
 * products outside a forward pass. */
bool eng_gemm(const EngGemm *g);

#endif
