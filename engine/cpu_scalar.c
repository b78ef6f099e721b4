/* The level "scalar": what every processor runs. Rows go through vectors of four, which the compiler lowers
 * to whatever there is; matrix products go to OpenBLAS, which knows far more processors than we do;
 * without it, row by row. */
#define CPU_LANES 4
#include "engine/blas.h"
#include "engine/cpu_gemv.h"

static void fill_rows(const EngGemm *g) {
  for (size_t i = 0; i < g->m; i++)
    for (size_t j = 0; j < g->n; j++) {
      float *c = &g->c[i * g->ldc + j];
      *c = (g->add ? *c : 0) + g->bias[j];
    }
}

/* What OpenBLAS does, where it is there. */
static void multiply(const EngBlas *blas, const EngGemm *g) {
  if (g->bias) fill_rows(g);
  blas->sgemm(CblasRowMajor, CblasNoTrans, g->out_major ? CblasTrans : CblasNoTrans, (blasint)g->m, (blasint)g->n,
              (blasint)g->k, g->alpha, g->a, (blasint)g->lda, g->b, (blasint)g->ldb,
              g->bias || g->add ? 1.0f : 0.0f, g->c, (blasint)g->ldc);
}

/* Rows at a time, so that a cancel need not wait for a long product. */
static bool gemm_blocks(const EngGemm *g, float *scratch, const EngCancel *cancel) {
  enum { ROWS = 256 };
  (void)scratch;
  const EngBlas *blas = eng_blas();
  EngGemm block = *g;
  for (size_t i = 0; i < g->m; i += ROWS) {
    if (eng_cancel_raised(cancel)) return false;
    block.m = g->m - i < ROWS ? g->m - i : ROWS;
    block.a = g->a + i * g->lda, block.c = g->c + i * g->ldc;
    if (blas)
      multiply(blas, &block);
    else
      gemv(&block);
  }
  return true;
}

#include "engine/cpu_level.h"

const EngOps eng_ops_scalar = CPU_LEVEL("scalar");
