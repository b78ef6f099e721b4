/* The level "scalar": what every processor runs. Rows go through vectors of four, which the compiler lowers
 * to whatever there is; matrix products go to OpenBLAS, which knows far more processors than we do. */
#define CPU_LANES 4
#include "engine/cpu_vec.h"
#include "engine/gemm.h"

#include <cblas.h>

static void fill_rows(const EngGemm *g) {
  for (size_t i = 0; i < g->m; i++)
    for (size_t j = 0; j < g->n; j++) {
      float *c = &g->c[i * g->ldc + j];
      *c = (g->add ? *c : 0) + g->bias[j];
    }
}

/* Rows at a time, so that a cancel need not wait for a long product. */
static bool gemm_blocks(const EngGemm *g, float *scratch, const EngCancel *cancel) {
  enum { ROWS = 256 };
  (void)scratch;
  if (openblas_get_num_threads() != 1) openblas_set_num_threads(1);
  if (g->bias) fill_rows(g);
  for (size_t i = 0; i < g->m; i += ROWS) {
    if (eng_cancel_raised(cancel)) return false;
    size_t m = g->m - i < ROWS ? g->m - i : ROWS;
    cblas_sgemm(CblasRowMajor, CblasNoTrans, g->out_major ? CblasTrans : CblasNoTrans, (blasint)m, (blasint)g->n,
                (blasint)g->k, g->alpha, g->a + i * g->lda, (blasint)g->lda, g->b, (blasint)g->ldb,
                g->bias || g->add ? 1.0f : 0.0f, g->c + i * g->ldc, (blasint)g->ldc);
  }
  return true;
}

#include "engine/cpu_level.h"

const EngOps eng_ops_scalar = CPU_LEVEL("scalar");
