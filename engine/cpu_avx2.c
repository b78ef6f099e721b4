/* The level "avx2": compiled for AVX2 and FMA; run only where ops.c found them. 16 registers hold tiles of
 * 4 rows. */
#define CPU_LANES 8
#define TILE_ROWS 4
#include "engine/cpu_gemm.h"
#include "engine/cpu_level.h"

const EngOps eng_ops_avx2 = CPU_LEVEL("avx2");
